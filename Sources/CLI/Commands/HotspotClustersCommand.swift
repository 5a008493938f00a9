import ArgumentParser
import CrimeMapping
import Hotspots
import SimpleFeatures

struct HotspotClustersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clusters", abstract: "Groups of incidents that lie together, with their outlines.",
        discussion: """
            dbscan needs --reach, in which --min-incidents make a core; hdbscan takes --min-size; nnh (nearest-neighbour hierarchical \
            clustering) takes --min-size and, instead of the distance that chance would give, --reach; stac needs --reach.

            Examples:
              faro hotspot clusters juarez.gpkg --method dbscan --reach 150 --min-incidents 20 -o clusters.geojson
              faro hotspot clusters points.csv --method hdbscan --min-size 25 --outline ellipse
            """)

    enum Method: String, ExpressibleByArgument, CaseIterable {
        case dbscan, hdbscan, nnh, stac
    }

    @OptionGroup var input: SourceOptions

    @Option(help: "How clusters are found.")
    var method = Method.dbscan

    @Option(help: "How far away an incident still counts, in metres.")
    var reach: Double?

    @Option(help: "How many incidents within reach make a core, its own counted.")
    var minIncidents = 10

    @Option(help: "The fewest incidents of a cluster.")
    var minSize = 10

    @Option(help: "How many incidents the core distance of hdbscan reaches. Default: --min-size.")
    var neighbours: Int?

    @Option(help: "How many random patterns nnh is compared with.")
    var simulations = 0

    @Option(help: "Seed of the simulations.")
    var seed: UInt64 = 1

    @Option(help: "How many threads may work. The result does not depend on it.")
    var threads: Int?

    @Option(help: "What surrounds a cluster.")
    var outline = ClusterSearch.Outline.hull

    @OptionGroup var output: TableOutput

    func run() throws {
        let console = output.global.console
        let search = ClusterSearch(method: try chosen(), outline: outline, threads: threads)
        let targets = try TableTargets(output)
        let input = try PatternInput(input, console: console, takesWhole: true)
        let clusters = try search.run(on: input.pattern, studyArea: input.studyArea, control: console.control)
        try targets.write(
            clusters.table(input.members), layer: "clusters", subject: input.subject, account: clusters.account,
            explanation: clusters.explanation)
    }

    private func chosen() throws -> ClusterSearch.Method {
        switch method {
        case .dbscan:
            guard let reach else { throw ValidationError("--method dbscan needs --reach, in metres") }
            return .dbscan(DBSCAN(reach: .metres(reach), minimumIncidents: minIncidents))
        case .hdbscan: return .hdbscan(HDBSCAN(minimumSize: minSize, neighbours: neighbours))
        case .nnh:
            return .nearestNeighbours(
                NearestNeighbourHierarchy(
                    threshold: reach.map { .fixed(.metres($0)) } ?? .random(standardErrors: 0), minimumSize: minSize,
                    simulations: simulations, seed: seed))
        case .stac:
            guard let reach else { throw ValidationError("--method stac needs --reach, in metres") }
            return .stac(STAC(searchRadius: .metres(reach), minimumSize: minSize))
        }
    }
}
