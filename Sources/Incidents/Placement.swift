/// How a row of a report file ended. Every row read ends in exactly one of the four.
public enum Outcome: Int, Sendable, Codable, CaseIterable {
    /// It has a place, whose ``PrecisionGrade`` says for which analyses it will do.
    case placed = 0
    /// Its place can be read in more than one way; it is kept with its candidates.
    case ambiguous = 1
    /// It is an incident without a usable place; it is kept and counted.
    case unplaced = 2
    /// It is no incident that can be counted; the raw row is kept with its reason.
    case rejected = 3

    /// The word in tables and files: `placed`.
    public var name: String {
        switch self {
        case .placed: "placed"
        case .ambiguous: "ambiguous"
        case .unplaced: "unplaced"
        case .rejected: "rejected"
        }
    }
}

/// How an incident got its place, or why it has none.
public enum PlacementMethod: Int, Sendable, Codable, CaseIterable {
    /// The coordinates as given.
    case coordinates = 0
    /// Latitude and longitude stood in each other's column.
    case swappedCoordinates = 1
    /// A sign was lost: a positive longitude in the western hemisphere.
    case signRestored = 2

    /// A street and house number found in a table of addresses.
    case address = 10
    /// Two streets found to cross in a table of crossings.
    case crossing = 11
    /// A kilometre of a highway found in a table of them.
    case kilometre = 12
    /// A name found in a table of landmarks.
    case landmark = 13
    /// A street alone, found in a table in one short stretch.
    case street = 14
    /// The colonia's name, equal once both are normalised.
    case coloniaName = 20
    /// A name that the alias table answers.
    case coloniaAlias = 21
    /// A name that differs from the colonia's by what a typist slips on.
    case coloniaSimilar = 22
    /// The postal code alone.
    case postalCode = 23
    /// The municipality alone.
    case municipalityName = 24

    case noCoordinates = 40
    case zeroCoordinates = 41
    case unreadableCoordinates = 42
    case outOfRange = 43
    /// Metres stood where degrees were declared, or the other way round.
    case wrongUnit = 44
    /// Words that several places answer to.
    case severalPlaces = 45
    /// Words that no place of the gazetteer answers to.
    case unknownPlace = 46
    /// Words that say that the place is not known, or lies elsewhere: `No Especificado`, `Otros Municipios`.
    case pseudoPlace = 47

    /// The word in tables and files: `coordinates`, `no_coordinates`.
    public var name: String {
        switch self {
        case .coordinates: "coordinates"
        case .swappedCoordinates: "swapped_coordinates"
        case .signRestored: "sign_restored"
        case .address: "address"
        case .crossing: "crossing"
        case .kilometre: "kilometre"
        case .landmark: "landmark"
        case .street: "street"
        case .coloniaName: "colonia_name"
        case .coloniaAlias: "colonia_alias"
        case .coloniaSimilar: "colonia_similar"
        case .postalCode: "postal_code"
        case .municipalityName: "municipality_name"
        case .noCoordinates: "no_coordinates"
        case .zeroCoordinates: "zero_coordinates"
        case .unreadableCoordinates: "unreadable_coordinates"
        case .outOfRange: "out_of_range"
        case .wrongUnit: "wrong_unit"
        case .severalPlaces: "several_places"
        case .unknownPlace: "unknown_place"
        case .pseudoPlace: "pseudo_place"
        }
    }

    /// Whether the incident has a place.
    public var givesPlace: Bool { rawValue < 40 }

    /// Whether the place was given in numbers, not in words.
    public var isCoordinates: Bool { rawValue < 10 }

    public init?(name: String) {
        guard let method = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = method
    }
}

/// How closely an incident's place is known, the finest first.
///
/// The grade says what a place stands for, the uncertainty radius beside it how far off it may be. Only ``isHit`` grades count
/// in the hit rate, and point maps take only these unless they are told otherwise.
public enum PrecisionGrade: Int, Sendable, Codable, CaseIterable, Comparable {
    /// A point on the ground: coordinates, or an address of a table.
    case point = 0
    /// The crossing of two streets, a kilometre of a highway, a landmark.
    case crossing = 1
    /// Somewhere along a street.
    case street = 2
    /// Coordinates that a publisher has moved to one of few points, which stand for an area.
    case snapped = 3
    /// Somewhere in a colonia.
    case colonia = 4
    /// Somewhere in the area of a postal code.
    case postalCode = 5
    /// Somewhere in a municipality.
    case municipality = 6
    /// Nothing is known of the place.
    case none = 7

    /// The word in tables and files: `point`, `postal_code`.
    public var name: String {
        switch self {
        case .point: "point"
        case .crossing: "crossing"
        case .street: "street"
        case .snapped: "snapped"
        case .colonia: "colonia"
        case .postalCode: "postal_code"
        case .municipality: "municipality"
        case .none: "none"
        }
    }

    /// Whether the place counts as found on the map: a centroid never does.
    public var isHit: Bool { self <= .crossing }

    /// Whether the place's own coordinates say in which areas it lies. Those of a coarser place stand for an area, and would
    /// say where its middle lies.
    public var isLocated: Bool { self <= .snapped }

    public init?(name: String) {
        guard let grade = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = grade
    }

    /// Reads `point,crossing`, or `all`.
    /// - Throws: ``FilterError/badPrecision(_:)``.
    public static func set(_ text: String) throws(FilterError) -> Set<PrecisionGrade> {
        if text == "all" { return Set(allCases) }
        let grades = text.split(separator: ",", omittingEmptySubsequences: false).map {
            PrecisionGrade(name: String($0))
        }
        guard !grades.isEmpty, grades.allSatisfy({ $0 != nil }) else { throw .badPrecision(text) }
        return Set(grades.compactMap { $0 })
    }

    public static func < (a: PrecisionGrade, b: PrecisionGrade) -> Bool { a.rawValue < b.rawValue }
}
