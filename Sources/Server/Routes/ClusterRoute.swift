import CrimeMapping
import Hotspots
import SimpleFeatures
import Privacy

/// `/hotspots/clusters`: the job of `faro hotspot clusters`.
enum ClusterRoute {
    private enum Method: String, CaseIterable {
        case dbscan, hdbscan, nnh, stac
    }

    static let route = Route(
        "/hotspots/clusters", of: .statistics,
        parameters: AnalysisInput.parameters.union([
            "method", "reach", "min_incidents", "min_size", "neighbours", "simulations", "seed", "outline", "lang",
            "explain",
        ]), media: TableAnswer.media
    ) { ask in
        try await ask.analyse { control in
            let input = try AnalysisInput(ask)
            try check(ask, input)
            let outline = try ask.query.choice("outline", ClusterSearch.Outline.self) ?? .hull
            let clusters = try ClusterSearch(method: try method(ask), outline: outline)
                .run(on: input.pattern, studyArea: input.studyArea, control: control)
            return try TableAnswer.answer(
                clusters.table(ExplainQuery.members(input.members, clusters.explanation, ask)), layer: "clusters", ask,
                input.subject, control)
        }
    }

    private static func check(_ ask: Ask, _ input: AnalysisInput) throws {
        let count = Double(input.pattern.count)
        try ask.caps.check(count, ask.caps.clusteredIncidents, "clustered-incidents", "ask for fewer incidents")
        let area = max(1, input.pattern.envelope.width * input.pattern.envelope.height)
        let reach = try ask.query.number("reach", in: 0.1...100_000) ?? 0
        // Crimes lie a few times denser than if they lay evenly.
        let pairs = min(count * count, 8 * count * count * .pi * reach * reach / area)
        try ask.caps.check(pairs, ask.caps.clusterPairs, "cluster-pairs", "choose a shorter reach or fewer incidents")
    }

    private static func method(_ ask: Ask) throws -> ClusterSearch.Method {
        let query = ask.query
        let reach = try query.number("reach", in: 0.1...100_000)
        let size = try query.integer("min_size", in: 2...1_000_000) ?? 10
        func needed() throws -> Length {
            guard let reach else { throw Problem.badParameter("reach", "must be given in metres for this method") }
            return .metres(reach)
        }
        switch try query.choice("method", Method.self) ?? .dbscan {
        case .dbscan:
            let least = try query.integer("min_incidents", in: 1...1_000_000) ?? 10
            return .dbscan(DBSCAN(reach: try needed(), minimumIncidents: least))
        case .hdbscan:
            return .hdbscan(
                HDBSCAN(minimumSize: size, neighbours: try query.integer("neighbours", in: 1...1_000)))
        case .nnh:
            return .nearestNeighbours(
                NearestNeighbourHierarchy(
                    threshold: reach.map { .fixed(.metres($0)) } ?? .random(standardErrors: 0), minimumSize: size,
                    simulations: try query.integer("simulations", in: 0...99) ?? 0,
                    seed: UInt64(try query.integer("seed", in: 0...Int.max) ?? 1)))
        case .stac: return .stac(STAC(searchRadius: try needed(), minimumSize: size))
        }
    }
}
