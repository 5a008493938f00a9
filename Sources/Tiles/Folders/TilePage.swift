import Bytes

/// A page that shows tiles without anything from the network.
///
/// Pictures it draws by itself, also straight from the disk. Vector tiles it draws with MapLibre, where `maplibre-gl.js`
/// and `maplibre-gl.css` lie beside it and a server serves them; else it says what to put there. A PMTiles file it reads by
/// ranges.
public struct TilePage: Hashable, Sendable {
    public enum Language: String, Hashable, Sendable {
        case spanish = "es"
        case english = "en"
    }

    /// Where the tiles lie, as seen from the page.
    public enum Tiles: Hashable, Sendable {
        /// As `z/x/y.pbf` or `.png` beside the page.
        case folder
        /// In a file of this name beside the page.
        case pmtiles(name: String)
    }

    public var language: Language
    public var legend: TileLegend?

    public init(language: Language = .spanish, legend: TileLegend? = nil) {
        self.language = language
        self.legend = legend
    }

    /// The page as HTML.
    /// - Throws: ``TileArchiveError/memberNotJSON(name:_:)``.
    public func bytes(_ set: TileSet, tiles: Tiles) throws(TileArchiveError) -> [UInt8] {
        let address: String
        let archive: String?
        switch tiles {
        case .folder: (address, archive) = ("{z}/{x}/{y}.\(set.format.rawValue)", nil)
        case .pmtiles(let name): (address, archive) = ("pmtiles://{z}/{x}/{y}", name)
        }
        var buffer = ByteWriter(capacity: 16_384)
        buffer.text("<!doctype html>\n<html lang=\"\(language.rawValue)\">\n<meta charset=\"utf-8\">\n")
        buffer.text("<title>\(TileLegend.escaped(set.name))</title>\n")
        if set.format == .vector { buffer.text(Self.library) }
        buffer.text("<script>\nconst set = ")
        inScript(try TileJSON(set, addresses: [address]).bytes(), into: &buffer)
        buffer.text("const page = ")
        inScript(settings(archive), into: &buffer)
        buffer.text("</script>\n")
        buffer.text(Self.frame)
        buffer.text("<script>\n" + (archive == nil ? "" : Self.archiveScript))
        buffer.text((set.format == .png ? Self.pictureScript : Self.vectorScript) + "</script>\n</html>\n")
        return buffer.bytes
    }

    /// JSON between `<script>` and `</script>`: without `<`, so that no text in it ends the script.
    private func inScript(_ json: [UInt8], into buffer: inout ByteWriter) {
        for byte in json {
            if byte == UInt8(ascii: "<") { buffer.text("\\u003c" as StaticString) } else { buffer.byte(byte) }
        }
    }

    private func settings(_ archive: String?) -> [UInt8] {
        var buffer = ByteWriter()
        buffer.text("{\"archive\":")
        if let archive { buffer.jsonString(archive) } else { buffer.text("null") }
        buffer.text(",\"legend\":{\"title\":")
        buffer.jsonString(legend?.title ?? "")
        buffer.text(",\"entries\":[")
        for (index, entry) in (legend?.entries ?? []).enumerated() {
            buffer.text(index > 0 ? ",[" : "[")
            buffer.jsonString(entry.checkedColor)
            buffer.byte(UInt8(ascii: ","))
            buffer.jsonString(entry.label)
            buffer.byte(UInt8(ascii: "]"))
        }
        buffer.text("]},\"missing\":")
        buffer.jsonString(missing)
        buffer.text("}\n")
        return buffer.bytes
    }

    private var missing: String {
        switch language {
        case .spanish:
            "Para dibujar estas teselas vectoriales, ponga maplibre-gl.js y maplibre-gl.css junto a esta página y ábrala "
                + "desde un servidor web, por ejemplo con «python3 -m http.server»."
        case .english:
            "To draw these vector tiles, put maplibre-gl.js and maplibre-gl.css beside this page and open it from a web "
                + "server, for instance with “python3 -m http.server”."
        }
    }
}
