import CivilTime
import CrimeMapping
import Files
import HTTPTypes
import Incidents
import Indicators
import Pictures
import Privacy

/// `/report/{month}` and `/indicators`: the jobs of `faro report` and `faro indicators show`.
///
/// The sheet looks at the store itself, with its earlier editions, its published series and its council's documents, which no
/// snapshot has. The public's sheet is made of what the gate publishes, and of the store only what holds no incident.
enum ReportRoutes {
    static let report = Route(
        "/report/{month}", of: .report,
        parameters: ["areas", "keys", "origin", "press", "lang", "title", "as_of", "since", "rule", "table"],
        media: [.html, .json, .csv]
    ) { ask in
        try await ask.analyse { control in
            try answer(sheet(ask).run(in: source(ask), control: control), ask)
        }
    }.publishing { ask, city in
        try await ask.analyse { control in
            let published = try sheet(ask).run(in: source(ask), publishing: city, control: control)
            return try answer(published, ask)
        }
    }

    static let indicators = Route("/indicators", of: .description, parameters: ["rule"], media: [.json]) { ask in
        try await ask.draw { _ in
            let store = try source(ask)
            let json =
                try ask.query.flag("rule")
                ? SheetDocuments.rule(in: store, asOf: nil).json()
                : SheetDocuments.catalogue(in: store, asOf: nil).json()
            return Answer(.json, Array(json))
        }
    }

    private static func sheet(_ ask: Ask) throws -> MonthlySheet {
        guard let month = Period(ask.part("month")), month.length == .month else {
            throw Problem.notFound(
                "a sheet is of a month written yyyy-mm, but not of \"\(ask.part("month").prefix(20))\"")
        }
        let level = try LevelQuery.level(ask.query.text("areas") ?? "municipality", ask.snapshot)
        var sheet = MonthlySheet(month: month, level: level)
        sheet.areas = ask.query.texts("keys")
        sheet.origin = try ask.query.choice("origin", IndicatorSeries.Origin.self) ?? .automatic
        sheet.asOf = try instant("as_of", ask)
        sheet.since = try instant("since", ask)
        sheet.rule = try ask.query.text("rule").map(rule)
        return sheet
    }

    private static func instant(_ name: String, _ ask: Ask) throws -> String? {
        guard let text = try ask.query.text(name) else { return nil }
        let instant = KnownBy.instant(text)
        guard UTCText.instant(of: instant) != nil else {
            throw Problem.badParameter(
                name, "must be a day or an instant such as 2024-03-01T12:00:00Z, but is \"\(text.prefix(40))\"")
        }
        return instant
    }

    private static func rule(_ name: String) throws -> LightRule {
        let known = try LightRule.builtIn()
        guard let rule = known.first(where: { $0.name == name }) else {
            throw Problem.badParameter(
                "rule", "must be one of \(known.map(\.name).joined(separator: ", ")), but is \"\(name.prefix(40))\"")
        }
        return rule
    }

    private static func answer(_ published: Published<SheetFigures>, _ ask: Ask) throws -> Answer {
        try answer(published.value, ask)
    }

    private static func answer(_ figures: SheetFigures, _ ask: Ask) throws -> Answer {
        switch ask.media {
        case .json: return Answer(.json, try figures.json())
        case .csv:
            let output = MemoryOutput(limit: ask.caps.answerBytes)
            let table = try ask.query.choice("table", SheetTable.self) ?? .indicators
            try figures.writeCSV(table, to: output)
            return Answer(.csv, output.bytes)
        default: return try page(figures, ask)
        }
    }

    private static func page(_ figures: SheetFigures, _ ask: Ask) throws -> Answer {
        let name = ask.server.options.name
        let page = SheetPage(
            figures, store: try ask.query.text("title") ?? (name.hasSuffix(".gpkg") ? String(name.dropLast(5)) : name),
            language: try ask.query.choice("lang", PictureLanguage.self) ?? .spanish,
            isPress: try ask.query.flag("press"))
        var answer = Answer(.html, Array(page.html.utf8))
        // The page has its style within itself, and nothing else.
        answer.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'"
        return answer
    }

    private static func source(_ ask: Ask) throws -> any SheetSource {
        guard let store = try ask.server.live.opened() as? any SheetSource else {
            throw Problem.notFound("this store keeps no indicators")
        }
        return store
    }
}
