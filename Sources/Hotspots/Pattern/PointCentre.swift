public import SimpleFeatures

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Finds the middle of a point pattern, in one of the three senses in use.
///
/// ## Units
/// Metres, in the pattern's reference system.
///
/// ## Example
/// ```swift
/// let centre = try PointCentre(.minimumDistance).centre(of: burglaries)
/// ```
///
/// ## Accuracy
/// The centre of minimum distance is sought until a step is shorter than ``tolerance``; steps shrink so fast that the error
/// is then well below it. Where an incident's own place is the answer, that place is given exactly.
///
/// ## Source
/// Weiszfeld (1937), *Sur le point pour lequel la somme des distances de n points donnés est minimum*; Vardi & Zhang (2000),
/// *The multivariate L1-median and associated data depth*, for iterates at an incident. CrimeStat IV, chapter 4.
public struct PointCentre: Hashable, Codable, Sendable {
    /// What is meant by the middle.
    public enum Sense: String, Hashable, Codable, Sendable, CaseIterable {
        /// The mean of the eastings and of the northings.
        case mean
        /// The median of the eastings and of the northings, each on its own: CrimeStat's *median center*.
        case median
        /// The point from which the distances to all incidents sum to the least: Esri's *median center*, CrimeStat's
        /// *center of minimum distance*. Where many points do so (incidents on one line), one of them.
        case minimumDistance = "minimum-distance"
    }

    public var sense: Sense
    /// Whether each incident counts by its weight, not once.
    public var usesWeights: Bool
    /// The step below which the search for the centre of minimum distance ends.
    public var tolerance: Length

    public init(_ sense: Sense = .mean, usesWeights: Bool = true, tolerance: Length = .metres(0.0001)) {
        self.sense = sense
        self.usesWeights = usesWeights
        self.tolerance = tolerance
    }

    /// After so many steps the search gives the best point it has, and says that it did not settle.
    public static let mostSteps = 1000

    /// - Throws: ``HotspotError/tooFew(method:needed:found:)``, ``HotspotError/noWeight(method:)``.
    /// - Complexity: O(*n*); O(*n* log *n*) for the median; O(*n*) per step, some ten of them, for the minimum distance.
    public func centre(of pattern: PointPattern) throws(HotspotError) -> PointCentreResult {
        let places = try WeighedPlaces(pattern, usesWeights: usesWeights, method: "the \(sense.rawValue) centre")
        switch sense {
        case .mean: return result(PlanarPoint(x: 0, y: 0), places, pattern)
        case .median:
            let middle = PlanarPoint(x: Self.median(places.x, places.weight), y: Self.median(places.y, places.weight))
            return result(middle, places, pattern)
        case .minimumDistance:
            let search = MinimumDistanceSearch(places: places, tolerance: tolerance.metres, mostSteps: Self.mostSteps)
            return result(search.point, places, pattern, steps: search.steps, hasSettled: search.hasSettled)
        }
    }

    private func result(
        _ point: PlanarPoint, _ places: WeighedPlaces, _ pattern: PointPattern, steps: Int = 0, hasSettled: Bool = true
    ) -> PointCentreResult {
        PointCentreResult(
            method: self,
            centre: PlanarPoint(x: point.x + places.mean.x, y: point.y + places.mean.y),
            meanDistance: .metres(places.sumOfDistances(from: point) / places.total), incidents: pattern.count,
            dropped: pattern.dropped, weight: places.total, steps: steps, hasSettled: hasSettled)
    }

    /// Where half the weight is reached; between two values where exactly half is.
    static func median(_ values: [Double], _ weight: [Double]) -> Double {
        let order = values.indices.filter { weight[$0] > 0 }.sorted { values[$0] < values[$1] }
        let half = order.reduce(0) { $0 + weight[$1] } / 2
        var reached = 0.0
        for (index, place) in order.enumerated() {
            reached += weight[place]
            guard reached >= half else { continue }
            let next = reached == half && index + 1 < order.count ? order[index + 1] : place
            return values[place] / 2 + values[next] / 2
        }
        return order.last.map { values[$0] } ?? 0
    }
}

