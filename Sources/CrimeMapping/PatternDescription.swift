public import Hotspots
public import SimpleFeatures
import Geodesy

/// Where a pattern lies, how far it spreads, and whether its incidents keep closer than chance: the job behind `faro describe`.
public struct PatternDescription: Sendable {
    /// How standard distance and ellipse are scaled.
    public var variant: DeviationVariant
    /// nil leaves Ripley's K out.
    public var ripley: RipleyK?
    public var threads: Int?

    public init(variant: DeviationVariant = .ebdon, ripley: RipleyK? = nil, threads: Int? = nil) {
        self.variant = variant
        self.ripley = ripley
        self.threads = threads
    }

    /// - Parameter studyArea: incidents outside it are left out of every figure, and counted; nil takes the box around the
    ///   incidents, which makes a pattern look more even than it is.
    /// - Throws: `HotspotError`, ``JobError/interrupted(_:)``.
    public func run(
        on incidents: PointPattern, studyArea: StudyArea? = nil, control: JobControl = .silent
    ) throws -> PatternSummary {
        let (pattern, area) = try incidents.within(studyArea)
        var summary = PatternSummary(
            pattern: pattern, outside: incidents.count - pattern.count, variant: variant,
            studyArea: studyArea.words,
            mean: try PointCentre(.mean).centre(of: pattern),
            median: try PointCentre(.minimumDistance).centre(of: pattern),
            distance: try? StandardDistance(variant: variant).distance(of: pattern),
            ellipse: try? StandardDeviationalEllipse(variant: variant).ellipse(of: pattern),
            hull: ConvexHull().outline(of: pattern), duplicates: DuplicateShare().count(in: pattern))
        summary.nearest = try? NearestNeighbourIndex().index(of: pattern, in: area)
        guard let ripley else { return summary }
        do {
            summary.ripley = try ripley.measure(pattern, in: area, threads: threads) { done in
                control.progress("simulating Ripley's K", fraction: done)
                return !control.isCancelled
            }
        } catch {
            throw error == .cancelled ? JobError.interrupted("nothing was written") : error as any Error
        }
        return summary
    }
}

/// What is known of a pattern; nil where too few incidents, or no spread, leave nothing to say.
public struct PatternSummary: Sendable {
    /// The incidents in the study area, which all figures are about.
    public var pattern: PointPattern
    /// Incidents left out because they lie outside the study area.
    public var outside: Int
    public var variant: DeviationVariant
    public var studyArea: String
    public var mean: PointCentreResult
    /// The centre of minimum distance.
    public var median: PointCentreResult
    public var distance: StandardDistanceResult?
    public var ellipse: StandardDeviationalEllipseResult?
    public var hull: ConvexHullResult
    public var duplicates: DuplicateShareResult
    public var nearest: NearestNeighbourIndexResult?
    public var ripley: RipleyKResult?

    /// All figures, in the order a reader wants them.
    public var members: [Property] {
        func number(_ value: Double?) -> PropertyValue {
            value.flatMap { $0.isFinite ? .number(SurfaceFile.rounded($0)) : nil } ?? .null
        }
        var members = [
            Property("method", .text("description of a point pattern")), Property("crs", .text(pattern.crs.name)),
            Property("study_area", .text(studyArea)), Property("incidents", .integer(Int64(pattern.count))),
            Property("incidents_outside", .integer(Int64(outside))),
            Property("incidents_without_place", .integer(Int64(pattern.dropped))),
            Property("places", .integer(Int64(duplicates.places))),
            Property("share_at_shared_places", number(duplicates.share)),
            Property("most_at_one_place", .integer(Int64(duplicates.mostAtOnePlace))),
            Property("mean_centre_x", number(mean.centre.x)), Property("mean_centre_y", number(mean.centre.y)),
            Property("median_centre_x", number(median.centre.x)), Property("median_centre_y", number(median.centre.y)),
            Property("deviation_variant", .text(variant.rawValue)),
            Property("standard_distance_m", number(distance?.distance.metres)),
            Property("ellipse_semi_major_m", number(ellipse?.semiMajorAxis.metres)),
            Property("ellipse_semi_minor_m", number(ellipse?.semiMinorAxis.metres)),
            Property("ellipse_azimuth_degrees", number(ellipse?.azimuth)),
            Property("hull_km2", number(hull.squareMetres / 1e6)),
        ]
        if let nearest {
            members += [
                Property("study_area_km2", number(nearest.squareMetres / 1e6)),
                Property("nearest_neighbour_mean_m", number(nearest.meanDistance.metres)),
                Property("nearest_neighbour_expected_m", number(nearest.expectedDistance.metres)),
                Property("nearest_neighbour_index", number(nearest.index)),
                Property("nearest_neighbour_z", number(nearest.z)),
                Property("nearest_neighbour_p", number(nearest.p)),
            ]
        }
        if let ripley {
            members += [
                Property("ripley_correction", .text(ripley.method.correction.rawValue)),
                Property("ripley_simulations", .integer(Int64(ripley.method.simulations))),
                Property("ripley_seed", .text(String(ripley.method.seed))), Property("ripley_p", number(ripley.p)),
            ]
        }
        members.append(Property("faro_version", .text(FaroVersion.current)))
        return members
    }

