/// The runs of periods of a scan, laid out so that eight of them are judged at once.
///
/// A place's profile holds running sums of its incidents; what happened in a run is a difference of two of them. Runs of
/// one length stand side by side. A prospective scan looks at the time backwards: its runs all begin at the end.
struct ScanWindows: Sendable {
    /// Runs whose sums lie side by side.
    struct Row: Sendable {
        /// Where in a profile the sums at the ends of the runs stand, and at their beginnings.
        let end: Int
        let start: Int
        let count: Int
        /// Where in the shares.
        let shares: Int
    }

    let rows: [Row]
    /// What share of all is expected in each run; rows are filled up to eights with 1, which no excess is above.
    let shares: [Float]
    let exactShares: [Double]
    /// Of a profile: running sums, the last of them repeated until eights are full.
    let width: Int
    /// Of the sums of several profiles: the same, then the whole as often as a row may reach beyond, then zeros.
    let sums: Int
    let periods: Int
    let longest: Int
    private let whole: Int
    /// What share of all is expected until each of the running sums.
    let runningShares: [Float]
    private let timing: SpaceTimeScan.Timing

    static let lanes = 8

    init(_ cases: ScanCases, periods: Int, longest: Int, timing: SpaceTimeScan.Timing) {
        let longest = max(1, min(longest, periods))
        self.periods = periods
        self.longest = longest
        self.timing = timing
        let looked = timing == .prospective ? longest : periods
        width = Self.filled(looked + 1)
        whole = Self.filled(looked + 1 + longest + Self.lanes)
        sums = timing == .prospective ? whole + Self.filled(longest) : whole
        let shares = timing == .prospective ? Array(cases.periodShare.reversed()) : cases.periodShare
        var running = [0.0]
        for share in shares { running.append(running[running.count - 1] + share) }
        runningShares = (0..<width).map { Float(running[min($0, running.count - 1)]) }
        var (rows, exact): ([Row], [Double]) = ([], [])
        func add(end: Int, start: Int, _ values: [Double]) {
            rows.append(Row(end: end, start: start, count: values.count, shares: exact.count))
            exact += values + Array(repeating: 1, count: Self.filled(values.count) - values.count)
        }
        switch timing {
        case .prospective: add(end: 1, start: whole, (1...longest).map { running[$0] })
        case .retrospective:
            for length in 1...longest {
                add(end: length, start: 0, (0...periods - length).map { running[$0 + length] - running[$0] })
            }
        }
        self.rows = rows
        exactShares = exact
        self.shares = exact.map { Float($0) }
    }

    private static func filled(_ count: Int) -> Int { (count + lanes - 1) / lanes * lanes }

    /// The periods of a run.
    func periods(row: Int, lane: Int) -> (first: Int, length: Int) {
        timing == .prospective ? (periods - lane - 1, lane + 1) : (lane, row + 1)
    }

    /// Writes the whole after the running sums, as far as a row may reach.
    @inline(__always)
    func complete(_ sums: UnsafeMutablePointer<Float>) {
        for index in width..<whole { sums[index] = sums[width - 1] }
    }

    /// The profiles of all places, one after the other.
    /// - Parameter counts: by place, then period.
    func profiles(_ counts: [Int32]) -> [Float] {
        let places = counts.count / periods
        var profiles = [Float](repeating: 0, count: places * width)
        profiles.withUnsafeMutableBufferPointer { profiles in
            counts.withUnsafeBufferPointer { counts in
                for place in 0..<places {
                    var sum: Int32 = 0
                    for index in 1..<width {
                        if index <= periods {
                            let period = timing == .prospective ? periods - index : index - 1
                            sum &+= counts[place * periods + period]
                        }
                        profiles[place * width + index] = Float(sum)
                    }
                }
            }
        }
        return profiles
    }
}
