public import Hotspots
public import SimpleFeatures

/// Clusters of a point pattern with their outlines: the job behind `faro hotspot clusters`.
public struct ClusterSearch: Sendable {
    /// How clusters are found.
    public enum Method: Sendable, Hashable {
        case dbscan(DBSCAN)
        case hdbscan(HDBSCAN)
        case nearestNeighbours(NearestNeighbourHierarchy)
        case stac(STAC)

        var name: String {
            switch self {
            case .dbscan: "DBSCAN"
            case .hdbscan: "HDBSCAN"
            case .nearestNeighbours: "nearest-neighbour hierarchical clustering"
            case .stac: "STAC"
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
            case .nearestNeighbours(let method):
                [
                    Property("threshold", .text(method.threshold.words)),
                    Property("minimum_size", .integer(Int64(method.minimumSize))),
                    Property("simulations", .integer(Int64(method.simulations))),
                    Property("seed", .text(String(method.seed))),
                ]
            case .stac(let method):
                [
                    Property("search_radius_m", .number(method.searchRadius.metres)),
                    Property("minimum_size", .integer(Int64(method.minimumSize))),
                    Property("lattice", .text(method.lattice.rawValue)),
                    Property("most_circles", .integer(Int64(method.mostCircles))),
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
    /// How many threads may work on simulations; nil for one per processor. The clusters do not depend on it.
    public var threads: Int?

    public init(method: Method, outline: Outline = .hull, threads: Int? = nil) {
        self.method = method
        self.outline = outline
        self.threads = threads
    }

    /// - Throws: `HotspotError`, ``JobError/interrupted(_:)``.
    /// - Parameter studyArea: incidents outside it are left out, and counted. NNH expects chance in it, and STAC's rectangle is
    ///   drawn around it; nil takes the box around the incidents.
    public func run(
        on incidents: PointPattern, studyArea: StudyArea? = nil, control: JobControl = .silent
    ) throws -> ClusterTable {
        let (pattern, area) = try incidents.within(studyArea)
        var table = try clusters(of: pattern, in: area, around: studyArea?.envelope ?? pattern.envelope, control)
        table.outside = incidents.count - pattern.count
        table.notes.insert(Property("study_area", .text(studyArea.words)), at: 0)
        return table
    }

    private func clusters(
        of pattern: PointPattern, in area: AreaChoice, around rectangle: Envelope<PlanarPoint>, _ control: JobControl
    ) throws -> ClusterTable {
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
            case .nearestNeighbours(let method):
                let result = try method.clusters(of: pattern, in: area, threads: threads, progress: progress)
                let found = result.firstOrder
                var clusters = try table(
                    pattern, found, noise: found.incidents - found.incidentsInClusters, dropped: result.dropped)
                for index in clusters.rows.indices {
                    clusters.rows[index].p = result.p(of: clusters.rows[index].cluster)
                }
                clusters.notes = [
                    Property("threshold_m", .number(result.threshold.metres)),
                    Property(
                        "clusters_of_higher_orders",
                        .json("[\(result.higherOrders.map { String($0.clusters.count) }.joined(separator: ","))]")),
                    Property("p_of_so_many_clusters", result.p.map(PropertyValue.number) ?? .null),
                ]
                return clusters
            case .stac(let method):
                let result = try method.clusters(of: pattern, in: rectangle)
                let found = result.found
                return try table(
                    pattern, found, noise: found.incidents - found.incidentsInClusters, dropped: result.dropped)
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
                    outline: shape(of: members, hull),
                    stability: stability.flatMap { $0.indices.contains(number) ? $0[number] : nil }
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
        /// The share of random patterns whose largest cluster is at least as large; nil without simulations.
        public var p: Double?
    }

    public var search: ClusterSearch
    public var crs: CRS
    /// In the order of their numbers.
    public var rows: [Row]
    public var incidents: Int
    /// Incidents in no cluster.
    public var noise: Int
    public var dropped: Int
    /// Incidents left out because they lie outside the study area.
    public var outside = 0
    /// What the method came to besides its clusters.
    public var notes: [Property] = []

    /// `cluster_id, count, weight, places, x, y, hull_km2, per_km2`, and for HDBSCAN `stability`.
    public func table(_ members: [Property] = []) -> FeatureTable {
        var columns = ["cluster_id", "count", "weight", "places", "x", "y", "hull_km2", "per_km2"]
        let hasStability = rows.contains { $0.stability != nil }
        if hasStability { columns.append("stability") }
        let hasP = rows.contains { $0.p != nil }
        if hasP { columns.append("p") }
        var table = FeatureTable(crs: crs, columns: columns, members: self.members + members)
        for row in rows {
            let km2 = row.squareMetres / 1e6
            var values: [PropertyValue] = [
                .integer(Int64(row.id)), .integer(Int64(row.cluster.incidents)), .number(row.cluster.weight),
                .integer(Int64(row.cluster.places.count)), .number(row.cluster.centre.x), .number(row.cluster.centre.y),
                .number(km2), km2 > 0 ? .number(Double(row.cluster.incidents) / km2) : .null,
            ]
            if hasStability { values.append(row.stability.map(PropertyValue.number) ?? .null) }
            if hasP { values.append(row.p.map(PropertyValue.number) ?? .null) }
            table.append(row.outline, values)
        }
        table.style = .init(
            .none, spanish: "cúmulos (\(search.method.name))", english: "clusters (\(search.method.name))")
        return table
    }

    private var members: [Property] {
        [Property("method", .text(search.method.name))] + search.method.parameters + notes + [
            Property("outline", .text(search.outline.rawValue)), Property("crs", .text(crs.name)),
            Property("incidents", .integer(Int64(incidents))), Property("clusters", .integer(Int64(rows.count))),
            Property("incidents_in_clusters", .integer(Int64(incidents - noise))),
            Property("incidents_in_none", .integer(Int64(noise))),
            Property("incidents_outside", .integer(Int64(outside))),
            Property("incidents_without_place", .integer(Int64(dropped))),
            Property("faro_version", .text(FaroVersion.current)),
        ]
    }

    /// What a person is told, a line each.
    public var account: [String] {
        var lines = [
            "\(search.method.name): \(rows.count) clusters",
            "  incidents    \(incidents - noise) in clusters, \(noise) in none, \(outside) outside, \(dropped) without a place",
        ]
        for note in notes {
            if case .number(let value) = note.value { lines.append("  \(note.name)  \((value * 1e4).rounded() / 1e4)") }
        }
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
        case .nearestNeighbours(let method):
            Explanation(
                spanish: """
                    Los cúmulos se hallaron por vecinos más cercanos jerárquicos (CrimeStat IV, cap. 7): se agrupan incidentes a menos de \
                    \(method.threshold.spanishWords), con al menos \(method.minimumSize) por cúmulo, y de nuevo sus centros; significancia por \
                    \(method.simulations) simulaciones de aleatoriedad completa.
                    """,
                english: """
                    Clusters were found by nearest-neighbour hierarchical clustering (CrimeStat IV, ch. 7): incidents closer than \
                    \(method.threshold.words) are grouped, at least \(method.minimumSize) to a cluster, and then their centres again; significance \
                    from \(method.simulations) simulations of complete randomness.
                    """)
        case .stac(let method):
            Explanation(
                spanish: """
                    Los cúmulos se hallaron con STAC (Block 1995; CrimeStat IV, cap. 8): círculos de radio √2 · \(method.searchRadius.metres.inWords) m \
                    en una retícula de ese paso, los \(method.mostCircles) con más incidentes, unidos donde comparten alguno.
                    """,
                english: """
                    Clusters were found by STAC (Block 1995; CrimeStat IV, ch. 8): circles of radius √2 · \(method.searchRadius.metres.inWords) m on a \
                    lattice of that step, the \(method.mostCircles) with most incidents, merged where they share one.
                    """)
        }
    }
}

extension NearestNeighbourHierarchy.Threshold {
    fileprivate var words: String {
        switch self {
        case .random(let errors): "the distance expected by chance less \(errors.inWords) standard errors"
        case .fixed(let length): "\(length.metres.inWords) m"
        }
    }

    fileprivate var spanishWords: String {
        switch self {
        case .random(let errors): "la distancia esperada por azar menos \(errors.inWords) errores estándar"
        case .fixed(let length): "\(length.metres.inWords) m"
        }
    }
}
