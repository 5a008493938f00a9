/// Names and texts as SQL spells them.
///
/// A NUL would end the statement; whoever takes names from outside refuses it. The marks are told by their bytes, since a
/// quotation mark with an accent above it is one character to Swift and two to SQLite.
enum SQLText {
    /// The name of a table or column, whatever it consists of.
    static func name(_ name: String) -> String { quoted(name, UInt8(ascii: "\"")) }

    /// A text as a value.
    static func value(_ text: String) -> String { quoted(text, UInt8(ascii: "'")) }

    private static func quoted(_ text: String, _ mark: UInt8) -> String {
        var bytes = [mark]
        for byte in text.utf8 {
            if byte == mark { bytes.append(mark) }
            bytes.append(byte)
        }
        bytes.append(mark)
        return String(decoding: bytes, as: UTF8.self)
    }
}
