/// What was not as it should be in the areas of an ``AreaPyramid`` or the cells of a ``CellPyramid``.
public struct AreaAccount: Hashable, Sendable {
    /// Positions with a coordinate that is no number, which were left out.
    public var positionsThatAreNone = 0
    /// Positions beyond 180° or ``MercatorPosition/northernmost``, which were moved to that border.
    public var positionsMoved = 0
    /// Rows of areas without any position: they can stand nowhere, and are in no tile.
    public var rowsWithoutPlace: [Int] = []
    /// At each zoom, how many areas were too small for its grid and are drawn as a square of two units.
    public var areasDrawnAsSquares: [Int: Int] = [:]

    /// Nothing amiss.
    public init() {}
}
