/// What a row of aggregates says of its place, and what became of that.
public struct SeriesPlace: Hashable, Sendable, Codable {
    /// Of the row: placed, ambiguous or unplaced.
    public var outcome: Outcome
    /// The level whose areas are meant.
    public var level: String
    /// INEGI's five digits; nil where the row is not placed.
    public var areaKey: String?
    /// The version of the level's boundaries in which the key was found; nil where the store had none to look in.
    public var version: Int?
    /// The state's two digits, where they are known.
    public var state: String?
    /// The municipality as the file has it: its name, or else its code.
    public var label: String
    /// The keys that an ambiguous place may mean.
    public var candidates: [String]

    public init(
        outcome: Outcome, level: String = SeriesPlace.municipality, areaKey: String?, version: Int?, state: String?,
        label: String, candidates: [String] = []
    ) {
        self.outcome = outcome
        self.level = level
        self.areaKey = areaKey
        self.version = version
        self.state = state
        self.label = label
        self.candidates = candidates
    }

    public static let municipality = "municipality"
}

/// What is counted, in the publisher's own four levels of class, as the file writes them.
public struct SeriesClass: Hashable, Sendable, Codable {
    public var legalGood: String?
    public var type: String?
    public var subtype: String?
    public var modality: String?

    public init(legalGood: String? = nil, type: String? = nil, subtype: String? = nil, modality: String? = nil) {
        self.legalGood = legalGood
        self.type = type
        self.subtype = subtype
        self.modality = modality
    }
}

/// Figures on their way from a file into a store.
public struct SeriesBatch: Sendable {
    /// One count of one month.
    public struct Count: Hashable, Sendable {
        public var sourceRow: Int64
        /// Index into ``SeriesBatch/places`` and ``SeriesBatch/classes``.
        public var place: Int32
        public var seriesClass: Int32
        /// Year and month as one number: 202403.
        public var month: Int32
        public var count: Int64

        public init(sourceRow: Int64, place: Int32, seriesClass: Int32, month: Int32, count: Int64) {
            self.sourceRow = sourceRow
            self.place = place
            self.seriesClass = seriesClass
            self.month = month
            self.count = count
        }
    }

    /// The residents of one kind in one year.
    public struct Population: Hashable, Sendable {
        public var sourceRow: Int64
        public var place: Int32
        public var year: Int32
        public var kind: String
        public var value: Int64

        public init(sourceRow: Int64, place: Int32, year: Int32, kind: String, value: Int64) {
            self.sourceRow = sourceRow
            self.place = place
            self.year = year
            self.kind = kind
            self.value = value
        }
    }

    /// All places and classes of the file so far.
    public var places: [SeriesPlace] = []
    public var classes: [SeriesClass] = []
    public var counts: [Count] = []
    public var populations: [Population] = []

    public init() {}

    public var figures: Int { counts.count + populations.count }

    /// Empties the figures and keeps the memory.
    public mutating func removeAll() {
        counts.removeAll(keepingCapacity: true)
        populations.removeAll(keepingCapacity: true)
    }
}
