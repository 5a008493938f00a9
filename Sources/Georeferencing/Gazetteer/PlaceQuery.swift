public import Boundaries

/// What is known in words of a place that is looked for.
public struct PlaceQuery: Hashable, Sendable {
    /// The name as written. Its first ``PlaceNameReader/longestInput`` bytes are read.
    public var name: [UInt8]
    /// The municipality's name or INEGI code as written, from a column of its own; empty for not given.
    public var municipality: [UInt8]
    /// The postal code as written, from a column of its own; empty for not given.
    public var postalCode: [UInt8]
    /// In which level an area is looked for.
    public var level: Level

    /// All fields as given; nil is not given.
    public init(
        _ name: String, municipality: String? = nil, postalCode: String? = nil, level: Level = .colonia
    ) {
        self.name = Array(name.utf8)
        self.municipality = Array((municipality ?? "").utf8)
        self.postalCode = Array((postalCode ?? "").utf8)
        self.level = level
    }
}
