import Boundaries
import CrimeMapping
import Incidents
import Pictures
import Privacy

/// Areas by name, their figures, and the card of one: `/areas`, `/areas/{level}`, `/areas/{level}/{id}`.
enum AreaRoutes {
    static var all: [Route] { [search, figures, card] }

    private static let filter = FilterQuery.parameters.subtracting(["area", "bbox", "bbox_crs"])

    private static let search = Route("/areas", of: .boundaries, parameters: ["q", "level", "limit"], media: [.json]) {
        ask in
        let words = try ask.query.text("q") ?? ""
        let level = try ask.query.text("level").map { try LevelQuery.level($0, ask.snapshot) }
        let limit = try ask.query.integer("limit", in: 1...100) ?? 10
        return try await ask.draw { _ in
            var json = JSONObject()
            try json.add(
                "areas",
                encoding: AreaSearch(String(words.prefix(200)), level: level, limit: limit).run(in: ask.snapshot))
            return Answer(.json, json.bytes)
        }
    }

    private static let figures = Route(
        "/areas/{level}", of: .summary, parameters: filter.union(["baseline", "population", "measure", "lang"]),
        media: [.json, .geojson, .csv, .png]
    ) { ask in
        return try await ask.analyse { control in
            let level = try LevelQuery.level(ask.part("level"), ask.snapshot)
            let selection = try FilterQuery.selection(ask.query, of: ask.snapshot)
            let figures = try AreaFigures(
                of: selection, by: level, baseline: try ask.query.choice("baseline", Baseline.self),
                population: try ask.query.text("population"), in: ask.snapshot)
            if ask.media == .json { return Answer(.json, figures.columns) }
            let measure = try ask.query.choice("measure", AreaFigures.Measure.self) ?? .density
            let table = try figures.table(
                coloured: measure, crs: selection.crs, in: ask.snapshot,
                try AnalysisInput.provenance(ask, selection))
            let subject = PictureSubject(
                categories: selection.filter.categories, days: figures.days, outlines: [],
                source: ask.server.options.name)
            return try TableAnswer.answer(table, layer: level.name, ask, subject, control)
        }
    }.publishing { ask, city in
        try await ask.analyse { control in
            // How a picture is coloured gives nothing away.
            let filter = try PublicQuestion.filter(ask, allowing: ["measure", "lang"])
            let level = try LevelQuery.level(ask.part("level"), ask.snapshot)
            if ask.media == .json { return Answer(.json, try city.columns(filter, by: level).value) }
            let table = try city.table(filter, by: level, members: PublicQuestion.members(ask))
            return try TableAnswer.published(
                table, city.subject(filter, source: ask.server.options.name, table.account), ask, control)
        }
    }

    private static let card = Route(
        "/areas/{level}/{id}", of: .summary, parameters: filter.union(["baseline", "population"]), media: [.json]
    ) { ask in
        return try await ask.analyse { _ in
            let level = try LevelQuery.level(ask.part("level"), ask.snapshot)
            let card = try AreaCard(
                of: ask.part("id"), at: level, filter: try FilterQuery.filter(ask.query),
                baseline: try ask.query.choice("baseline", Baseline.self),
                population: try ask.query.text("population"), in: ask.snapshot)
            guard let card else {
                throw Problem.notFound("the level \(level.name) has no area \"\(ask.part("id").prefix(60))\"")
            }
            return Answer(.json, Array(try JSONText.of(card).utf8))
        }
    }.publishing { ask, city in
        try await ask.analyse { _ in
            let filter = try PublicQuestion.filter(ask, allowing: [])
            let level = try LevelQuery.level(ask.part("level"), ask.snapshot)
            guard let card = try city.card(of: ask.part("id"), at: level, filter) else {
                throw Problem.notFound("the level \(level.name) has no area \"\(ask.part("id").prefix(60))\"")
            }
            return Answer(.json, Array(try JSONText.of(card.value).utf8))
        }
    }
}
