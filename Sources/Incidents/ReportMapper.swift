public import Bytes
public import CivilTime
public import SimpleFeatures

/// Turns the rows of one report file into incidents, and says what was wrong with each row that had something wrong.
///
/// ## Rows that are rejected
/// A row with another number of fields than the header (`field_count`); without a day (`date_missing`), with an
/// unreadable one (`date_unreadable`) or one before 1900 (`date_before_1900`); without the text of a field that the profile
/// requires (`category_missing` and so on). A rejected row appends nothing to the batch.
///
/// ## Rows that are kept with an issue
/// A day after the day that follows the import is kept (`date_in_future`). A time that is no time of day is left out
/// (`time_unreadable`), the time column holds against the date column (`time_conflict`), an unreadable weight counts as
/// 1 (`weight_unreadable`), and coordinates end as ``CoordinateCheck`` states, under the name of the method or `far_away`.
/// Where the file has no columns of coordinates at all, no row is blamed for it.
///
/// Text is kept as given, without blanks around it; missing-value words are no text. Columns for a crossing street, a house
/// number, a postal code and the like become one text with the street, as ``PlaceWords`` states.
///
/// ## Duplicates
/// A row all of whose mapped fields equal those of an earlier kept row is marked and kept: two equal rows can be two incidents.
public struct ReportMapper: Sendable {
    public var columns: ResolvedColumns { reader.columns }
    /// Rows given to ``append(_:rowNumber:line:rawRow:to:issues:)`` so far, by how they ended.
    public private(set) var counts = ImportCounts()

    private let reader: ReportReader
    private var fingerprints = RowFingerprints()
    /// The hashes of the batch's rows, in their order, until ``markDuplicates(in:)`` looks them up.
    private var hashes: [UInt64] = []

    /// - Parameters:
    ///   - columns: what ``ImportProfile/resolve(header:)`` found in the file's header.
    ///   - expected: where the places are expected, in the file's CRS; nil where nothing is known.
    ///   - importDay: the day of the import in the zone.
    public init(
        columns: ResolvedColumns, profile: ImportProfile, zone: ZoneRules, expected: Envelope<FilePosition>?,
        importDay: CalendarDate
    ) {
        reader = ReportReader(
            columns: columns, profile: profile, zone: zone, expected: expected, importDay: importDay)
    }

    /// In which unit the file gives places: degrees go to the batch's `longitude` and `latitude`, metres of the profile's
    /// CRS to its `x` and `y`, for the import job to transform.
    public var unit: CoordinateCheck.Unit { reader.unit }

    /// Appends one row to every column of the batch, unless the row is rejected.
    ///
    /// Degrees are those of the profile's CRS. Of `x`, `y`, `longitude` and `latitude` the two that the file does not give
    /// are NaN, `cell` is −1 and each level's area is −1: the import job computes them in bulk. `isDuplicate` is false
    /// until ``markDuplicates(in:)`` is called, which it must be before the batch is emptied.
    /// - Parameter rawRow: the row as it stands in the file; asked for only where it is rejected.
    /// - Complexity: O(length of the row).
    @discardableResult
    public mutating func append(
        _ row: FieldRow, rowNumber: Int64, line: Int64, rawRow: () -> String, to batch: inout IncidentBatch,
        issues: inout [ImportIssue]
    ) -> Outcome {
        var report = RowReport(row: rowNumber, line: line, issues: issues.count)
        if let hash = reader.append(row, &report, to: &batch, &issues) {
            hashes.append(hash)
            report.settle(&issues)
        } else {
            report.reject(rawRow(), &issues)
        }
        counts.count(report.outcome)
        return report.outcome
    }

    /// Marks and counts the rows appended since the last call that repeat an earlier one.
    ///
    /// The rows must be the last of the batch. A call for many rows is what makes it cheap: looking one hash up is a wait
    /// for memory, and the waits of many overlap.
    /// - Complexity: O(rows), amortised.
    public mutating func markDuplicates(in batch: inout IncidentBatch) {
        let first = batch.isDuplicate.count - hashes.count
        guard first >= 0 else { return }
        fingerprints.insert(hashes) { index in
            batch.isDuplicate[first + index] = true
            counts.duplicates += 1
        }
        hashes.removeAll(keepingCapacity: true)
    }

