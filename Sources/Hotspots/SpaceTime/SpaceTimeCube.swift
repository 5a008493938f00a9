public import Grids
import SimpleFeatures

/// Incidents per cell and period, with true zeros: a cell of the study area where nothing happened in a period counts 0.
///
/// ## Units
/// Limits of periods in days since the instant that the pattern counts from. A period holds its beginning and not its
/// end. Periods may differ in length, as months do; what compares them must say what it makes of that.
///
/// ## Example
/// ```swift
/// let cube = try SpaceTimeCube(of: robberies, over: mask, limits: [0, 31, 59, 90])
/// ```
///
/// ## Source
/// Hägerstrand (1970), *What about people in regional science?*, for the cube; Chainey & Ratcliffe (2005), *GIS and Crime
/// Mapping*, chapter 6, for counts per cell.
public struct SpaceTimeCube: Hashable, Sendable {
    /// The study area.
    public let mask: Mask
    /// In days, ascending; one more than there are periods.
    public let limits: [Double]
    /// Sums of weights: period after period, each in the grid's order; 0 outside the study area.
    public let values: [Double]
    /// Incidents counted in some cell and period; one that is spread over periods, once, and if only a part of it is.
    public let counted: Int
    /// Incidents within the periods but outside the study area.
    public let outsideArea: Int
    /// Incidents before the first period or after the last, of those that the pattern has parts of.
    public let outsidePeriods: Int
    /// Incidents that the pattern left out.
    public let dropped: Int

    /// The most cells times periods.
    public static let greatestBinCount = 1 << 28

    /// - Throws: ``HotspotError/crsMismatch(pattern:grid:)``, ``HotspotError/periodsNotAscending``,
    ///   ``HotspotError/tooManyBins(limit:found:)``.
    /// - Complexity: O(*n* log *t* + *ct*) with *c* cells and *t* periods.
    public init(of pattern: SpaceTimePattern, over mask: Mask, limits: [Double]) throws(HotspotError) {
        guard pattern.crs == mask.grid.crs else { throw .crsMismatch(pattern: pattern.crs, grid: mask.grid.crs) }
        guard limits.count >= 2, limits.allSatisfy(\.isFinite), zip(limits, limits.dropFirst()).allSatisfy(<) else {
            throw .periodsNotAscending
        }
        let periods = limits.count - 1
        let (bins, overflow) = periods.multipliedReportingOverflow(by: mask.grid.cellCount)
        guard !overflow, bins <= Self.greatestBinCount else {
            throw .tooManyBins(limit: Self.greatestBinCount, found: Double(periods) * Double(mask.grid.cellCount))
        }
        var values = [Double](repeating: 0, count: bins)
        var fates = [Fate](repeating: .absent, count: (pattern.row.max() ?? -1) + 1)
        func note(_ fate: Fate, of incident: Int) {
            let row = pattern.row[incident]
            if fates[row].rawValue < fate.rawValue { fates[row] = fate }
        }
        let seconds = limits.map { SpaceTimePattern.seconds($0) }
        var period = -1
        for incident in 0..<pattern.count {
            // Incidents come in the order of their times.
            while period < periods, pattern.seconds[incident] >= seconds[period + 1] { period += 1 }
            guard period >= 0, period < periods else {
                note(.outsidePeriods, of: incident)
                continue
            }
            let place = PlanarPoint(x: pattern.x[incident], y: pattern.y[incident])
            guard let cell = mask.grid.cell(at: place), mask.isInside[cell] else {
                note(.outsideArea, of: incident)
                continue
            }
            values[period * mask.grid.cellCount + cell] += pattern.weight[incident]
            note(.counted, of: incident)
        }
        self.mask = mask
        self.limits = limits
        self.values = values
        outsidePeriods = fates.count { $0 == .outsidePeriods }
        outsideArea = fates.count { $0 == .outsideArea }
        counted = fates.count { $0 == .counted }
        dropped = pattern.dropped
    }

    /// What became of a row of the pattern; of several parts the greatest holds.
    private enum Fate: UInt8 {
        case absent, outsidePeriods, outsideArea, counted
    }

    /// At least 1.
    public var periods: Int { limits.count - 1 }

    /// The values of one period, in the grid's order.
    /// - Precondition: the period exists.
    public func period(_ period: Int) -> ArraySlice<Double> {
        values[period * mask.grid.cellCount..<(period + 1) * mask.grid.cellCount]
    }

    /// The values of one cell, period after period.
    /// - Precondition: the cell is one of the grid's.
    public func series(ofCell cell: Int) -> [Double] {
        (0..<periods).map { values[$0 * mask.grid.cellCount + cell] }
    }

    /// Limits of periods of equal length that end at one day, the last of them whole.
    /// - Returns: empty unless count and length are above 0 and the beginning is finite.
    public static func limits(endingAt end: Double, days: Double, count: Int) -> [Double] {
        guard count > 0, count <= 1_000_000, days > 0, end.isFinite, (end - days * Double(count)).isFinite else {
            return []
        }
        return (0...count).map { end - days * Double(count - $0) }
    }
}
