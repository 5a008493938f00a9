import Bytes
import SimpleFeatures

/// Writes a condition as text: keywords in capitals, one blank between words, parentheses only where they are needed.
struct CQL2Writer {
    private var bytes = ByteWriter()

    var text: String { bytes.string }

    /// How tightly the place binds in which a condition stands.
    enum Binding: Int {
        case lowest, disjunction, conjunction, negation
    }

    mutating func write(_ condition: CQL2Condition, within binding: Binding) {
        switch condition {
        case .constant(let value): bytes.text(value ? "TRUE" : "FALSE")
        case .comparison(let name, let comparison, let literal):
            write(name: name)
            bytes.text(" \(comparison.rawValue) ")
            write(literal)
        case .isNull(let name):
            write(name: name)
            bytes.text(" IS NULL")
        case .intersects(let name, let shape):
            bytes.text("S_INTERSECTS(")
            write(name: name)
            bytes.text(", ")
            write(shape)
            bytes.text(")")
        case .between, .isIn, .like: writeRange(condition, isNegated: false)
        case .not(let inner): writeNegated(inner)
        case .all(let parts): writeJoined(parts, by: " AND ", as: .conjunction, within: binding)
        case .any(let parts): writeJoined(parts, by: " OR ", as: .disjunction, within: binding)
        }
    }

    private mutating func writeNegated(_ condition: CQL2Condition) {
        switch condition {
        case .isNull(let name):
            write(name: name)
            bytes.text(" IS NOT NULL")
        case .between, .isIn, .like: writeRange(condition, isNegated: true)
        default:
            bytes.text("NOT ")
            write(condition, within: .negation)
        }
    }

    private mutating func writeRange(_ condition: CQL2Condition, isNegated: Bool) {
        let not = isNegated ? " NOT" : ""
        switch condition {
        case .between(let name, let lower, let upper):
            write(name: name)
            bytes.text(not + " BETWEEN ")
            write(lower)
            bytes.text(" AND ")
            write(upper)
        case .isIn(let name, let values):
            write(name: name)
            bytes.text(not + " IN (")
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.text(", ") }
                write(value)
            }
            bytes.text(")")
        case .like(let name, let pattern):
            write(name: name)
            bytes.text(not + " LIKE ")
            write(.text(pattern.text))
        default: break
        }
    }

    private mutating func writeJoined(
        _ parts: [CQL2Condition], by word: String, as own: Binding, within binding: Binding
    ) {
        let needsParentheses = binding.rawValue >= own.rawValue
        if needsParentheses { bytes.text("(") }
        for (index, part) in parts.enumerated() {
            if index > 0 { bytes.text(word) }
            write(part, within: own)
        }
        if needsParentheses { bytes.text(")") }
    }

    private mutating func write(name: String) {
        let utf8 = Array(name.utf8)
        func isPlain(_ byte: UInt8) -> Bool {
            (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
        }
        let isBare =
            utf8.first.map(isPlain) ?? false
            && utf8.allSatisfy { isPlain($0) || (48...57).contains($0) }
            && !CQL2Parser.reserved.contains(name.uppercased()) && !Self.words.contains(name.uppercased())
        guard !isBare else { return bytes.text(name) }
        bytes.quotedCSVField(name)
    }

    /// Words that begin a literal or a function, and would be read as one.
    private static let words: Set<String> = [
        "DATE", "TIMESTAMP", "INTERVAL", "BBOX", "ENVELOPE", "POINT", "CASEI", "ACCENTI",
    ]

    private mutating func write(_ literal: CQL2Literal) {
        switch literal {
        case .text(let text):
            bytes.byte(UInt8(ascii: "'"))
            var previous: UInt8 = 0
            for byte in text.utf8 {
                // Behind a backslash two quotes would be read as an escaped one and the end.
                if byte == UInt8(ascii: "'") { bytes.byte(previous == UInt8(ascii: "\\") ? previous : byte) }
                bytes.byte(byte)
                previous = byte
            }
            bytes.byte(UInt8(ascii: "'"))
        case .number(let number): bytes.shortest(number)
        case .bool(let value): bytes.text(value ? "TRUE" : "FALSE")
        case .date(let date): bytes.text("DATE('\(date)')")
        case .timestamp(let timestamp): bytes.text("TIMESTAMP('\(timestamp)')")
        }
    }

    // MARK: Shapes

    private mutating func write(_ shape: CQL2Shape) {
        switch shape {
        case .box(let west, let south, let east, let north):
            bytes.text("BBOX")
            list([west, south, east, north]) { $1.bytes.shortest($0) }
        case .geometry(let geometry): write(geometry)
        }
    }

    private mutating func write(_ geometry: Geometry<LonLat>) {
        switch geometry {
        case .point(let position):
            bytes.text("POINT")
            write([position])
        case .multiPoint(let positions):
            bytes.text("MULTIPOINT")
            list(positions) { $1.write([$0]) }
        case .lineString(let positions):
            bytes.text("LINESTRING")
            write(positions)
        case .multiLineString(let lines):
            bytes.text("MULTILINESTRING")
            list(lines) { $1.write($0) }
        case .polygon(let polygon):
            bytes.text("POLYGON")
            write(polygon)
        case .multiPolygon(let polygons):
            bytes.text("MULTIPOLYGON")
            list(polygons.polygons) { $1.write($0) }
        case .collection(let members):
            bytes.text("GEOMETRYCOLLECTION")
            list(members) { $1.write($0) }
        }
    }

    private mutating func write(_ polygon: Polygon<LonLat>) { list(polygon.rings) { $1.write($0) } }

    private mutating func write(_ positions: [LonLat]) {
        list(positions) { position, writer in
            writer.bytes.shortest(position.longitude)
            writer.bytes.byte(UInt8(ascii: " "))
            writer.bytes.shortest(position.latitude)
        }
    }

    private mutating func list<Element>(_ elements: [Element], _ write: (Element, inout CQL2Writer) -> Void) {
        bytes.byte(UInt8(ascii: "("))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.byte(UInt8(ascii: ",")) }
            write(element, &self)
        }
        bytes.byte(UInt8(ascii: ")"))
    }
}
