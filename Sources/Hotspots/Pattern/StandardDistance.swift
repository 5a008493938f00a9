public import SimpleFeatures

/// How deviations from the mean centre are made into one length; the textbooks and the programs differ.
public enum DeviationVariant: String, Hashable, Codable, Sendable, CaseIterable {
    /// Divisor n; axes of the ellipse are one standard deviation. Ebdon (1985), *Statistics in Geography*, sections 7.6–7.7.
    case ebdon
    /// Divisor n − 2; axes of the ellipse are longer by √2. CrimeStat IV, chapter 4.
    case crimestat
    /// Divisor n; axes of the ellipse are longer by √2, from ArcGIS Pro and ArcMap 10 on.
    case arcgisPro = "arcgis-pro"

    /// n, or what is divided by in its place.
    func divisor(_ weight: Double) -> Double { self == .crimestat ? weight - 2 : weight }

    /// By how much one standard deviation along an axis of the ellipse is lengthened.
    var axisFactor: Double { self == .ebdon ? 1 : 2.0.squareRoot() }
}

/// Measures how far incidents lie from their mean centre: the square root of the mean squared distance.
///
/// It is to a pattern what the standard deviation is to numbers. Weights count as frequencies.
///
/// ## Units
/// Metres.
///
/// ## Example
/// ```swift
/// let spread = try StandardDistance().distance(of: burglaries).distance
/// ```
///
/// ## Source
/// Bachi (1963), *Standard distance measures and related methods for spatial analysis*; Ebdon (1985), section 7.6.
public struct StandardDistance: Hashable, Codable, Sendable {
    public var variant: DeviationVariant
    /// Whether each incident counts by its weight, not once.
    public var usesWeights: Bool

    public init(variant: DeviationVariant = .ebdon, usesWeights: Bool = true) {
        self.variant = variant
        self.usesWeights = usesWeights
    }

    /// - Throws: ``HotspotError/tooFew(method:needed:found:)``: CrimeStat's variant needs a weight above 2;
    ///   ``HotspotError/noWeight(method:)``.
    /// - Complexity: O(*n*).
    public func distance(of pattern: PointPattern) throws(HotspotError) -> StandardDistanceResult {
        let method = "the standard distance"
        let places = try WeighedPlaces(pattern, usesWeights: usesWeights, method: method)
        let divisor = variant.divisor(places.total)
        guard divisor > 0 else { throw .tooFew(method: method, needed: 3, found: pattern.count) }
        let squares = places.squares
        return StandardDistanceResult(
            method: self, centre: places.mean, distance: .metres(((squares.xx + squares.yy) / divisor).squareRoot()),
            incidents: pattern.count, dropped: pattern.dropped, weight: places.total)
    }
}

/// How far incidents lie from their mean centre.
public struct StandardDistanceResult: Hashable, Sendable {
    public let method: StandardDistance
    public let centre: PlanarPoint
    public let distance: Length
    /// Incidents of the pattern, and those it had left out.
    public let incidents: Int
    public let dropped: Int
    /// The sum of the weights that were used: n.
    public let weight: Double
}
