public import SimpleFeatures

/// What a store says of itself.
public struct StoreSettings: Hashable, Sendable, Codable {
    /// The projected CRS in which all analysis happens.
    public var crs: CRS
    /// IANA name of the zone in which reports give their times: `America/Monterrey`.
    public var timeZone: String

    public init(crs: CRS, timeZone: String) {
        self.crs = crs
        self.timeZone = timeZone
    }
}

/// The area keys of one level, as a batch's `areas` column indexes them.
public struct AreaKeys: Hashable, Sendable {
    public var level: String
    public var keys: [String]
    /// Per key: the version of the level's boundaries in which it means an area. A key alone is never joined.
    public var versions: [Int]

    /// - Parameter versions: nil says that all keys are of version 1.
    public init(level: String, keys: [String], versions: [Int]? = nil) {
        self.level = level
        self.keys = keys
        self.versions = versions ?? Array(repeating: 1, count: keys.count)
    }
}

/// The part of an assignment that a plain key column cannot say.
///
/// Only what deserves a note is kept: several candidates, or a place on a border.
public struct AssignmentNote: Hashable, Sendable {
    /// Index in the batch that is appended, or in the incidents that are assigned.
    public var row: Int
    public var level: String
    public var areaKey: String?
    public var versionNumber: Int
    /// How many areas contain the place, or answer to its name.
    public var candidates: Int
    public var onBorder: Bool
    /// The keys of the areas that answer to the place's name, the best first, where it is ambiguous.
    public var candidateKeys: [String] = []

    public init(
        row: Int, level: String, areaKey: String?, versionNumber: Int, candidates: Int, onBorder: Bool,
        candidateKeys: [String] = []
    ) {
        self.candidateKeys = candidateKeys
        self.row = row
        self.level = level
        self.areaKey = areaKey
        self.versionNumber = versionNumber
        self.candidates = candidates
        self.onBorder = onBorder
    }
}

/// Where analyses read incidents from: a store, or a state of one that is held in memory.
public protocol IncidentSource {
    var settings: StoreSettings { get }
    /// Grows with every change: what caches and ETags are keyed by.
    func revision() throws -> Int64

    func imports() throws -> [ImportRecord]

    /// All current incidents as columns, sorted along the cell key; see ``IncidentTable``. Current are those of complete
    /// imports that no later one has replaced.
    /// - Parameter asOf: an instant, `2024-03-01T12:00:00Z`: the incidents as they were known then; nil for now.
    func incidentTable(levels: [String], asOf: String?) throws -> IncidentTable

    /// The places at which reports pile up for another reason than that they happened there, most incidents first.
    func artefacts() throws -> [ArtefactPlace]

    /// Runs `body` so that everything it reads of this source is of one state, whatever others write meanwhile.
    func inOneState<Result>(_ body: () throws -> Result) throws -> Result
}

/// Where incidents are kept. Stores conform and pass one shared conformance suite.
///
/// Every call that writes is one transaction.
public protocol IncidentStore: AnyObject, IncidentSource {
    /// Begins an import, or says that it is known: by `sha256`, `settings` and `dates`.
    func beginImport(
        source: String, sha256: String, profile: String, settings: String, dates: FileDates, at instant: String
    ) throws -> ImportTicket
    /// Adds one batch: its incidents, its issues, and the import's counts so far, all or nothing.
    func append(
        _ batch: IncidentBatch, areas: [AreaKeys], notes: [AssignmentNote], issues: [ImportIssue], counts: ImportCounts,
        to importID: Int64) throws
    /// Marks the import complete, builds the indexes, and sets aside what an earlier import of the same source held.
    func finishImport(_ importID: Int64, at instant: String) throws -> ImportRecord
    func issues(of importID: Int64?, each body: (Int64, ImportIssue) throws -> Void) throws

    /// Visits every current incident in key order, with all its attributes.
    func incidents(each body: (StoredIncident) throws -> Void) throws

    /// Visits the coordinates and labels of the stored incidents in key order, for placing them again: also those of
    /// imports that are not complete yet.
    func places(each body: (StoredPlace) throws -> Void) throws
    /// Writes areas anew for the given incidents of one level.
    /// - Parameters:
    ///   - keys: the level, its keys and their versions.
    ///   - areas: per incident, index into `keys`, −1 for none.
    ///   - labelAgrees: per incident, as ``IncidentBatch/labelAgrees`` has it.
    func assign(
        _ keys: AreaKeys, incidents: [Int64], areas: [Int32], labelAgrees: [Int8], notes: [AssignmentNote]
    ) throws
    /// Says that placing a level again is done, for stores that keep an index on its areas.
    func finishAssignment(of level: String) throws

    /// Writes anew where the given incidents are: the batch's outcome, method, grade, uncertainty, degrees, metres and cell,
    /// row by row. Counts of imports follow.
    func relocate(_ incidents: [Int64], to batch: IncidentBatch) throws

