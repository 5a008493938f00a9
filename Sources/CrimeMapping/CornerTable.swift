public import Boundaries
import Geodesy
public import Hotspots
public import SimpleFeatures

/// Incidents counted at exact places, the street corners of published data: the job behind `faro hotspot count --corners`.
///
/// Corners that are known from elsewhere count 0 where nothing happened; without them only the places of incidents are counted
/// on, which makes them look less concentrated than they are.
public struct CornerTable: Sendable {
    /// The projected system of the places.
    public var crs: CRS
    /// Those with most incidents first.
    public var corners: CornerCounts
    /// Incidents outside the study area, which are counted nowhere.
    public var outside: Int
    /// As the result's record names it.
    public var studyArea: String
    /// nil where nothing was counted.
    public var concentration: ConcentrationResult?

    /// - Parameters:
    ///   - known: corners in the pattern's reference system, such as those of a street table.
    ///   - studyArea: incidents and corners outside it are left out; nil takes all.
    /// - Throws: `HotspotError`.
    /// - Complexity: O(*n* log *n*) with *n* incidents and corners.
    public init(_ incidents: PointPattern, known: [PlanarPoint] = [], studyArea: StudyArea? = nil) throws {
        let (pattern, _) = try incidents.within(studyArea)
        let (inside, _) = try PointPattern(known, crs: incidents.crs).within(studyArea)
        crs = incidents.crs
        outside = incidents.count - pattern.count
        self.studyArea = studyArea?.name ?? "none"
        corners = try CornerPlaces().counts(
            of: pattern, known: zip(inside.x, inside.y).map { PlanarPoint(x: $0, y: $1) })
        concentration = pattern.count > 0 ? try Concentration().concentration(of: corners.incidents) : nil
    }

    /// `x, y, count, weight`, one row a place, those with most incidents first.
    public func table(_ members: [Property] = []) -> FeatureTable {
        let own = [
            Property("method", .text("count")), Property("support", .text("exact places")),
            Property("crs", .text(crs.name)),
            Property("study_area", .text(studyArea)), Property("units", .integer(Int64(corners.places.count))),
            Property("known_corners", .integer(Int64(corners.known))),
            Property("places_not_known", corners.placesNotKnown.map { .integer(Int64($0)) } ?? .null),
            Property("incidents_counted", .integer(Int64(corners.counted))),
            Property("incidents_outside", .integer(Int64(outside))),
            Property("incidents_without_place", .integer(Int64(corners.dropped))),
            Property("faro_version", .text(FaroVersion.current)),
        ]
        var table = FeatureTable(
            crs: crs, columns: ["x", "y", "count", "weight"], members: own + (concentration?.members ?? []) + members)
        for place in corners.places {
            table.append(
                .point(place.point),
                [
                    .number(place.point.x), .number(place.point.y), .integer(Int64(place.incidents)),
                    .number(place.weight),
                ])
        }
        table.style = .init(
            .amounts(corners.places.map(\.weight)), spanish: "incidentes por esquina", english: "incidents per corner")
        return table
    }

    /// What a person is told, a line each.
    public var account: [String] {
        var lines = [
            "counts at \(corners.places.count) places",
            "  incidents    \(corners.counted) counted, \(outside) outside, \(corners.dropped) without a place",
        ]
        if corners.known > 0 {
            lines.append(
                "  corners      \(corners.known) known, \(corners.placesNotKnown ?? 0) places of incidents are none of them"
            )
        } else {
            lines.append("  corners      none known: places without an incident are not counted")
        }
        return lines + (concentration?.account("places") ?? [])
    }

    /// The paragraph of a methods section.
    public var explanation: Explanation {
        let concentration = ConcentrationResult.explanation
        return Explanation(
            spanish: """
                Se contaron los incidentes por lugar exacto, sin ajuste; las esquinas conocidas sin incidentes cuentan como cero (Sherman, \
                Gartin & Buerger 1989, Criminology 27). \(concentration.spanish)
                """,
            english: """
                Incidents were counted by exact place, nothing snapped; known corners without incidents count as zero (Sherman, Gartin & Buerger \
                1989, Criminology 27). \(concentration.english)
                """)
    }
}

extension GazetteerSource {
    /// The crossings of the street tables on a plane; those without an image in its system are left out.
    /// - Throws: `GeodesyError`, the store's errors.
    public func crossings(in crs: CRS) throws -> [PlanarPoint] {
        let places = try streetPlaces().filter { $0.kind == .crossing }
        var (x, y) = (places.map(\.longitude), places.map(\.latitude))
        // As columns, like the incidents: equal degrees then have equal metres, to the last bit.
        _ = try Transformation(from: .wgs84, to: crs).transform(x: &x, y: &y)
        return zip(x, y).filter { $0.isFinite && $1.isFinite }.map { PlanarPoint(x: $0, y: $1) }
    }
}
