public import Hotspots
public import SimpleFeatures

/// Clusters of a point pattern with their outlines: the job behind `faro hotspot clusters`.
public struct ClusterSearch: Sendable {
    /// How clusters are found.
    public enum Method: Sendable, Hashable {
        case dbscan(DBSCAN)
        case hdbscan(HDBSCAN)

        var name: String {
            switch self {
            case .dbscan: "DBSCAN"
            case .hdbscan: "HDBSCAN"
            }
        }

        var parameters: [Property] {
            switch self {
            case .dbscan(let method):
                [
                    Property("reach_m", .number(method.reach.metres)),
                    Property("minimum_incidents", .integer(Int64(method.minimumIncidents))),
                ]
            case .hdbscan(let method):
                [
                    Property("minimum_size", .integer(Int64(method.minimumSize))),
                    Property("neighbours", .integer(Int64(method.neighbours ?? method.minimumSize))),
                    Property("selection", .text(method.selection.rawValue)),
                    Property("resolution_m", .number(method.resolution.metres)),
                ]
            }
        }
    }

    /// What surrounds a cluster in the result.
    public enum Outline: String, Sendable, CaseIterable {
        case hull
        /// The standard deviational ellipse of Ebdon, one standard deviation.
        case ellipse
    }

    public var method: Method
    public var outline: Outline

    public init(method: Method, outline: Outline = .hull) {
        self.method = method
        self.outline = outline
    }

    /// - Throws: `HotspotError`, ``JobError/interrupted(_:)``.
    public func run(on pattern: PointPattern, control: JobControl = .silent) throws -> ClusterTable {
        let progress: @Sendable (Double) -> Bool = { done in
            control.progress("finding clusters", fraction: done)
            return !control.isCancelled
        }
        do {
            switch method {
            case .dbscan(let method):
                let result = try method.clusters(of: pattern, progress: progress)
                return try table(pattern, result.found, noise: result.noise, dropped: result.dropped)
            case .hdbscan(let method):
                let result = try method.clusters(of: pattern, progress: progress)
                return try table(
                    pattern, result.found, noise: result.noise, dropped: result.dropped, stability: result.stability)
            }
        } catch HotspotError.cancelled {
            throw JobError.interrupted("nothing was written")
        }
    }

    private func table(
        _ pattern: PointPattern, _ found: PlaceClusters, noise: Int, dropped: Int, stability: [Double]? = nil
    ) throws -> ClusterTable {
        var rows: [ClusterTable.Row] = []
        for (number, cluster) in found.clusters.enumerated() {
            let members = try PointPattern(
                x: cluster.places.map { pattern.x[$0] }, y: cluster.places.map { pattern.y[$0] },
                weights: cluster.places.map { Double(pattern.multiplicity[$0]) }, crs: pattern.crs)
            let hull = ConvexHull().outline(of: members)
            rows.append(
                ClusterTable.Row(
                    id: number, cluster: cluster, squareMetres: hull.squareMetres,
                    outline: shape(of: members, hull), stability: stability.flatMap { $0.indices.contains(number) ? $0[number] : nil }
                ))
        }
        return ClusterTable(
            search: self, crs: pattern.crs, rows: rows, incidents: pattern.count, noise: noise, dropped: dropped)
    }

    /// A cluster on a line, or at one place, has no ellipse and is shown by its hull.
    private func shape(of members: PointPattern, _ hull: ConvexHullResult) -> Geometry<PlanarPoint>? {
        guard outline == .ellipse, let ellipse = try? StandardDeviationalEllipse().ellipse(of: members).polygon() else {
            return hull.geometry
        }
        return .polygon(ellipse)
    }
}

/// The clusters that were found, and how many incidents lie in none.
public struct ClusterTable: Sendable {
    /// One cluster.
    public struct Row: Sendable {
        public var id: Int
        public var cluster: PlaceCluster
        /// Of its convex hull.
        public var squareMetres: Double
        public var outline: Geometry<PlanarPoint>?
        public var stability: Double?
    }