    /// Makes room for the duplicates of a file of about this many rows at once: growing step by step holds the old table and
    /// the new one together.
    public mutating func expect(rows: Int) {
        fingerprints.makeRoom(for: min(max(0, rows), 50_000_000))
    }

    /// Counts a row that cannot be read as fields at all, and keeps it with its reason.
    public mutating func reject(
        rowNumber: Int64, line: Int64, reason: String, message: String, rawRow: String, issues: inout [ImportIssue]
    ) {
        issues.append(
            ImportIssue(
                row: rowNumber, line: line, column: nil, found: "", reason: reason, message: message,
                outcome: .rejected,
                rawRow: rawRow))
        counts.count(.rejected)
    }
}

/// The rules by which the rows of one file are read.
///
/// A class, since they are asked for each row: methods of a structure that is being changed would copy it each time.
private final class ReportReader: Sendable {
    let columns: ResolvedColumns
    private let dates: DateReader
    private let places: CoordinateCheck
    private let missing: MissingValues
    private let fields: FieldIndexes
    private let required: [(field: ReportField, column: Int)]
    private let lastPlausibleDay: Int32

    private static let firstPlausibleDay: Int32 = -25_567  // 1900-01-01

    init(
        columns: ResolvedColumns, profile: ImportProfile, zone: ZoneRules, expected: Envelope<FilePosition>?,
        importDay: CalendarDate
    ) {
        self.columns = columns
        let fields = FieldIndexes(columns)
        self.fields = fields
        dates = DateReader(order: profile.dateOrder, readsSerialDays: profile.serialDates, zone: zone)
        places = CoordinateCheck(unit: fields.areDegrees ? .degrees : .metres, expected: expected)
        missing = MissingValues(profile.missingValues)
        required = (ReportField.texts + ReportField.placeParts).filter(profile.required.contains).map {
            ($0, columns.index[$0] ?? -1)
        }
        lastPlausibleDay = (importDay.adding(days: 1) ?? importDay).daysSince1970
    }

    var unit: CoordinateCheck.Unit { places.unit }

    /// Appends a row to the batch and sets the report's outcome.
    /// - Returns: the hash of the row's fields; nil where the row is rejected and nothing was appended.
    func append(
        _ row: FieldRow, _ report: inout RowReport, to batch: inout IncidentBatch, _ issues: inout [ImportIssue]
    ) -> UInt64? {
        guard checkShape(row, &report, &issues) else { return nil }
        let values = RowValues(row, fields, missing)
        guard let occurrence = occurrence(values, &report, &issues), checkRequired(row, &report, &issues) else {
            return nil
        }
        let verdict = place(values, &report, &issues)
        report.outcome = verdict.method.givesPlace ? .placed : .unplaced
        let words = fields.placeParts.isEmpty ? nil : PlaceWords(row, fields, missing)
        append(values, words, to: &batch)
        append(occurrence, verdict, to: &batch)
        batch.sourceRow.append(report.row)
        batch.weight.append(weight(values, &report, &issues))
        batch.outcome.append(report.outcome)
        batch.isDuplicate.append(false)
        return values.hash(with: words)
    }

    // MARK: What can cost the row its place

    private func checkShape(_ row: FieldRow, _ report: inout RowReport, _ issues: inout [ImportIssue]) -> Bool {
        if row.count == columns.header.count { return true }
        report.add(
            nil, found: "\(row.count)", "field_count",
            "the row must have \(columns.header.count) fields, but has \(row.count); rejected", &issues)
        return false
    }

