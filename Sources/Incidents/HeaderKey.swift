import Bytes

extension LabelFolding {
    /// The folded form without blanks: how column headers are compared.
    static func headerKey(_ header: String) -> String {
        let header = header.unicodeScalars.filter { $0 != "\u{FEFF}" }  // a byte order mark that a reader left
        return fold(String(String.UnicodeScalarView(header))).filter { $0 != " " }
    }
}
