public import Grids
public import SimpleFeatures
import Statistics

/// Says how many incidents are to be expected per cell in the days to come.
///
/// Only areas are forecast, never persons, and every method is to be read beside the naive ones: most of what is known of
/// tomorrow is where things have always happened.
///
/// All methods but the self-exciting one say where; how many in all is then the mean of the last ``rateDays``.
///
/// ## Units
/// Metres and days; incidents per cell.
///
/// ## Example
/// ```swift
/// let forecast = try Prediction(.recentDensity(bandwidth: .metres(400), halfLifeDays: 60))
///     .forecast(from: burglaries, days: 365..<372, over: mask)
/// ```
///
/// ## Source
/// Chainey, Tompson & Uhlig (2008), Security Journal 21, 4–28, for densities as forecasts; Bowers, Johnson & Pease (2004)
/// for near-repeat risk; Mohler et al. (2015) for the self-exciting process.
public struct Prediction: Hashable, Codable, Sendable {
    public enum Method: Hashable, Codable, Sendable {
        /// Naive: what happened per cell in so many days before.
        case lastDays(Double)
        /// Naive: the density of all that has happened.
        case longRunDensity(bandwidth: Length)
        /// A density in which recent incidents weigh more.
        case recentDensity(bandwidth: Length, halfLifeDays: Double)
        /// The long-run density times the risk near recent incidents.
        case nearRepeat(bandwidth: Length, test: NearRepeat)
        case selfExciting(SelfExciting)

        /// `recent density`.
        public var name: String {
            switch self {
            case .lastDays: "last period"
            case .longRunDensity: "long-run density"
            case .recentDensity: "recent density"
            case .nearRepeat: "near repeat"
            case .selfExciting: "self-exciting"
            }
        }

        /// Whether it is one of those that the others must beat.
        public var isNaive: Bool {
            switch self {
            case .lastDays, .longRunDensity: true
            case .recentDensity, .nearRepeat, .selfExciting: false
            }
        }
    }

    public var method: Method
    /// Over how many days before the forecast the number of incidents per day is taken.
    public var rateDays: Double

    /// All parameters as given; those out of range are refused where they are used.
    public init(_ method: Method, rateDays: Double = 365) {
        self.method = method
        self.rateDays = rateDays
    }

    /// - Parameters:
    ///   - pattern: incidents; those from the first forecast day on are not looked at.
    ///   - days: what is forecast.
    ///   - mask: the study area.
    /// - Throws: ``HotspotError/tooFew(method:needed:found:)`` without any incident before, ``HotspotError/periodsNotAscending``,
    ///   ``HotspotError/parameterOutOfRange(name:must:found:)``, and as the methods do.
    public func forecast(
        from pattern: SpaceTimePattern, days: Range<Double>, over mask: Mask, threads: Int? = nil,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> Forecast {
        guard pattern.crs == mask.grid.crs else { throw .crsMismatch(pattern: pattern.crs, grid: mask.grid.crs) }
        guard days.lowerBound.isFinite, days.upperBound.isFinite, days.lowerBound < days.upperBound else {
            throw .periodsNotAscending
        }
        guard rateDays > 0, rateDays < 1e6 else {
            throw .parameterOutOfRange(
                name: "days of the rate", must: "be above 0 and below a million", found: rateDays)
        }
        let past = Past(pattern, mask, until: days.lowerBound)
        guard let first = past.pattern.seconds.first else { throw .tooFew(method: method.name, needed: 1, found: 0) }
        let length = days.upperBound - days.lowerBound
        let start = Double(first) / Double(SpaceTimePattern.day)
        if case .selfExciting(let process) = method {
            let model = try process.model(
                of: past.pattern, over: mask, days: start.rounded(.down)..<days.lowerBound, progress: progress)
            return Forecast(method: method, days: days, mask: mask, expected: model.expected(days: length))
        }
        let shares = try shares(past.pattern, days, mask, threads, progress)
        let rate = past.rate(
            over: min(rateDays, max(1, days.lowerBound - start.rounded(.down))), until: days.lowerBound)
        let sum = shares.reduce(0) { $0 + ($1.isNaN ? 0 : $1) }
        let scale = sum > 0 ? rate * length / sum : 0
        return Forecast(method: method, days: days, mask: mask, expected: shares.map { $0 * scale })
    }

    /// Where, in any unit; NaN outside the study area.
    private func shares(
        _ past: SpaceTimePattern, _ days: Range<Double>, _ mask: Mask, _ threads: Int?,
        _ progress: (@Sendable (Double) -> Bool)?
    ) throws(HotspotError) -> [Double] {
        switch method {
        case .lastDays(let length):
            guard length > 0, length < 1e6 else {
                throw .parameterOutOfRange(
                    name: "days looked at", must: "be above 0 and below a million", found: length)
            }
            let cube = try SpaceTimeCube(of: past, over: mask, limits: [days.lowerBound - length, days.lowerBound])
            return cube.values.enumerated().map { mask.isInside[$0] ? $1 : .nan }
        case .longRunDensity(let bandwidth):
            return try KernelDensity(bandwidth: bandwidth).surface(
                of: past.places(), over: mask.grid, mask: mask, threads: threads, progress: progress
            ).surface.values
        case .recentDensity(let bandwidth, let halfLife):
            let ages = (0..<past.count).map { days.lowerBound - past.day(of: $0) }
            let places = try TemporalDecay(halfLifeDays: halfLife).pattern(
                x: past.x, y: past.y, ages: ages, weights: past.weight, crs: past.crs)
            return try KernelDensity(bandwidth: bandwidth).surface(
                of: places, over: mask.grid, mask: mask, threads: threads, progress: progress
            ).surface.values
        case .nearRepeat(let bandwidth, let test):
            let density = try KernelDensity(bandwidth: bandwidth).surface(
                of: past.places(), over: mask.grid, mask: mask, threads: threads)
            let risk = NearRepeatRisk(try test.table(of: past, threads: threads, progress: progress))
            return try risk.mean(of: past, days, mask).enumerated().map { $1 * density.surface.values[$0] }
        case .selfExciting: return []
        }
    }
}

/// The incidents before a day, in the study area.
private struct Past {
    let pattern: SpaceTimePattern

