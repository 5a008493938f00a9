public import Bytes

/// Writes features as GeoJSON (RFC 7946), one after the other, into a buffer that the caller drains.
///
/// Longitude and latitude with at most seven decimals (a centimetre), rings closed, exteriors counter-clockwise and
/// holes clockwise, ids as text, no `crs` member. A feature that cannot be written leaves the buffer as it was.
///
/// ## Example
/// ```swift
/// var writer = GeoJSONWriter(.collection)
/// var buffer = ByteWriter(capacity: 1 << 16)
/// try writer.begin(into: &buffer)
/// for feature in features {
///     try writer.feature(feature, into: &buffer)
///     if buffer.count > 1 << 16 { file.append(contentsOf: buffer.bytes); buffer.removeAll() }
/// }
/// writer.end(into: &buffer)
/// file.append(contentsOf: buffer.bytes)
/// ```
///
/// ## Source
/// RFC 7946; RFC 8142 for sequences.
public struct GeoJSONWriter: Sendable {
    /// How features stand in the file.
    public enum Form: Hashable, Sendable {
        /// One FeatureCollection.
        case collection
        /// One feature per line (`.geojsonl`).
        case lines
        /// One feature per line, each behind a record separator (RFC 8142).
        case sequence
    }

    /// Settled at the start: one file has one form.
    public let form: Form
    private let members: [Property]
    /// How many features there are so far, those of ``points(_:drain:)`` included.
    public internal(set) var written = 0
    private var names: [PreparedName] = []

    /// - Parameter members: what is to be known about the whole collection, written in this order as its member
    ///   `faro` before the features. Lines and sequences have no place for it.
    public init(_ form: Form, members: [Property] = []) {
        self.form = form
        self.members = members
    }

    /// Writes what comes before the first feature.
    /// - Throws: ``GeoJSONError`` for a member that JSON cannot hold, as property of feature 0.
    public mutating func begin(into buffer: inout ByteWriter) throws(GeoJSONError) {
        guard form == .collection else { return }
        let object = members.isEmpty ? nil : try Self.object(of: members)
        literal("{\"type\":\"FeatureCollection\",", into: &buffer)
        if let object {
            literal("\"faro\":", into: &buffer)
            buffer.raw(object)
            buffer.byte(UInt8(ascii: ","))
        }
        literal("\"features\":[", into: &buffer)
    }

    /// Members as one JSON object, in their order: what other formats keep of a collection as text.
    /// - Throws: ``GeoJSONError`` for a member that JSON cannot hold, as property of feature 0.
    public static func object(of members: [Property]) throws(GeoJSONError) -> [UInt8] {
        let writer = GeoJSONWriter(.lines)
        var buffer = ByteWriter(capacity: 1 << 10)
        buffer.byte(UInt8(ascii: "{"))
        for (index, member) in members.enumerated() {
            try writer.check(member.value, name: member.name, feature: 0)
            if index > 0 { buffer.byte(UInt8(ascii: ",")) }
            buffer.jsonString(member.name)
            buffer.byte(UInt8(ascii: ":"))
            writer.write(member.value, into: &buffer)
        }
        buffer.byte(UInt8(ascii: "}"))
        return buffer.bytes
    }

    /// Writes one feature.
    /// - Throws: ``GeoJSONError/notFinite(_:feature:property:)``, ``GeoJSONError/notJSON(_:feature:property:)``;
    ///   nothing has been written then.
    public mutating func feature(_ feature: Feature<LonLat>, into buffer: inout ByteWriter) throws(GeoJSONError) {
        try check(feature)
        written += 1
        switch form {
        case .collection: literal(written == 1 ? "\n" : ",\n", into: &buffer)
        case .lines: break
        case .sequence: buffer.byte(0x1E)
        }
        literal("{\"type\":\"Feature\",", into: &buffer)
        if let id = feature.id {
            literal("\"id\":", into: &buffer)
            write(id, into: &buffer)
            buffer.byte(UInt8(ascii: ","))
        }
        literal("\"geometry\":", into: &buffer)
        if let geometry = feature.geometry { write(geometry, into: &buffer) } else { literal("null", into: &buffer) }
        literal(",\"properties\":{", into: &buffer)
        for index in feature.properties.indices {
            writeName(feature.properties[index].name, at: index, into: &buffer)
            write(feature.properties[index].value, into: &buffer)
        }
        literal(form == .collection ? "}}" : "}}\n", into: &buffer)
    }

