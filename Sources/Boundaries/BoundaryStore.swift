public import SimpleFeatures

/// Where boundaries are read from: a store, or a state of one that is held in memory.
public protocol BoundarySource {
    /// Every version of every level, by level name and number.
    func boundaryVersions() throws -> [BoundaryVersion]

    /// The areas of one version, sorted by key.
    func boundaryLayer(_ level: Level, number: Int) throws -> BoundaryLayer

    /// The outlines of the areas of one version in the store's working CRS, in the layer's order, where they are kept ready;
    /// nil says that whoever needs them projects them.
    func planarOutlines(_ level: Level, number: Int) -> [MultiPolygon<PlanarPoint>]?
}

extension BoundarySource {
    public func planarOutlines(_ level: Level, number: Int) -> [MultiPolygon<PlanarPoint>]? { nil }
}

/// Where boundaries are kept. Stores conform and pass one shared conformance suite.
public protocol BoundaryStore: AnyObject, BoundarySource {
    /// Adds a version in one transaction.
    ///
    /// The store numbers it. A version without an end whose start lies before the new one's start ends where the
    /// new one begins.
    /// - Throws: when another version of the level holds on one of the same days, or a key occurs twice.
    func addBoundaries(_ layer: BoundaryLayer, audit: String) throws -> BoundaryVersion

    /// Takes a version out again, and with it what placed incidents in its level: they are to be placed anew.
    /// - Throws: where the store has no such version.
    func removeBoundaries(_ level: Level, number: Int) throws

    /// The audit of a version as it was stored with it: JSON text.
    func boundaryAudit(_ level: Level, number: Int) throws -> String
}