    public var search: ClusterSearch
    public var crs: CRS
    /// In the order of their numbers.
    public var rows: [Row]
    public var incidents: Int
    /// Incidents in no cluster.
    public var noise: Int
    public var dropped: Int

    /// `cluster_id, count, weight, places, x, y, hull_km2, per_km2`, and for HDBSCAN `stability`.
    public func table(_ members: [Property] = []) -> FeatureTable {
        var columns = ["cluster_id", "count", "weight", "places", "x", "y", "hull_km2", "per_km2"]
        let hasStability = rows.contains { $0.stability != nil }
        if hasStability { columns.append("stability") }
        var table = FeatureTable(crs: crs, columns: columns, members: self.members + members)
        for row in rows {
            let km2 = row.squareMetres / 1e6
            var values: [PropertyValue] = [
                .integer(Int64(row.id)), .integer(Int64(row.cluster.incidents)), .number(row.cluster.weight),
                .integer(Int64(row.cluster.places.count)), .number(row.cluster.centre.x), .number(row.cluster.centre.y),
                .number(km2), km2 > 0 ? .number(Double(row.cluster.incidents) / km2) : .null,
            ]
            if hasStability { values.append(row.stability.map(PropertyValue.number) ?? .null) }
            table.append(row.outline, values)
        }
        return table
    }

    private var members: [Property] {
        [Property("method", .text(search.method.name))] + search.method.parameters + [
            Property("outline", .text(search.outline.rawValue)), Property("crs", .text(crs.name)),
            Property("incidents", .integer(Int64(incidents))), Property("clusters", .integer(Int64(rows.count))),
            Property("incidents_in_clusters", .integer(Int64(incidents - noise))),
            Property("incidents_in_none", .integer(Int64(noise))),
            Property("incidents_without_place", .integer(Int64(dropped))),
        ]
    }

    /// What a person is told, a line each.
    public var account: [String] {
        var lines = [
            "\(search.method.name): \(rows.count) clusters",
            "  incidents    \(incidents - noise) in clusters, \(noise) in none, \(dropped) without a place",
        ]
        if let largest = rows.max(by: { ($0.cluster.incidents, $1.id) < ($1.cluster.incidents, $0.id) }) {
            lines.append(
                "  largest      cluster \(largest.id): \(largest.cluster.incidents) incidents at \(largest.cluster.places.count) places, hull "
                    + "\((largest.squareMetres / 1e4).rounded() / 100) km²")
        }
        return lines
    }

    public var explanation: Explanation {
        switch search.method {
        case .dbscan(let method):
            Explanation(
                spanish: """
                    Los cúmulos se hallaron con DBSCAN (Ester et al. 1996, KDD-96): un lugar es núcleo si a \(method.reach.metres.inWords) m o menos \
                    hay al menos \(method.minimumIncidents) incidentes, contado el propio; los núcleos enlazados forman un cúmulo y los lugares \
                    fronterizos van al cúmulo de número más bajo.
                    """,
                english: """
                    Clusters were found by DBSCAN (Ester et al. 1996, KDD-96): a place is a core if at least \(method.minimumIncidents) incidents \
                    lie within \(method.reach.metres.inWords) m, its own counted; linked cores form a cluster, and border places go to the cluster \
                    of the lowest number.
                    """)
        case .hdbscan(let method):
            Explanation(
                spanish: """
                    Los cúmulos se hallaron con HDBSCAN (Campello, Moulavi & Sander 2013): jerarquía de distancias de alcance mutuo con \
                    \(method.neighbours ?? method.minimumSize) vecinos, condensada a cúmulos de al menos \(method.minimumSize) incidentes y cortada \
                    donde la estabilidad Σ(λ − λ_nacimiento) es máxima.
                    """,
                english: """
                    Clusters were found by HDBSCAN (Campello, Moulavi & Sander 2013): the hierarchy of mutual reachability distances with \
                    \(method.neighbours ?? method.minimumSize) neighbours, condensed to clusters of at least \(method.minimumSize) incidents and cut \
                    where stability Σ(λ − λ_birth) is greatest.
                    """)
        }
    }
}
