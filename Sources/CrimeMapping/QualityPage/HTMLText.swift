/// Text as HTML takes it: nothing in it can open a tag, end an attribute or write backwards.
enum HTMLText {
    /// For text between tags and for attributes in quotes. Control characters and marks that turn the direction of writing
    /// become U+FFFD.
    static func escaped(_ text: some StringProtocol) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n": result += " "
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || turnsDirection(scalar):
                result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func turnsDirection(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    /// A row of cells that are HTML already.
    static func row(_ cells: [String], _ classes: [String] = [], cell tag: String = "td") -> String {
        let written = cells.enumerated().map { index, cell in
            let name = classes.indices.contains(index) ? classes[index] : ""
            return "<\(tag)\(name.isEmpty ? "" : " class=\"\(name)\"")>\(cell)</\(tag)>"
        }
        return "<tr>\(written.joined())</tr>"
    }

    /// A table whose head and cells are HTML already.
    static func table(_ head: [String], _ rows: [[String]], _ classes: [String] = []) -> String {
        "<div class=\"scroll\"><table><thead>\(row(head, classes, cell: "th"))</thead><tbody>"
            + rows.map { row($0, classes) }.joined() + "</tbody></table></div>"
    }
}
