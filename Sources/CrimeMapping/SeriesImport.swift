public import Bytes
import CivilTime
import Files
import Formats
public import Boundaries
public import Incidents

/// Brings a file of published aggregates into a store: monthly counts or population by municipality, every row accounted for.
///
/// The file is read twice: once to see whose codes it has, and once to keep its figures, in batches of one transaction each.
/// A job that is stopped, or killed, leaves whole batches, and running it again goes on where they end. A file that
/// is in the store already changes nothing; a corrected file of the same source replaces it, and what it held stays to be
/// asked for.
///
/// - Complexity: O(rows), in memory that grows with 12 bytes a row and with the distinct places and classes.
public struct SeriesImport: Sendable {
    /// A CSV, plain or gzip.
    public var path: String
    /// A profile of monthly counts or of population.
    public var profile: ImportProfile
    /// What a later file of the same name supersedes; nil is the file's name without its folder.
    public var source: String?
    /// The text's encoding; nil tells UTF-8 from Windows-1252 row by row.
    public var encoding: TextEncoding?
    /// What the user says of the codes; nil leaves it to the profile and to the names beside them.
    public var codeScheme: CodeScheme?
    /// What is said of the file's time.
    public var dates = FileDates()
    /// Whether rows are only read and counted.
    public var dryRun = false

    /// Rows per transaction.
    var batchSize = 20_000

    public init(path: String, profile: ImportProfile, encoding: TextEncoding? = nil) {
        self.path = path
        self.profile = profile
        self.encoding = encoding
    }

    /// - Parameter onIssue: is told of every row with something wrong, in the order of the file.
    /// - Throws: `FileError`, `CSVError`, `SeriesError`, the store's errors, ``JobError/usage(_:)`` for a profile of reports,
    ///   and ``JobError/interrupted(_:)`` after a whole batch when the caller wants the job to stop.
    public func run(
        into store: any SeriesStore & IncidentStore & BoundaryStore, control: JobControl = .silent,
        onIssue: (ImportIssue) throws -> Void = { _ in }
    ) throws -> SeriesImportSummary {
        guard profile.series != nil else {
            throw JobError.usage("\(profile.name) is a profile of reports, and no table of aggregates is read by it")
        }
        let digest = try FileDigest.sha256(ofFileAt: path)
        let directories = try store.municipalityDirectories()
        let (reader, columns) = try open()
        try survey(columns, directories, control)
        let scheme = codeScheme ?? profile.codeScheme
        let settings = try settings(scheme, directories)
        var run = SeriesRun(job: self, columns: columns, scheme: scheme, directories: directories)
        if !dryRun {
            try refuseReports(in: store)
            try refuseTwin(of: digest, settings: settings, in: store)
            switch try store.beginSeries(
                source: source ?? fileName, sha256: digest, profile: profile.label, settings: settings,
                description: SeriesDescription(
                    kind: profile.kind, countUnit: profile.countUnit, publisher: profile.publisher), dates: dates,
                at: UTCText.now)
            {
            case .new(let record), .resume(let record): run.record = record
            case .alreadyImported(let record): return try run.summary(ofKnown: record, in: store)
            }
        }
        while try reader.next() {
            run.take(reader)
            guard run.rows >= batchSize else { continue }
            try run.flush(into: store, onIssue: onIssue)
            control.progress(
                "reading \(fileName)",
                fraction: reader.source.fileSize.map { Double(reader.source.bytesRead) / Double(max(1, $0)) },
                count: run.mapper.counts.read)
            try control.stopIfCancelled(run.interruption)
        }
        try run.flush(into: store, onIssue: onIssue)
        guard let record = run.record else { return run.summary(of: nil) }
        let account = try JSONText.of(run.mapper.account)
        return run.summary(of: try store.finishSeries(record.id, account: account, at: UTCText.now))
    }

