import CrimeMapping

/// `/hotspots/count`: the job of `faro hotspot count`.
enum CountRoute {
    static let route = Route(
        "/hotspots/count", parameters: AnalysisInput.parameters.union(SupportQuery.parameters).union(["lang"]),
        media: TableAnswer.media
    ) { ask in
        try await ask.analyse { control in
            let input = try AnalysisInput(ask)
            let counts = try CountTable(SupportQuery.counts(ask, input))
            let isByArea = !ask.query.texts("by").isEmpty
            return try TableAnswer.answer(
                counts.table(isByArea ? input.membersByArea : input.members), layer: counts.counts.unitWord, ask,
                input.subject, control)
        }
    }
}
