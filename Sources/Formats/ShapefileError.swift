/// Why the files of a shapefile cannot be read.
///
/// Records are counted from 1, as the format counts them; offsets are bytes from the start of the file.
public enum ShapefileError: Error, Hashable, CustomStringConvertible {
    case notAShapefile(fileCode: Int32?)
    case truncated(file: File, needed: Int, found: Int)
    case unsupportedShapeType(Int32, record: Int?)
    case recordPastEnd(record: Int, offset: Int, length: Int, end: Int)
    case recordTooShort(record: Int, needed: Int, length: Int)
    case countPastRecord(record: Int, what: Count, count: Int, length: Int)
    case partOutOfOrder(record: Int, part: Int, start: Int)
    case tooManyRings(record: Int, count: Int, limit: Int)
    case recordCountMismatch(shapes: Int, rows: Int)
    case unsupportedTable(version: UInt8)
    case fieldsPastRecord(needed: Int, recordLength: Int)
    case unsupportedEncoding(String)

    public enum File: String, Hashable, Sendable {
        case shp = ".shp"
        case dbf = ".dbf"
    }

    public enum Count: String, Hashable, Sendable {
        case parts, points
    }

    public var description: String {
        switch self {
        case .notAShapefile(let code):
            "a .shp file must start with file code 9994, but starts with \(code.map(String.init) ?? "fewer than 100 bytes")"
        case .truncated(let file, let needed, let found):
            "the \(file.rawValue) file must have \(needed) bytes by its own header, but has \(found): it is cut off"
        case .unsupportedShapeType(let type, nil):
            "a shapefile must hold points, multipoints, lines or polygons, but is of shape type \(type)"
        case .unsupportedShapeType(let type, let record?):
            "a shape must be a point, multipoint, line or polygon, but record \(record) is of shape type \(type)"
        case .recordPastEnd(let record, let offset, let length, let end):
            "record \(record) of the .shp file, of \(length) bytes at byte \(offset), must end by byte \(end)"
        case .recordTooShort(let record, let needed, let length):
            "record \(record) of the .shp file must have at least \(needed) bytes for its shape type, but has \(length)"
        case .countPastRecord(let record, let what, let count, let length):
            "record \(record) of the .shp file says \(count) \(what.rawValue), which do not fit its \(length) bytes"
        case .partOutOfOrder(let record, let part, let start):
            "the parts of a shape must start in order and within its points, "
                + "but part \(part) of record \(record) starts at \(start)"
        case .tooManyRings(let record, let count, let limit):
            "a polygon must have at most \(limit) rings, but record \(record) has \(count)"
        case .recordCountMismatch(let shapes, let rows):
            "the .shp and .dbf files must have equally many records, but have \(shapes) and \(rows): "
                + "they do not belong together, or one is damaged"
        case .unsupportedTable(let version):
            "the .dbf file must be of dBase III, IV or FoxPro, but its first byte is \(version)"
        case .fieldsPastRecord(let needed, let recordLength):
            "the fields of the .dbf file need \(needed) bytes per record, but its header says \(recordLength)"
        case .unsupportedEncoding(let name):
            "the text of the .dbf file must be UTF-8 or windows-1252, but is declared as \(name); "
                + "say the encoding yourself, or convert the file"
        }
    }
}
