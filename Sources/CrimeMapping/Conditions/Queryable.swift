import Incidents

/// A property of features that a filter may ask about.
public struct Queryable: Hashable, Sendable {
    /// What the property holds, and so what it may be compared with.
    public enum Kind: String, Hashable, Sendable {
        case text, integer, number, bool, date, timestamp, geometry

        /// What a filter must compare it with, for a sentence.
        var literals: String {
            switch self {
            case .text: "a 'text'"
            case .integer, .number: "a number"
            case .bool: "TRUE or FALSE"
            case .date: "DATE('yyyy-mm-dd')"
            case .timestamp: "TIMESTAMP('yyyy-mm-ddThh:mm:ssZ') or DATE('yyyy-mm-dd')"
            case .geometry: "a shape, by S_INTERSECTS"
            }
        }
    }

    /// As a filter writes it.
    public var name: String
    /// What it holds.
    public var kind: Kind
    /// What it says, in one sentence.
    public var summary: String
    /// Every value that it can have, where these are few and fixed.
    public var values: [String]?

    init(_ name: String, _ kind: Kind, _ summary: String, values: [String]? = nil) {
        self.name = name
        self.kind = kind
        self.summary = summary
        self.values = values
    }

    /// Those of the areas of a level.
    public static let ofAreas: [Queryable] = [
        .init("level", .text, "The level."), .init("area_id", .text, "The key of the area."),
        .init("area_name", .text, "Its name, as published."),
        .init("parent_id", .text, "The key of the area of the parent level that holds it, where that is known."),
        .init("version", .integer, "The version of the level's boundaries in which the key holds."),
        .init("valid_from", .date, "The first day on which that version holds; none for since ever."),
        .init("valid_to", .date, "The first day on which it no longer holds; none for until further notice."),
        .init("area_km2", .number, "Its size in square kilometres, measured in the working CRS."),
        .init("geometry", .geometry, "Its outline, in degrees on WGS 84."),
    ]

    /// Those of the incidents of a store that has the levels named.
    public static func ofIncidents(levels: [String]) -> [Queryable] {
        [
            .init("id", .integer, "The incident's key in the store."),
            .init("category", .text, "The crime, as the source names it."),
            .init("modality", .text, "How it was done, as the source names it."),
            .init("occurred_at", .timestamp, "When it happened, in UTC; compared with a DATE it is the local day."),
            .init("local_date", .date, "The local day on which it happened."),
            .init("local_hour", .integer, "The local hour, 0 to 23; none where the source has no time of day."),
            .init("local_dow", .integer, "The day of the week of the local day; 1 is Monday."),
            .init("outcome", .text, "How placing it ended.", values: Outcome.allCases.map(\.name)),
            .init(
                "method", .text, "How it got its place, or why it has none.",
                values: PlacementMethod.allCases.map(\.name)),
            .init("precision", .text, "How closely its place is known.", values: PrecisionGrade.allCases.map(\.name)),
            .init("is_artefact", .bool, "Whether reports pile up at its place for another reason than crime."),
            .init("weight", .number, "How many incidents it stands for."),
            .init("x", .number, "Easting in metres of the working CRS."),
            .init("y", .number, "Northing in metres of the working CRS."),
        ]
            + levels.flatMap { level -> [Queryable] in
                [
                    .init(level + "_id", .text, "The key of the area of level \(level) in which it happened."),
                    .init(level + "_version", .integer, "The version of the boundaries in which that key holds."),
                ]
            } + [.init("geometry", .geometry, "Where it happened, in degrees on WGS 84.")]
    }
}
