/// One row of an area table. The names are those of its columns in files.
public struct AreaCount: Hashable, Codable, Sendable {
    /// nil where the whole territory is counted.
    public var level: String?
    /// nil for the incidents in no area.
    public var areaID: String?
    /// nil where the key is nil or nobody gave it a name.
    public var areaName: String?
    /// The period's label: `2024-03`; nil where the whole time is counted.
    public var period: String?
    /// nil for incidents without one, and where categories are not told apart.
    public var category: String?
    /// Incidents, each counting 1 whatever its weight.
    public var count: Int
    /// The version of the level's boundaries in which the key means an area; nil where the key is nil. A key alone is never
    /// joined across versions.
    public var boundaryVersion: Int?

    /// All fields as given; nothing is checked.
    public init(
        level: String?, areaID: String?, areaName: String?, period: String?, category: String?, count: Int,
        boundaryVersion: Int? = nil
    ) {
        self.level = level
        self.areaID = areaID
        self.areaName = areaName
        self.period = period
        self.category = category
        self.count = count
        self.boundaryVersion = boundaryVersion
    }

    private enum CodingKeys: String, CodingKey {
        case level, period, category, count
        case areaID = "area_id"
        case areaName = "area_name"
        case boundaryVersion = "boundary_version"
    }

    /// Writes every member, so that none stands as `null`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(level, forKey: .level)
        try container.encode(areaID, forKey: .areaID)
        try container.encode(areaName, forKey: .areaName)
        try container.encode(period, forKey: .period)
        try container.encode(category, forKey: .category)
        try container.encode(count, forKey: .count)
        try container.encode(boundaryVersion, forKey: .boundaryVersion)
    }
}
