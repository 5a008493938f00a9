/// The geometry types of RFC 7946.
enum GeoJSONGeometryType: String {
    case point = "Point"
    case multiPoint = "MultiPoint"
    case lineString = "LineString"
    case multiLineString = "MultiLineString"
    case polygon = "Polygon"
    case multiPolygon = "MultiPolygon"
    case collection = "GeometryCollection"
}

/// A geometry is not what its type asks; it becomes nil, and the rest of the text is read on.
private struct MalformedGeometry: Error {
    var offset: Int
}

extension GeoJSONParser {
    /// A geometry or null. Nil is counted by its reason.
    mutating func geometry() throws -> Geometry<FilePosition>? {
        switch try scanner.kind() {
        case .null:
            try scanner.null()
            notes.nullGeometries += 1
            return nil
        case .object: return try geometryObject()
        default:
            markMalformed(at: scanner.offset)
            try scanner.skipValue()
            return nil
        }
    }

    private mutating func geometryObject() throws -> Geometry<FilePosition>? {
        let start = scanner.offset
        var type: String?
        var content: Int?
        var geometry: Geometry<FilePosition>??
        var seen = (type: false, content: false)
        try scanner.beginObject()
        while let name = try scanner.nextName() {
            if scanner.text(name, equals: "type"), try scanner.kind() == .string {
                try once(&seen.type, "type")
                type = scanner.string(try scanner.string())
            } else if scanner.text(name, equals: "coordinates") || scanner.text(name, equals: "geometries") {
                try once(&seen.content, "coordinates")
                content = scanner.offset
                if let type { geometry = try shape(type) } else { try scanner.skipValue() }
            } else if scanner.text(name, equals: "bbox") {
                try scanner.skipValue()
            } else {
                try otherMember(name)
            }
        }
        if let geometry { return geometry }
        guard let type, let content else {
            markMalformed(at: start)
            return nil
        }
        // The type stood behind the coordinates: back to them, now that it is known.
        let end = scanner
        scanner.seek(content)
        defer { scanner = end }
        return try shape(type)
    }

    /// What the coordinates or members at the scanner's place make, given their type.
    private mutating func shape(_ type: String) throws -> Geometry<FilePosition>? {
        let start = scanner
        guard let known = GeoJSONGeometryType(rawValue: type) else {
            notes.unknownGeometryTypes[type, default: 0] += 1
            try scanner.skipValue()
            return nil
        }
        do {
            let geometry = try shape(known)
            if geometry == nil { notes.emptyGeometries += 1 }
            return geometry
        } catch let error as MalformedGeometry {
            scanner = start
            markMalformed(at: error.offset)
            try scanner.skipValue()
            return nil
        }
    }

    /// - Returns: nil where nothing is left of it.
    private mutating func shape(_ type: GeoJSONGeometryType) throws -> Geometry<FilePosition>? {
        switch type {
        case .point: return try point().map { .point($0) }
        case .multiPoint:
            let positions = try positions()
            return positions.isEmpty ? nil : .multiPoint(positions)
        case .lineString: return try line().map { .lineString($0) }
        case .multiLineString:
            let lines = try list { parser in try parser.line() }
            return lines.isEmpty ? nil : .multiLineString(lines)
        case .polygon: return try polygon().map { .polygon($0) }
        case .multiPolygon:
            let polygons = try list { parser in try parser.polygon() }
            return polygons.isEmpty ? nil : .multiPolygon(MultiPolygon(polygons))
        case .collection:
            let members = try list { parser in try parser.geometry() }
            return members.isEmpty ? nil : .collection(members)
        }
    }

    /// The elements of an array that are something.
    private mutating func list<Element>(_ element: (inout Self) throws -> Element?) throws -> [Element] {
        try beginCoordinates()
        var elements: [Element] = []
        while try scanner.nextElement() {
            if let element = try element(&self) { elements.append(element) }
        }
        return elements
    }

    private mutating func polygon() throws -> Polygon<FilePosition>? {
        try beginCoordinates()
        var exterior: [FilePosition]?
        var holes: [[FilePosition]] = []
        var isFirst = true
        while try scanner.nextElement() {
            let ring = try ring()
            if isFirst { exterior = ring } else if let ring { holes.append(ring) }
            isFirst = false
        }
        return exterior.map { Polygon(exterior: $0, holes: holes) }
    }

    private mutating func ring() throws -> [FilePosition]? {
        var positions = try positions()
        if let first = positions.first, first != positions[positions.count - 1] {
            positions.append(first)
            notes.closedRings += 1
        }
        return enough(positions, 4)
    }

    private mutating func line() throws -> [FilePosition]? { enough(try positions(), 2) }

    private mutating func enough(_ positions: [FilePosition], _ least: Int) -> [FilePosition]? {
        if positions.count >= least { return positions }
        if !positions.isEmpty { notes.degenerateParts += 1 }
        return nil
    }

    /// The one position of a point; nil for `[]`, which is how an empty point is written.
    private mutating func point() throws -> FilePosition? {
        try beginCoordinates()
        guard try scanner.nextElement() else { return nil }
        return try coordinates()
    }

    private mutating func positions() throws -> [FilePosition] {
        try beginCoordinates()
        var positions: [FilePosition] = []
        while try scanner.nextElement() {
            try beginCoordinates()
            guard try scanner.nextElement() else { throw MalformedGeometry(offset: scanner.offset) }
            positions.append(try coordinates())
        }
        return positions
    }

    /// The numbers of a position, whose array has been entered, and the end of the array.
    @inline(__always)
    private mutating func coordinates() throws -> FilePosition {
        let x = try coordinate()
        guard try scanner.nextElement() else { throw MalformedGeometry(offset: scanner.offset) }
        let position = FilePosition(x: x, y: try coordinate())
        if try scanner.nextElement() {
            notes.positionsWithExtraCoordinates += 1
            repeat { _ = try coordinate() } while try scanner.nextElement()
        }
        notes.envelope.expand(toInclude: position)
        return position
    }

    @inline(__always)
    private mutating func coordinate() throws -> Double {
        guard try scanner.kind() == .number else { throw MalformedGeometry(offset: scanner.offset) }
        let start = scanner.offset
        do { return try scanner.number() } catch .numberTooLarge { throw MalformedGeometry(offset: start) }
    }

    @inline(__always)
    private mutating func beginCoordinates() throws {
        guard try scanner.kind() == .array else { throw MalformedGeometry(offset: scanner.offset) }
        try scanner.beginArray()
    }

    private mutating func markMalformed(at offset: Int) {
        notes.malformedGeometries += 1
        if notes.firstMalformed == nil { notes.firstMalformed = scanner.place(offset) }
    }
}
