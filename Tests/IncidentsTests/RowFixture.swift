import Bytes
import CivilTime
import Incidents
import SimpleFeatures

func bytes<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    Array(text.utf8).withUnsafeBufferPointer(body)
}

/// Calls `body` with a row of the given fields, as a reader would.
func withRow<Result>(_ fields: [[UInt8]], _ body: (FieldRow) -> Result) -> Result {
    var all: [UInt8] = []
    var ranges: [FieldRow.Field] = []
    for field in fields {
        ranges.append(.init(start: Int32(all.count), end: Int32(all.count + field.count)))
        all += field
    }
    return all.withUnsafeBufferPointer { bytes in
        ranges.withUnsafeBufferPointer { body(FieldRow(bytes: bytes, fields: $0)) }
    }
}

/// Reads whole small files through a mapper.
struct Import {
    var mapper: ReportMapper
    var batch = IncidentBatch(levels: 2)
    var issues: [ImportIssue] = []
    var outcomes: [Outcome] = []
    /// How many rows are read before duplicates are looked up, as an import does by the batch.
    var batchLength = 1

    init(
        _ header: [String], profile: ImportProfile = .generic,
        expected: Envelope<FilePosition>? = CoordinateCheck.mexico, zone: ZoneRules = .utc
    ) throws {
        mapper = ReportMapper(
            columns: try profile.resolve(header: header), profile: profile, zone: zone, expected: expected,
            importDay: CalendarDate(daysSince1970: 20_000))  // 2024-10-04
    }

    @discardableResult
    mutating func read(_ fields: [String]) -> Outcome { read(fields.map { Array($0.utf8) }) }

    @discardableResult
    mutating func read(_ fields: [[UInt8]]) -> Outcome {
        let number = Int64(outcomes.count + 1)
        let outcome = withRow(fields) { row in
            mapper.append(
                row, rowNumber: number, line: number + 1, rawRow: { "row \(number)" }, to: &batch, issues: &issues)
        }
        if (outcomes.count + 1) % batchLength == 0 { mapper.markDuplicates(in: &batch) }
        outcomes.append(outcome)
        return outcome
    }
}
