import Bytes

/// The text of a `.csvt` file: what the columns of the CSV of the same name hold.
///
/// Without it GDAL and QGIS take every column for text, or, asked to guess, a key such as `09015` for a number.
///
/// ## Source
/// GDAL, *Comma Separated Value driver*: one line of quoted types, separated by commas.
public enum CSVTypes {
    /// What a column holds.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case text = "String"
        case integer = "Integer64"
        case number = "Real"
        case bool = "Integer(Boolean)"
        case date = "Date"
        case time = "Time"
        case dateTime = "DateTime"
        /// The eastward coordinate of the row's point.
        case x = "CoordX"
        /// The northward coordinate of the row's point.
        case y = "CoordY"
    }

    /// The whole file, for columns in the order of the CSV.
    public static func text(_ columns: [Kind]) -> [UInt8] {
        var writer = ByteWriter()
        for (index, column) in columns.enumerated() {
            if index > 0 { writer.byte(UInt8(ascii: ",")) }
            writer.quotedCSVField(column.rawValue)
        }
        writer.byte(UInt8(ascii: "\n"))
        return writer.bytes
    }
}
