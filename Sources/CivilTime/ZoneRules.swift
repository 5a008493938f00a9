/// What a time zone's clocks have shown against UTC: an offset, and the instants at which it changed.
///
/// ## Clock changes
/// A local time that the clocks skipped (spring) is read with the offset before the change, which lands as much later
/// as was skipped: 02:30 becomes 03:30. A local time shown twice (autumn) is its first occurrence. Both are one rule:
/// the offset before a change holds until the clocks have passed the later of the two faces of that instant.
public struct ZoneRules: Hashable, Sendable {
    /// From `instant` on (seconds since 1970-01-01 UTC) local time is UTC plus `offset` seconds.
    public struct Transition: Hashable, Sendable {
        /// Seconds since 1970-01-01 UTC.
        public var instant: Int64
        /// Seconds to add to UTC from then on; negative west of Greenwich.
        public var offset: Int32

        /// Both as given; ``ZoneRules/init(name:firstOffset:transitions:)`` checks them.
        public init(instant: Int64, offset: Int32) {
            self.instant = instant
            self.offset = offset
        }
    }

    /// IANA name: `America/Monterrey`.
    public let name: String
    /// Seconds to add to UTC before the first transition.
    public let firstOffset: Int32
    /// In order of time.
    public let transitions: [Transition]
    /// Local seconds at which each transition's offset begins to hold; in order.
    private let localStarts: [Int64]

    /// - Returns: nil where the transitions are out of order, closer together than their offsets differ, or an offset
    ///   is beyond 18 hours.
    public init?(name: String, firstOffset: Int32, transitions: [Transition] = []) {
        let bounds: ClosedRange<Int32> = -64_800...64_800
        guard bounds.contains(firstOffset), transitions.allSatisfy({ bounds.contains($0.offset) }) else { return nil }
        var localStarts: [Int64] = []
        var before = firstOffset
        for (index, transition) in transitions.enumerated() {
            guard CivilInstants.range.contains(transition.instant) else { return nil }
            let start = transition.instant + Int64(max(before, transition.offset))
            if index > 0 {
                guard transition.instant > transitions[index - 1].instant, start > localStarts[index - 1] else {
                    return nil
                }
            }
            localStarts.append(start)
            before = transition.offset
        }
        self.name = name
        self.firstOffset = firstOffset
        self.transitions = transitions
        self.localStarts = localStarts
    }

    /// Coordinated universal time.
    public static let utc = ZoneRules(constantOffset: 0, name: "UTC")

    private init(constantOffset: Int32, name: String) {
        self.name = name
        firstOffset = constantOffset
        transitions = []
        localStarts = []
    }

    /// Seconds since 1970-01-01 UTC at which the local clocks show `second` (0–86,399) of `day`.
    /// - Complexity: O(log transitions).
    public func instant(ofLocalDay day: Int32, second: Int) -> Int64 {
        let local = Int64(day) &* 86_400 &+ Int64(second)
        return local &- Int64(offset(holdingFrom: localStarts, at: local))
    }

    /// The same for a minute of the day.
    public func instant(ofLocalDay day: Int32, minute: Int) -> Int64 {
        instant(ofLocalDay: day, second: minute &* 60)
    }

    /// What the local clocks show: days since 1970-01-01 and the second of that day.
    ///
    /// Instants beyond the years 1–9999 are read as the nearest end of that range.
    public func local(ofInstant instant: Int64) -> (day: Int32, second: Int) {
        let instant = min(max(instant, CivilInstants.range.lowerBound), CivilInstants.range.upperBound)
        return CivilInstants.split(instant + Int64(offset(atInstant: instant)))
    }

    /// Seconds to add to UTC at an instant.
    public func offset(atInstant instant: Int64) -> Int32 {
        var (low, high) = (0, transitions.count)
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].instant <= instant { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? firstOffset : transitions[low - 1].offset
    }

    private func offset(holdingFrom starts: [Int64], at local: Int64) -> Int32 {
        var (low, high) = (0, starts.count)
        // Reports are mostly recent, and Mexico's clocks have stood still since 2022: the last rule often answers.
        if high > 0, starts[high - 1] <= local { low = high }
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= local { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? firstOffset : transitions[low - 1].offset
    }
}

/// The instants that dates of the years 1–9999 can name, and their days.
enum CivilInstants {
    static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    static func split(_ seconds: Int64) -> (day: Int32, second: Int) {
        let second = seconds % 86_400
        let positive = second < 0 ? second + 86_400 : second
        return (Int32(clamping: (seconds - positive) / 86_400), Int(positive))
    }
}
