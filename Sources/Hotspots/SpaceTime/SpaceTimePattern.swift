public import SimpleFeatures

/// Where and when incidents happened: places in metres of one projected reference system, times in days, and how much
/// each incident weighs.
///
/// Incidents stand in one canonical order (by time, then y, x and weight), so that what is computed from a pattern does
/// not depend on the order of the rows it came from. Unlike in a ``PointPattern``, incidents at one place are not merged.
///
/// ## Units
/// Metres, and days since any one instant, fractions allowed. Times are rounded to whole seconds: differences of times
/// are then exact, and so is which side of a limit they fall on.
public struct SpaceTimePattern: Hashable, Sendable {
    /// The projected reference system of the places; its unit is taken to be the metre.
    public let crs: CRS
    /// Eastings in metres.
    public let x: [Double]
    /// Northings in metres.
    public let y: [Double]
    /// Whole seconds since day 0, ascending.
    public let seconds: [Int]
    /// How much each incident counts.
    public let weight: [Double]
    /// Which of the given rows each incident was, from 0; incidents alike in everything stand in the order of the rows.
    public let row: [Int]
    /// Rows left out because a place or a time was missing, or the weight negative or not finite.
    public let dropped: Int

    /// Seconds of a day.
    public static let day = 86_400
    /// The longest span of times that can be analysed: 68 years.
    public static let greatestSpanDays = 24_855

    /// - Parameters:
    ///   - x: eastings, one per incident; NaN where an incident has no place.
    ///   - y: northings.
    ///   - days: times in days since any one instant; NaN where an incident has no time.
    ///   - weights: how much each incident counts, 0 or more; nil for 1 each.
    ///   - crs: the projected reference system of the coordinates.
    /// - Throws: ``HotspotError/columnsDiffer(x:y:weights:)``, ``HotspotError/timesDiffer(incidents:times:)``,
    ///   ``HotspotError/notProjected(_:)`` for degrees,
    ///   ``HotspotError/timesTooFarApart(days:)``.
    /// - Complexity: O(*n* log *n*).
    public init(
        x: [Double], y: [Double], days: [Double], weights: [Double]? = nil, crs: CRS
    ) throws(HotspotError) {
        guard x.count == y.count, weights.map({ $0.count == x.count }) ?? true else {
            throw .columnsDiffer(x: x.count, y: y.count, weights: weights?.count)
        }
        guard days.count == x.count else { throw .timesDiffer(incidents: x.count, times: days.count) }
        guard crs != .wgs84 else { throw .notProjected(crs) }
        var incidents: [Incident] = []
        incidents.reserveCapacity(x.count)
        for row in x.indices {
            let weight = weights?[row] ?? 1
            guard abs(x[row]) <= Self.greatestCoordinate, abs(y[row]) <= Self.greatestCoordinate,
                abs(days[row]) <= Self.greatestDay, weight >= 0, weight < .infinity
            else { continue }
            let second = Int((days[row] * Double(Self.day)).rounded())
            // Adding 0 turns −0 into 0, so that equal places also have equal bits.
            incidents.append(Incident(second: second, y: y[row] + 0, x: x[row] + 0, weight: weight, row: row))
        }
        incidents.sort()
        self.init(incidents, of: x.count, crs)
        if let first = seconds.first, let last = seconds.last, last - first > Self.greatestSpanDays * Self.day {
            throw .timesTooFarApart(days: Double(last - first) / Double(Self.day))
        }
    }

    /// Places beyond ten Earths, and times beyond the calendar, are none.
    private static let greatestCoordinate = 1e9
    private static let greatestDay = 4e6

    private init(_ incidents: [Incident], of rows: Int, _ crs: CRS) {
        self.crs = crs
        x = incidents.map(\.x)
        y = incidents.map(\.y)
        seconds = incidents.map(\.second)
        weight = incidents.map(\.weight)
        row = incidents.map(\.row)
        dropped = rows - incidents.count
    }

    /// How many incidents the pattern holds.
    public var count: Int { x.count }

    /// The time of an incident in days.
    /// - Precondition: the incident is one of the pattern's.
    public func day(of incident: Int) -> Double { Double(seconds[incident]) / Double(Self.day) }

    /// The incidents from one time on until before another, in days, without what happened outside.
    /// - Complexity: O(*n*).
    public func within(days: Range<Double>) -> SpaceTimePattern {
        let (first, end) = (Self.seconds(days.lowerBound), Self.seconds(days.upperBound))
        return keeping(seconds.indices.filter { seconds[$0] >= first && seconds[$0] < end })
    }

    /// The incidents at the places that fulfil a condition.
    func filtered(_ condition: (_ x: Double, _ y: Double) -> Bool) -> SpaceTimePattern {
        keeping(seconds.indices.filter { condition(x[$0], y[$0]) })
    }

    private func keeping(_ kept: [Int]) -> SpaceTimePattern {
        SpaceTimePattern(
            kept.map { Incident(second: seconds[$0], y: y[$0], x: x[$0], weight: weight[$0], row: row[$0]) },
            of: kept.count, crs)
    }

    /// The smallest upright rectangle around the places.
    public var envelope: Envelope<PlanarPoint> {
        guard let west = x.min(), let east = x.max(), let south = y.min(), let north = y.max() else { return .empty }
        return Envelope(minX: west, minY: south, maxX: east, maxY: north)
    }

    /// Places without times, merged where they are the same.
    /// - Throws: nothing for a pattern that could be made.
    public func places() throws(HotspotError) -> PointPattern {
        try PointPattern(x: x, y: y, weights: weight, crs: crs)
    }

    /// Days as whole seconds; limits that no time reaches stay beyond all times.
    static func seconds(_ days: Double) -> Int {
        Int((min(max(days, -10 * greatestDay), 10 * greatestDay) * Double(day)).rounded())
    }

    private struct Incident: Comparable {
        let second: Int
        let y: Double
        let x: Double
        let weight: Double
        let row: Int

        static func < (a: Incident, b: Incident) -> Bool {
            if a.second != b.second { return a.second < b.second }
            if a.y != b.y { return a.y < b.y }
            if a.x != b.x { return a.x < b.x }
            return a.weight != b.weight ? a.weight < b.weight : a.row < b.row
        }
    }
}
