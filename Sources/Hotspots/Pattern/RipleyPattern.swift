/// A pattern in the order of a neighbour grid, with what the corrections must know of each place.
struct RipleyPattern: Sendable {
    let grid: NeighbourGrid
    let distances: RipleyDistances
    let multiplicity: [Double]
    let incidents: Double
    /// Per place how far the border is, as far as it matters; empty where no correction asks.
    let borderDistance: [Double]
    /// Per place how many distances reach no farther than the border.
    let stepsWithin: [Int32]
    private let border: BorderIndex?

    init(_ places: StudyWindow.Places, _ window: StudyWindow, _ distances: RipleyDistances, _ border: BorderIndex?) {
        let density = Double(places.x.count) / window.squareMetres
        // With many neighbours lower rows cut away more of what lies outside the circle; with few they cost more searches.
        let isCrowded = density * distances.greatest * distances.greatest > 50
        let grid = NeighbourGrid(
            x: places.x, y: places.y, reach: isCrowded ? distances.greatest / 4 : distances.greatest)
        self.grid = grid
        self.distances = distances
        self.border = border
        multiplicity = grid.place.map { Double(places.multiplicity[Int($0)]) }
        incidents = Double(places.count)
        borderDistance = border.map { border in zip(grid.x, grid.y).map { border.distance(x: $0, y: $1) } } ?? []
        stepsWithin = borderDistance.map { Int32(distances.count(upTo: $0)) }
    }

    /// Incidents at least as far from the border as a distance.
    func incidentsWithin(_ step: Int) -> Double {
        zip(stepsWithin, multiplicity).reduce(0) { $0 + ($1.0 > Int32(step) ? $1.1 : 0) }
    }

    func sums(over firsts: Range<Int>, by tally: some PairTally) -> [Double] {
        // One more, where a tally takes back what no longer counts.
        var sums = [Double](repeating: 0, count: distances.upper.count + 1)
        sums.withUnsafeMutableBufferPointer { sums in
            multiplicity.withUnsafeBufferPointer { multiplicity in
                grid.x.withUnsafeBufferPointer { x in
                    grid.y.withUnsafeBufferPointer { y in
                        add(firsts, by: tally, x, y, multiplicity, sums)
                    }
                }
            }
        }
        return sums
    }

    @inline(__always)
    private func add(
        _ firsts: Range<Int>, by tally: some PairTally, _ x: UnsafeBufferPointer<Double>,
        _ y: UnsafeBufferPointer<Double>, _ multiplicity: UnsafeBufferPointer<Double>,
        _ sums: UnsafeMutableBufferPointer<Double>
    ) {
        let steps = DistanceSteps(distances)
        for first in firsts {
            let (centreX, centreY, times) = (x[first], y[first], multiplicity[first])
            if times > 1 { tally.add(first, first, 0, 0, 0, step: 0, times * (times - 1) / 2, to: sums) }
            grid.forEachStretchBehind(first, within: distances.greatest) { stretch in
                for second in stretch {
                    let (dx, dy) = (x[second] - centreX, y[second] - centreY)
                    let square = dx * dx + dy * dy
                    guard square <= steps.greatestSquare else { continue }
                    let distance = square.squareRoot()
                    let pairs = times * multiplicity[second]
                    tally.add(first, second, dx, dy, distance, step: steps.step(of: distance), pairs, to: sums)
                }
            }
        }
        withExtendedLifetime(steps) {}
    }

    /// What pairs add whose circle about one of `firsts` is cut by the border: the inverse of the share that is inside.
    func cutCircleSums(over firsts: Range<Int>) -> [Double] {
        var sums = [Double](repeating: 0, count: distances.upper.count + 1)
        guard let border else { return sums }
        let steps = DistanceSteps(distances)
        for first in firsts where borderDistance[first] < distances.greatest {
            let (centreX, centreY) = (grid.x[first], grid.y[first])
            let circles = border.circles(x: centreX, y: centreY)
            grid.forEachStretch(within: distances.greatest, ofX: centreX, y: centreY) { stretch in
                for second in stretch where second != first {
                    let (dx, dy) = (grid.x[second] - centreX, grid.y[second] - centreY)
                    let square = dx * dx + dy * dy
                    guard square <= steps.greatestSquare else { continue }
                    let distance = square.squareRoot()
                    guard distance > borderDistance[first] else { continue }
                    let share = circles.shareInside(towardsX: dx, y: dy, square: square)
                    let weight = 1 / max(1 / RipleyK.greatestPairWeight, share)
                    sums[steps.step(of: distance)] += multiplicity[first] * multiplicity[second] * weight
                }
            }
        }
        return sums
    }
}