    private func occurrence(
        _ values: RowValues, _ report: inout RowReport, _ issues: inout [ImportIssue]
    ) -> Occurrence? {
        let isMoment = !values.occurredAt.isEmpty
        let date = isMoment ? values.occurredAt : values.date
        let column = isMoment || fields.date < 0 ? fields.occurredAt : fields.date
        if date.isEmpty {
            report.add(
                name(column), found: "", "date_missing", "column \(name(column)): the day is missing; rejected", &issues
            )
            return nil
        }
        guard let occurrence = dates.occurrence(date: date, time: values.time, midnightIsATime: isMoment) else {
            report.add(
                name(column), found: text(date), "date_unreadable",
                "column \(name(column)): \(text(date)) is no day of the calendar (read as \(dates.forms)); rejected",
                &issues)
            return nil
        }
        if occurrence.localDay < Self.firstPlausibleDay {
            report.add(
                name(column), found: text(date), "date_before_1900",
                "column \(name(column)): \(text(date)) lies before 1900; rejected", &issues)
            return nil
        }
        if occurrence.localDay > lastPlausibleDay {
            report.add(
                name(column), found: text(date), "date_in_future",
                "column \(name(column)): \(text(date)) lies after the import; kept", &issues)
        }
        if let problem = occurrence.problem {
            note(problem, occurrence, date: (column, date), time: values.time, &report, &issues)
        }
        return occurrence
    }

    private func note(
        _ problem: Occurrence.TimeProblem, _ occurrence: Occurrence,
        date: (column: Int, text: UnsafeBufferPointer<UInt8>),
        time: UnsafeBufferPointer<UInt8>, _ report: inout RowReport, _ issues: inout [ImportIssue]
    ) {
        let fate =
            occurrence.localMinute < 0 ? "kept without time" : "kept with the time of column \(name(date.column))"
        switch problem {
        case .unreadable:
            report.add(
                name(fields.time), found: text(time), "time_unreadable",
                "column \(name(fields.time)): \(text(time)) is not a time of day; \(fate)", &issues)
        case .unreadableInDate:
            report.add(
                name(date.column), found: text(date.text), "time_unreadable",
                "column \(name(date.column)): \(text(date.text)) goes on with no time of day; kept without time",
                &issues)
        case .conflict:
            report.add(
                name(fields.time), found: text(time), "time_conflict",
                "column \(name(fields.time)): \(text(time)) differs from \(text(date.text)) in column \(name(date.column)); "
                    + "kept with the time of column \(name(fields.time))", &issues)
        }
    }

    private func checkRequired(_ row: FieldRow, _ report: inout RowReport, _ issues: inout [ImportIssue]) -> Bool {
        for (field, column) in required where RowValues.value(row, column, missing).isEmpty {
            report.add(
                name(column), found: text(row[column]), "\(field.rawValue)_missing",
                "column \(name(column)): the profile requires \(field.rawValue), which is missing; rejected", &issues)
            return false
        }
        return true
    }

    // MARK: What cannot

    private func place(
        _ values: RowValues, _ report: inout RowReport, _ issues: inout [ImportIssue]
    ) -> CoordinateCheck.Verdict {
        let verdict = places.verdict(x: values.x, y: values.y)
        if verdict.method == .coordinates, !verdict.isFarAway { return verdict }
        guard fields.x >= 0, fields.y >= 0 else { return verdict }
        let found = "\(text(values.x)), \(text(values.y))"
        let reason = verdict.isFarAway ? "far_away" : verdict.method.name
        report.add(
            "\(name(fields.x)), \(name(fields.y))", found: found, reason,
            "columns \(name(fields.x)), \(name(fields.y)): \(found) \(verdict.remark(unit: unit))", &issues)
        return verdict
    }

    private func weight(_ values: RowValues, _ report: inout RowReport, _ issues: inout [ImportIssue]) -> Double {
        if values.weight.isEmpty { return 1 }
        if let weight = DecimalParser.double(values.weight), weight >= 0, weight <= 1e9 { return weight }
        let found = text(values.weight)
        report.add(
            name(fields.weight), found: found, "weight_unreadable",
            "column \(name(fields.weight)): \(found) is no weight from 0 to 1,000,000,000; counted as 1", &issues)
        return 1
    }

