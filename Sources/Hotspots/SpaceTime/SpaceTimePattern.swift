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
    /// Which of the given rows each incident was, from 0; incidents alike in everything stand in the order of the rows. The
    /// parts of an incident that is spread over periods share its row.
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
            let place = Incident(x: x[row], y: y[row], day: days[row], weight: weights?[row] ?? 1, row: row)
            if let place { incidents.append(place) }
        }
        try self.init(sorting: incidents, dropped: x.count - incidents.count, crs)
    }

    /// Incidents of which only a span of time is known, spread over periods: one part for each period that the span touches,
    /// weighing its share, at the period's beginning. So they flow into all that weighs incidents; what counts pairs or whole
    /// incidents would take each part for an incident of its own.
    ///
    /// - Parameters:
    ///   - spans: one per incident.
    ///   - limits: of the periods in days, ascending. An incident outside all of them has no part.
    ///   - weights: how much a whole incident counts, 0 or more; nil for 1 each.
    /// - Throws: as the other initialiser, and ``HotspotError/tooManyParts(limit:)``.
    /// - Complexity: O(*n* log *t* + *p* log *p*) with *t* periods and *p* parts.
    public init(
        x: [Double], y: [Double], spans: [AoristicWeights.Span], limits: [Double], weights: [Double]? = nil, crs: CRS
    ) throws(HotspotError) {
        guard x.count == y.count, weights.map({ $0.count == x.count }) ?? true else {
            throw .columnsDiffer(x: x.count, y: y.count, weights: weights?.count)
        }
        guard spans.count == x.count else { throw .timesDiffer(incidents: x.count, times: spans.count) }
        guard crs != .wgs84 else { throw .notProjected(crs) }
        var (incidents, dropped): ([Incident], Int) = ([], 0)
        for (row, span) in spans.enumerated() {
            let weight = weights?[row] ?? 1
            guard Incident(x: x[row], y: y[row], day: span.start, weight: weight, row: row) != nil else {
                dropped += 1
                continue
            }
            for (period, share) in span.parts(limits: limits) {
                let part = Incident(x: x[row], y: y[row], day: limits[period], weight: weight * share, row: row)
                if let part { incidents.append(part) }
            }
            guard incidents.count <= Self.greatestPartCount else { throw .tooManyParts(limit: Self.greatestPartCount) }
        }
        try self.init(sorting: incidents, dropped: dropped, crs)
    }

    /// The most parts that incidents can be spread over.
    public static let greatestPartCount = 1 << 24

    private init(sorting incidents: [Incident], dropped: Int, _ crs: CRS) throws(HotspotError) {
        self.init(incidents.sorted(), dropped: dropped, crs)
        if let first = seconds.first, let last = seconds.last, last - first > Self.greatestSpanDays * Self.day {
            throw .timesTooFarApart(days: Double(last - first) / Double(Self.day))
        }
    }

    /// Places beyond ten Earths, and times beyond the calendar, are none.
    private static let greatestCoordinate = 1e9
    private static let greatestDay = 4e6

    private init(_ incidents: [Incident], dropped: Int, _ crs: CRS) {
        self.crs = crs
        x = incidents.map(\.x)
        y = incidents.map(\.y)
        seconds = incidents.map(\.second)
        weight = incidents.map(\.weight)
        row = incidents.map(\.row)
        self.dropped = dropped
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
            dropped: 0, crs)
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

        init(second: Int, y: Double, x: Double, weight: Double, row: Int) {
            (self.second, self.y, self.x, self.weight, self.row) = (second, y, x, weight, row)
        }

        /// - Returns: nil where the place or the time is missing, or the weight negative or not finite.
        init?(x: Double, y: Double, day: Double, weight: Double, row: Int) {
            guard abs(x) <= greatestCoordinate, abs(y) <= greatestCoordinate, abs(day) <= greatestDay, weight >= 0,
                weight < .infinity
            else { return nil }
            // Adding 0 turns −0 into 0, so that equal places also have equal bits.
            self.init(
                second: Int((day * Double(SpaceTimePattern.day)).rounded()), y: y + 0, x: x + 0, weight: weight,
                row: row)
        }

        static func < (a: Incident, b: Incident) -> Bool {
            if a.second != b.second { return a.second < b.second }
            if a.y != b.y { return a.y < b.y }
            if a.x != b.x { return a.x < b.x }
            return a.weight != b.weight ? a.weight < b.weight : a.row < b.row
        }
    }
}