    /// Centres, ellipse and hull as features.
    public func features(_ members: [Property] = []) -> FeatureTable {
        var table = FeatureTable(
            crs: pattern.crs, columns: ["name", "incidents", "metres", "km2"], members: self.members + members)
        let count = PropertyValue.integer(Int64(pattern.count))
        table.append(.point(mean.centre), [.text("mean centre"), count, .null, .null])
        table.append(.point(median.centre), [.text("median centre"), count, .null, .null])
        if let ellipse, let polygon = ellipse.polygon() {
            table.append(
                .polygon(polygon),
                [
                    .text("standard deviational ellipse"), count, .number(ellipse.semiMajorAxis.metres),
                    .number(ellipse.squareMetres / 1e6),
                ])
        }
        table.append(hull.geometry, [.text("convex hull"), count, .null, .number(hull.squareMetres / 1e6)])
        return table
    }

    /// `distance_m, k, l, l_minus_r, mean, low, high`, a row a step, without outlines; nil where K was not asked for.
    public func ripleyTable(_ members: [Property] = []) -> FeatureTable? {
        guard let ripley else { return nil }
        var table = FeatureTable(
            crs: pattern.crs,
            columns: [
                "distance_m", "k", "l", "l_minus_r", "k_of_random", "k_low", "k_high", "k_low_overall",
                "k_high_overall",
            ], members: self.members + members)
        func number(_ value: Double?) -> PropertyValue { value.map(PropertyValue.number) ?? .null }
        for step in ripley.steps {
            table.append(
                nil,
                [
                    .number(step.distance.metres), number(step.k), number(step.l), number(step.lMinusDistance),
                    number(step.meanOfRandom), number(step.pointwise?.lowerBound), number(step.pointwise?.upperBound),
                    number(step.overall?.lowerBound), number(step.overall?.upperBound),
                ])
        }
        return table
    }

    public var explanation: Explanation {
        Explanation(
            spanish: """
                El patrón se describió por su centro medio, el centro de distancia mínima (Weiszfeld 1937), la distancia estándar y la elipse de \
                desviación estándar (Ebdon 1988, divisor n; variante \(variant.rawValue)), y por el índice del vecino más cercano \
                (Clark & Evans 1954): R = d̄ / (0.5 √(A/N)), error estándar 0.26136/√(N²/A), con el área de estudio \(studyArea)\
                \(outside > 0 ? "; los \(outside) incidentes fuera de ella no entran en ninguna cifra" : "").\
                \(ripley.map { " La K de Ripley (1977) usa λ² = n(n − 1)/A², corrección \($0.method.correction.rawValue) y envolventes de \($0.method.simulations) simulaciones de aleatoriedad completa." } ?? "")
                """,
            english: """
                The pattern was described by its mean centre, the centre of minimum distance (Weiszfeld 1937), the standard distance and the \
                standard deviational ellipse (Ebdon 1988, divisor n; variant \(variant.rawValue)), and by the nearest-neighbour index \
                (Clark & Evans 1954): R = d̄ / (0.5 √(A/N)), standard error 0.26136/√(N²/A), with the study area \(studyArea)\
                \(outside > 0 ? "; the \(outside) incidents outside it enter no figure" : "").\
                \(ripley.map { " Ripley's K (1977) takes λ² = n(n − 1)/A², the \($0.method.correction.rawValue) correction and envelopes of \($0.method.simulations) simulations of complete randomness." } ?? "")
                """)
    }
}
