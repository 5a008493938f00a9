public import SimpleFeatures

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Draws an ellipse about the mean centre that shows how far incidents spread, and in which direction most.
///
/// Its axes are the directions in which the deviations from the mean centre are greatest and least, and as long to either
/// side as the standard deviation along them. Weights count as frequencies.
///
/// ## Units
/// Metres; angles in degrees clockwise from grid north.
///
/// ## Example
/// ```swift
/// let ellipse = try StandardDeviationalEllipse().ellipse(of: burglaries)
/// let outline = ellipse.polygon()
/// ```
///
/// ## Source
/// Lefever (1926), *Measuring geographic concentration by means of the standard deviational ellipse*; Ebdon (1985),
/// *Statistics in Geography*, section 7.7; Wang, Shi & Miao (2015), doi 10.1371/journal.pone.0118537, that the axes are
/// those of the covariance matrix.
public struct StandardDeviationalEllipse: Hashable, Codable, Sendable {
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
    public func ellipse(of pattern: PointPattern) throws(HotspotError) -> StandardDeviationalEllipseResult {
        let method = "the standard deviational ellipse"
        let places = try WeighedPlaces(pattern, usesWeights: usesWeights, method: method)
        let divisor = variant.divisor(places.total)
        guard divisor > 0 else { throw .tooFew(method: method, needed: 3, found: pattern.count) }
        let (xx, xy, yy) = places.squares
        let isRound = hypot(xx - yy, 2 * xy) <= 1e-12 * (xx + yy)
        let turn = isRound ? 0 : atan2(2 * xy, xx - yy) / 2
        let (cosine, sine) = (cos(turn), sin(turn))
        let along = Self.squares(places, cosine, sine)
        let across = Self.squares(places, -sine, cosine)
        func axis(_ squares: Double) -> Length { .metres((squares / divisor).squareRoot() * variant.axisFactor) }
        return StandardDeviationalEllipseResult(
            method: self, centre: places.mean, semiMajorAxis: axis(max(along, across)),
            semiMinorAxis: axis(min(along, across)), azimuth: isRound ? nil : Self.azimuth(ofTurn: turn),
            incidents: pattern.count, dropped: pattern.dropped, weight: places.total)
    }

    /// From counter-clockwise of east, in radians, to clockwise of north.
    private static func azimuth(ofTurn turn: Double) -> Double {
        let degrees = 90 - turn * 180 / .pi
        return degrees >= 180 ? degrees - 180 : max(0, degrees)
    }

    /// Summed from the places, not taken as the difference of two large numbers, as the lesser eigenvalue would be.
    private static func squares(_ places: WeighedPlaces, _ east: Double, _ north: Double) -> Double {
        var sum = 0.0
        for place in places.x.indices {
            let deviation = places.x[place] * east + places.y[place] * north
            sum += places.weight[place] * deviation * deviation
        }
        return sum
    }
}

/// An ellipse about the mean centre of a pattern.
public struct StandardDeviationalEllipseResult: Hashable, Sendable {
    public let method: StandardDeviationalEllipse
    public let centre: PlanarPoint
    /// From the centre to the ellipse, in the direction of the greatest spread.
    public let semiMajorAxis: Length
    /// Across the greatest spread; about 0 where all incidents lie on one line.
    public let semiMinorAxis: Length
    /// Where the major axis points, clockwise from grid north in degrees, 0 ..< 180; nil where no direction stands out.
    public let azimuth: Double?
    /// Incidents of the pattern, and those it had left out.
    public let incidents: Int
    public let dropped: Int
    /// The sum of the weights that were used: n.
    public let weight: Double

    public var squareMetres: Double { .pi * semiMajorAxis.metres * semiMinorAxis.metres }

    /// The ellipse as a polygon whose vertices lie on it, counter-clockwise from the end of the major axis.
    /// - Parameter vertices: at least 4; 72 make an area 0.13 % too small.
    /// - Returns: nil where the ellipse is a point or a line.
    public func polygon(vertices: Int = 72) -> Polygon<PlanarPoint>? {
        guard vertices >= 4, semiMinorAxis.metres > 1e-9 * semiMajorAxis.metres else { return nil }
        let turn = (90 - (azimuth ?? 90)) * .pi / 180
        var ring = (0..<vertices).map { index in
            let angle = 2 * Double.pi * Double(index) / Double(vertices)
            let (along, across) = (semiMajorAxis.metres * cos(angle), semiMinorAxis.metres * sin(angle))
            return PlanarPoint(
                x: centre.x + along * cos(turn) - across * sin(turn),
                y: centre.y + along * sin(turn) + across * cos(turn))
        }
        ring.append(ring[0])
        return Polygon(exterior: ring)
    }
}
