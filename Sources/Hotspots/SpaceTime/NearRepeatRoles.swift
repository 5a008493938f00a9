public import SimpleFeatures

/// Which incidents were followed by others nearby and soon after, and which followed such a one.
///
/// ## Units
/// Metres and days.
///
/// ## Example
/// ```swift
/// let roles = try NearRepeatRoles(distance: .metres(200), days: 14).roles(of: burglaries)
/// let share = Double(roles.count { $0.isRepeat }) / Double(roles.count)
/// ```
///
/// ## Source
/// Townsley, Homel & Chaseling (2003), *Infectious burglaries*, British Journal of Criminology 43, 615–633, who call the
/// first of such a pair its originator.
public struct NearRepeatRoles: Hashable, Codable, Sendable {
    /// How far a repeat may lie from its originator.
    public var distance: Length
    /// How long after it.
    public var days: Double
    /// With `left` both limits are excluded, with `right` included; the same place and the same time always are.
    public var closed: NearRepeat.Closed

    /// All parameters as given; those out of range are refused where they are used.
    public init(distance: Length = .metres(200), days: Double = 14, closed: NearRepeat.Closed = .left) {
        self.distance = distance
        self.days = days
        self.closed = closed
    }

    /// What an incident is to those around it.
    public struct Role: Hashable, Codable, Sendable {
        /// Incidents near enough that happened before, soon enough; of these it is a repeat.
        public var earlier: Int
        /// Incidents near enough that happened after, soon enough; of these it is the originator.
        public var later: Int
        /// Incidents near enough at the very same time: with dates only, on the same day. Neither came first.
        public var simultaneous: Int

        public var isOriginator: Bool { later > 0 }
        public var isRepeat: Bool { earlier > 0 }
    }

    /// - Returns: one role per incident, in the pattern's order.
    /// - Throws: ``HotspotError/limitsNotAscending(name:)``.
    /// - Complexity: O(*n* log *n* + *p*) with *p* pairs within the distance.
    public func roles(of pattern: SpaceTimePattern) throws(HotspotError) -> [Role] {
        let method = NearRepeat(distances: [distance], days: [days], closed: closed, permutations: 1)
        try method.check()
        let bands = DistanceBands(method)
        let times = TimeBands(method, pattern)
        var roles = [Role](repeating: Role(earlier: 0, later: 0, simultaneous: 0), count: pattern.count)
        let grid = NeighbourGrid(x: pattern.x, y: pattern.y, reach: distance.metres)
        grid.forEachPair(within: distance.metres) { first, second, square in
            guard bands.band(square) != nil else { return }
            let apart = times.times[second] - times.times[first]
            guard abs(apart) < times.limits[0] else { return }
            if apart == 0 {
                roles[first].simultaneous += 1
                roles[second].simultaneous += 1
            } else {
                roles[apart > 0 ? first : second].later += 1
                roles[apart > 0 ? second : first].earlier += 1
            }
        }
        return roles
    }
}
