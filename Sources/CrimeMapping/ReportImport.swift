public import Bytes
import CivilTime
import Files
import Formats
import Foundation
import Geodesy
public import Boundaries
public import Georeferencing
public import Incidents
import SimpleFeatures

/// Brings a file of reports into a store: every row accounted for, and placed in the areas of every level.
///
/// The file is read once and kept in batches, each of them one transaction. A job that is stopped, or killed, leaves
/// whole batches, and running it again goes on where they end. A file that is in the store already changes nothing.
///
/// - Complexity: O(rows), in memory that does not grow with them but for some 12 bytes a row, by which duplicates are known.
public struct ReportImport: Sendable {
    /// A CSV, plain or gzip.
    public var path: String
    /// Which column is which field, and how dates and places are read.
    public var profile: ImportProfile
    /// What a later file of the same name supersedes; nil is the file's name without its folder.
    public var source: String?
    /// The text's encoding; nil tells UTF-8 from Windows-1252 row by row.
    public var encoding: TextEncoding?
    /// What is said of the file's time.
    public var dates = FileDates()
    /// Whether rows are only read and counted.
    public var dryRun = false
    /// Whether incidents are placed in the areas of the store's levels.
    public var placesInAreas = true
    /// Whose names the labels are; nil lets the first rows tell. See ``NameSurvey``.
    public var catalogue: NameSource?

    /// Rows per transaction.
    var batchSize = 50_000

    /// The rest begins as it is declared: incidents are stored, and placed in the areas of every level.
    public init(path: String, profile: ImportProfile, encoding: TextEncoding? = nil) {
        self.path = path
        self.profile = profile
        self.encoding = encoding
    }

    /// - Parameter onIssue: is told of every row with something wrong, in the order of the file.
    /// - Throws: `FileError`, `CSVError`, `ProfileError`, `GeodesyError`, the store's errors, and
    ///   ``JobError/interrupted(_:)`` after a whole batch when the caller wants the job to stop.
    public func run(
        into store: any IncidentStore & BoundaryStore & GazetteerStore, control: JobControl = .silent,
        onIssue: (ImportIssue) throws -> Void = { _ in }
    ) throws -> ReportImportSummary {
        let digest = try FileDigest.sha256(ofFileAt: path)
        let (reader, columns) = try open()
        var run = try ImportRun(job: self, columns: columns, store: store)
        try refuseTwin(of: digest, in: store)
        if !dryRun {
            switch try store.beginImport(
                source: source ?? fileName, sha256: digest, profile: profile.label, settings: settings(in: store),
                dates: dates, at: UTCText.now)
            {
            case .new(let record), .resume(let record): run.record = record
            case .alreadyImported(let record): return run.summary(of: record, alreadyImported: true)
            }
        }
        while try reader.next() {
            run.take(reader)
            guard run.batch.count + run.issues.count >= batchSize else { continue }
            try run.flush(into: store, onIssue: onIssue)
            run.makeRoom(for: reader.source)
            control.progress(
                "reading \(fileName)",
                fraction: reader.source.fileSize.map { Double(reader.source.bytesRead) / Double(max(1, $0)) },
                count: run.mapper.counts.read)
            try control.stopIfCancelled(run.interruption)
        }
        try run.flush(into: store, onIssue: onIssue)
        run.encodings = reader.encodingCounts
        guard let record = run.record else { return run.summary(of: nil, alreadyImported: false) }
        control.progress("building indexes", count: run.mapper.counts.read)
        return run.summary(of: try store.finishImport(record.id, at: UTCText.now), alreadyImported: false)
    }

    /// The same bytes under another name would be counted twice.
    private func refuseTwin(of digest: String, in store: any IncidentStore) throws {
        let name = source ?? fileName
        let settings = try settings(in: store)
        let twin = try store.imports().first {
            $0.sha256 == digest && $0.state == .complete && $0.source != name && $0.settings != settings
        }
        guard let twin else { return }
        throw JobError.usage(
            "\(fileName) is in the store as import \(twin.id) of \(twin.source), read with other settings; "
                + "say --source \(twin.source) to replace that")
    }

    var fileName: String { path == "-" ? "standard input" : String(path.split(separator: "/").last ?? "-") }

    /// The reader behind the header that names the profile's columns, below whatever titles stand above it.
    private func open() throws -> (CSVReader, ResolvedColumns) {
        let wanted = CSVReader.HeaderRow.matching { (try? profile.resolve(header: $0)) != nil }
        do {
            let reader = try CSVReader(
                source: ByteSource(path: path), options: CSVReader.Options(headerRow: wanted, encoding: encoding))
            return (reader, try profile.resolve(header: reader.header))
        } catch CSVError.headerNotFound {
            // No row will do: the likeliest header says best what is missing.
            let reader = try CSVReader(source: ByteSource(path: path), options: CSVReader.Options(encoding: encoding))
            return (reader, try profile.resolve(header: reader.header))
        }
    }