    /// The first of some profiles that the columns of a file fit.
    /// - Throws: `FileError`, `CSVError`, ``JobError/badData(_:)`` where none does.
    public static func profile(
        ofFileAt path: String, among profiles: [ImportProfile], encoding: TextEncoding? = nil
    ) throws -> ImportProfile {
        for profile in profiles {
            do {
                _ = try SeriesImport(path: path, profile: profile, encoding: encoding).open()
                return profile
            } catch is SeriesError {
                continue
            }
        }
        let reader = try CSVReader(source: ByteSource(path: path), options: CSVReader.Options(encoding: encoding))
        throw JobError.badData(
            "the columns must be those of \(profiles.map(\.name).joined(separator: ", ")), but are "
                + "\(reader.header.joined(separator: ", ")); a tidy table has municipality_code, month, category and count: name "
                + "yours with --map category=COLUMN and so on, or describe the file with --profile FILE.json")
    }

    var fileName: String { path == "-" ? "standard input" : String(path.split(separator: "/").last ?? "-") }

    /// The reader behind the header that names the profile's columns, below whatever titles stand above it.
    private func open() throws -> (CSVReader, SeriesColumns) {
        guard let layout = profile.series else { throw JobError.usage("\(profile.name) is a profile of reports") }
        let wanted = CSVReader.HeaderRow.matching { (try? layout.resolve(header: $0, kind: profile.kind)) != nil }
        do {
            let reader = try CSVReader(
                source: ByteSource(path: path), options: CSVReader.Options(headerRow: wanted, encoding: encoding))
            return (reader, try layout.resolve(header: reader.header, kind: profile.kind))
        } catch CSVError.headerNotFound {
            // No row will do: the likeliest header says best what is missing.
            let reader = try CSVReader(source: ByteSource(path: path), options: CSVReader.Options(encoding: encoding))
            return (reader, try layout.resolve(header: reader.header, kind: profile.kind))
        }
    }

    private func survey(
        _ columns: SeriesColumns, _ directories: [MunicipalityDirectory], _ control: JobControl
    ) throws {
        var survey = try SeriesSurvey(
            columns: columns, profile: profile, scheme: codeScheme, directories: directories)
        let (reader, _) = try open()
        while try reader.next() {
            survey.look(at: reader.row)
            guard reader.rowNumber % 10_000 == 0 else { continue }
            control.progress("looking through \(fileName)", count: Int(reader.rowNumber))
            try control.stopIfCancelled("nothing was written")
        }
        try survey.check()
    }

    /// A source is one of reports or one of aggregates: neither can replace the other.
    private func refuseReports(in store: any SeriesStore & IncidentStore) throws {
        let name = source ?? fileName
        for record in try store.imports() where record.source == name && record.state == .complete {
            guard try store.seriesAccount(of: record.id) == nil else { continue }
            throw JobError.usage(
                "\(name) is the name of reports in the store (import \(record.id)); give another with --source")
        }
    }

    /// The same bytes under another name would be counted twice.
    private func refuseTwin(of digest: String, settings: String, in store: any IncidentStore) throws {
        let name = source ?? fileName
        let twin = try store.imports().first {
            $0.sha256 == digest && $0.state == .complete && $0.source != name && $0.settings != settings
        }
        guard let twin else { return }
        throw JobError.usage(
            "\(fileName) is in the store as import \(twin.id) of \(twin.source), read with other settings or before "
                + "the municipality layer; say --source \(twin.source) to replace that")
    }

    /// What shapes the result, as JSON with sorted keys, so that equal settings are equal texts. With another municipality
    /// layer the same file is joined anew.
    private func settings(_ scheme: CodeScheme, _ directories: [MunicipalityDirectory]) throws -> String {
        struct Settings: Encodable {
            var profile: ImportProfile
            var encoding: String
            var codeScheme: CodeScheme
            var municipalityVersions: [Int]
        }
        return try JSONText.of(
            Settings(
                profile: profile, encoding: encoding?.rawValue ?? "automatic", codeScheme: scheme,
                municipalityVersions: directories.map(\.version)))
    }
}

