public import CivilTime

/// How the rows of an import ended. ``read`` is always the sum of the four outcomes.
public struct ImportCounts: Hashable, Sendable, Codable {
    public var placed = 0
    public var ambiguous = 0
    public var unplaced = 0
    public var rejected = 0
    /// Kept rows all of whose mapped fields equal those of an earlier row; they are counted above as well.
    public var duplicates = 0

    public init() {}

    public var read: Int { placed + ambiguous + unplaced + rejected }
    /// Rows that became incidents.
    public var kept: Int { placed + ambiguous + unplaced }

    public mutating func count(_ outcome: Outcome) {
        switch outcome {
        case .placed: placed += 1
        case .ambiguous: ambiguous += 1
        case .unplaced: unplaced += 1
        case .rejected: rejected += 1
        }
    }

    public static func + (a: ImportCounts, b: ImportCounts) -> ImportCounts {
        var sum = a
        sum.placed += b.placed
        sum.ambiguous += b.ambiguous
        sum.unplaced += b.unplaced
        sum.rejected += b.rejected
        sum.duplicates += b.duplicates
        return sum
    }
}

/// What whoever brings a file in says of its time.
public struct FileDates: Hashable, Sendable, Codable {
    /// The day on which it was published: its figures are known from then on. nil takes them as known from the end of the import.
    public var published: CalendarDate?
    /// The last day that it covers; nil where nobody has said so.
    public var dataTo: CalendarDate?

    public init(published: CalendarDate? = nil, dataTo: CalendarDate? = nil) {
        self.published = published
        self.dataTo = dataTo
    }
}

/// One file's way into the store: what, how, when, and with what result.
public struct ImportRecord: Hashable, Sendable, Codable {
    public enum State: String, Sendable, Codable {
        /// Begun and not finished: its batches so far are in the store, a rerun completes it.
        case incomplete
        case complete
        /// Replaced by a later import of the same source; its rows are kept for `--as-of`.
        case superseded
    }

    public var id: Int64
    /// What a later file of the same name supersedes: by default the file's name without folder.
    public var source: String
    /// Hex digest of the file's bytes.
    public var sha256: String
    /// Name and version of the profile: `fgj-cdmx 1`.
    public var profile: String
    /// The settings that shaped the result, as JSON: column map, CRS, encoding, time zone.
    public var settings: String
    /// UTC, `2024-03-01T12:00:00Z`.
    public var startedAt: String
    public var finishedAt: String?
    public var dates: FileDates
    public var state: State
    public var counts: ImportCounts

    public init(
        id: Int64, source: String, sha256: String, profile: String, settings: String, startedAt: String,
        finishedAt: String?, dates: FileDates = FileDates(), state: State, counts: ImportCounts
    ) {
        self.id = id
        self.source = source
        self.sha256 = sha256
        self.profile = profile
        self.settings = settings
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.dates = dates
        self.state = state
        self.counts = counts
    }

    /// The instant from which its rows are known: the beginning of the day of its publication, or else the end of its import.
    /// nil while it is not finished.
    public var knownFrom: String? { finishedAt.map { dates.published.map { "\($0)T00:00:00Z" } ?? $0 } }
}

/// What a store answers when an import asks to begin.
public enum ImportTicket: Hashable, Sendable {
    /// A new import, with an empty record.
    case new(ImportRecord)
    /// The same file was begun before: the first `counts.read` rows are in the store already.
    case resume(ImportRecord)
    /// The same file, with the same settings, is in the store: there is nothing to do.
    case alreadyImported(ImportRecord)
}
