import HTTPTypes

/// The most that one request may cost. What would cost more is refused before any work, by the name of the cap.
public struct Caps: Sendable {
    /// Bytes of an address, and how many parameters it may have.
    public var addressBytes = 8_192
    public var parameters = 64
    /// Bytes of a request's body; larger ones end the connection.
    public var bodyBytes = 1 << 20
    /// Bytes of a file that is brought in, and how long that may take.
    public var importBytes = 1 << 30
    public var importDeadline = Duration.seconds(3_600)
    /// The deepest zoom of tiles; maps enlarge beyond it.
    public var zoom = 16
    /// Cells of a grid on which something is counted or tested.
    public var gridCells = 250_000
    /// Cells of a density surface.
    public var surfaceCells = 1_000_000
    /// Incidents times the rows of cells under the kernel.
    public var kernelWork = 1_000_000_000
    /// Random permutations, and permutations times units.
    public var permutations = 9_999
    public var permutationWork = 200_000_000
    /// Incidents of a cluster search, and pairs of incidents within reach.
    public var clusteredIncidents = 200_000
    public var clusterPairs = 500_000_000
    /// Pairs of incidents within reach times permutations of their days.
    public var dealtPairs = 50_000_000_000
    /// Cells times periods of a space-time cube.
    public var cubeBins = 10_000_000
    /// Incidents for which a bandwidth is chosen by cross-validation or by neighbours.
    public var crossValidatedIncidents = 20_000
    /// Features of a page.
    public var pageFeatures = 10_000
    /// Rows of a table.
    public var rows = 1_000_000
    /// Bytes of an answer before compression.
    public var answerBytes = 256 << 20
    /// Metres: the smallest cell.
    public var cellSize = 5.0
    /// How long a request may take.
    public var deadline = Duration.seconds(30)

    public init() {}

    /// - Throws: ``Problem`` that names the cap where the cost is greater, or is no number.
    func check(_ cost: Double, _ cap: Int, _ name: String, _ advice: String) throws {
        guard cost.isFinite, cost <= Double(cap) else {
            let found = cost.isFinite && cost < 1e15 ? "\(Int(cost.rounded(.up)))" : "\(cost)"
            throw Problem(
                .contentTooLarge, "cap-\(name)", "\(name) must be at most \(cap), but would be \(found); \(advice)")
        }
    }
}
