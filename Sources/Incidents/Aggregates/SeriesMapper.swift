public import Bytes
import CivilTime

/// Turns the rows of one file of aggregates into figures, and says what was wrong with each row that had something wrong.
///
/// ## Rows that are rejected
/// What is no row of data: another number of fields than the header has (`field_count`), no year or month
/// (`year_unreadable`, `month_unreadable`), something in a column of figures that is no whole number (`count_unreadable`),
/// neither a place nor a figure (`no_data`). And rows that are the sum of others (`total_row`): they are not stored, since
/// whoever adds up a table would count them twice; those of a population are held against that sum.
///
/// ## Rows that are kept
/// Placed, unplaced or ambiguous as ``SeriesPlaceReader`` states, with all their figures. A blank cell is a month that is not
/// yet published: no figure, and not zero. A row that repeats place, class and time of an earlier one is kept, marked
/// (`repeats_series`), and added to it.
public struct SeriesMapper {
    public let columns: SeriesColumns
    public private(set) var counts = ImportCounts()
    /// What the rows so far add up to.
    public var account: SeriesAccount { tally.account }

    private var tally: SeriesTally

    private let layout: SeriesLayout
    private let kind: ImportProfile.Kind
    private let missing: MissingValues
    private let reader: SeriesPlaceReader
    private let classColumns: [Int]
    private var places = Interned<SeriesPlace>()
    private var classes = Interned<SeriesClass>()
    private var findings: [[UInt8]: Known] = [:]
    private var classKeys: [[UInt8]: [Int32]] = [:]
    private var remarked: Set<Int32> = []
    private var fingerprints = RowFingerprints()
    private var figures: [Int64?] = []

    /// Years that a table can be of.
    static let years = 1800...2200

    private enum Known {
        case place(Int32, reason: String, remark: String, once: Bool)
        case total(String?)
    }

    /// - Parameters:
    ///   - scheme: how municipalities are joined.
    ///   - directories: the versions of the store's municipality layer; without any, well-formed codes are taken as they are.
    public init(
        columns: SeriesColumns, profile: ImportProfile, scheme: CodeScheme, directories: [MunicipalityDirectory]
    ) {
        self.columns = columns
        layout = profile.series ?? SeriesLayout(columns: [:])
        kind = profile.kind
        missing = MissingValues(profile.missingValues)
        reader = SeriesPlaceReader(
            profile: profile, scheme: columns.index[.municipalityCode] == nil ? .none : scheme,
            directories: directories.filter { $0.count > 0 })
        classColumns = SeriesField.classes.map { columns.index[$0] ?? -1 }
        tally = SeriesTally(countUnit: profile.countUnit, publisher: profile.publisher)
        figures = Array(repeating: nil, count: columns.figures.count)
    }

    /// Appends the figures of one row, unless it is rejected.
    /// - Complexity: O(length of the row), amortised.
    @discardableResult
    public mutating func append(
        _ row: FieldRow, rowNumber: Int64, line: Int64, rawRow: () -> String, to batch: inout SeriesBatch,
        issues: inout [ImportIssue]
    ) -> Outcome {
        let outcome: Outcome
        do throws(Rejection) {
            let time = try readTime(row)
            try readFigures(row)
            let place = try readPlace(row, time)
            outcome = place.outcome
            var notes = place.notes
            let seriesClasses = self.seriesClasses(row)
            keep(time, place.index, outcome, seriesClasses, row: rowNumber, in: &batch)
            if repeats(time, place.index, seriesClasses.first ?? 0) {
                counts.duplicates += 1
                notes.append(
                    ("repeats_series", "an earlier row has the same place, class and time; kept, and added to it"))
            }
            for note in notes {
                issues.append(issue(rowNumber, line, nil, "", note.reason, note.remark, outcome))
            }
        } catch {
            outcome = .rejected
            var rejected = issue(rowNumber, line, error.column, error.found, error.reason, error.message, .rejected)
            rejected.rawRow = rawRow()
            issues.append(rejected)
        }
        counts.count(outcome)
        return outcome
    }

    /// Counts a row that cannot be read as fields at all, and keeps it with its reason.
    public mutating func reject(
        rowNumber: Int64, line: Int64, reason: String, message: String, rawRow: String, issues: inout [ImportIssue]
    ) {
        var rejected = issue(rowNumber, line, nil, "", reason, message, .rejected)
        rejected.rawRow = rawRow
        issues.append(rejected)
        counts.count(.rejected)
    }

