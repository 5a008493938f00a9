public import Grids
import SimpleFeatures
import Statistics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A point process in which every incident raises the rate of its cell for a while: λ(*t*) = μ + Σ θω·e^(−ω(*t*−*tᵢ*)).
///
/// Each cell has a background rate μ of its own; how many incidents one incident triggers on average (θ) and how fast
/// that fades (1/ω days) are the same everywhere. All are found by expectation and maximisation: how probable it is that
/// one incident triggered another, and what rates that makes.
///
/// ## Units
/// Days; μ in incidents per cell and day.
///
/// ## Example
/// ```swift
/// let model = try SelfExciting().model(of: burglaries, over: mask, days: 0..<365)
/// let next = model.expected(days: 7)  // per cell of the grid
/// ```
///
/// ## Source
/// Mohler et al. (2015), *Randomized controlled field trials of predictive policing*, Journal of the American Statistical
/// Association 110, 1399–1411, equations 1 to 6; with the share of triggered incidents that falls after the end of the
/// data, e^(−ω(*T*−*tᵢ*)), taken into account. Incidents at the same time do not trigger each other.
public struct SelfExciting: Hashable, Codable, Sendable {
    /// At most so many rounds.
    public var iterations: Int
    /// Rounds end when neither θ nor ω changes by more than this share.
    public var tolerance: Double

    public init(iterations: Int = 1000, tolerance: Double = 1e-6) {
        self.iterations = iterations
        self.tolerance = tolerance
    }

    /// - Parameters:
    ///   - mask: the study area.
    ///   - days: when the data begin and end; incidents outside do not count.
    /// - Throws: ``HotspotError/crsMismatch(pattern:grid:)``, ``HotspotError/periodsNotAscending``,
    ///   ``HotspotError/tooFew(method:needed:found:)`` for fewer than ten incidents,
    ///   ``HotspotError/explodes(triggered:)`` where an incident triggers one or more on average,
    ///   ``HotspotError/countOutOfRange(name:least:most:found:)``, ``HotspotError/cancelled``.
    /// - Complexity: O(*n* log *n* + *ni*) with *i* rounds.
    public func model(
        of pattern: SpaceTimePattern, over mask: Mask, days: Range<Double>,
        progress: (@Sendable (_ done: Double) -> Bool)? = nil
    ) throws(HotspotError) -> SelfExcitingModel {
        guard (1...1_000_000).contains(iterations) else {
            throw .countOutOfRange(name: "number of rounds", least: 1, most: 1_000_000, found: iterations)
        }
        let incidents = try CellTimes(pattern, mask, days)
        guard incidents.times.count >= 10 else {
            throw .tooFew(method: "a self-exciting process", needed: 10, found: incidents.times.count)
        }
        var state = SelfExcitingState(incidents)
        var (round, isDone) = (0, false)
        while round < iterations, !isDone {
            let last = state
            state.improve(incidents)
            round += 1
            isDone =
                abs(state.triggered - last.triggered) <= tolerance * max(last.triggered, 1e-3)
                && abs(state.decay - last.decay) <= tolerance * last.decay
            if let progress, !progress(Double(round) / Double(iterations)) { throw .cancelled }
        }
        guard state.triggered < 1 else { throw .explodes(triggered: state.triggered) }
        return SelfExcitingModel(
            mask: mask, days: days, background: state.background, triggered: state.triggered, decay: state.decay,
            rounds: round, hasConverged: isDone, excitement: state.excitement(incidents))
    }
}

/// A self-exciting process whose rates are known.
public struct SelfExcitingModel: Sendable {
    /// The study area.
    public let mask: Mask
    /// The data it was made from.
    public let days: Range<Double>
    /// Incidents per day and cell of the grid that nothing triggered; 0 outside the study area.
    public let background: [Double]
    /// How many incidents one triggers on average: θ, below 1.
    public let triggered: Double
    /// ω, per day: an incident's influence falls to 1/e in 1/ω days.
    public let decay: Double
    public let rounds: Int
    public let hasConverged: Bool
    /// At the end of the data, per cell: what the incidents until then add to the rate.
    let excitement: [Double]

    /// The incidents that are expected per cell of the grid in the days after the data, those that future ones trigger
    /// among them; NaN outside the study area.
    ///
    /// The mean rate obeys dλ/dt = ω(μ − (1−θ)λ), from which follows ∫λ = μ*d*/(1−θ) + (λ₀ − μ/(1−θ))(1−e^(−κ*d*))/κ, with
    /// κ = ω(1−θ).
    /// - Complexity: O(*c*).
    public func expected(days: Double) -> [Double] {
        let fade = decay * (1 - triggered)
        let reach = fade > 0 ? -expm1(-fade * days) / fade : days
        return background.indices.map { cell in
            guard mask.isInside[cell] else { return .nan }
            let settled = background[cell] / (1 - triggered)
            return max(0, settled * days + (background[cell] + excitement[cell] - settled) * reach)
        }
    }
}

