import Bytes
import SimpleFeatures

/// What a set of tiles says of itself to clients that fetch tile by tile.
///
/// Besides the standard's members it has `format` and `tileSize`, which MapLibre and others read, `tilestats`, from which
/// GDAL takes the kind of geometry, and `faro`, the provenance.
///
/// ## Source
/// TileJSON 3.0.0.
public struct TileJSON: Hashable, Sendable {
    public var set: TileSet
    /// Where tiles are, with `{z}`, `{x}` and `{y}` in place of their numbers.
    public var addresses: [String]
    /// What the colours mean.
    public var legend: TileLegend?

    public init(_ set: TileSet, addresses: [String], legend: TileLegend? = nil) {
        self.set = set
        self.addresses = addresses
        self.legend = legend
    }

    /// The document, on one line.
    /// - Throws: ``TileArchiveError/memberNotJSON(name:_:)``.
    public func bytes() throws(TileArchiveError) -> [UInt8] {
        var buffer = ByteWriter(capacity: 2048)
        buffer.text("{\"tilejson\":\"3.0.0\",\"generator\":\"faro\",\"scheme\":\"xyz\",\"tiles\":[" as StaticString)
        for (index, address) in addresses.enumerated() {
            if index > 0 { buffer.byte(UInt8(ascii: ",")) }
            buffer.jsonString(address)
        }
        buffer.text("],\"format\":\"" as StaticString)
        buffer.text(set.format.rawValue)
        buffer.text("\",\"minzoom\":" as StaticString)
        buffer.integer(set.zooms.lowerBound)
        buffer.text(",\"maxzoom\":" as StaticString)
        buffer.integer(set.zooms.upperBound)
        let (bounds, center) = (set.storedBounds, set.center)
        buffer.text(",\"bounds\":[" as StaticString)
        list([bounds.minX, bounds.minY, bounds.maxX, bounds.maxY], into: &buffer)
        buffer.text("],\"center\":[" as StaticString)
        list([center.place.longitude, center.place.latitude, Double(center.zoom)], into: &buffer)
        buffer.text("]," as StaticString)
        if let legend {
            buffer.text("\"legend\":" as StaticString)
            buffer.jsonString(legend.html)
            buffer.byte(UInt8(ascii: ","))
        }
        try set.writeCommonMembers(into: &buffer)
        buffer.text("}\n" as StaticString)
        return buffer.bytes
    }

    private func list(_ numbers: [Double], into buffer: inout ByteWriter) {
        for (index, number) in numbers.enumerated() {
            if index > 0 { buffer.byte(UInt8(ascii: ",")) }
            buffer.fixed(number, decimals: 7)
        }
    }
}

/// What the colours of a map mean.
public struct TileLegend: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        /// As `#rrggbb`, optionally with two digits of opacity; other texts show no colour.
        public var color: String
        public var label: String

        public init(color: String, label: String) {
            self.color = color
            self.label = label
        }

        /// The colour where it is one, so that no text gets into a style sheet.
        var checkedColor: String {
            let digits = color.utf8.dropFirst()
            let isHex = digits.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                    UInt8(ascii: "A")...UInt8(ascii: "F"):
                    true
                default: false
                }
            }
            return color.hasPrefix("#") && isHex && (digits.count == 6 || digits.count == 8) ? color : "transparent"
        }
    }

    /// What is shown, with its unit.
    public var title: String
    /// From the first to the last as they stand below one another.
    public var entries: [Entry]

    public init(title: String, entries: [Entry]) {
        self.title = title
        self.entries = entries
    }

    /// As TileJSON holds it.
    var html: String {
        var text = "<b>\(Self.escaped(title))</b>"
        for entry in entries {
            text +=
                "<br><span style=\"display:inline-block;width:1em;height:1em;background:\(entry.checkedColor)\"></span> "
            text += Self.escaped(entry.label)
        }
        return text
    }

    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
    }
}