    init(_ pattern: SpaceTimePattern, _ mask: Mask, until day: Double) {
        self.pattern = pattern.within(days: -1e9..<day).filtered { x, y in
            mask.grid.cell(at: PlanarPoint(x: x, y: y)).map { mask.isInside[$0] } ?? false
        }
    }

    /// Incidents per day.
    func rate(over days: Double, until end: Double) -> Double {
        let first = SpaceTimePattern.seconds(end - days)
        let weight = pattern.seconds.indices.reduce(0) { $0 + (pattern.seconds[$1] >= first ? pattern.weight[$1] : 0) }
        return weight / days
    }
}

extension NearRepeatRisk {
    /// The mean over the days of a period, each at its beginning as seen from the data before the period.
    fileprivate func mean(
        of past: SpaceTimePattern, _ days: Range<Double>, _ mask: Mask
    ) throws(HotspotError) -> [Double] {
        // A year of days says enough of a longer period.
        let count = max(1, min(366, Int(min(1e6, (days.upperBound - days.lowerBound).rounded(.up)))))
        let step = (days.upperBound - days.lowerBound) / Double(count)
        var sums = [Double](repeating: 0, count: mask.isInside.count)
        for index in 0..<count {
            let risk = try multipliers(of: past, onDay: days.lowerBound + (Double(index) + 0.5) * step, over: mask)
            for cell in sums.indices { sums[cell] += risk[cell] }
        }
        return sums.map { $0 / Double(count) }
    }
}

/// What is expected per cell, and how sure that is.
public struct Forecast: Sendable {
    public let method: Prediction.Method
    public let days: Range<Double>
    public let mask: Mask
    /// Incidents per cell of the grid; NaN outside the study area.
    public let expected: [Double]

    /// In the whole study area.
    public var total: Double { expected.reduce(0) { $0 + ($1.isNaN ? 0 : $1) } }

    /// In which the count of a cell lies with a probability of at least 95 %, if counts are Poisson with the expected mean.
    /// Real counts spread wider, since the mean itself is only estimated.
    /// - Returns: nil outside the study area.
    public func interval(ofCell cell: Int) -> ClosedRange<Int>? { Self.interval(expected[cell]) }

    /// The same, of the whole study area.
    public var totalInterval: ClosedRange<Int>? { Self.interval(total) }

    private static func interval(_ mean: Double) -> ClosedRange<Int>? {
        guard let counts = PoissonDistribution(mean: mean), let low = counts.quantile(of: 0.025),
            let high = counts.quantile(of: 0.975)
        else { return nil }
        return low...max(low, high)
    }
}
