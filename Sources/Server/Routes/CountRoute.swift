import CrimeMapping
import Privacy

/// `/hotspots/count`: the job of `faro hotspot count`.
enum CountRoute {
    static let route = Route(
        "/hotspots/count", of: .surfaces,
        parameters: AnalysisInput.parameters.union(SupportQuery.parameters).union(["lang", "explain", "corners"]),
        media: TableAnswer.media
    ) { ask in
        try await ask.analyse { control in
            let input = try AnalysisInput(ask)
            if try ask.query.flag("corners") { return try corners(ask, input, control) }
            let counts = try CountTable(SupportQuery.counts(ask, input))
            let isByArea = !ask.query.texts("by").isEmpty
            return try TableAnswer.answer(
                counts.table(
                    ExplainQuery.members(
                        isByArea ? input.membersByArea : input.members, counts.explanation, ask)),
                layer: counts.counts.unitWord, ask, input.subject, control)
        }
    }.publishing { ask, city in
        try await ask.analyse { control in
            let filter = try PublicQuestion.filter(ask, allowing: ["by", "cell_size", "grid_type", "lang"])
            let members = try PublicQuestion.members(ask)
            let source = ask.server.options.name
            if let by = try ask.query.text("by") {
                let table = try city.table(filter, by: LevelQuery.level(by, ask.snapshot), members: members)
                return try TableAnswer.published(
                    table, city.subject(filter, source: source, table.account), ask, control)
            }
            try PublicQuestion.requirePublicGrid(ask, city)
            let year = try city.year(filter)
            let cells = try city.cells(.count, year: year, control: control)
            return try TableAnswer.published(
                city.table(of: cells, .count, members: members),
                city.subject(filter, year: year, source: source, cells.account), ask, control)
        }
    }

    /// At exact places, such as street corners.
    private static func corners(_ ask: Ask, _ input: AnalysisInput, _ control: JobControl) throws -> Answer {
        for name in SupportQuery.parameters.sorted() where !ask.query.texts(name).isEmpty {
            throw Problem.badParameter(name, "is for other supports, and corners counts at exact places; say one")
        }
        let counts = try CornerTable(
            input.pattern, known: ask.snapshot.knownCorners, studyArea: input.studyArea)
        return try TableAnswer.answer(
            counts.table(ExplainQuery.members(input.members, counts.explanation, ask)), layer: "corners", ask,
            input.subject, control)
    }
}