    /// What shapes the result, as JSON with sorted keys, so that equal settings are equal texts.
    private func settings(in store: any IncidentStore) throws -> String {
        struct Settings: Encodable {
            var profile: ImportProfile
            var encoding: String
            var storeCRS: String
            var timeZone: String
            var catalogue: NameSource?
        }
        return try JSONText.of(
            Settings(
                profile: profile, encoding: encoding?.rawValue ?? "automatic", storeCRS: store.settings.crs.name,
                timeZone: store.settings.timeZone, catalogue: catalogue))
    }
}

/// What an import says at its end.
public struct ReportImportSummary: Sendable, Codable {
    /// The file's name, without its folder.
    public var file: String
    /// The name it stands under; a later import of the same name supersedes it.
    public var source: String
    /// Name and version of the profile.
    public var profile: String
    /// The import's key in the store; nil for a dry run.
    public var importID: Int64?
    /// Whether the file was in the store before, and nothing was changed.
    public var alreadyImported: Bool
    /// What became of the rows; of a file imported before, what became of them then.
    public var counts: ImportCounts
    /// Rows by the encoding they were read in; `ascii` reads the same in all.
    public var encodings: [String: Int64]
    /// Field and the column it was read from.
    public var columns: [String: String]
    /// Columns of the file that no field was read from.
    public var columnsNotKept: [String]
    /// Incidents by how closely their place is known: `point`, `colonia`, `none`; empty for a file imported before.
    public var grades: [String: Int]
    /// How the incidents were placed, one tally a level; empty for a file imported before.
    public var levels: [PlacementTally]
    /// Whose names the labels were taken for; nil where no row needed its words, or the caller said whose.
    public var names: NameSurvey?
    /// The most frequent reason first.
    public var issues: [IssueTally]

    /// How often a reason occurred, with the first row as an example.
    public struct IssueTally: Sendable, Codable, Hashable {
        /// The code that stands in the file of issues too.
        public var reason: String
        /// What became of the first row with it.
        public var outcome: Outcome
        /// How often it occurred; a row with two issues counts under both.
        public var rows: Int
        /// The first issue's message, with its line.
        public var example: String
    }
}

/// The moving parts of one import.
private struct ImportRun {
    let job: ReportImport
    let columns: ResolvedColumns
    var mapper: ReportMapper
    var placer: AreaPlacer
    let places: PlaceCompletion
    private var words: WordPlaces
    var record: ImportRecord?
    var batch: IncidentBatch
    var issues: [ImportIssue] = []
    /// The line on which each row of the batch begins.
    private var lines: [Int64] = []
    /// Places without an image in the store's CRS, which the mapper could not know.
    private var lostPlaces = 0
    var encodings: CSVReader.EncodingCounts?
    private var hasRoom = false
    private var tallies: [String: ReportImportSummary.IssueTally] = [:]
    private var grades: [String: Int] = [:]

    init(
        job: ReportImport, columns: ResolvedColumns, store: any IncidentStore & BoundaryStore & GazetteerStore
    ) throws {
        self.job = job
        self.columns = columns
        try Self.checkUnit(columns, crs: job.profile.crs)
        let layers = job.placesInAreas ? try store.allBoundaryLayers() : []
        placer = AreaPlacer(layers: layers)
        words = WordPlaces(
            georeferencer: try job.placesInAreas
                ? Georeferencer(layers: layers, store: store, source: job.catalogue ?? .sameCatalogue) : nil,
            columns: columns, mustSurvey: job.catalogue == nil)
        places = try PlaceCompletion(from: job.profile.crs, to: store.settings.crs)
        let zone = try ZoneRules.zone(store.settings.timeZone)
        mapper = ReportMapper(
            columns: columns, profile: job.profile, zone: zone,
            expected: try places.expectedEnvelope(layers: layers, unit: columns.index[.x] == nil ? .degrees : .metres),
            importDay: CalendarDate.today(in: zone))
        batch = IncidentBatch()
    }

    var counts: ImportCounts {
        var counts = mapper.counts
        counts.placed -= lostPlaces
        counts.unplaced += lostPlaces
        counts.placed += words.placed
        counts.ambiguous += words.ambiguous
        counts.unplaced -= words.placed + words.ambiguous
        return counts
    }

    /// Columns of metres need a system in metres, and columns of degrees one in degrees.
    private static func checkUnit(_ columns: ResolvedColumns, crs: CRS) throws {
        let isMetric = try CRSInfo.describe(crs).isProjected
        if columns.index[.x] != nil, !isMetric {
            throw JobError.usage(
                "the columns x and y hold metres, but \(crs) is in degrees; say the reference system with --crs, "
                    + "for example --crs EPSG:32614")
        }
        if columns.index[.longitude] != nil, columns.index[.x] == nil, isMetric {
            throw JobError.usage(
                "the columns \(columns.name(of: .longitude) ?? "longitude") and \(columns.name(of: .latitude) ?? "latitude") "
                    + "are read as degrees, but \(crs) is in metres; where they hold metres, say --map x=… --map y=…")
        }
    }

