public import CivilTime

/// One count as a store gives it back.
public struct MonthlyCount: Hashable, Sendable {
    public var place: SeriesPlace
    public var month: Period
    public var seriesClass: SeriesClass
    public var count: Int64
    public var countUnit: CountUnit
    /// The import it comes from.
    public var importID: Int64
    /// Row of that import's file.
    public var sourceRow: Int64

    public init(
        place: SeriesPlace, month: Period, seriesClass: SeriesClass, count: Int64, countUnit: CountUnit,
        importID: Int64, sourceRow: Int64
    ) {
        self.place = place
        self.month = month
        self.seriesClass = seriesClass
        self.count = count
        self.countUnit = countUnit
        self.importID = importID
        self.sourceRow = sourceRow
    }
}

/// The residents of an area as a store gives them back.
public struct PopulationFigure: Hashable, Sendable {
    public var level: String
    public var areaKey: String
    public var year: Int
    /// `population`, `women`, `men`, or whatever else was put there.
    public var kind: String
    public var value: Double
    /// nil where no import of Faro's brought it.
    public var importID: Int64?

    public init(level: String, areaKey: String, year: Int, kind: String, value: Double, importID: Int64?) {
        self.level = level
        self.areaKey = areaKey
        self.year = year
        self.kind = kind
        self.value = value
        self.importID = importID
    }
}

/// What an import of aggregates says of all its figures.
public struct SeriesDescription: Hashable, Sendable, Codable {
    public var kind: ImportProfile.Kind
    public var countUnit: CountUnit
    public var publisher: String

    public init(kind: ImportProfile.Kind, countUnit: CountUnit, publisher: String) {
        self.kind = kind
        self.countUnit = countUnit
        self.publisher = publisher
    }
}

/// Where figures of populations are read from.
public protocol PopulationSource {
    /// The population figures that hold, by level, area, year and kind; those without an area are left out.
    func populations(asOf: String?) throws -> [PopulationFigure]
}

/// Where published aggregates are kept. Every call that writes is one transaction.
///
/// ## Restated figures
/// A file of the same source replaces the earlier one. A file of another source leaves it, and where both hold the same
/// class, place and month, of the same unit, the figure of the later import counts. What was replaced stays in the store under
/// its import, so that an earlier state can be asked for. Equal rows of one import are added up.
public protocol SeriesStore: AnyObject, PopulationSource {
    /// Begins an import, or says that it is known: by `sha256`, `settings` and `dates`.
    func beginSeries(
        source: String, sha256: String, profile: String, settings: String, description: SeriesDescription,
        dates: FileDates, at instant: String
    ) throws -> ImportTicket
    /// Adds one batch: its figures, its issues, and the import's row counts so far, all or nothing.
    func append(_ batch: SeriesBatch, issues: [ImportIssue], counts: ImportCounts, to importID: Int64) throws
    /// Marks the import complete, and sets aside what an earlier import of the same source held.
    /// - Parameter account: what the import says at its end, kept as JSON text.
    func finishSeries(_ importID: Int64, account: String, at instant: String) throws -> ImportRecord
    /// What an import said at its end; nil where it is not one of aggregates or has not ended.
    func seriesAccount(of importID: Int64) throws -> String?

    /// Visits the counts that hold, by class, place and month.
    /// - Parameter asOf: an instant, `2024-03-01T12:00:00Z`: the counts as they were known then; nil for now.
    func monthlyCounts(asOf: String?, each body: (MonthlyCount) throws -> Void) throws
}

extension SeriesStore {
    /// Begins an import of a file of which no dates are said.
    public func beginSeries(
        source: String, sha256: String, profile: String, settings: String, description: SeriesDescription,
        at instant: String
    ) throws -> ImportTicket {
        try beginSeries(
            source: source, sha256: sha256, profile: profile, settings: settings, description: description,
            dates: FileDates(), at: instant)
    }
}