    /// Replaces the list of ``IncidentSource/artefacts()``, and marks exactly the incidents given.
    func setArtefacts(_ places: [ArtefactPlace], incidents: [Int64]) throws
}

/// A place at which reports pile up for another reason than that they happened there: a default point, the prosecutor's
/// office, a hospital.
public struct ArtefactPlace: Hashable, Sendable, Codable {
    public var longitude: Double
    public var latitude: Double
    public var incidents: Int
    /// Of all incidents with coordinates.
    public var share: Double
    /// How many one would expect from the places around it.
    public var expected: Double
    /// A short stable word to group by: `pile`, `area_centre`.
    public var reason: String
    /// One sentence with the figures, for a person.
    public var explanation: String

    public init(
        longitude: Double, latitude: Double, incidents: Int, share: Double, expected: Double, reason: String,
        explanation: String
    ) {
        self.longitude = longitude
        self.latitude = latitude
        self.incidents = incidents
        self.share = share
        self.expected = expected
        self.reason = reason
        self.explanation = explanation
    }
}

extension IncidentStore {
    public func finishAssignment(of level: String) throws {}

    /// Begins an import of a file of which no dates are said.
    public func beginImport(
        source: String, sha256: String, profile: String, settings: String, at instant: String
    ) throws -> ImportTicket {
        try beginImport(
            source: source, sha256: sha256, profile: profile, settings: settings, dates: FileDates(), at: instant)
    }
}

/// What placing again needs of a stored incident.
public struct StoredPlace: Sendable {
    public var incident: Int64
    public var longitude: Double
    public var latitude: Double
    public var localDay: Int32
    public var coloniaLabel: String?
    public var municipalityLabel: String?
    public var placeText: String?
    public var outcome = Outcome.unplaced
    public var method = PlacementMethod.noCoordinates
    public var grade = PrecisionGrade.none
    public var uncertainty = Double.nan

    public init(
        incident: Int64, longitude: Double, latitude: Double, localDay: Int32, coloniaLabel: String?,
        municipalityLabel: String?
    ) {
        self.incident = incident
        self.longitude = longitude
        self.latitude = latitude
        self.localDay = localDay
        self.coloniaLabel = coloniaLabel
        self.municipalityLabel = municipalityLabel
    }
}

/// One stored incident with all its attributes, as an export writes it.
public struct StoredIncident: Sendable {
    public var id: Int64
    public var source: String
    public var sourceRow: Int64
    public var recordID: String?
    public var category: String?
    public var modality: String?
    /// UTC, `2024-03-01T12:00:00Z`.
    public var occurredAt: String
    public var localDate: String
    public var localHour: Int?
    /// ISO 8601: 1 is Monday.
    public var localDayOfWeek: Int
    public var longitude: Double?
    public var latitude: Double?
    public var x: Double?
    public var y: Double?
    public var outcome: Outcome
    public var method: PlacementMethod
    public var isDuplicate: Bool
    public var weight: Double
    public var coloniaLabel: String?
    public var municipalityLabel: String?
    public var placeText: String?
    public var grade = PrecisionGrade.none
    /// Metres; nil where there is no place, and for places stored before Faro asked how far off they are.
    public var uncertainty: Double?
    public var isArtefact = false
    /// Per level, in the order of ``areas``: the version of the boundaries in which the key means an area.
    public var areaVersions: [Int?] = []
    /// Level name, area key, and whether the published label names the area, in the order of the store's levels.
    public var areas: [(level: String, key: String?, labelAgrees: Bool?)]

    public init(
        id: Int64, source: String, sourceRow: Int64, recordID: String?, category: String?, modality: String?,
        occurredAt: String, localDate: String, localHour: Int?, localDayOfWeek: Int, longitude: Double?,
        latitude: Double?,
        x: Double?, y: Double?, outcome: Outcome, method: PlacementMethod, isDuplicate: Bool, weight: Double,
        coloniaLabel: String?, municipalityLabel: String?, placeText: String?,
        areas: [(level: String, key: String?, labelAgrees: Bool?)]
    ) {
        self.id = id
        self.source = source
        self.sourceRow = sourceRow
        self.recordID = recordID
        self.category = category
        self.modality = modality
        self.occurredAt = occurredAt
        self.localDate = localDate
        self.localHour = localHour
        self.localDayOfWeek = localDayOfWeek
        self.longitude = longitude
        self.latitude = latitude
        self.x = x
        self.y = y
        self.outcome = outcome
        self.method = method
        self.isDuplicate = isDuplicate
        self.weight = weight
        self.coloniaLabel = coloniaLabel
        self.municipalityLabel = municipalityLabel
        self.placeText = placeText
        self.areas = areas
    }
}