    /// Writes what comes after the last feature.
    public func end(into buffer: inout ByteWriter) {
        guard form == .collection else { return }
        literal(written == 0 ? "]}\n" : "\n]}\n", into: &buffer)
    }

    // MARK: Checks

    private func check(_ feature: Feature<LonLat>) throws(GeoJSONError) {
        if let geometry = feature.geometry, let number = Self.firstNotFinite(geometry) {
            throw .notFinite(number, feature: written + 1, property: nil)
        }
        for index in feature.properties.indices {
            switch feature.properties[index].value {
            case .number, .json:
                try check(feature.properties[index].value, name: feature.properties[index].name, feature: written + 1)
            default: break
            }
        }
    }

    private func check(_ value: PropertyValue, name: String, feature: Int) throws(GeoJSONError) {
        switch value {
        case .number(let number):
            guard number.isFinite else { throw .notFinite(number, feature: feature, property: name) }
        case .json(let text):
            if let fault = Self.fault(inJSON: [UInt8](text.utf8)) {
                throw .notJSON(fault, feature: feature, property: name)
            }
        default: break
        }
    }

    private static func fault(inJSON text: [UInt8]) -> JSONError? {
        text.withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes)
            do throws(JSONError) {
                try scanner.skipValue()
                try scanner.finish()
                return nil
            } catch { return error }
        }
    }

    /// A coordinate that is NaN or infinite; nil where there is none.
    package static func firstNotFinite(_ geometry: Geometry<LonLat>) -> Double? {
        func inLine(_ positions: [LonLat]) -> Double? {
            for position in positions where !(position.x - position.x + (position.y - position.y) == 0) {
                return position.x.isFinite ? position.y : position.x
            }
            return nil
        }
        func inArea(_ polygon: Polygon<LonLat>) -> Double? {
            inLine(polygon.exterior) ?? polygon.holes.lazy.compactMap(inLine).first
        }
        return switch geometry {
        case .point(let position): position.x.isFinite ? (position.y.isFinite ? nil : position.y) : position.x
        case .multiPoint(let positions), .lineString(let positions): inLine(positions)
        case .multiLineString(let lines): lines.lazy.compactMap(inLine).first
        case .polygon(let polygon): inArea(polygon)
        case .multiPolygon(let polygons): polygons.polygons.lazy.compactMap(inArea).first
        case .collection(let members): members.lazy.compactMap(firstNotFinite).first
        }
    }

    // MARK: Properties

    /// A name as it stands before its value, kept because the next feature nearly always has it at the same index.
    private struct PreparedName {
        var name: String
        var bytes: [UInt8]

        init(_ name: String, at index: Int) {
            self.name = name
            var writer = ByteWriter(capacity: name.utf8.count + 4)
            if index > 0 { writer.byte(UInt8(ascii: ",")) }
            writer.jsonString(name)
            writer.byte(UInt8(ascii: ":"))
            bytes = writer.bytes
        }
    }

    private mutating func writeName(_ name: String, at index: Int, into buffer: inout ByteWriter) {
        if index == names.count {
            names.append(PreparedName(name, at: index))
        } else if names[index].name != name {
            names[index] = PreparedName(name, at: index)
        }
        names[index].bytes.withUnsafeBufferPointer { buffer.raw($0) }
    }

    private func write(_ value: PropertyValue, into buffer: inout ByteWriter) {
        switch value {
        case .null: literal("null", into: &buffer)
        case .bool(let flag): literal(flag ? "true" : "false", into: &buffer)
        case .integer(let integer): buffer.integer(integer)
        case .number(let number): buffer.shortest(number)
        case .text(let text): write(text, into: &buffer)
        // JSON has line breaks between its tokens only, where a blank says the same and keeps a line one line.
        case .json(let text): buffer.raw(text.utf8.lazy.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
        }
    }

    /// A quoted string; copied at once where nothing needs an escape.
    private func write(_ text: String, into buffer: inout ByteWriter) {
        let wasPlain: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
            for byte in bytes where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                return buffer.jsonString(text)
            }
            buffer.byte(UInt8(ascii: "\""))
            buffer.raw(bytes)
            buffer.byte(UInt8(ascii: "\""))
        }
        if wasPlain == nil { buffer.jsonString(text) }
    }

    @inline(__always)
    private func literal(_ text: StaticString, into buffer: inout ByteWriter) { buffer.text(text) }

    // MARK: Geometry

    private func write(_ geometry: Geometry<LonLat>, into buffer: inout ByteWriter) {
        switch geometry {
        case .point(let position):
            literal("{\"type\":\"Point\",\"coordinates\":", into: &buffer)
            write(position, into: &buffer)
        case .multiPoint(let positions):
            literal("{\"type\":\"MultiPoint\",\"coordinates\":", into: &buffer)
            write(positions, into: &buffer)
        case .lineString(let positions):
            literal("{\"type\":\"LineString\",\"coordinates\":", into: &buffer)
            write(positions, into: &buffer)
        case .multiLineString(let lines):
            literal("{\"type\":\"MultiLineString\",\"coordinates\":", into: &buffer)
            list(lines, into: &buffer) { write($0, into: &$1) }
        case .polygon(let polygon):
            literal("{\"type\":\"Polygon\",\"coordinates\":", into: &buffer)
            write(polygon, into: &buffer)
        case .multiPolygon(let polygons):
            literal("{\"type\":\"MultiPolygon\",\"coordinates\":", into: &buffer)
            list(polygons.polygons, into: &buffer) { write($0, into: &$1) }
        case .collection(let members):
            literal("{\"type\":\"GeometryCollection\",\"geometries\":", into: &buffer)
            list(members, into: &buffer) { write($0, into: &$1) }
        }
        buffer.byte(UInt8(ascii: "}"))
    }

    private func write(_ polygon: Polygon<LonLat>, into buffer: inout ByteWriter) {
        guard !polygon.exterior.isEmpty else { return literal("[]", into: &buffer) }
        buffer.byte(UInt8(ascii: "["))
        ring(polygon.exterior, counterClockwise: true, into: &buffer)
        for hole in polygon.holes {
            buffer.byte(UInt8(ascii: ","))
            ring(hole, counterClockwise: false, into: &buffer)
        }
        buffer.byte(UInt8(ascii: "]"))
    }

    private func ring(_ positions: [LonLat], counterClockwise: Bool, into buffer: inout ByteWriter) {
        var ring = positions
        if let first = ring.first, first != ring[ring.count - 1] { ring.append(first) }
        let area = Predicates.signedArea(of: ring)
        if counterClockwise ? area < 0 : area > 0 { ring.reverse() }
        write(ring, into: &buffer)
    }

    private func write(_ positions: [LonLat], into buffer: inout ByteWriter) {
        list(positions, into: &buffer) { write($0, into: &$1) }
    }

    private func write(_ position: LonLat, into buffer: inout ByteWriter) {
        buffer.byte(UInt8(ascii: "["))
        buffer.fixed(position.longitude, decimals: 7)
        buffer.byte(UInt8(ascii: ","))
        buffer.fixed(position.latitude, decimals: 7)
        buffer.byte(UInt8(ascii: "]"))
    }

    @inline(__always)
    private func list<Element>(
        _ elements: [Element], into buffer: inout ByteWriter, _ write: (Element, inout ByteWriter) -> Void
    ) {
        buffer.byte(UInt8(ascii: "["))
        for index in elements.indices {
            if index > 0 { buffer.byte(UInt8(ascii: ",")) }
            write(elements[index], &buffer)
        }
        buffer.byte(UInt8(ascii: "]"))
    }
}
