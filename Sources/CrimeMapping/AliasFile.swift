public import Boundaries
import Bytes
public import Files

/// The names that no area answers to as a CSV that a person fills in, and that is then brought in again.
///
/// A row per name, most incidents first: `name,municipality,count`, up to three candidates with their keys, `level`, and
/// `area_id`, which is empty. A person writes the key of the area that is meant there, or `-` where the name is no place;
/// a row left empty is not answered yet.
///
/// Spreadsheets run what begins with `=`, `+`, `-` or `@`, so such a field gets an apostrophe before it, which is taken off
/// again when the file is read. The file is UTF-8 with a byte-order mark, without which spreadsheets spoil its accents.
public enum AliasFile {
    static let columns =
        ["name", "municipality", "count"]
        + (1...OpenName.longestList).flatMap { ["candidate_\($0)", "candidate_\($0)_id"] } + ["level", "area_id"]
    /// The answer that says that a name is no place.
    static let noPlace = "-"

    /// - Returns: how many names were written.
    public static func write(_ names: OpenNames, versions: [BoundaryVersion], to file: AtomicFile) throws -> Int {
        var buffer = ByteWriter(capacity: 1 << 16)
        buffer.raw([0xEF, 0xBB, 0xBF])
        buffer.text(columns.joined(separator: ",") + "\n")
        for name in names.names {
            var fields = [name.name, name.municipality ?? "", String(name.count)]
            for place in 0..<OpenName.longestList {
                let candidate = name.candidates.indices.contains(place) ? name.candidates[place] : nil
                fields += [candidate?.name ?? "", candidate?.id ?? ""]
            }
            let isOnly = versions.count { $0.level == name.level } < 2
            fields += [isOnly ? name.level.name : "\(name.level.name)@\(name.version)", ""]
            for (index, field) in fields.enumerated() {
                if index > 0 { buffer.byte(UInt8(ascii: ",")) }
                let isKey = columns[index].hasSuffix("_id") && !field.isEmpty
                if isKey { buffer.quotedCSVField(armoured(field)) } else { buffer.csvField(armoured(field)) }
            }
            buffer.byte(UInt8(ascii: "\n"))
            guard buffer.count > 1 << 16 else { continue }
            try file.write(buffer.bytes)
            buffer.removeAll()
        }
        try file.write(buffer.bytes)
        return names.names.count
    }

    /// The field as no spreadsheet runs it.
    static func armoured(_ field: String) -> String {
        guard let first = field.utf8.first, dangerous.contains(first) else { return field }
        return "'" + field
    }

    /// The field as it was before ``armoured(_:)``.
    static func plain(_ field: String) -> String {
        guard field.utf8.first == UInt8(ascii: "'") else { return field }
        return String(field.dropFirst())
    }

    /// An apostrophe too, so that taking one off gives what was there.
    private static let dangerous = Set("=+-@\t\r\n'".utf8)
}
