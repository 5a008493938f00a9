/// Tells how few places hold how much of the crime: the 80/20 curve, Lorenz's curve and Gini's coefficient.
///
/// With fewer crimes than places, most places must be empty even if crime is spread as evenly as can be, and the usual
/// Gini coefficient is large for that alone. The generalised one measures against the most even spread possible
/// instead: G′ = max(1/c, 1/n)·(2Σi·yᵢ − n − 1) − max(n/c, 1) + 1, with c crimes at n places and yᵢ the share of crime
/// at the place of rank i, the least first. It is 0 where each crime has a place of its own, and equals G where there
/// are at least as many crimes as places.
///
/// ## Example
/// ```swift
/// let result = try Concentration().concentration(of: counts.incidentsInside)
/// let share = result.crimeShare(ofTopPlaces: 0.05)
/// ```
///
/// ## Source
/// Bernasco & Steenbeek (2017), *More Places than Crimes: Implications for Evaluating the Law of Crime Concentration at
/// Place*, Journal of Quantitative Criminology 33, 451–467, doi 10.1007/s10940-016-9324-7. Weisburd (2015), *The Law of
/// Crime Concentration*, Criminology 53, 133–157.
public struct Concentration: Hashable, Codable, Sendable {
    /// The method has no parameters.
    public init() {}

    /// - Parameter counts: incidents per place, places without incidents included.
    /// - Throws: ``HotspotError/countTooSmall(name:least:found:)`` where a count is negative.
    /// - Complexity: O(*n* log *n*).
    public func concentration(of counts: [Int]) throws(HotspotError) -> ConcentrationResult {
        if let least = counts.min(), least < 0 {
            throw .countTooSmall(name: "count of incidents at a place", least: 0, found: least)
        }
        return ConcentrationResult(counts)
    }
}

/// How crime is concentrated at places.
public struct ConcentrationResult: Hashable, Sendable {
    /// A point of a curve: shares from 0 to 1.
    public struct Step: Hashable, Sendable {
        public let places: Double
        public let crime: Double
    }

    /// All places, those without incidents included.
    public let places: Int
    /// Places with at least one incident.
    public let placesWithCrime: Int
    /// All incidents.
    public let incidents: Double
    /// The share of crime in the top places, the worst first: from (0, 0) to (1, 1), with a point wherever the count
    /// changes. Straight between them. Empty where there is no crime.
    public let curve: [Step]
    /// Gini's coefficient G; nil where there is no crime.
    public let gini: Double?
    /// The generalised coefficient G′, which allows for fewer crimes than places; nil where there is no crime.
    public let generalisedGini: Double?

    init(_ counts: [Int]) {
        let sorted = counts.sorted(by: >)
        let (n, c) = (Double(sorted.count), sorted.reduce(0.0) { $0 + Double($1) })
        places = sorted.count
        placesWithCrime = sorted.count { $0 > 0 }
        incidents = c
        guard c > 0 else {
            (curve, gini, generalisedGini) = ([], nil, nil)
            return
        }
        var curve = [Step(places: 0, crime: 0)]
        var (sum, ranked) = (0.0, 0.0)
        for (index, count) in sorted.enumerated() {
            sum += Double(count)
            // Its rank from the least place, 1 for that.
            ranked += Double(count) / c * Double(sorted.count - index)
            let isLast = index + 1 == sorted.count
            guard isLast || sorted[index + 1] != count else { continue }
            curve.append(Step(places: Double(index + 1) / n, crime: isLast ? 1 : sum / c))
        }
        let inner = 2 * ranked - n - 1
        self.curve = curve
        // What rounding leaves of an even spread may fall below 0.
        gini = max(0, inner / n)
        generalisedGini = max(0, max(1 / c, 1 / n) * inner - max(n / c, 1) + 1)
    }

    /// The share of crime in the worst `share` of the places, straight between whole places.
    /// - Returns: nil where there is no crime, or the share is not 0 to 1.
    public func crimeShare(ofTopPlaces share: Double) -> Double? {
        guard share >= 0, share <= 1 else { return nil }
        return Self.value(at: share, curve.map { ($0.places, $0.crime) })
    }

    /// The least share of the places that holds a share of crime: 0.5 asks how many places half of the crime needs.
    /// - Returns: nil where there is no crime, or the share is not 0 to 1.
    public func placesShare(holdingCrime share: Double) -> Double? {
        guard share >= 0, share <= 1 else { return nil }
        return Self.value(at: share, curve.map { ($0.crime, $0.places) })
    }

    private static func value(at position: Double, _ curve: [(Double, Double)]) -> Double? {
        for (a, b) in zip(curve, curve.dropFirst()) where position <= b.0 {
            return b.0 > a.0 ? a.1 + (position - a.0) / (b.0 - a.0) * (b.1 - a.1) : a.1
        }
        return curve.last?.1
    }

    /// Lorenz's curve: the share of crime in the least places, from (0, 0) to (1, 1).
    public var lorenz: [Step] { curve.reversed().map { Step(places: 1 - $0.places, crime: 1 - $0.crime) } }

    /// The Lorenz curve of crime spread as evenly as can be: no more than one at a place where there are fewer crimes
    /// than places. Empty where there is no crime.
    public var mostEvenLorenz: [Step] {
        guard incidents > 0 else { return [] }
        let empty = max(0, 1 - incidents / Double(places))
        let corner = empty > 0 ? [Step(places: empty, crime: 0)] : []
        return [Step(places: 0, crime: 0)] + corner + [Step(places: 1, crime: 1)]
    }
}
