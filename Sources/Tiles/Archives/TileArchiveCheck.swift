import SimpleFeatures

/// What is in an archive, and whether it keeps the rules of its format.
public struct TileArchiveCheck: Hashable, Sendable {
    /// How much is looked at.
    public enum Depth: Hashable, Sendable {
        /// Directories only: counts and sizes.
        case directory
        /// Every tile's content as well.
        case contents
    }

    /// The tiles of one zoom.
    public struct Zoom: Hashable, Sendable {
        public var zoom: Int
        public var tiles: Int
        /// Bytes as served: content that several tiles share counts for each.
        public var bytes: Int
        /// The tile of the most bytes.
        public var largest: TileID
        public var largestBytes: Int
    }

    /// A sentence for each rule that is broken; the first ``listed`` of them.
    public internal(set) var violations: [String] = []
    /// How many there are in all.
    public internal(set) var violationCount = 0
    /// A sentence for what is allowed but unwise, such as tiles of more than ``wiseSize`` bytes.
    public internal(set) var warnings: [String] = []
    /// The zooms that have tiles, ascending.
    public internal(set) var zooms: [Zoom] = []
    /// Different contents; nil where they were not compared.
    public internal(set) var distinct: Int?
    /// What the contents take on disk.
    public internal(set) var storedBytes = 0

    public var tiles: Int { zooms.reduce(0) { $0 &+ $1.tiles } }
    /// Bytes as served.
    public var bytes: Int { zooms.reduce(0) { $0 &+ $1.bytes } }
    public var isValid: Bool { violationCount == 0 }

    /// How many sentences are kept.
    public static let listed = 100
    /// Larger tiles are slow to fetch and to draw; what tippecanoe keeps to as well.
    public static let wiseSize = 500_000
}

/// Counts tiles and looks at their content, whichever archive holds them.
package struct TileAuditor {
    package private(set) var check = TileArchiveCheck()
    private let set: TileSet
    private var perZoom: [TileArchiveCheck.Zoom?] = Array(repeating: nil, count: TileID.deepestZoom + 1)
    private var oversized = 0

    package init(_ set: TileSet) { self.set = set }

    /// Notes a broken rule.
    package mutating func violation(_ sentence: @autoclosure () -> String) {
        check.violationCount += 1
        if check.violations.count < TileArchiveCheck.listed { check.violations.append(sentence()) }
    }

    package mutating func warn(_ sentence: String) { check.warnings.append(sentence) }

    /// Counts a run of tiles that share content of some size.
    package mutating func count(_ tile: TileID, run: Int = 1, bytes: Int) {
        let total = bytes.multipliedReportingOverflow(by: run)
        var zoom = perZoom[tile.zoom] ?? .init(zoom: tile.zoom, tiles: 0, bytes: 0, largest: tile, largestBytes: -1)
        zoom.tiles = zoom.tiles &+ run
        zoom.bytes = zoom.bytes &+ (total.overflow ? 0 : total.partialValue)
        if bytes > zoom.largestBytes { (zoom.largest, zoom.largestBytes) = (tile, bytes) }
        perZoom[tile.zoom] = zoom
        if bytes > TileArchiveCheck.wiseSize { oversized = oversized &+ run }
        place(tile)
    }

    /// Looks at the content of one tile.
    package mutating func content(_ tile: TileID, _ bytes: [UInt8]) {
        if let fault = TileContent.fault(in: bytes, of: set) { violation("tile \(tile) \(fault)") }
    }

    /// Holds zooms to what was counted, and completes the account.
    package mutating func finish(distinct: Int?, storedBytes: Int) -> TileArchiveCheck {
        check.zooms = perZoom.compactMap { $0 }
        check.distinct = distinct
        check.storedBytes = storedBytes
        let said = set.zooms
        if let low = check.zooms.first?.zoom, let high = check.zooms.last?.zoom, said != low...high {
            violation(
                "the zooms must be those of the tiles, \(low) to \(high), but are said to be \(said.lowerBound) to "
                    + "\(said.upperBound)")
        }
        if oversized > 0 {
            warn("\(oversized) tiles have more than \(TileArchiveCheck.wiseSize) bytes: slow to fetch and to draw")
        }
        return check
    }

    /// A tile lies within the bounds where it touches them; what reaches over its border from a neighbour is allowed for
    /// by an eighth of its width.
    private mutating func place(_ tile: TileID) {
        let (own, bounds) = (tile.bounds, set.bounds)
        let (x, y) = (own.width / 8, own.height / 8)
        let touches =
            own.minX - x <= bounds.maxX && own.maxX + x >= bounds.minX && own.minY - y <= bounds.maxY
            && own.maxY + y >= bounds.minY
        if !touches { violation("tile \(tile) must touch the bounds, but lies outside") }
    }
}
