/// How a row of a report file ended. Every row read ends in exactly one of the four.
public enum Outcome: Int, Sendable, Codable, CaseIterable {
    /// It has a place that analyses may use.
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

    case noCoordinates = 10
    case zeroCoordinates = 11
    case unreadableCoordinates = 12
    case outOfRange = 13
    /// Metres stood where degrees were declared, or the other way round.
    case wrongUnit = 14

    /// The word in tables and files: `coordinates`, `no_coordinates`.
    public var name: String {
        switch self {
        case .coordinates: "coordinates"
        case .swappedCoordinates: "swapped_coordinates"
        case .signRestored: "sign_restored"
        case .noCoordinates: "no_coordinates"
        case .zeroCoordinates: "zero_coordinates"
        case .unreadableCoordinates: "unreadable_coordinates"
        case .outOfRange: "out_of_range"
        case .wrongUnit: "wrong_unit"
        }
    }

    /// Whether the incident has a place that analyses may use.
    public var givesPlace: Bool { rawValue < 10 }

    public init?(name: String) {
        guard let method = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = method
    }
}