    /// Gives a batch the places and classes that its figures mean, as it must be given before it is stored.
    public func complete(_ batch: inout SeriesBatch) {
        batch.places = places.values
        batch.classes = classes.values
    }

    // MARK: Reading

    private func readTime(_ row: FieldRow) throws(Rejection) -> Time {
        guard columns.fieldCounts.contains(row.count) else {
            let (low, high) = (columns.fieldCounts.lowerBound, columns.fieldCounts.upperBound)
            throw Rejection(
                column: nil, found: "\(row.count)", reason: "field_count",
                message:
                    "the row must have \(low == high ? "\(low)" : "\(low) to \(high)") fields, but has \(row.count); rejected"
            )
        }
        var time = Time(year: layout.year ?? 0, month: 0)
        if let column = columns.index[.year] {
            let text = row[column].trimmed
            guard let year = CountText.whole(text), Self.years.contains(Int(year)) else {
                throw rejection(column, text, "year_unreadable", "is no year")
            }
            time.year = Int(year)
        }
        if let column = columns.index[.month] {
            let text = row[column].trimmed
            if let (year, month) = MonthName.numberWithYear(text), Self.years.contains(year) {
                guard time.year == 0 || time.year == year else {
                    throw rejection(column, text, "month_unreadable", "is no month of \(time.year)")
                }
                return Time(year: year, month: month)
            }
            guard time.year != 0 else {
                throw rejection(column, text, "month_unreadable", "is no month with its year, such as 2024-03")
            }
            guard let month = MonthName.number(text) else {
                throw rejection(column, text, "month_unreadable", "is no month")
            }
            time.month = month
        }
        return time
    }

    private mutating func readFigures(_ row: FieldRow) throws(Rejection) {
        for (index, figure) in columns.figures.enumerated() {
            let text = row[figure.column].trimmed
            if text.isEmpty || missing.contains(text) {
                figures[index] = nil
            } else if let count = CountText.whole(text) {
                figures[index] = count
            } else {
                throw rejection(figure.column, text, "count_unreadable", "is no whole number")
            }
        }
    }

    private mutating func readPlace(
        _ row: FieldRow, _ time: Time
    ) throws(Rejection) -> (index: Int32, outcome: Outcome, notes: [(reason: String, remark: String)]) {
        let directory = CalendarDate(year: time.year, month: max(1, time.month), day: 1).flatMap {
            MunicipalityDirectory.holding(on: $0, among: reader.directories)
        }
        var key: [UInt8] = [UInt8(truncatingIfNeeded: directory ?? -1)]
        for field in SeriesField.places {
            if let column = columns.index[field] { key.append(contentsOf: row[column].trimmed) }
            key.append(0)
        }
        if findings[key] == nil {
            let text = Self.placeText(row, columns)
            if text == SeriesPlaceText(), figures.allSatisfy({ $0 == nil }) {
                throw Rejection(
                    column: nil, found: "", reason: "no_data",
                    message: "the row has neither a place nor a figure; rejected")
            }
            findings[key] = learn(reader.find(text, directory: directory))
        }
        switch findings[key] {
        case .place(let index, let reason, let remark, let once):
            let isNew = remarked.insert(index).inserted
            let place = places.values[Int(index)]
            tally.count(rowAt: place)
            return (index, place.outcome, reason.isEmpty || (once && !isNew) ? [] : [(reason, remark)])
        case .total(let state):
            throw total(of: state)
        case nil:
            throw Rejection(column: nil, found: "", reason: "no_data", message: "the row names no place; rejected")
        }
    }

    private mutating func learn(_ finding: SeriesPlaceReader.Finding) -> Known {
        switch finding.place {
        case .total(let state): return .total(state)
        case .found(let place):
            return .place(
                places.index(of: place), reason: finding.reason, remark: finding.remark, once: finding.isSaidOnce)
        }
    }

    private mutating func total(of state: String?) -> Rejection {
        for (figure, column) in zip(figures, columns.figures) {
            guard kind == .population, let figure else { continue }
            tally.add(.init(state: state, kind: Self.kind(of: column), stated: figure, summed: 0))
        }
        return Rejection(
            column: nil, found: "", reason: "total_row",
            message:
                "the row is the sum of others (\(state.map(StateNames.name) ?? "all")); "
                + "\(kind == .population ? "held against them and " : "")not stored")
    }

