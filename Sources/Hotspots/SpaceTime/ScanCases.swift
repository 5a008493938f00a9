import Grids
import Statistics

/// The incidents of a scan by place and period, and how data sets are dealt by chance.
///
/// Places are the cells with incidents or, with a population, those with people.
struct ScanCases: Sendable {
    /// Cells of the places, in the grid's order.
    let cells: [Int]
    let periods: Int
    /// By place, then period.
    let counts: [Int32]
    let total: Int
    /// Per place: its incidents, or its share of the people times the total.
    let placeMeasure: [Double]
    /// Per period: its share of the incidents, or of the days.
    let periodShare: [Double]
    /// Incidents where nobody is counted.
    let unpopulated: Int
    private let dealing: Dealing

    private enum Dealing: Sendable {
        /// Place and period of each incident.
        case times(places: [Int32], periods: [UInt16])
        /// Running shares of places and of periods.
        case people(places: [Double], periods: [Double])
    }

    /// So that every sum is exact in single precision.
    static let greatestTotal = 1 << 24

    init(_ cube: SpaceTimeCube, population: [Double]?) throws(HotspotError) {
        let grid = cube.mask.grid
        if let population {
            guard population.count == grid.cellCount else {
                throw .valuesDiffer(units: grid.cellCount, values: population.count)
            }
            for (cell, people) in population.enumerated() where cube.mask.isInside[cell] && !(0...1e12 ~= people) {
                throw .valueNotUsable(unit: cell, value: people, needed: "people, 0 or more and finite")
            }
        }
        guard cube.periods <= Int(UInt16.max) else {
            throw .countOutOfRange(name: "number of periods", least: 1, most: Int(UInt16.max), found: cube.periods)
        }
        let periods = cube.periods
        var (cells, counts): ([Int], [Int32]) = ([], [])
        var (total, unpopulated) = (0, 0)
        for cell in 0..<grid.cellCount where cube.mask.isInside[cell] {
            let series = cube.series(ofCell: cell)
            let sum = series.reduce(0, +)
            for value in series where value != value.rounded() || sum > Double(Self.greatestTotal) {
                throw .valueNotUsable(
                    unit: cell, value: value, needed: "whole numbers, at most \(Self.greatestTotal) a cell in all")
            }
            guard population.map({ $0[cell] > 0 }) ?? (sum > 0) else {
                unpopulated += Int(sum)
                continue
            }
            cells.append(cell)
            counts += series.map { Int32($0) }
            total += Int(sum)
        }
        (self.cells, self.periods, self.counts, self.total, self.unpopulated) =
            (cells, periods, counts, total, unpopulated)
        guard total <= Self.greatestTotal else {
            throw .countOutOfRange(
                name: "number of incidents of a scan", least: 2, most: Self.greatestTotal, found: total)
        }
        if let population {
            let people = cells.map { population[$0] }
            let all = people.reduce(0, +)
            let days = (0..<periods).map { cube.limits[$0 + 1] - cube.limits[$0] }
            let span = days.reduce(0, +)
            let cases = Double(total)
            placeMeasure = people.map { cases * $0 / all }
            periodShare = days.map { $0 / span }
            dealing = .people(places: Self.running(people), periods: Self.running(days))
            return
        }
        var (ofPlace, ofPeriod) = ([Int](repeating: 0, count: cells.count), [Int](repeating: 0, count: periods))
        var (places, times): ([Int32], [UInt16]) = ([], [])
        for (bin, count) in counts.enumerated() {
            ofPlace[bin / periods] += Int(count)
            ofPeriod[bin % periods] += Int(count)
            places += Array(repeating: Int32(truncatingIfNeeded: bin / periods), count: Int(count))
            times += Array(repeating: UInt16(truncatingIfNeeded: bin % periods), count: Int(count))
        }
        let all = Double(max(1, total))
        placeMeasure = ofPlace.map(Double.init)
        periodShare = ofPeriod.map { Double($0) / all }
        dealing = .times(places: places, periods: times)
    }

    /// Counts of a data set in which only chance is at work.
    func dealt(by generator: inout SplitMix64) -> [Int32] {
        var dealt = [Int32](repeating: 0, count: counts.count)
        switch dealing {
        case .times(let places, var times):
            times.withUnsafeMutableBufferPointer { times in
                if let base = times.baseAddress { generator.shuffle(base, count: times.count) }
                for (place, period) in zip(places, times) { dealt[Int(place) * periods + Int(period)] += 1 }
            }
        case .people(let places, let times):
            for _ in 0..<total {
                let place = Self.draw(places, generator.unit())
                dealt[place * periods + Self.draw(times, generator.unit())] += 1
            }
        }
        return dealt
    }

    private static func running(_ values: [Double]) -> [Double] {
        var sum = 0.0
        return values.map {
            sum += $0
            return sum
        }
    }

    /// The first whose running sum is above a share of the whole.
    private static func draw(_ running: [Double], _ share: Double) -> Int {
        let limit = share * (running.last ?? 0)
        var (low, high) = (0, running.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if running[middle] > limit { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