/// Finds the step of a distance without a search: by division, set right where rounding put it beside.
private final class DistanceSteps {
    private let upper: UnsafeMutableBufferPointer<Double>
    private let lower: UnsafeMutableBufferPointer<Double>
    private let perMetre: Double
    let greatestSquare: Double

    init(_ distances: RipleyDistances) {
        upper = .allocate(capacity: distances.upper.count)
        lower = .allocate(capacity: distances.lower.count)
        _ = upper.initialize(from: distances.upper)
        _ = lower.initialize(from: distances.lower)
        perMetre = distances.perMetre
        greatestSquare = distances.greatest * distances.greatest
    }

    deinit {
        upper.deallocate()
        lower.deallocate()
    }

    /// - Parameter distance: at most the greatest.
    @inline(__always)
    func step(of distance: Double) -> Int {
        let guess = min(upper.count - 1, Int(min(1e6, distance * perMetre)))
        let raised = min(upper.count - 1, guess + (distance > upper[guess] ? 1 : 0))
        return raised - (distance <= lower[raised] ? 1 : 0)
    }
}

/// What a pair of places adds to the sums by distance, both ways round.
protocol PairTally {
    /// - Parameter pairs: of incidents, one at each place; (first, second) and (second, first) are one.
    func add(
        _ first: Int, _ second: Int, _ dx: Double, _ dy: Double, _ distance: Double, step: Int, _ pairs: Double,
        to sums: UnsafeMutableBufferPointer<Double>)
}

struct PlainTally: PairTally {
    @inline(__always)
    func add(
        _ first: Int, _ second: Int, _ dx: Double, _ dy: Double, _ distance: Double, step: Int, _ pairs: Double,
        to sums: UnsafeMutableBufferPointer<Double>
    ) {
        sums[step] += 2 * pairs
    }
}

/// A pair counts from its distance on, as long as the place it is seen from is that far from the border.
struct BorderTally: PairTally {
    /// Per place how many distances reach no farther than the border.
    let within: [Int32]

    init(within: [Int32]) { self.within = within }

    @inline(__always)
    func add(
        _ first: Int, _ second: Int, _ dx: Double, _ dy: Double, _ distance: Double, step: Int, _ pairs: Double,
        to sums: UnsafeMutableBufferPointer<Double>
    ) {
        add(pairs, until: Int(within[first]), from: step, to: sums)
        add(pairs, until: Int(within[second]), from: step, to: sums)
    }

    @inline(__always)
    private func add(_ pairs: Double, until end: Int, from step: Int, to sums: UnsafeMutableBufferPointer<Double>) {
        guard end > step else { return }
        sums[step] += pairs
        sums[end] -= pairs
    }
}

struct TranslationTally: PairTally {
    let covariance: SetCovariance

    @inline(__always)
    func add(
        _ first: Int, _ second: Int, _ dx: Double, _ dy: Double, _ distance: Double, step: Int, _ pairs: Double,
        to sums: UnsafeMutableBufferPointer<Double>
    ) {
        sums[step] += 2 * pairs * covariance.weight(dx, dy)
    }
}

/// Counts what needs no correction: pairs seen from a place whose circle does not reach the border.
struct WholeCircleTally: PairTally {
    let border: [Double]

    @inline(__always)
    func add(
        _ first: Int, _ second: Int, _ dx: Double, _ dy: Double, _ distance: Double, step: Int, _ pairs: Double,
        to sums: UnsafeMutableBufferPointer<Double>
    ) {
        let seen = (distance <= border[first] ? 1.0 : 0) + (distance <= border[second] ? 1.0 : 0)
        sums[step] += seen * pairs
    }
}
