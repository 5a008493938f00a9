public import SimpleFeatures

/// A place within a tile: `x` to the right, `y` downwards, from its north-west corner, in units of 1/extent of the tile.
public struct TilePoint: Hashable, Sendable {
    public var x: Int32
    public var y: Int32

    public init(x: Int32, y: Int32) {
        self.x = x
        self.y = y
    }
}

/// Builds one layer of a vector tile: features in tile coordinates, with attributes taken from columns.
///
/// Keys are written once, in the order of the columns, and each distinct value once: texts as `string_value`, whole
/// numbers as `uint_value` or, below zero, `sint_value`, others as `double_value`. Where a column has no value for a
/// feature, the feature has no such tag.
///
/// ## Source
/// *Mapbox Vector Tile Specification* 2.1.
public struct VectorTileLayer: Sendable {
    /// The layer's name, unique in its tile.
    public let name: String
    /// How many units a side of the tile has.
    public let extent: Int
    private let columns: [AttributeColumn]
    /// Of each column of texts, the place of each text among the layer's values; −1 for texts that it has not yet.
    private var places: [[Int64]]
    private var message = LayerMessage()
    private var geometry: [UInt8] = []

    /// - Parameter columns: attributes of the rows from which features will be made; no two of one name.
    public init(name: String, columns: [AttributeColumn], extent: Int = 4096) {
        self.name = name
        self.columns = columns
        self.extent = extent
        places = columns.map { column in
            if case .codes(_, let texts) = column.values { [Int64](repeating: -1, count: texts.count) } else { [] }
        }
    }

    /// How many features it has.
    public var count: Int { message.featureCount }

    /// Appends a point with the attributes of a row; a row beyond the columns has none.
    public mutating func point(id: UInt64?, x: Int32, y: Int32, row: Int) {
        geometry.removeAll(keepingCapacity: true)
        command(Command.moveTo, count: 1)
        move(from: TilePoint(x: 0, y: 0), to: TilePoint(x: x, y: y))
        tag(row)
        message.feature(id: id, shape: 1, geometry: geometry)
    }

    /// Appends one polygon, or several as one feature, with the attributes of a row.
    ///
    /// - Parameter rings: not closed: the last point is not the first again. An exterior has a positive area in tile
    ///   coordinates (it runs clockwise as one sees it), and is followed by its holes, whose areas are negative. Rings of
    ///   fewer than three points are left out; with none left, so is the feature.
    /// - Returns: whether a feature was written.
    @discardableResult
    public mutating func polygon(id: UInt64?, rings: [[TilePoint]], row: Int) -> Bool {
        geometry.removeAll(keepingCapacity: true)
        var cursor = TilePoint(x: 0, y: 0)
        for ring in rings where ring.count >= 3 {
            command(Command.moveTo, count: 1)
            for (index, point) in ring.enumerated() {
                if index == 1 { command(Command.lineTo, count: ring.count - 1) }
                move(from: cursor, to: point)
                cursor = point
            }
            command(Command.closePath, count: 1)
        }
        guard !geometry.isEmpty else { return false }
        tag(row)
        message.feature(id: id, shape: 3, geometry: geometry)
        return true
    }

    /// Appends the layer as field 3 of a tile: tag, length and message. A layer without features is appended as well;
    /// callers leave it out, since the specification wants at least one.
    public func append(to bytes: inout [UInt8]) {
        message.append(name: name, keys: columns.map(\.name), extent: extent, to: &bytes)
    }

    private enum Command {
        static let moveTo: UInt64 = 1
        static let lineTo: UInt64 = 2
        static let closePath: UInt64 = 7
    }

    private mutating func command(_ command: UInt64, count: Int) {
        geometry.appendVarint(UInt64(count) << 3 | command)
    }

    private mutating func move(from start: TilePoint, to end: TilePoint) {
        geometry.appendVarint(zigzag(Int64(end.x) - Int64(start.x)))
        geometry.appendVarint(zigzag(Int64(end.y) - Int64(start.y)))
    }

    private mutating func tag(_ row: Int) {
        for (key, column) in columns.enumerated() where row >= 0 && row < column.count {
            switch column.values {
            case .codes(let codes, let texts):
                let code = Int(codes[row])
                guard texts.indices.contains(code) else { continue }
                if places[key][code] < 0 { places[key][code] = Int64(message.place(of: texts[code])) }
                message.tag(key: key, value: UInt32(truncatingIfNeeded: places[key][code]))
            case .integers(let integers): message.tag(key: key, integer: integers[row])
            case .numbers(let numbers):
                if !numbers[row].isNaN { message.tag(key: key, number: numbers[row]) }
            }
        }
    }
}
