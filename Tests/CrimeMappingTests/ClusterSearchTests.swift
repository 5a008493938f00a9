import CrimeMapping
import Hotspots
import SimpleFeatures
import Testing

@Suite struct ClusterSearchTests {
    /// The corners of a square of 100 m, twice the south-west one, and its middle; three places on a line; six incidents at
    /// one place; and one alone.
    private static func pattern() throws -> PointPattern {
        try PlaneFixture.pattern(
            [(0, 0), (0, 0), (100, 0), (100, 100), (0, 100), (50, 50)] + [(1000, 0), (1060, 0), (1120, 0)]
                + Array(repeating: (0, 1000), count: 6) + [(5000, 5000)])
    }

    private static let reach = ClusterSearch.Method.dbscan(DBSCAN(reach: .metres(80), minimumIncidents: 3))

    @Test func `A cluster is outlined by its hull: a polygon, a line, or a place`() throws {
        let found = try ClusterSearch(method: Self.reach).run(on: Self.pattern())
        #expect(found.rows.map(\.cluster.incidents) == [6, 3, 6] && found.noise == 1 && found.incidents == 16)
        #expect(found.rows.map(\.squareMetres) == [10_000, 0, 0])
        guard case .polygon(let square)? = found.rows[0].outline, case .lineString(let line)? = found.rows[1].outline,
            case .point(let place)? = found.rows[2].outline
        else {
            Issue.record("\(found.rows.map(\.outline))")
            return
        }
        #expect(
            Set(square.exterior)
                == Set([(0, 0), (100, 0), (100, 100), (0, 100)].map { PlaneFixture.point($0.0, $0.1) }))
        #expect(Set(line) == Set([PlaneFixture.point(1000, 0), PlaneFixture.point(1120, 0)]))
        #expect(place == PlaneFixture.point(0, 1000))
    }

    @Test func `The table gives counts, centres and densities, and null for the density of no area`() throws {
        let table = try ClusterSearch(method: Self.reach).run(on: Self.pattern()).table([Property("source", .text("a"))]
        )
        #expect(table.columns == ["cluster_id", "count", "weight", "places", "x", "y", "hull_km2", "per_km2"])
        // The mean of six incidents, two of them at the corner.
        let x = (480_000.0 + 250 / 6.0)
        guard case .number(let found) = table.rows[0].values[4] else { return #expect(Bool(false)) }
        #expect(abs(found - x) < 1e-3)
        #expect(Array(table.rows[0].values.prefix(4)) == [.integer(0), .integer(6), .number(6), .integer(5)])
        #expect(Array(table.rows[0].values.suffix(2)) == [.number(0.01), .number(600)])
        #expect(Array(table.rows[1].values.suffix(2)) == [.number(0), .null])
        #expect(table.members["method"] == .text("DBSCAN") && table.members["reach_m"] == .number(80))
        #expect(table.members["incidents_in_none"] == .integer(1) && table.members["clusters"] == .integer(3))
    }

    @Test func `An ellipse surrounds a cluster that has a width, and its hull one that has none`() throws {
        let found = try ClusterSearch(method: Self.reach, outline: .ellipse).run(on: Self.pattern())
        guard case .polygon(let ellipse)? = found.rows[0].outline else { return #expect(Bool(false)) }
        // The six incidents: variances by eigenvalues along the diagonals, whatever the scale of the variant.
        let members = try PlaneFixture.pattern([(0, 0), (0, 0), (100, 0), (100, 100), (0, 100), (50, 50)])
        let expected = try StandardDeviationalEllipse().ellipse(of: members)
        #expect(abs(MultiPolygon([ellipse]).squareMetres / expected.squareMetres - 1) < 0.01)
        if case .polygon? = found.rows[1].outline { Issue.record("a line has no ellipse") }
        #expect(found.rows[1].outline != nil && found.rows[2].outline == .point(PlaneFixture.point(0, 1000)))
    }

    @Test func `Incidents outside the study area are left out of every method, and counted`() throws {
        // Without the six at one place, which lie beyond.
        let area = PlaneFixture.studyArea(PlaneFixture.square(6000, x: 1, y: -1))
        for method in [
            Self.reach, .hdbscan(HDBSCAN(minimumSize: 3)), .stac(STAC(searchRadius: .metres(100), minimumSize: 3)),
        ] {
            let found = try ClusterSearch(method: method).run(on: Self.pattern(), studyArea: area)
            #expect(found.incidents == 7 && found.outside == 9)
            #expect(found.table().members["incidents_outside"] == .integer(9))
        }
    }

    @Test func `Every method says what it was given and what it found`() throws {
        let area = PlaneFixture.studyArea(PlaneFixture.square(6000, x: -100, y: -100))
        let methods: [(ClusterSearch.Method, String)] = [
            (Self.reach, "DBSCAN"), (.hdbscan(HDBSCAN(minimumSize: 3)), "HDBSCAN"),
            (
                .nearestNeighbours(
                    NearestNeighbourHierarchy(threshold: .fixed(.metres(120)), minimumSize: 3, simulations: 9, seed: 1)),
                "nearest-neighbour hierarchical clustering"
            ), (.stac(STAC(searchRadius: .metres(100), minimumSize: 3)), "STAC"),
        ]
        for (method, name) in methods {
            let found = try ClusterSearch(method: method).run(on: Self.pattern(), studyArea: area)
            #expect(!found.rows.isEmpty, "\(name)")
            #expect(found.rows.reduce(0) { $0 + $1.cluster.incidents } + found.noise == 16, "\(name)")
            let table = found.table()
            #expect(table.members["method"] == .text(name))
            #expect(table.members["faro_version"] != nil && table.members["crs"] == .text("EPSG:32614"))
            #expect(Set(table.members.map(\.name)).count == table.members.count)
            #expect(found.account[0].hasPrefix(name))
            #expect(!found.explanation.spanish.isEmpty && found.explanation.spanish != found.explanation.english)
        }
    }

    @Test func `No incident makes no cluster, or is refused`() throws {
        let none = try PlaneFixture.pattern([])
        let found = try ClusterSearch(method: Self.reach).run(on: none)
        #expect(found.rows.isEmpty && found.noise == 0 && found.table().rows.isEmpty)
    }
}
