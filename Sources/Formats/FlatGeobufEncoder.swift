import SimpleFeatures

/// Builds the bytes of one feature after the other: a FlatBuffers table of geometry and properties with its size before
/// it, a multiple of eight bytes long.
struct FlatGeobufEncoder {
    /// The feature, once it is finished.
    private(set) var bytes: [UInt8] = []
    private var properties: [UInt8] = []

    /// Begins a feature.
    mutating func begin() { properties.removeAll(keepingCapacity: true) }

    /// Adds an attribute; one that is null has no value.
    /// - Returns: whether the column can hold the value.
    mutating func value(_ value: PropertyValue, kind: FlatGeobufWriter.Column.Kind, column: Int) -> Bool {
        if value == .null { return true }
        properties.append(littleEndian: UInt16(truncatingIfNeeded: column))
        switch (kind, value) {
        case (.bool, .bool(let flag)): properties.append(flag ? 1 : 0)
        case (.integer, .integer(let integer)): properties.append(littleEndian: integer)
        case (.number, .number(let number)): properties.append(littleEndian: number.bitPattern)
        case (.number, .integer(let integer)): properties.append(littleEndian: Double(integer).bitPattern)
        case (.text, .text(let text)), (.dateTime, .text(let text)), (.json, .json(let text)), (.text, .json(let text)):
            properties.append(littleEndian: UInt32(clamping: text.utf8.count))
            properties.append(contentsOf: text.utf8)
        default: return false
        }
        return true
    }

    /// Ends the feature.
    mutating func finish(_ geometry: Geometry<LonLat>?) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(littleEndian: UInt32(0))  // the size
        bytes.append(littleEndian: UInt32(12))  // from here to the table
        // The table's own table: its length, the length of 12 bytes, and where geometry and properties stand.
        for number in [8, 12, geometry == nil ? 0 : 4, properties.isEmpty ? 0 : 8] as [UInt16] {
            bytes.append(littleEndian: number)
        }
        bytes.append(littleEndian: UInt32(8))
        let references = bytes.count
        bytes.append(littleEndian: UInt64(0))
        if let geometry {
            let table = write(geometry)
            bytes.replace(at: references, with: UInt32(clamping: table - references))
        }
        if !properties.isEmpty {
            pad(to: 0, of: 4)
            bytes.replace(at: references + 4, with: UInt32(clamping: bytes.count - references - 4))
            bytes.append(littleEndian: UInt32(clamping: properties.count))
            bytes += properties
        }
        pad(to: 0, of: 8)
        bytes.replace(at: 0, with: UInt32(clamping: bytes.count - 4))
    }

    /// Appends a geometry's table and what it refers to; where it lies.
    private mutating func write(_ geometry: Geometry<LonLat>) -> Int {
        let kind = geometry.flatGeobufKind
        switch geometry {
        case .point(let position): return table(kind, lines: [[position]])
        case .multiPoint(let positions), .lineString(let positions): return table(kind, lines: [positions])
        case .multiLineString(let lines): return table(kind, lines: lines.filter { !$0.isEmpty })
        case .polygon(let polygon): return table(kind, lines: polygon.rings.filter { !$0.isEmpty }.map(Self.closed))
        case .multiPolygon(let polygons):
            return table(kind, parts: polygons.polygons.filter { !$0.exterior.isEmpty }.map { .polygon($0) })
        case .collection(let members): return table(kind, parts: members.filter { !$0.envelope.isEmpty })
        }
    }

    private mutating func table(_ kind: UInt8, lines: [[LonLat]]) -> Int {
        let references = beginTable(kind, hasEnds: lines.count > 1, hasPositions: true, hasParts: false)
        if lines.count > 1 {
            bytes.replace(at: references, with: UInt32(clamping: bytes.count - references))
            bytes.append(littleEndian: UInt32(clamping: lines.count))
            var end = 0
            for line in lines {
                end += line.count
                bytes.append(littleEndian: UInt32(clamping: end))
            }
        }
        pad(to: 4, of: 8)
        bytes.replace(at: references + 4, with: UInt32(clamping: bytes.count - references - 4))
        bytes.append(littleEndian: UInt32(clamping: 2 * lines.reduce(0) { $0 + $1.count }))
        for position in lines.joined() {
            bytes.append(littleEndian: position.longitude.bitPattern)
            bytes.append(littleEndian: position.latitude.bitPattern)
        }
        return references - 4
    }

    private mutating func table(_ kind: UInt8, parts: [Geometry<LonLat>]) -> Int {
        let references = beginTable(kind, hasEnds: false, hasPositions: false, hasParts: true)
        let list = bytes.count
        bytes.replace(at: references + 8, with: UInt32(clamping: list - references - 8))
        bytes.append(littleEndian: UInt32(clamping: parts.count))
        for _ in parts { bytes.append(littleEndian: UInt32(0)) }
        for (index, part) in parts.enumerated() {
            let place = list + 4 + 4 * index
            let table = write(part)
            bytes.replace(at: place, with: UInt32(clamping: table - place))
        }
        return references - 4
    }

    /// Appends a table of 20 bytes: its type, and room for references to ends, positions and parts.
    /// - Returns: where the references begin.
    private mutating func beginTable(_ kind: UInt8, hasEnds: Bool, hasPositions: Bool, hasParts: Bool) -> Int {
        pad(to: 0, of: 4)
        let places = [20, 20, hasEnds ? 4 : 0, hasPositions ? 8 : 0, 0, 0, 0, 0, 16, hasParts ? 12 : 0] as [UInt16]
        for place in places { bytes.append(littleEndian: place) }
        bytes.append(littleEndian: UInt32(20))
        let references = bytes.count
        bytes.append(littleEndian: UInt64(0))
        bytes.append(littleEndian: UInt32(0))
        bytes.append(littleEndian: UInt32(kind))
        return references
    }

    private mutating func pad(to remainder: Int, of modulus: Int) {
        while bytes.count % modulus != remainder { bytes.append(0) }
    }

    private static func closed(_ ring: [LonLat]) -> [LonLat] {
        guard let first = ring.first, first != ring[ring.count - 1] else { return ring }
        return ring + [first]
    }
}

extension Geometry where P == LonLat {
    /// The number of the type, which is that of well-known binary.
    var flatGeobufKind: UInt8 {
        switch self {
        case .point: 1
        case .lineString: 2
        case .polygon: 3
        case .multiPoint: 4
        case .multiLineString: 5
        case .multiPolygon: 6
        case .collection: 7
        }
    }

    /// The same shape as one of several parts.
    var multi: Geometry {
        switch self {
        case .point(let position): .multiPoint([position])
        case .lineString(let line): .multiLineString([line])
        case .polygon(let polygon): .multiPolygon(MultiPolygon([polygon]))
        default: self
        }
    }
}
