/// What a file is, by its first bytes, whatever its name says.
public enum FileKind: String, Hashable, Sendable, CaseIterable {
    case gzip
    case zip
    /// An SQLite database, which a GeoPackage is.
    case sqlite
    /// The `.shp` part of a shapefile.
    case shapefile
    /// UTF-8, Windows-1252 or another encoding in which ASCII means itself.
    case text
    case empty
    case other

    /// How many bytes from the beginning decide.
    public static let prefixLength = 4096
    /// How many of them tell the binary kinds.
    static let magicLength = 16

    /// What a file is that begins with these bytes.
    ///
    /// Text is what holds no control characters but tab, line feed, form feed, carriage return and the end mark that
    /// old programs write (0x1A).
    public init(prefix bytes: UnsafeRawBufferPointer) {
        let bytes = bytes.prefix(Self.prefixLength)
        func begins(_ magic: [UInt8]) -> Bool { bytes.starts(with: magic) }
        self =
            if bytes.isEmpty {
                .empty
            } else if begins([0x1F, 0x8B]) {
                .gzip
            } else if begins([0x50, 0x4B, 3, 4]) || begins([0x50, 0x4B, 5, 6]) {
                .zip
            } else if begins(Array("SQLite format 3\0".utf8)) {
                .sqlite
            } else if begins([0, 0, 0x27, 0x0A]) {
                .shapefile
            } else if begins([0xFF, 0xFE]) || begins([0xFE, 0xFF]) || bytes.contains(where: Self.isControl) {
                .other
            } else {
                .text
            }
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x0A, 0x0C, 0x0D, 0x1A: false
        default: byte < 0x20 || byte == 0x7F
        }
    }
}