/// Times of incidents, cell after cell, ascending in each.
private struct CellTimes {
    var cells: [Int] = []
    /// Where the times of each cell begin, and the end.
    var starts: [Int] = [0]
    /// In days since the beginning.
    var times: [Double] = []
    let length: Double
    let gridCells: Int

    init(_ pattern: SpaceTimePattern, _ mask: Mask, _ days: Range<Double>) throws(HotspotError) {
        guard pattern.crs == mask.grid.crs else { throw .crsMismatch(pattern: pattern.crs, grid: mask.grid.crs) }
        guard days.lowerBound.isFinite, days.upperBound.isFinite, days.lowerBound < days.upperBound else {
            throw .periodsNotAscending
        }
        length = days.upperBound - days.lowerBound
        gridCells = mask.grid.cellCount
        var found: [(cell: Int, second: Int)] = []
        let (first, end) = (SpaceTimePattern.seconds(days.lowerBound), SpaceTimePattern.seconds(days.upperBound))
        for incident in 0..<pattern.count where pattern.seconds[incident] >= first && pattern.seconds[incident] < end {
            guard let cell = mask.grid.cell(at: .init(x: pattern.x[incident], y: pattern.y[incident])),
                mask.isInside[cell]
            else { continue }
            found.append((cell, pattern.seconds[incident] - first))
        }
        found.sort { ($0.cell, $0.second) < ($1.cell, $1.second) }
        for (index, incident) in found.enumerated() {
            if index == 0 || found[index - 1].cell != incident.cell {
                if index > 0 { starts.append(index) }
                cells.append(incident.cell)
            }
            times.append(Double(incident.second) / Double(SpaceTimePattern.day))
        }
        if !found.isEmpty { starts.append(found.count) }
    }
}

/// The rates of a round of expectation and maximisation.
private struct SelfExcitingState {
    /// Per cell of the grid.
    var background: [Double]
    var triggered = 0.5
    var decay: Double

    init(_ incidents: CellTimes) {
        background = Array(repeating: 0, count: incidents.gridCells)
        for (index, cell) in incidents.cells.enumerated() {
            let count = incidents.starts[index + 1] - incidents.starts[index]
            background[cell] = 0.5 * Double(count) / incidents.length
        }
        // A month, or a tenth of the data if that is less.
        decay = 1 / min(30, incidents.length / 10)
    }

    /// The sums over all earlier incidents of a cell follow from those of the incident before.
    mutating func improve(_ incidents: CellTimes) {
        var (children, delays, parents) = (0.0, 0.0, 0.0)
        for (index, cell) in incidents.cells.enumerated() {
            var own = 0.0
            let rate = background[cell]
            forEachGroup(incidents, index) { time, count, sum, weighted in
                let raised = triggered * decay * sum
                let all = rate + raised
                parents += count * -expm1(-decay * (incidents.length - time))
                guard all > 0 else {
                    own += count
                    return
                }
                own += count * rate / all
                children += count * raised / all
                delays += count * triggered * decay * weighted / all
            }
            background[cell] = own / incidents.length
        }
        triggered = parents > 0 ? children / parents : 0
        // Where nothing triggers anything, how fast it fades is no question.
        if delays > 0, children > 1e-9 { decay = min(max(children / delays, 1e-6), 1e3) }
    }

    /// At the end of the data.
    func excitement(_ incidents: CellTimes) -> [Double] {
        var raised = [Double](repeating: 0, count: incidents.gridCells)
        for (index, cell) in incidents.cells.enumerated() {
            for incident in incidents.starts[index]..<incidents.starts[index + 1] {
                raised[cell] += triggered * decay * exp(-decay * (incidents.length - incidents.times[incident]))
            }
        }
        return raised
    }

    /// Visits the incidents of a cell that happened at the same time together, with Σe^(−ωd) and Σd·e^(−ωd) over those
    /// before them, d days ago.
    private func forEachGroup(
        _ incidents: CellTimes, _ index: Int,
        _ body: (_ time: Double, _ count: Double, _ sum: Double, _ weighted: Double) -> Void
    ) {
        var (sum, weighted, last) = (0.0, 0.0, 0.0)
        var incident = incidents.starts[index]
        let end = incidents.starts[index + 1]
        while incident < end {
            let time = incidents.times[incident]
            var count = 0.0
            while incident < end, incidents.times[incident] == time {
                count += 1
                incident += 1
            }
            let (apart, fading) = (time - last, exp(-decay * (time - last)))
            weighted = (weighted + apart * sum) * fading
            sum *= fading
            body(time, count, sum, weighted)
            sum += count
            last = time
        }
    }
}
