import Bytes

/// Writes the links of an answer, with the address by which the client knows the server.
struct Links {
    struct Link {
        var relation: String
        /// From the server's root, encoded.
        var path: String
        var media: Media
        var title: String
        /// Whether the path has parts in braces for the client to fill in.
        var isTemplate: Bool

        init(_ relation: String, _ path: String, _ media: Media, _ title: String, isTemplate: Bool = false) {
            self.relation = relation
            self.path = path
            self.media = media
            self.title = title
            self.isTemplate = isTemplate
        }
    }

    /// What stands before paths: `http://127.0.0.1:8080`.
    let base: String

    /// - Throws: ``Problem`` for a Host that is none.
    init(_ ask: Ask) throws { base = try ask.baseAddress() }

    func list(_ links: [Link]) -> [UInt8] {
        JSONList.of(
            links.map { link in
                var json = JSONObject()
                json.add("href", text: base + link.path)
                json.add("rel", text: link.relation)
                json.add("type", text: link.media.type)
                json.add("title", text: link.title)
                if link.isTemplate { json.add("templated", json: "true".utf8) }
                return json.bytes
            })
    }

    /// Percent signs for all but letters, digits and `-._~`.
    static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A JSON array of what is JSON already.
enum JSONList {
    static func of(_ items: [[UInt8]]) -> [UInt8] {
        [UInt8(ascii: "[")] + Array(items.joined(separator: [UInt8(ascii: ",")])) + [UInt8(ascii: "]")]
    }
}
