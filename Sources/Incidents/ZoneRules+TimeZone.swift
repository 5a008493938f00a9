public import CivilTime
import Foundation

extension ZoneRules {
    /// The rules of an IANA zone from 1900 to the end of 2100, as the system's time-zone database has them.
    ///
    /// Before 1900 the offset of its first day holds, after 2100 that of its last.
    /// - Parameter identifier: `America/Monterrey`, or `UTC`. Abbreviations such as `CST` are refused, since they name
    ///   several zones.
    /// - Throws: ``ProfileError/unknownTimeZone(_:)``.
    /// - Complexity: one question per day of the two centuries: some milliseconds.
    public static func zone(_ identifier: String) throws(ProfileError) -> ZoneRules {
        guard identifier.contains("/") || identifier == "UTC", let zone = TimeZone(identifier: identifier) else {
            throw .unknownTimeZone(identifier)
        }
        func offset(_ instant: Int64) -> Int32 {
            Int32(clamping: zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant))))
        }
        // The database's own list of transitions leaves out changes that are no daylight saving, so each day is asked.
        let (start, end): (Int64, Int64) = (-2_208_988_800, 4_133_980_800)
        var transitions: [Transition] = []
        let first = offset(start)
        var before = first
        for day in stride(from: start + 86_400, through: end, by: 86_400) {
            let after = offset(day)
            if after == before { continue }
            transitions.append(
                Transition(instant: change(from: before, between: day - 86_400, and: day, offset), offset: after))
            before = after
        }
        guard let rules = ZoneRules(name: identifier, firstOffset: first, transitions: transitions) else {
            throw .unknownTimeZone(identifier)
        }
        return rules
    }

    /// The first second at which the offset is no longer `before`.
    private static func change(
        from before: Int32, between low: Int64, and high: Int64, _ offset: (Int64) -> Int32
    ) -> Int64 {
        var (low, high) = (low, high)
        while high - low > 1 {
            let middle = (low + high) / 2
            if offset(middle) == before { low = middle } else { high = middle }
        }
        return high
    }
}