    static func placeText(_ row: FieldRow, _ columns: SeriesColumns) -> SeriesPlaceText {
        func text(_ field: SeriesField) -> String {
            columns.index[field].map { String(decoding: row[$0].trimmed, as: UTF8.self) } ?? ""
        }
        return SeriesPlaceText(
            stateCode: text(.stateCode), state: text(.state), code: text(.municipalityCode), name: text(.municipality))
    }

    // MARK: Classes

    /// The class of each column of figures.
    private mutating func seriesClasses(_ row: FieldRow) -> [Int32] {
        guard kind == .monthlyCounts else { return [] }
        var key: [UInt8] = []
        for column in classColumns {
            if column >= 0 { key.append(contentsOf: row[column].trimmed) }
            key.append(0)
        }
        if let known = classKeys[key] { return known }
        let texts = classColumns.map { column -> String? in
            let text = row[column].trimmed
            return column < 0 || text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
        }
        let made = columns.figures.map { figure in
            classes.index(
                of: SeriesClass(
                    legalGood: figure.value.legalGood ?? texts[0], type: figure.value.type ?? texts[1],
                    subtype: figure.value.subtype ?? texts[2], modality: figure.value.modality ?? texts[3]))
        }
        classKeys[key] = made
        return made
    }

    // MARK: Keeping

    private mutating func keep(
        _ time: Time, _ place: Int32, _ outcome: Outcome, _ seriesClasses: [Int32], row: Int64,
        in batch: inout SeriesBatch
    ) {
        tally.add(year: time.year)
        for (index, figure) in columns.figures.enumerated() {
            if kind == .population {
                keep(figures[index], figure, time, place, row, in: &batch)
            } else {
                let month = Int32(clamping: time.year * 100 + (figure.value.month ?? time.month))
                tally.add(figures[index], month: month, isPlaced: outcome == .placed)
                guard let count = figures[index] else { continue }
                batch.counts.append(
                    .init(sourceRow: row, place: place, seriesClass: seriesClasses[index], month: month, count: count))
            }
        }
    }

    private mutating func keep(
        _ value: Int64?, _ figure: SeriesColumns.Figure, _ time: Time, _ place: Int32, _ row: Int64,
        in batch: inout SeriesBatch
    ) {
        let kind = Self.kind(of: figure)
        tally.add(value, kind: kind, state: places.values[Int(place)].state)
        guard let value else { return }
        batch.populations.append(
            .init(sourceRow: row, place: place, year: Int32(clamping: time.year), kind: kind, value: value))
    }

    private static func kind(of figure: SeriesColumns.Figure) -> String { figure.value.population ?? "population" }

    private mutating func repeats(_ time: Time, _ place: Int32, _ seriesClass: Int32) -> Bool {
        var hash = RowHash()
        withUnsafeBytes(of: (Int64(place), Int64(seriesClass), Int64(time.year), Int64(time.month))) {
            hash.combine($0.assumingMemoryBound(to: UInt8.self))
        }
        var isRepeated = false
        fingerprints.insert([max(1, hash.value)]) { _ in isRepeated = true }
        return isRepeated
    }

    // MARK: Issues

    private func rejection(
        _ column: Int, _ text: UnsafeBufferPointer<UInt8>, _ reason: String, _ fault: String
    ) -> Rejection {
        let name = columns.header[column]
        let found = String(decoding: text.prefix(200), as: UTF8.self)
        return Rejection(
            column: name, found: found, reason: reason, message: "column \(name): \"\(found)\" \(fault); rejected")
    }

    private func issue(
        _ row: Int64, _ line: Int64, _ column: String?, _ found: String, _ reason: String, _ message: String,
        _ outcome: Outcome
    ) -> ImportIssue {
        ImportIssue(
            row: row, line: line, column: column, found: found, reason: reason, message: message, outcome: outcome)
    }
}

/// The month that a row's figures are of; month 0 where only the year is known.
private struct Time {
    var year: Int
    var month: Int
}

/// Why a row is no row of data.
private struct Rejection: Error {
    var column: String?
    var found: String
    var reason: String
    var message: String
}

/// Distinct values in the order of their first appearance.
private struct Interned<Value: Hashable & Sendable>: Sendable {
    private(set) var values: [Value] = []
    private var indexes: [Value: Int32] = [:]

    mutating func index(of value: Value) -> Int32 {
        if let index = indexes[value] { return index }
        let index = Int32(clamping: values.count)
        values.append(value)
        indexes[value] = index
        return index
    }
}
