import Bytes

/// Cuts a filter's text into tokens.
struct CQL2Scanner {
    enum Token: Hashable {
        /// A name or a keyword, as written.
        case word(String)
        /// A name in double quotes.
        case quoted(String)
        case text(String)
        case number(Double)
        /// `(`, `)`, `,` or an operator.
        case mark(String)
        case end

        /// For a sentence: what was found.
        var words: String {
            switch self {
            case .word(let text), .mark(let text): "\"\(CQL2Scanner.shortened(text))\""
            case .quoted(let text): "the name \"\(CQL2Scanner.shortened(text))\""
            case .text(let text): "the text '\(CQL2Scanner.shortened(text))'"
            case .number(let number): "the number \(number)"
            case .end: "the end"
            }
        }
    }

    private let bytes: [UInt8]
    private var index = 0
    /// Where the last token began.
    private(set) var start = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    /// The character at a byte, counted from 1.
    func character(at byte: Int) -> Int { 1 + bytes.prefix(byte).count { $0 & 0xC0 != 0x80 } }

    func error(_ reason: String) -> CQL2Error { CQL2Error(at: character(at: start), reason) }

    static func shortened(_ text: String) -> String { text.count > 40 ? text.prefix(40) + "…" : text }

    mutating func next() throws(CQL2Error) -> Token {
        while let byte = current, byte == 0x20 || (0x09...0x0D).contains(byte) { index += 1 }
        start = index
        guard let byte = current else { return .end }
        switch byte {
        case UInt8(ascii: "'"): return .text(try quoted(by: byte))
        case UInt8(ascii: "\""): return .quoted(try quoted(by: byte))
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "="):
            index += 1
            return .mark(String(UnicodeScalar(byte)))
        case UInt8(ascii: "<"), UInt8(ascii: ">"): return comparison(byte)
        case _ where Self.startsNumber(byte): return .number(try number())
        case _ where Self.startsName(byte):
            while let byte = current, Self.continuesName(byte) { index += 1 }
            return .word(String(decoding: bytes[start..<index], as: UTF8.self))
        default:
            throw error("a name, a literal or an operator must follow, but \"\(found(byte))\" does")
        }
    }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private func found(_ byte: UInt8) -> String {
        byte < 0x20 || byte == 0x7F ? "the control character \(byte)" : String(UnicodeScalar(byte))
    }

    private mutating func comparison(_ first: UInt8) -> Token {
        index += 1
        let second = current
        if second == UInt8(ascii: "=") || (first == UInt8(ascii: "<") && second == UInt8(ascii: ">")) { index += 1 }
        return .mark(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    /// What stands between two quotes; one is written twice, or behind a backslash in front of a text's quote.
    private mutating func quoted(by quote: UInt8) throws(CQL2Error) -> String {
        index += 1
        var text: [UInt8] = []
        while let byte = current {
            index += 1
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "'"), current == quote {
                text.append(quote)
                index += 1
            } else if byte != quote {
                text.append(byte)
            } else if current == quote {
                text.append(quote)
                index += 1
            } else {
                return String(decoding: text, as: UTF8.self)
            }
        }
        throw error(
            "a \(quote == UInt8(ascii: "'") ? "text" : "name") must end with the quote that begins it, but does not end"
        )
    }

    private mutating func number() throws(CQL2Error) -> Double {
        func isExponent(_ byte: UInt8) -> Bool { byte | 0x20 == UInt8(ascii: "e") }
        while let byte = current {
            let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
            let isPart = (48...57).contains(byte) || byte == UInt8(ascii: ".") || isExponent(byte)
            guard isPart || (isSign && (index == start || isExponent(bytes[index - 1]))) else { break }
            index += 1
        }
        let value = bytes[start..<index].withUnsafeBufferPointer { DecimalParser.double($0) }
        guard let value, value.isFinite else {
            let text = String(decoding: bytes[start..<index], as: UTF8.self)
            throw error("a number must be written -12.5 or 1e3, but is \"\(Self.shortened(text))\"")
        }
        return value
    }

    private static func startsNumber(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
    }

    private static func startsName(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
            || byte >= 0x80
    }

    private static func continuesName(_ byte: UInt8) -> Bool {
        startsName(byte) || (48...57).contains(byte) || byte == UInt8(ascii: ".")
    }
}
