import Bytes
import SimpleFeatures

/// The XML in which GDAL keeps what is known about a raster.
///
/// GDAL resolves the entities of a value twice (`GTiffDataset::WriteMetadata` says why it writes them so), and cuts a
/// value off at an ampersand that is an ampersand after the first time; so values are escaped twice, names once.
enum GeoTIFFMetadata {
    /// One item per member, and the names of the bands.
    static func xml(members: [Property], valueNames: [String]) -> String {
        var xml = "<GDALMetadata>\n"
        for member in members {
            xml += "  <Item name=\"\(escaped(member.name))\">\(value(text(member.value)))</Item>\n"
        }
        for (band, name) in valueNames.enumerated() {
            xml += "  <Item name=\"DESCRIPTION\" sample=\"\(band)\" role=\"description\">\(value(name))</Item>\n"
        }
        return xml + "</GDALMetadata>\n"
    }

    private static func value(_ text: String) -> String { escaped(escaped(text)) }

    private static func text(_ value: PropertyValue) -> String {
        switch value {
        case .null: return ""
        case .bool(let flag): return flag ? "true" : "false"
        case .integer(let integer): return String(integer)
        case .number(let number):
            var writer = ByteWriter()
            writer.shortest(number)
            return writer.string
        case .text(let text), .json(let text): return text
        }
    }

    /// XML knows no control characters but line breaks and tabs, not even escaped; they become blanks.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
