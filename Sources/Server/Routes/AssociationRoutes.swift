import CrimeMapping
import Hotspots
import SimpleFeatures
import Privacy

/// `/hotspots/gistar` and `/hotspots/lisa`: the jobs of `faro hotspot gistar` and `lisa`.
enum AssociationRoutes {
    private static let parameters = AnalysisInput.parameters.union(SupportQuery.parameters).union([
        "neighbours", "row_standardised", "permutations", "seed", "lang", "explain",
    ])

    static let hotSpots = Route(
        "/hotspots/gistar", of: .statistics, parameters: parameters.union(["without_self"]), media: TableAnswer.media
    ) { ask in
        try await ask.analyse { control in
            let input = try AnalysisInput(ask)
            let counts = try SupportQuery.counts(ask, input)
            let method = GetisOrd(
                form: try ask.query.flag("without_self") ? .gi : .giStar,
                permutations: try drawn(ask, usual: 0, counts))
            let found = try job(ask, counts).hotSpots(in: counts, by: method, control: control)
            return try answer(found, ask, input, control)
        }
    }

    static let associations = Route("/hotspots/lisa", of: .statistics, parameters: parameters, media: TableAnswer.media)
    { ask in
        try await ask.analyse { control in
            let input = try AnalysisInput(ask)
            let counts = try SupportQuery.counts(ask, input)
            let permutations = try drawn(ask, usual: 9_999, counts)
            let method = LocalMoran(inference: permutations.map { .permutation($0) } ?? .randomisation)
            let found = try job(ask, counts).associations(in: counts, by: method, control: control)
            return try answer(found, ask, input, control)
        }
    }

    private static func answer(
        _ found: AssociationTable, _ ask: Ask, _ input: AnalysisInput, _ control: JobControl
    ) throws -> Answer {
        let isByArea = !ask.query.texts("by").isEmpty
        return try TableAnswer.answer(
            found.table(
                ExplainQuery.members(isByArea ? input.membersByArea : input.members, found.explanation, ask)),
            layer: found.counts.unitWord, ask,
            input.subject, control)
    }

    private static func job(_ ask: Ask, _ counts: SupportCounts) throws -> AssociationMap {
        AssociationMap(
            neighbours: try rule(ask) ?? AssociationMap.usualNeighbours(of: counts),
            scaling: try ask.query.flag("row_standardised") ? .rowStandardised : nil)
    }

    private static func drawn(_ ask: Ask, usual: Int, _ counts: SupportCounts) throws -> Permutations? {
        let count = try ask.query.integer("permutations", in: 0...Int.max) ?? usual
        try ask.caps.check(Double(count), ask.caps.permutations, "permutations", "ask for fewer")
        try ask.caps.check(
            Double(count) * Double(counts.units.count), ask.caps.permutationWork, "permutation-work",
            "ask for fewer permutations, or larger cells")
        let seed = try ask.query.integer("seed", in: 0...Int.max) ?? 1
        return count == 0 ? nil : Permutations(count: count, seed: UInt64(seed))
    }

    /// The words of `--neighbours`.
    private static func rule(_ ask: Ask) throws -> NeighbourRule? {
        guard let text = try ask.query.text("neighbours") else { return nil }
        if let rule = NeighbourRule(words: text) { return rule }
        throw Problem.badParameter(
            "neighbours", "must be \(NeighbourRule.forms), but is \"\(text.prefix(40))\"")
    }
}
