public import CivilTime
public import SimpleFeatures

/// One area of a level: a municipality, a colonia, a police district.
public struct Area: Hashable, Sendable {
    /// The key, as text: `09015` stays `09015`. Unique in its layer.
    public var id: String
    /// For people, as published. Not unique: many colonias are called Centro.
    public var name: String
    /// The key of the area of the parent level that holds this one, where it is known.
    public var parentID: String?
    /// On WGS 84, in degrees.
    public var geometry: MultiPolygon<LonLat>
    /// Measured in the store's working CRS.
    public var squareMetres: Double
    /// The attributes of the file it came from, unchanged.
    public var properties: [Property]

    /// All fields as given; nothing is checked.
    public init(
        id: String, name: String, parentID: String? = nil, geometry: MultiPolygon<LonLat>, squareMetres: Double,
        properties: [Property] = []
    ) {
        self.id = id
        self.name = name
        self.parentID = parentID
        self.geometry = geometry
        self.squareMetres = squareMetres
        self.properties = properties
    }
}

/// The days on which a version of a level holds: from `from`, up to but not including `to`. nil is open.
public struct Validity: Hashable, Sendable, Codable {
    /// The first day on which it holds; nil for since ever.
    public var from: CalendarDate?
    /// The first day on which it no longer holds; nil for until further notice.
    public var to: CalendarDate?

    /// Both as given; where `to` does not lie after `from` it holds on no day.
    public init(from: CalendarDate? = nil, to: CalendarDate? = nil) {
        self.from = from
        self.to = to
    }

    /// Open at both ends.
    public static let always = Validity()

    /// Whether the version holds on a day: `from` belongs to it, `to` does not.
    public func contains(_ day: CalendarDate) -> Bool {
        if let from, day < from { return false }
        if let to, day >= to { return false }
        return true
    }

    /// Whether both hold on some day; one that ends on the day the other begins does not overlap it.
    public func overlaps(_ other: Validity) -> Bool {
        func startsBefore(_ a: CalendarDate?, _ end: CalendarDate?) -> Bool {
            guard let a, let end else { return true }
            return a < end
        }
        return startsBefore(from, other.to) && startsBefore(other.from, to)
    }
}

/// One version of one level, without its areas: what a store lists.
public struct BoundaryVersion: Hashable, Sendable, Codable {
    /// What kind of areas the version has.
    public var level: Level
    /// Counts the versions of a level from 1, in the order they were imported.
    public var number: Int
    /// The days for which reports are placed in it.
    public var validity: Validity
    /// The level whose areas hold these, as the import said; nil for none.
    public var parentLevel: Level?
    /// The file's name, without its folder.
    public var source: String
    /// Hex digest of the file's bytes.
    public var sha256: String
    /// How many areas it has, known without reading them.
    public var areaCount: Int

    /// All fields as given; nothing is checked.
    public init(
        level: Level, number: Int, validity: Validity, parentLevel: Level?, source: String, sha256: String,
        areaCount: Int
    ) {
        self.level = level
        self.number = number
        self.validity = validity
        self.parentLevel = parentLevel
        self.source = source
        self.sha256 = sha256
        self.areaCount = areaCount
    }
}

/// One version of one level with its areas, sorted by key.
public struct BoundaryLayer: Sendable {
    /// Which version of which level, and where it came from.
    public var version: BoundaryVersion
    /// In the order of their keys; readers count on it.
    public var areas: [Area]

    /// Both as given: the maker sorts the areas.
    public init(version: BoundaryVersion, areas: [Area]) {
        self.version = version
        self.areas = areas
    }
}
