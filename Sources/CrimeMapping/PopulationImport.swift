import Bytes
import CivilTime
import Files
import Formats
public import Boundaries
public import Incidents

/// Brings dated denominators into a store: residents, dwellings, vehicles, by area of any level and year. The job behind
/// `faro population import`.
///
/// A CSV with a row an area, year and kind: `area,year,kind,value` and, where it holds several levels, `level`. Keys must be those of
/// the store's boundaries; a row whose area the store has not is kept without a place. The file again changes nothing; a
/// corrected one of the same source replaces it.
///
/// - Complexity: O(rows), in memory as well.
public struct PopulationImport: Sendable {
    /// What a column of the table holds.
    public enum Field: String, Hashable, Sendable, CaseIterable {
        case area, year, kind, value, level

        fileprivate var usualNames: [String] {
            switch self {
            case .area: ["area", "area_id", "cve", "cvegeo", "cve_col", "cve_mun", "clave", "id"]
            case .year: ["year", "anio", "año", "ano"]
            case .kind: ["kind", "tipo", "clase"]
            case .value: ["value", "valor", "population", "poblacion", "pob", "total", "residents"]
            case .level: ["level", "nivel"]
            }
        }
    }

    /// A CSV, plain or gzip.
    public var path: String
    /// The level of the areas, where no column says it.
    public var level: Level?
    /// The year of the figures, where no column says it.
    public var year: Int?
    /// What is counted, where no column says it.
    public var kind = "population"
    /// Columns named by hand, field by field.
    public var columns: [Field: String] = [:]
    /// A later file of the same name replaces this one; nil is the file's name.
    public var source: String?
    /// What is said of the file's time.
    public var dates = FileDates()

    public init(path: String) { self.path = path }

    /// - Parameter onIssue: is told of every row with something wrong.
    /// - Throws: `FileError`, `CSVError`, the store's errors, ``JobError``.
    public func run(
        into store: any SeriesStore & IncidentStore & BoundaryStore, control: JobControl = .silent,
        onIssue: (ImportIssue) throws -> Void = { _ in }
    ) throws -> PopulationSummary {
        let reader = try CSVReader(source: ByteSource(path: path))
        var table = try PopulationTable(reader.header, job: self, layers: try store.allBoundaryLayers())
        let record: ImportRecord
        switch try store.beginSeries(
            source: source ?? fileName, sha256: FileDigest.sha256(ofFileAt: path), profile: "population 1",
            settings: try settings,
            description: SeriesDescription(
                kind: .population, countUnit: .person, publisher: ""), dates: dates, at: UTCText.now)
        {
        case .new(let new), .resume(let new): record = new
        case .alreadyImported(let known):
            return PopulationSummary(source: known.source, counts: known.counts, kinds: [:], alreadyImported: true)
        }
        while try reader.next() {
            table.take(reader)
            guard reader.rowNumber % 50_000 == 0 else { continue }
            control.progress("reading \(fileName)", count: Int(reader.rowNumber))
            try control.stopIfCancelled("nothing was written")
        }
        for issue in table.issues { try onIssue(issue) }
        if record.counts.read < table.counts.read {
            try store.append(table.batch, issues: table.issues, counts: table.counts, to: record.id)
        }
        let finished = try store.finishSeries(
            record.id, account: try JSONText.of(table.kinds), at: UTCText.now)
        return PopulationSummary(
            source: finished.source, counts: finished.counts, kinds: table.kinds, alreadyImported: false)
    }

    private var fileName: String { String(path.split(separator: "/").last ?? Substring(path)) }

    /// What shapes the result, as JSON with sorted keys.
    private var settings: String {
        get throws {
            try JSONText.of([
                "level": level?.name ?? "", "year": year.map(String.init) ?? "", "kind": kind,
                "columns": columns.map { "\($0.key.rawValue)=\($0.value)" }.sorted().joined(separator: " "),
            ])
        }
    }
}

/// What an import of denominators says at its end.
public struct PopulationSummary: Sendable, Codable {
    /// The name under which a later file replaces this one.
    public var source: String
    public var counts: ImportCounts
    /// Kind and year, `residents 2021`, with the sum over the areas of each level: `colonia: 1,234`.
    public var kinds: [String: [String: Int64]]
    /// Whether the file was in the store before, and nothing was changed.
    public var alreadyImported: Bool
}

/// The figures of one file on their way into a batch.
private struct PopulationTable {
    private let job: PopulationImport
    private let header: [String]
    private var index: [PopulationImport.Field: Int] = [:]
    /// Per level, the version in which each key means an area: the last that has it.
    private var versions: [String: [String: Int]] = [:]
    private var places: [String: Int32] = [:]
    private(set) var batch = SeriesBatch()
    private(set) var issues: [ImportIssue] = []
    private(set) var counts = ImportCounts()
    private(set) var kinds: [String: [String: Int64]] = [:]