/// The middle of a pattern.
public struct PointCentreResult: Hashable, Sendable {
    public let method: PointCentre
    public let centre: PlanarPoint
    /// How far an incident is from the centre on average, by weight.
    public let meanDistance: Length
    /// Incidents of the pattern, and those it had left out.
    public let incidents: Int
    public let dropped: Int
    /// The sum of the weights that were used.
    public let weight: Double
    /// Steps of the search, 0 where none was needed.
    public let steps: Int
    /// False where the search ended before its steps were short enough.
    public let hasSettled: Bool
}

/// The search for the point from which distances sum to the least: Newton's steps where they lead down, Weiszfeld's else.
private struct MinimumDistanceSearch {
    private(set) var point = PlanarPoint(x: 0, y: 0)
    private(set) var steps = 0
    private(set) var hasSettled = false
    private let places: WeighedPlaces

    init(places: WeighedPlaces, tolerance: Double, mostSteps: Int) {
        self.places = places
        var sum = places.sumOfDistances(from: point)
        while steps < mostSteps, !hasSettled {
            steps += 1
            let pull = pull(at: point)
            // An incident's place is the answer when all others together pull no harder than it holds.
            if let nearest = pull.nearest, holds(nearest) {
                point = PlanarPoint(x: places.x[nearest], y: places.y[nearest])
                hasSettled = true
                return
            }
            var next = pull.newton(from: point)
            var nextSum = next.map(places.sumOfDistances) ?? .infinity
            if !(nextSum < sum) {
                next = pull.weiszfeld(from: point)
                nextSum = next.map(places.sumOfDistances) ?? .infinity
            }
            guard let next, nextSum < sum else {
                hasSettled = true
                return
            }
            hasSettled = next.distance(to: point).metres <= tolerance
            (point, sum) = (next, nextSum)
        }
    }

    private func holds(_ place: Int) -> Bool {
        let pull = pull(at: PlanarPoint(x: places.x[place], y: places.y[place]))
        return (pull.x * pull.x + pull.y * pull.y).squareRoot() <= pull.weightHere
    }

    private func pull(at point: PlanarPoint) -> Pull {
        var (pull, least) = (Pull(), Double.infinity)
        for place in places.x.indices where places.weight[place] > 0 {
            let (dx, dy) = (places.x[place] - point.x, places.y[place] - point.y)
            let distance = hypot(dx, dy)
            if distance < least { (least, pull.nearest) = (distance, place) }
            pull.add(dx, dy, distance, places.weight[place])
        }
        return pull
    }
}

/// What incidents do at a point when each pulls with its weight: the descent of the sum of distances, and its curvature.
private struct Pull {
    private(set) var (x, y) = (0.0, 0.0)
    private var (xx, xy, yy) = (0.0, 0.0, 0.0)
    private var inverse = 0.0
    private(set) var weightHere = 0.0
    var nearest: Int?

    mutating func add(_ dx: Double, _ dy: Double, _ distance: Double, _ weight: Double) {
        guard distance > 0 else {
            weightHere += weight
            return
        }
        let (east, north, per) = (dx / distance, dy / distance, weight / distance)
        x += weight * east
        y += weight * north
        xx += per * north * north
        yy += per * east * east
        xy -= per * east * north
        inverse += per
    }

    func newton(from point: PlanarPoint) -> PlanarPoint? {
        let determinant = xx * yy - xy * xy
        guard weightHere == 0, determinant > 1e-12 * inverse * inverse else { return nil }
        return PlanarPoint(
            x: point.x + (yy * x - xy * y) / determinant, y: point.y + (xx * y - xy * x) / determinant)
    }

    func weiszfeld(from point: PlanarPoint) -> PlanarPoint? {
        let strength = (x * x + y * y).squareRoot()
        guard inverse > 0, strength > weightHere else { return nil }
        let share = (1 - weightHere / strength) / inverse
        return PlanarPoint(x: point.x + x * share, y: point.y + y * share)
    }
}
