import SimpleFeatures

extension CQL2Parser {
    /// A box or well-known text; nil where none begins here.
    mutating func shape() throws(CQL2Error) -> CQL2Shape? {
        guard case .word(let word) = token else { return nil }
        switch word.uppercased() {
        case "BBOX", "ENVELOPE": return try box()
        case let kind where Self.kinds.contains(kind): return .geometry(try geometry(depth: 0))
        default: return nil
        }
    }

    private static let kinds: Set<String> = [
        "POINT", "MULTIPOINT", "LINESTRING", "MULTILINESTRING", "POLYGON", "MULTIPOLYGON", "GEOMETRYCOLLECTION",
    ]

    /// Four numbers, or six with heights, which are passed over.
    private mutating func box() throws(CQL2Error) -> CQL2Shape {
        try advance()
        try expect(mark: "(")
        var numbers = [try number()]
        while try take(mark: ","), numbers.count < 6 { numbers.append(try number()) }
        guard numbers.count == 4 || numbers.count == 6 else {
            throw error("a box must have 4 or 6 numbers, but has \(numbers.count)")
        }
        try expect(mark: ")")
        let half = numbers.count / 2
        let (west, south, east, north) = (numbers[0], numbers[1], numbers[half], numbers[half + 1])
        guard abs(west) <= 180, abs(east) <= 180, abs(south) <= 90, abs(north) <= 90, south <= north else {
            throw error(
                "a box must be west, south, east, north in degrees, south at most north, but is \(west), \(south), \(east), \(north)"
            )
        }
        return .box(west: west, south: south, east: east, north: north)
    }

    private mutating func geometry(depth: Int) throws(CQL2Error) -> Geometry<LonLat> {
        guard case .word(let word) = token else {
            throw error("a geometry must stand here, but \(token.words) does")
        }
        try advance()
        // POINT Z and the like carry heights, which are passed over.
        if case .word(let dimensions) = token, ["Z", "M", "ZM"].contains(dimensions.uppercased()) { try advance() }
        switch word.uppercased() {
        case "POINT": return .point(try parenthesised { parser throws(CQL2Error) in try parser.position() })
        case "MULTIPOINT":
            return .multiPoint(try list { parser throws(CQL2Error) in try parser.looselyWrappedPosition() })
        case "LINESTRING": return .lineString(try line())
        case "MULTILINESTRING": return .multiLineString(try list { parser throws(CQL2Error) in try parser.line() })
        case "POLYGON": return .polygon(try polygon())
        case "MULTIPOLYGON":
            return .multiPolygon(MultiPolygon(try list { parser throws(CQL2Error) in try parser.polygon() }))
        case "GEOMETRYCOLLECTION" where depth < 4:
            return .collection(try list { parser throws(CQL2Error) in try parser.geometry(depth: depth + 1) })
        default: throw error("a geometry must stand before this, but \(CQL2Scanner.shortened(word)) is none")
        }
    }

    private mutating func line() throws(CQL2Error) -> [LonLat] {
        let positions = try list { parser throws(CQL2Error) in try parser.position() }
        guard positions.count >= 2 else { throw error("a line must have at least 2 positions, but has 1") }
        return positions
    }

    private mutating func polygon() throws(CQL2Error) -> Polygon<LonLat> {
        let rings = try list { parser throws(CQL2Error) in
            let ring = try parser.list { parser throws(CQL2Error) in try parser.position() }
            guard ring.count >= 4, ring.first == ring.last else {
                throw parser.error("a ring must have at least 4 positions and end where it begins")
            }
            return ring
        }
        return Polygon(exterior: rings[0], holes: Array(rings.dropFirst()))
    }

    private mutating func looselyWrappedPosition() throws(CQL2Error) -> LonLat {
        guard token == .mark("(") else { return try position() }
        return try parenthesised { parser throws(CQL2Error) in try parser.position() }
    }

    private mutating func position() throws(CQL2Error) -> LonLat {
        vertices += 1
        guard vertices <= CQL2Filter.mostVertices else {
            throw error("the geometries of a filter must have at most \(CQL2Filter.mostVertices) positions")
        }
        let position = LonLat(longitude: try number(), latitude: try number())
        guard position.isOnEarth else {
            throw error(
                "a position must be longitude and latitude in degrees, but is \(position.longitude) \(position.latitude)"
            )
        }
        for _ in 0..<2 { if case .number = token { try advance() } }
        return position
    }

    private mutating func number() throws(CQL2Error) -> Double {
        guard case .number(let number) = token else { throw error("a number must stand here, but \(token.words) does") }
        try advance()
        return number
    }

    private mutating func parenthesised<Element>(
        _ read: (inout CQL2Parser) throws(CQL2Error) -> Element
    ) throws(CQL2Error) -> Element {
        try expect(mark: "(")
        let element = try read(&self)
        try expect(mark: ")")
        return element
    }

    /// At least one element, with commas between, in parentheses.
    private mutating func list<Element>(
        _ read: (inout CQL2Parser) throws(CQL2Error) -> Element
    ) throws(CQL2Error) -> [Element] {
        try expect(mark: "(")
        var elements = [try read(&self)]
        while try take(mark: ",") { elements.append(try read(&self)) }
        try expect(mark: ")")
        return elements
    }
}
