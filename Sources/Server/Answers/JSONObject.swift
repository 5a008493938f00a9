import Bytes
import CrimeMapping

/// A small JSON object, written in the order in which its members come.
struct JSONObject {
    private var writer = ByteWriter(capacity: 256)

    init() { writer.byte(UInt8(ascii: "{")) }

    var bytes: [UInt8] { writer.bytes + [UInt8(ascii: "}")] }

    mutating func add(_ name: String, text: String) {
        begin(name)
        writer.jsonString(text)
    }

    mutating func add(_ name: String, _ integer: Int) {
        begin(name)
        writer.integer(integer)
    }

    /// Something that is JSON already.
    mutating func add(_ name: String, json: some Sequence<UInt8>) {
        begin(name)
        writer.raw(json)
    }

    mutating func add(_ name: String, encoding value: some Encodable) throws {
        add(name, json: try JSONText.of(value).utf8)
    }

    private mutating func begin(_ name: String) {
        if writer.count > 1 { writer.byte(UInt8(ascii: ",")) }
        writer.jsonString(name)
        writer.byte(UInt8(ascii: ":"))
    }
}
