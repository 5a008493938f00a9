/// What people write for an area that is called otherwise: answered once by a person, known ever after.
public struct PlaceAlias: Hashable, Sendable, Codable {
    /// As reports write it.
    public var name: String
    /// In which municipality, as reports write it or by its key; nil in any.
    public var municipality: String?
    /// The level of the area that is meant.
    public var level: Level
    /// The version of the level in which the key means an area.
    public var version: Int
    /// The key of the area that is meant; nil says that the name is no place at all.
    public var areaID: String?

    /// All fields as given; nothing is checked.
    public init(name: String, municipality: String? = nil, level: Level, version: Int, areaID: String?) {
        self.name = name
        self.municipality = municipality
        self.level = level
        self.version = version
        self.areaID = areaID
    }
}

/// A place on the street network that words can name: a crossing, an address, a kilometre, a landmark.
public struct StreetPlace: Hashable, Sendable, Codable {
    /// What kind of words name it.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case crossing, address, kilometre, landmark
    }

    public var kind: Kind
    /// The street, the highway or the landmark, as the table writes it.
    public var street: String
    /// The other street, the house number or the kilometre, as the table writes it; nil for a landmark.
    public var detail: String?
    /// The key of the municipality, where the table says it: `09002`.
    public var municipality: String?
    /// On WGS 84, in degrees.
    public var longitude: Double
    public var latitude: Double

    /// All fields as given; nothing is checked.
    public init(
        kind: Kind, street: String, detail: String?, municipality: String?, longitude: Double, latitude: Double
    ) {
        self.kind = kind
        self.street = street
        self.detail = detail
        self.municipality = municipality
        self.longitude = longitude
        self.latitude = latitude
    }
}

/// Where the names of places are read from that no boundary layer has.
public protocol GazetteerSource {
    /// Every alias, in the order in which they were added.
    func aliases() throws -> [PlaceAlias]

    /// Every street place of every table, in the order in which they were added.
    func streetPlaces() throws -> [StreetPlace]
}

/// Where the names of places are kept that no boundary layer has. Stores conform and pass one shared conformance suite.
public protocol GazetteerStore: AnyObject, GazetteerSource {
    /// Adds aliases in one transaction; one with the name, municipality, level and version of a known one replaces it.
    func addAliases(_ aliases: [PlaceAlias], source: String) throws

    /// Adds a table in one transaction; one of the same source is replaced as a whole.
    func addStreetPlaces(_ places: [StreetPlace], source: String) throws
}