extension BoundaryStore {
    /// The municipalities of every version of their level, by code and by name; none where the store has no such level.
    public func municipalityDirectories() throws -> [MunicipalityDirectory] {
        try boundaryVersions().filter { $0.level == .municipality }.map { version in
            let areas = try boundaryLayer(.municipality, number: version.number).areas
            return MunicipalityDirectory(
                version: version.number, from: version.validity.from, to: version.validity.to,
                areas: areas.map { ($0.id, $0.name) })
        }
    }
}

/// The moving parts of one import.
private struct SeriesRun {
    let job: SeriesImport
    let scheme: CodeScheme
    let hasLayer: Bool
    var mapper: SeriesMapper
    var record: ImportRecord?
    /// Rows since the last flush.
    private(set) var rows = 0
    private var batch = SeriesBatch()
    private var issues: [ImportIssue] = []
    private var tallies: [String: ReportImportSummary.IssueTally] = [:]

    init(job: SeriesImport, columns: SeriesColumns, scheme: CodeScheme, directories: [MunicipalityDirectory]) {
        self.job = job
        self.scheme = columns.index[.municipalityCode] == nil ? .none : scheme
        hasLayer = directories.contains { $0.count > 0 }
        mapper = SeriesMapper(columns: columns, profile: job.profile, scheme: scheme, directories: directories)
    }

    mutating func take(_ reader: CSVReader) {
        rows += 1
        if let problem = reader.problem, problem == .severalRows || problem == .unterminatedQuote {
            mapper.reject(
                rowNumber: reader.rowNumber, line: reader.line, reason: problem.rawValue,
                message: "line \(reader.line): a quote is not closed where its field ends; rejected",
                rawRow: reader.rawRow, issues: &issues)
            return
        }
        mapper.append(
            reader.row, rowNumber: reader.rowNumber, line: reader.line, rawRow: { reader.rawRow }, to: &batch,
            issues: &issues)
    }

    /// Hands the batch over, unless an earlier run of the same import has stored its rows.
    mutating func flush(into store: any SeriesStore, onIssue: (ImportIssue) throws -> Void) throws {
        guard rows > 0 else { return }
        for issue in issues {
            tallies[
                issue.reason,
                default: .init(reason: issue.reason, outcome: issue.outcome, rows: 0, example: issue.message)
            ]
            .rows += 1
            try onIssue(issue)
        }
        mapper.complete(&batch)
        if let record, mapper.counts.read > record.counts.read {
            try store.append(batch, issues: issues, counts: mapper.counts, to: record.id)
        }
        batch.removeAll()
        issues.removeAll(keepingCapacity: true)
        rows = 0
    }

    var interruption: String {
        job.dryRun
            ? "nothing was written" : "\(mapper.counts.read) rows are in the store; run the same import again to go on"
    }

    func summary(of record: ImportRecord?) -> SeriesImportSummary {
        SeriesImportSummary(
            file: job.fileName, source: record?.source ?? job.source ?? job.fileName, profile: job.profile.label,
            kind: job.profile.kind, codeScheme: scheme, hasMunicipalityLayer: hasLayer, importID: record?.id,
            alreadyImported: false, counts: record?.counts ?? mapper.counts, account: mapper.account,
            columns: columns, columnsNotKept: mapper.columns.notKept,
            issues: tallies.values.sorted { ($1.rows, $0.reason) < ($0.rows, $1.reason) })
    }

    /// What is in the store already says what it said then.
    func summary(ofKnown record: ImportRecord, in store: any SeriesStore) throws -> SeriesImportSummary {
        var summary = summary(of: record)
        summary.alreadyImported = true
        if let text = try store.seriesAccount(of: record.id) {
            summary.account = try JSONText.value(SeriesAccount.self, of: text)
        }
        return summary
    }

    private var columns: [String: String] {
        var found: [String: String] = [:]
        for field in SeriesField.allCases {
            guard let name = mapper.columns.name(of: field) else { continue }
            found[field.rawValue] = name.isEmpty ? "column \((mapper.columns.index[field] ?? 0) + 1)" : name
        }
        found["figures"] = mapper.columns.figures.map { mapper.columns.header[$0.column] }.joined(separator: ", ")
        return found
    }
}