    mutating func take(_ reader: CSVReader) {
        if reader.problem == .severalRows {
            mapper.reject(
                rowNumber: reader.rowNumber, line: reader.line, reason: CSVRowProblem.severalRows.rawValue,
                message: "line \(reader.line): \(CSVRowProblem.severalRows.sentence); rejected", rawRow: reader.rawRow,
                issues: &issues)
            return
        }
        let outcome = mapper.append(
            reader.row, rowNumber: reader.rowNumber, line: reader.line, rawRow: { reader.rawRow }, to: &batch,
            issues: &issues)
        if batch.count > lines.count { lines.append(reader.line) }
        if let problem = reader.problem {
            issues.append(
                ImportIssue(
                    row: reader.rowNumber, line: reader.line, column: nil, found: "", reason: problem.rawValue,
                    message: "line \(reader.line): \(problem.sentence)", outcome: outcome,
                    rawRow: outcome == .rejected ? nil : reader.rawRow))
        }
    }

    /// Tells the mapper how many rows a file of this size will have, judged by the first batch.
    mutating func makeRoom(for source: ByteSource) {
        guard !hasRoom, let size = source.fileSize, source.bytesRead > 0 else { return }
        hasRoom = true
        let rows = Double(mapper.counts.read) * Double(size) / Double(source.bytesRead)
        mapper.expect(rows: Int(min(rows, 1e9)))
    }

    /// Completes the batch's places and hands it over, unless an earlier run of the same import has stored its rows.
    mutating func flush(into store: any IncidentStore, onIssue: (ImportIssue) throws -> Void) throws {
        guard batch.count + issues.count > 0 else { return }
        mapper.markDuplicates(in: &batch)
        let lost = places.complete(&batch)
        lostPlaces += lost.count
        issues += lost.map(lostPlace)
        let byWords = words.place(&batch, completion: places)
        let notes = placer.place(&batch, given: byWords.areas(in: placer)) + byWords.notes
        words.settle(&issues, byWords, of: batch, lines: lines)
        for index in batch.grade.indices { grades[batch.grade[index].name, default: 0] += 1 }
        for issue in issues {
            tallies[
                issue.reason,
                default: .init(reason: issue.reason, outcome: issue.outcome, rows: 0, example: issue.message)
            ]
            .rows += 1
            try onIssue(issue)
        }
        if let record, mapper.counts.read > record.counts.read {
            try store.append(
                batch, areas: placer.keys, notes: notes, issues: issues, counts: counts, to: record.id)
        }
        batch.removeAll()
        lines.removeAll(keepingCapacity: true)
        issues.removeAll(keepingCapacity: true)
    }

    /// A row whose coordinates passed for a place until they were brought to the store's system.
    private func lostPlace(_ row: Int) -> ImportIssue {
        ImportIssue(
            row: batch.sourceRow[row], line: lines[row], column: nil, found: "",
            reason: PlacementMethod.outOfRange.name,
            message: "the coordinates have no image in \(job.profile.crs) or in the store's system; not used",
            outcome: .unplaced)
    }

    var interruption: String {
        job.dryRun
            ? "nothing was written" : "\(mapper.counts.read) rows are in the store; run the same import again to go on"
    }

    func summary(of record: ImportRecord?, alreadyImported: Bool) -> ReportImportSummary {
        ReportImportSummary(
            file: job.fileName, source: record?.source ?? job.source ?? job.fileName, profile: job.profile.label,
            importID: record?.id, alreadyImported: alreadyImported, counts: record?.counts ?? counts,
            encodings: [
                "ascii": encodings?.ascii ?? 0, "utf-8": encodings?.utf8 ?? 0,
                "windows-1252": encodings?.windows1252 ?? 0,
            ],
            columns: Dictionary(columns.mapping.map { ($0.field.rawValue, $0.column) }) { first, _ in first },
            columnsNotKept: columns.notKept, grades: alreadyImported ? [:] : grades,
            levels: alreadyImported ? [] : placer.tallies, names: words.survey,
            issues: tallies.values.sorted { ($1.rows, $0.reason) < ($0.rows, $1.reason) })
    }
}

extension CSVRowProblem {
    var sentence: String {
        switch self {
        case .unterminatedQuote: "a quote is opened and never closed"
        case .severalRows: "a stray quote joins several lines"
        case .textAfterQuote: "text follows a closing quote"
        case .notUTF8: "the row must be UTF-8, but is not"
        }
    }
}
