public import Boundaries
public import CivilTime
public import SimpleFeatures

/// The fixed places, times and offences by which the public may ask.
///
/// Every published count belongs to it, and every other public figure is a sum of those. So asking twice, or two things that
/// overlap, and subtracting finds nothing that is not published already: there is nothing between two lattice points.
public struct PublicLattice: Hashable, Sendable {
    /// The level that carries the months and categories.
    public var coarse: Level
    /// The one level below it that is published, by whole years and for all ordinary offences together; nil publishes none.
    ///
    /// There is one only: two that overlap, colonias and police districts, would be subtracted from each other.
    public var finest: Level?
    /// The side of the one public grid, whose corners are multiples of it.
    public let cellSize: Length
    /// Days after its end until a month is published: until then reports come in, and a count seen yesterday and today
    /// would tell of each of them.
    public let delay: Int

    /// A city block and its neighbours; below it a class map begins to point at houses.
    public static let leastCellSize = Length.metres(500)

    /// - Throws: ``PrivacyError/cellTooSmall(metres:)``, ``PrivacyError/delayOutOfRange(_:)``.
    public init(
        coarse: Level = .municipality, finest: Level? = .colonia, cellSize: Length = leastCellSize, delay: Int = 30
    ) throws(PrivacyError) {
        guard cellSize >= Self.leastCellSize, cellSize.metres.isFinite else {
            throw .cellTooSmall(metres: cellSize.metres)
        }
        guard (0...3650).contains(delay) else { throw .delayOutOfRange(delay) }
        self.init(coarse, finest, cellSize, delay)
    }

    /// Municipalities, colonias, cells of 500 m, 30 days.
    public static let standard = PublicLattice(.municipality, .colonia, leastCellSize, 30)

    private init(_ coarse: Level, _ finest: Level?, _ cellSize: Length, _ delay: Int) {
        self.coarse = coarse
        self.finest = finest
        self.cellSize = cellSize
        self.delay = delay
    }

    /// The last month that is published on a day; nil before the first month of the calendar is.
    public func lastMonth(on today: CalendarDate) -> Period? {
        guard let day = today.adding(days: -delay) else { return nil }
        return Period(.month, containing: day).advanced(by: -1)
    }
}
