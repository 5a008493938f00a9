import Bytes
import CivilTime
public import Files
import Formats
import Foundation
public import Incidents

/// Reads and writes schemes and mappings as files.
///
/// A mapping is CSV: `source,category,modality,scheme,class,count_unit`, and where they are needed `valid_from,valid_to,sensitive`.
/// An empty modality takes all; an empty class says that the label is in none. A scheme is JSON, see `Taxonomy`.
public enum TaxonomyFile {
    static let columns = ["source", "category", "modality", "scheme", "class", "count_unit"]
    static let furtherColumns = ["valid_from", "valid_to", "sensitive"]

    /// The rules of a CSV file.
    /// - Throws: `TaxonomyError.badRule` naming the line, `CSVError`, `FileError`.
    public static func rules(path: String) throws -> [TaxonomyRule] {
        let reader = try CSVReader(source: ByteSource(path: path), options: .init(headerRow: .line(1)))
        let fields = try Fields(reader.header, path: path)
        var rules: [TaxonomyRule] = []
        while try reader.next() {
            let row = reader.row
            if (0..<row.count).allSatisfy({ row[$0].isEmpty }) { continue }
            let place = "\(path):\(reader.line)"
            if let problem = reader.problem { throw TaxonomyError.badRule(place: place, reason: "\(problem)") }
            guard rules.count < ruleLimit else {
                throw TaxonomyError.badRule(place: place, reason: "a mapping has at most \(ruleLimit) rules")
            }
            rules.append(try fields.rule(row, place: place))
        }
        return rules
    }

    /// The scheme of a JSON file.
    /// - Throws: `TaxonomyError.badScheme`, `FileError`.
    public static func scheme(path: String) throws -> Taxonomy {
        let source = try ByteSource(path: path)
        var data = Data()
        var chunk = [UInt8](repeating: 0, count: ByteSource.defaultChunkSize)
        while true {
            let count = try chunk.withUnsafeMutableBytes { try source.read(into: $0) }
            guard count > 0 else { break }
            guard data.count + count <= schemeLimit else {
                throw TaxonomyError.badScheme(reason: "\(path) must not be larger than \(schemeLimit >> 20) MiB")
            }
            data.append(contentsOf: chunk[..<count])
        }
        return try Taxonomy(json: data)
    }

    /// Writes rules in the form in which ``rules(path:)`` reads them.
    public static func write(_ rules: [TaxonomyRule], to file: AtomicFile) throws {
        var buffer = ByteWriter(capacity: 1 << 16)
        buffer.text((columns + furtherColumns).joined(separator: ",") + "\n")
        for rule in rules {
            let fields = [
                rule.source, rule.category, rule.modality ?? "", rule.scheme, rule.classCode ?? "",
                rule.countUnit.rawValue,
                rule.validFrom?.description ?? "", rule.validTo?.description ?? "", rule.isSensitive ? "true" : "",
            ]
            for (index, field) in fields.enumerated() {
                if index > 0 { buffer.byte(UInt8(ascii: ",")) }
                buffer.csvField(field)
            }
            buffer.byte(UInt8(ascii: "\n"))
        }
        try file.write(buffer.bytes)
    }

    /// More rules than any publisher has labels.
    static let ruleLimit = 200_000
    /// More bytes than any scheme has, and fewer than a store takes.
    static let schemeLimit = 16 << 20
}

/// Where the columns of a mapping stand.
private struct Fields {
    private var places: [String: Int] = [:]

    init(_ header: [String], path: String) throws {
        let known = TaxonomyFile.columns + TaxonomyFile.furtherColumns
        for (place, name) in header.enumerated() {
            let name = name.trimmingCharacters(in: .whitespaces).lowercased()
            guard known.contains(name) else {
                throw TaxonomyError.badRule(
                    place: "\(path):1",
                    reason: "the columns of a mapping are \(known.joined(separator: ", ")), but there is \"\(name)\"")
            }
            places[name] = place
        }
        for name in TaxonomyFile.columns where places[name] == nil {
            throw TaxonomyError.badRule(
                place: "\(path):1", reason: "a mapping must have a column \(name), but has none")
        }
    }

    func rule(_ row: FieldRow, place: String) throws -> TaxonomyRule {
        func text(_ name: String) -> String? {
            guard let column = places[name] else { return nil }
            let text = String(decoding: row[column], as: UTF8.self).trimmingCharacters(in: .whitespaces)
            return text.isEmpty ? nil : text
        }
        func bad(_ name: String, _ wanted: String) -> TaxonomyError {
            .badRule(place: place, reason: "\(name) must be \(wanted), but is \"\(text(name) ?? "")\"")
        }
        func day(_ name: String) throws -> CalendarDate? {
            guard let text = text(name) else { return nil }
            guard let day = CalendarDate(text) else { throw bad(name, "a day, yyyy-mm-dd") }
            return day
        }
        func required(_ name: String) throws -> String {
            guard let text = text(name) else { throw bad(name, "given") }
            return text
        }
        guard let unit = CountUnit(rawValue: try required("count_unit")) else {
            throw bad("count_unit", "one of \(CountUnit.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard let isSensitive = [nil: false, "false": false, "true": true][text("sensitive")] else {
            throw bad("sensitive", "true or false")
        }
        return TaxonomyRule(
            source: try required("source"), category: try required("category"), modality: text("modality"),
            scheme: try required("scheme"), classCode: text("class"), countUnit: unit, validFrom: try day("valid_from"),
            validTo: try day("valid_to"), isSensitive: isSensitive)
    }
}