    private func append(_ values: RowValues, _ words: PlaceWords?, to batch: inout IncidentBatch) {
        Self.append(values.recordID, to: &batch.recordID)
        Self.append(values.category, to: &batch.category)
        Self.append(values.modality, to: &batch.modality)
        Self.append(values.colonia, to: &batch.coloniaLabel)
        Self.append(values.municipality, to: &batch.municipalityLabel)
        if let words {
            words.append(after: values.place, to: &batch.placeText)
        } else {
            Self.append(values.place, to: &batch.placeText)
        }
    }

    @inline(__always)
    private static func append(_ text: UnsafeBufferPointer<UInt8>, to column: inout TextColumn) {
        if text.isEmpty { column.appendAbsent() } else { column.append(text) }
    }

    private func append(_ occurrence: Occurrence, _ verdict: CoordinateCheck.Verdict, to batch: inout IncidentBatch) {
        batch.localDay.append(occurrence.localDay)
        batch.localMinute.append(occurrence.localMinute)
        batch.instant.append(occurrence.instant)
        let areDegrees = fields.areDegrees
        batch.longitude.append(areDegrees ? verdict.x : .nan)
        batch.latitude.append(areDegrees ? verdict.y : .nan)
        batch.x.append(areDegrees ? .nan : verdict.x)
        batch.y.append(areDegrees ? .nan : verdict.y)
        batch.cell.append(-1)
        batch.method.append(verdict.method)
        batch.grade.append(verdict.method.givesPlace ? .point : .none)
        batch.uncertainty.append(verdict.method.givesPlace ? 0 : .nan)
        for level in batch.areas.indices { batch.areas[level].append(-1) }
        for level in batch.labelAgrees.indices { batch.labelAgrees[level].append(-1) }
    }

    private func name(_ column: Int) -> String {
        columns.header.indices.contains(column) ? columns.header[column] : ""
    }

    /// What stood there, for an issue; long texts are cut.
    private func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let limit = 200
        return bytes.count <= limit
            ? String(decoding: bytes, as: UTF8.self) : String(decoding: bytes.prefix(limit), as: UTF8.self) + "…"
    }
}

/// The issues of one row, whose outcome is known only at its end.
private struct RowReport {
    let row: Int64
    let line: Int64
    /// How many issues there were before the row.
    let issues: Int
    var outcome = Outcome.rejected

    mutating func add(
        _ column: String?, found: String, _ reason: String, _ message: String, _ issues: inout [ImportIssue]
    ) {
        issues.append(
            ImportIssue(
                row: row, line: line, column: column, found: found, reason: reason, message: message, outcome: .rejected
            ))
    }

    func settle(_ issues: inout [ImportIssue]) {
        for index in self.issues..<issues.count { issues[index].outcome = outcome }
    }

    /// The last issue is the one that cost the row its place, and carries it.
    func reject(_ rawRow: String, _ issues: inout [ImportIssue]) {
        settle(&issues)
        if issues.count > self.issues { issues[issues.count - 1].rawRow = rawRow }
    }
}

extension CoordinateCheck.Verdict {
    /// The rest of an issue's sentence, after the columns and what stood there.
    fileprivate func remark(unit: CoordinateCheck.Unit) -> String {
        switch method {
        case .coordinates: "lies outside the area expected; kept there"
        case .swappedCoordinates: "stand in each other's column; exchanged"
        case .signRestored: "lies in the eastern hemisphere; the longitude's sign was restored"
        case .zeroCoordinates: "holds a zero that stands for nothing; not used"
        case .unreadableCoordinates: "are not two decimal numbers; not used"
        case .outOfRange: "lies beyond the earth; not used"
        case .wrongUnit:
            unit == .degrees
                ? "must be degrees, but look like metres; not used"
                : "must be metres, but look like degrees; not used"
        default: "is no pair of coordinates; not used"
        }
    }
}