    init(_ header: [String], job: PopulationImport, layers: [BoundaryLayer]) throws {
        self.job = job
        self.header = header
        let keys = header.map { LabelFolding.fold($0) }
        for field in PopulationImport.Field.allCases {
            let names = job.columns[field].map { [$0] } ?? field.usualNames
            index[field] = names.lazy.compactMap { keys.firstIndex(of: LabelFolding.fold($0)) }.first
            if let named = job.columns[field], index[field] == nil {
                throw JobError.usage("the file has no column \(named); it has \(header.joined(separator: ", "))")
            }
        }
        for (field, option) in [(PopulationImport.Field.area, "area"), (.value, "value")] where index[field] == nil {
            throw JobError.badData(
                "the file must have a column of the \(option), but has \(header.joined(separator: ", ")); say which with "
                    + "--map \(option)=…")
        }
        if index[.level] == nil, job.level == nil {
            throw JobError.usage("the file has no column level; say which areas these are with --level")
        }
        if index[.year] == nil, job.year == nil {
            throw JobError.usage("the file has no column year; say of which year its figures are with --year")
        }
        for layer in layers {
            for area in layer.areas { versions[layer.version.level.name, default: [:]][area.id] = layer.version.number }
        }
    }

    mutating func take(_ reader: CSVReader) {
        let level = text(reader, .level) ?? job.level?.name ?? ""
        guard let area = text(reader, .area), !level.isEmpty else {
            return reject(reader, .area, "area_missing", "the row must name an area and its level")
        }
        guard let value = number(reader, .value), value >= 0 else {
            return reject(reader, .value, "value_unreadable", "the value must be a whole number of 0 or more")
        }
        guard let year = index[.year] == nil ? job.year : number(reader, .year).map(Int.init(clamping:)),
            CalendarDate.years.contains(year)
        else { return reject(reader, .year, "year_unreadable", "the year must be a number from 1 to 9999") }
        let kind = text(reader, .kind) ?? job.kind
        let version = versions[level]?[area]
        if version == nil {
            counts.unplaced += 1
            issue(
                reader, .area, "unknown_area", "\(level) \(area) is no area of the store; kept without place", .unplaced
            )
        } else {
            counts.placed += 1
            let sum = kinds["\(kind) \(year)", default: [:]][level, default: 0].addingReportingOverflow(value)
            kinds["\(kind) \(year)", default: [:]][level] = sum.overflow ? .max : sum.partialValue
        }
        batch.populations.append(
            .init(
                sourceRow: reader.rowNumber, place: place(level, area, version), year: Int32(clamping: year),
                kind: kind,
                value: value))
    }

    private mutating func place(_ level: String, _ area: String, _ version: Int?) -> Int32 {
        let name = "\(level)\u{0}\(area)"
        if let known = places[name] { return known }
        let index = Int32(clamping: batch.places.count)
        places[name] = index
        batch.places.append(
            SeriesPlace(
                outcome: version == nil ? .unplaced : .placed, level: level, areaKey: version == nil ? nil : area,
                version: version, state: nil, label: area))
        return index
    }

    private mutating func reject(_ reader: CSVReader, _ field: PopulationImport.Field, _ reason: String, _ rule: String)
    {
        counts.rejected += 1
        issue(
            reader, field, reason, "\(rule), but \(column(field)) is \"\(text(reader, field) ?? "")\"; rejected",
            .rejected)
    }

    private mutating func issue(
        _ reader: CSVReader, _ field: PopulationImport.Field, _ reason: String, _ message: String, _ outcome: Outcome
    ) {
        issues.append(
            ImportIssue(
                row: reader.rowNumber, line: reader.line, column: column(field), found: text(reader, field) ?? "",
                reason: reason, message: message, outcome: outcome, rawRow: outcome == .rejected ? reader.rawRow : nil))
    }

    private func column(_ field: PopulationImport.Field) -> String {
        index[field].map { header[$0] } ?? field.rawValue
    }

    private func text(_ reader: CSVReader, _ field: PopulationImport.Field) -> String? {
        guard let column = index[field], !reader.row[column].isEmpty else { return nil }
        return String(decoding: reader.row[column], as: UTF8.self)
    }

    /// Whole numbers, also as `1234.0` and `1,234`, as tables of censuses write them.
    private func number(_ reader: CSVReader, _ field: PopulationImport.Field) -> Int64? {
        guard let text = text(reader, field)?.filter({ $0 != "," && $0 != " " }), let value = Double(text) else {
            return nil
        }
        return Int64(exactly: value.rounded())
    }
}
