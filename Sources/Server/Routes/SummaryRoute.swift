import Boundaries
import CivilTime
import CrimeMapping
import Files
import Incidents
import Indicators
import Privacy

/// `/summary`: the job of `faro summary`.
enum SummaryRoute {
    static let route = Route(
        "/summary", of: .summary,
        parameters: FilterQuery.parameters.union(["by", "period", "by_category", "skip_zeros"]),
        media: [.json, .csv]
    ) { ask in
        try await ask.analyse { _ in
            let job = AreaSummary(
                level: try level(ask), period: try length(ask), byCategory: try ask.query.flag("by_category"),
                fillsZeros: try !ask.query.flag("skip_zeros"))
            let selection = try FilterQuery.selection(ask.query, of: ask.snapshot)
            try check(job, selection, ask)
            let rows = try job.run(on: selection, in: ask.snapshot)
            let breaks = try TaxonomyBreaks.of(selection, in: ask.snapshot)
            if ask.media == .csv {
                let output = MemoryOutput(limit: ask.caps.answerBytes)
                try AreaSummary.writeCSV(rows, breaks: breaks, to: output)
                return Answer(.csv, output.bytes)
            }
            var json = JSONObject()
            json.add("store_revision", Int(clamping: selection.table.revision))
            json.add("incidents", selection.rows.count)
            if ask.permission == .withoutSensitivePlaces { json.add("sensitive_offences", text: "left out") }
            try json.add("filter", encoding: selection.filter)
            if let warning = AreaSummary.versionWarning(rows) { json.add("warning", text: warning) }
            json.add("rows", json: FlaggedCount.json(FlaggedCount.rows(rows, breaks: breaks)))
            return Answer(.json, json.bytes)
        }
    }.publishing { ask, city in
        try await ask.analyse { _ in
            let filter = try PublicQuestion.filter(ask, allowing: ["by", "period", "by_category", "skip_zeros"])
            let level = try level(ask)
            let isFinest = level != nil && level == city.gate.lattice.finest
            let period = try ask.query.text("period") == nil && isFinest ? .year : length(ask)
            let counts = try city.counts(
                filter, by: level, period: period, byCategory: try ask.query.flag("by_category"))
            let skips = try ask.query.flag("skip_zeros")
            return try published(counts.map { $0.filter { !skips || $0.count != 0 } }, filter, ask)
        }
    }

    private static func published(
        _ counts: Published<[PublicAreaCount]>, _ filter: IncidentFilter, _ ask: Ask
    ) throws -> Answer {
        if ask.media == .csv {
            let output = MemoryOutput(limit: ask.caps.answerBytes)
            try PublicCity.writeCSV(counts, to: output)
            return Answer(.csv, output.bytes)
        }
        var json = JSONObject()
        json.add("store_revision", Int(clamping: ask.snapshot.revision()))
        try json.add("filter", encoding: filter)
        try json.add("suppression", encoding: counts.account)
        try json.add("left_out", encoding: counts.account.english)
        try json.add("rows", encoding: counts.value)
        return Answer(.json, json.bytes)
    }

    private static func level(_ ask: Ask) throws -> Level? {
        let by = try ask.query.text("by") ?? "municipality"
        return by == "none" ? nil : try LevelQuery.level(by, ask.snapshot)
    }

    private static func length(_ ask: Ask) throws -> PeriodLength? {
        let period = try ask.query.text("period") ?? "month"
        if period == "none" { return nil }
        guard let length = PeriodLength(rawValue: period) else {
            let known = PeriodLength.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem.badParameter("period", "must be one of \(known) or none, but is \"\(period.prefix(40))\"")
        }
        return length
    }

    /// Rows with zeros: areas × periods × categories.
    private static func check(_ job: AreaSummary, _ selection: IncidentSelection, _ ask: Ask) throws {
        let areas =
            ask.snapshot.layers.filter { $0.version.level.name == job.counts.level }.map(\.areas.count).max() ?? 1
        var periods = 1.0
        if let length = job.counts.period, let days = selection.days {
            let span = Double(days.upperBound.daysSince1970) - Double(days.lowerBound.daysSince1970) + 1
            periods = span / length.usualDays + 1
        }
        let categories = job.counts.byCategory ? max(1, selection.table.categories.count) : 1
        try ask.caps.check(
            Double(areas + 1) * periods * Double(categories), ask.caps.rows, "rows",
            "ask for longer periods, fewer days or a wider level")
    }
}

extension PeriodLength {
    fileprivate var usualDays: Double {
        switch self {
        case .day: 1
        case .week: 7
        case .month: 28
        case .quarter: 90
        case .year: 365
        }
    }
}
