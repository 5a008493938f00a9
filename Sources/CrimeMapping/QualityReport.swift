public import Boundaries
import Georeferencing
import CivilTime
public import Incidents
public import Indicators

/// How well the incidents of a store are known to their places: what `faro import` ends with and `faro info --quality` repeats.
///
/// Hit rates count points and crossings only and are held against 85 % (Ratcliffe 2004, see `HitRate`). Every figure is of
/// the store's current incidents, as they are placed now.
public struct QualityReport: Sendable {
    /// The store's revision that the report describes.
    public var revision: Int64
    /// Local days of the first and the last incident, `2024-03-01`; nil where there is none.
    public var firstDate: String?
    public var lastDate: String?
    /// Rows read of the current imports by outcome; ambiguous, unplaced and placed are the incidents.
    public var counts: ImportCounts
    /// Incidents by how closely their place is known; those that occur, the finest first.
    public var precision: [Count]
    public var overall: HitRate
    /// Each axis's groups sum to ``overall``.
    public var byCrime: [HitRateGroup]
    /// Empty where the store has no such level.
    public var byMunicipality: [HitRateGroup]
    public var byColonia: [HitRateGroup]
    public var byMonth: [HitRateGroup]
    public var byMethod: [HitRateGroup]
    /// Per level with published labels.
    public var labels: [LabelCount]
    /// Places at which reports pile up for another reason than that they happened there, most incidents first.
    public var artefacts: [ArtefactPlace]
    public var incidentsAtArtefacts: Int
    /// What the coordinates of each source stand for.
    public var positions: [PositionsOfSource.Summary]
    /// Why rows were not taken as they stood, the most frequent first.
    public var reasons: [Reason]
    public var names: OpenNames

    /// How many incidents have a precision.
    public struct Count: Hashable, Sendable, Encodable {
        public var name: String
        public var incidents: Int
        /// Whether they count as found.
        public var isHit: Bool

        private enum CodingKeys: String, CodingKey {
            case name, incidents
            case isHit = "is_hit"
        }
    }

    /// How often the published label names the area in which the coordinates lie.
    public struct LabelCount: Hashable, Sendable, Encodable {
        public var level: String
        public var agrees = 0
        public var differs = 0

        /// nil without labels.
        public var agreement: Double? { agrees + differs > 0 ? Double(agrees) / Double(agrees + differs) : nil }

        private enum CodingKeys: String, CodingKey { case level, agrees, differs, agreement }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(level, forKey: .level)
            try container.encode(agrees, forKey: .agrees)
            try container.encode(differs, forKey: .differs)
            try container.encode(agreement, forKey: .agreement)
        }
    }

    /// One thing that was wrong with rows.
    public struct Reason: Hashable, Sendable, Encodable {
        /// A short stable word: `zero_coordinates`.
        public var reason: String
        /// Issues; a row with two counts twice.
        public var rows: Int
        public var examples: [Example]
    }

    /// Where an issue can be looked at.
    public struct Example: Hashable, Sendable, Encodable {
        public var source: String
        public var row: Int64
        public var line: Int64
        public var outcome: Outcome
        public var column: String?
        public var found: String
        public var message: String

        private enum CodingKeys: String, CodingKey { case source, row, line, outcome, column, found, message }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(source, forKey: .source)
            try container.encode(row, forKey: .row)
            try container.encode(line, forKey: .line)
            try container.encode(outcome.name, forKey: .outcome)
            try container.encode(column, forKey: .column)
            try container.encode(found, forKey: .found)
            try container.encode(message, forKey: .message)
        }
    }

    static let examplesPerReason = 3

    /// Reads a store and writes nothing: artefacts and grades are those that the last check found.
    /// - Throws: the store's errors, `GeodesyError`.
    /// - Complexity: O(incidents · log incidents), and O(areas) for each name without an answer.
    public init(
        of store: any IncidentStore & BoundaryStore & GazetteerStore, control: JobControl = .silent
    ) throws {
        let input = try StoreInput(of: store, control: control)
        self.init(empty: input)
        positions = try PositionsOfSource.all(
            in: StoredPlaceColumns(
                of: input.table, crs: store.settings.crs, level: PositionsOfSource.level(of: input.table)),
            of: input.imports
        ).map(\.summary)
        try measure(input, store)
        reasons = try ReasonCounts.of(store, input)
        names = try OpenNames(of: store, layers: input.layers, candidates: nil, control: control)
    }

    /// Checks the places of a store first (see ``PlaceCheck``), and reports what can be said at no great cost: without
    /// ``reasons``, and with candidates for the first few names only. What an import ends with.
    public init(
        checking store: any IncidentStore & BoundaryStore & GazetteerStore, control: JobControl = .silent
    ) throws {
        var input = try StoreInput(of: store, control: control)
        let check = try PlaceCheck().run(on: &input.table, layers: input.layers, in: store, control: control)
        self.init(empty: input)
        positions = check.sources
        try measure(input, store)
        revision = try store.revision()
        if input.hasOpenNames {
            names = try OpenNames(of: store, layers: input.layers, candidates: 5, control: control)
        }
    }

    private init(empty input: StoreInput) {
        revision = input.table.revision
        counts = ImportCounts()
        precision = []
        overall = HitRate()
        (byCrime, byMunicipality, byColonia, byMonth, byMethod) = ([], [], [], [], [])
        labels = []
        artefacts = []
        incidentsAtArtefacts = 0
        positions = []
        reasons = []
        names = OpenNames()
    }

    private mutating func measure(_ input: StoreInput, _ store: any IncidentStore) throws {
        let table = input.table
        let days = table.localDay.lazy
        firstDate = days.min().map { CalendarDate(daysSince1970: $0).description }
        lastDate = days.max().map { CalendarDate(daysSince1970: $0).description }
        for outcome in table.outcome { counts.count(outcome) }
        counts.rejected = input.imports.reduce(0) { $0 + $1.counts.rejected }
        counts.duplicates = input.imports.reduce(0) { $0 + $1.counts.duplicates }
        let grades = table.grade.reduce(into: [PrecisionGrade: Int]()) { $0[$1, default: 0] += 1 }
        precision = grades.sorted { $0.key < $1.key }.map {
            Count(name: $0.key.name, incidents: $0.value, isHit: $0.key.isHit)
        }
        let rates = try HitRates(of: table)
        overall = rates.overall
        byCrime = try rates.groups(by: .crime)
        byMonth = try rates.groups(by: .month)
        byMethod = try rates.groups(by: .method)
        byMunicipality = try input.named(.municipality, rates)
        byColonia = try input.named(.colonia, rates)
        labels = input.labelCounts
        artefacts = try store.artefacts()
        incidentsAtArtefacts = table.isArtefact.count { $0 }
    }
}
