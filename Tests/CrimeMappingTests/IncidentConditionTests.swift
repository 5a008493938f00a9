import CQL2
import CivilTime
import CrimeMapping
import Foundation
import GeoPackageStore
import Incidents
import SimpleFeatures
import TestSupport
import Testing

@Suite struct IncidentConditionTests {
    /// Eight incidents, in the order of their rows; the sixth has no place, the seventh no time, the eighth no crime.
    private static let text = """
        fecha,hora,delito,longitud,latitud
        2024-03-01,08:00,ROBO A NEGOCIO,-99.15,19.30
        2024-03-02,20:00,ROBO A TRANSEÚNTE,-99.14,19.31
        2024-03-03,21:30,HOMICIDIO,-99.13,19.32
        2024-03-31,23:59,EXTORSIÓN,-99.12,19.33
        2024-04-01,00:00,ROBO A NEGOCIO,-99.11,19.34
        2024-04-02,12:00,HOMICIDIO,,
        2024-04-03,,HOMICIDIO,-99.10,19.35
        2024-04-04,10:00,,-99.09,19.36

        """

    private func store(in folder: TemporaryFolder) throws -> GeoPackageStore {
        let store = try GeoPackageStore.empty(in: folder)
        _ = try ReportImport(path: try folder.write("a.csv", Self.text), profile: .generic).run(into: store)
        return store
    }

    /// The numbers of the reports that a condition takes.
    private func rows(_ condition: String, of store: GeoPackageStore) throws -> [Int64] {
        var filter = IncidentFilter()
        filter.condition = try CQL2Filter(condition)
        let selection = try IncidentSelection(from: store, filter: filter)
        let first = selection.table.id.min() ?? 0
        return selection.rows.map { selection.table.id[$0] - first + 1 }.sorted()
    }

    @Test func `Every kind of predicate takes the incidents it says, and unknown is not false`() throws {
        let folder = try TemporaryFolder()
        let store = try store(in: folder)
        let cases: [(String, [Int64])] = [
            ("category = 'HOMICIDIO'", [3, 6, 7]), ("category <> 'HOMICIDIO'", [1, 2, 4, 5]),
            ("category LIKE 'ROBO%'", [1, 2, 5]), ("category NOT LIKE 'ROBO%'", [3, 4, 6, 7]),
            ("NOT category LIKE 'ROBO%'", [3, 4, 6, 7]), ("category IS NULL", [8]),
            ("category IS NOT NULL", [1, 2, 3, 4, 5, 6, 7]),
            ("category IN ('EXTORSIÓN', 'NADA')", [4]), ("category NOT IN ('EXTORSIÓN')", [1, 2, 3, 5, 6, 7]),
            ("category = 'homicidio'", []),
            ("local_hour >= 20", [2, 3, 4]), ("local_hour < 20", [1, 5, 6, 8]), ("local_hour IS NULL", [7]),
            ("local_hour BETWEEN 8 AND 12", [1, 6, 8]), ("local_hour NOT BETWEEN 8 AND 12", [2, 3, 4, 5]),
            ("local_date = DATE('2024-03-31')", [4]), ("local_date > '2024-04-01'", [6, 7, 8]),
            // Monday 1 April 2024.
            ("local_dow = 1", [5]),
            // Mexico City is six hours west: 31 March 23:59 is 1 April 05:59 in UTC.
            (
                "occurred_at >= TIMESTAMP('2024-04-01T05:59:00Z') AND occurred_at < TIMESTAMP('2024-04-01T06:00:00.5Z')",
                [4, 5]
            ),
            ("occurred_at < TIMESTAMP('2024-03-01T14:00:00.001Z')", [1]),
            ("occurred_at < TIMESTAMP('2024-03-01T14:00:00Z')", []),
            ("occurred_at <= DATE('2024-03-31')", [1, 2, 3, 4]), ("occurred_at = '2024-04-01'", [5]),
            ("outcome = 'unplaced'", [6]), ("precision = 'point'", [1, 2, 3, 4, 5, 7, 8]),
            ("is_artefact = FALSE", [1, 2, 3, 4, 5, 6, 7, 8]), ("is_artefact <> FALSE", []), ("x IS NULL", [6]),
            ("geometry IS NULL", [6]), ("weight = 1", [1, 2, 3, 4, 5, 6, 7, 8]),
            ("category = 'X' OR local_hour >= 0", [1, 2, 3, 4, 5, 6, 8]), ("TRUE", [1, 2, 3, 4, 5, 6, 7, 8]),
            ("FALSE", []),
            ("NOT (category = 'HOMICIDIO' AND local_hour = 12)", [1, 2, 3, 4, 5, 8]),
            ("S_INTERSECTS(geometry, BBOX(-99.15, 19.30, -99.13, 19.33))", [1, 2, 3]),
            ("NOT S_INTERSECTS(geometry, BBOX(-99.15, 19.30, -99.13, 19.33))", [4, 5, 7, 8]),
            ("S_INTERSECTS(geometry, BBOX(170, 19, -99.11, 20))", [1, 2, 3, 4, 5]),
            ("S_INTERSECTS(geometry, POINT(-99.13 19.32))", [3]),
            ("S_INTERSECTS(geometry, LINESTRING(-99.2 19.25, -99.12 19.33))", [1, 2, 3, 4]),
            (
                "S_INTERSECTS(geometry, POLYGON((-99.16 19.29,-99.1 19.29,-99.1 19.345,-99.16 19.345,-99.16 19.29),"
                    + "(-99.135 19.315,-99.125 19.315,-99.125 19.325,-99.135 19.325,-99.135 19.315)))", [1, 2, 4, 5]
            ),
            // Where two polygons overlap, both hold the place.
            (
                "S_INTERSECTS(geometry, MULTIPOLYGON(((-99.16 19.29,-99.1 19.29,-99.1 19.32,-99.16 19.29)),"
                    + "((-99.2 19.2,-99 19.2,-99 19.315,-99.2 19.315,-99.2 19.2))))", [1, 2]
            ),
        ]
        for (condition, expected) in cases { #expect(try rows(condition, of: store) == expected, "\(condition)") }
    }

    @Test func `A condition on what is not there, or with what does not fit, names what does`() throws {
        let folder = try TemporaryFolder()
        let store = try store(in: folder)
        let unknown = #expect(throws: FilterError.self) { try rows("crime = 'x'", of: store) }
        #expect(unknown?.description.contains("category, modality") == true)
        #expect(unknown?.description.hasSuffix("but asks about \"crime\"") == true)
        for condition in [
            "category = 1", "local_hour = 'x'", "is_artefact > TRUE", "local_date = 'soon'", "weight LIKE 'x'",
            "S_INTERSECTS(category, POINT(0 0))", "geometry = 1", "local_date < TIMESTAMP('2024-01-01T00:00:00Z')",
        ] {
            #expect(throws: FilterError.self, "\(condition)") { try rows(condition, of: store) }
        }
    }

    @Test func `A condition that would take long is refused before any work`() throws {
        let demo = try DemoStore()
        let count = try IncidentSelection(from: demo.store, filter: IncidentFilter()).rows.count
        func asks(_ condition: CQL2Condition) throws {
            var filter = IncidentFilter()
            filter.condition = CQL2Filter(condition)
            _ = try IncidentSelection(from: demo.store, filter: filter)
        }
        let one = CQL2Condition.comparison("weight", .greater, .number(0))
        try asks(.any(Array(repeating: one, count: 100)))
        #expect(throws: FilterError.self) { try asks(.any(Array(repeating: one, count: 300_000_000 / count + 1))) }
        // As many numbers as anybody may list are one look at each incident.
        try asks(.isIn("local_hour", (0..<100_000).map { .number(Double($0)) }))
    }

    @Test func `A table alone refuses a condition instead of passing it over`() throws {
        var filter = IncidentFilter()
        filter.condition = try CQL2Filter("weight = 1")
        #expect(!filter.isEmpty)
        #expect(throws: FilterError.conditionWithoutPlane) { try filter.rows(of: IncidentTable()) }
        #expect(String(decoding: try JSONEncoder().encode(filter), as: UTF8.self) == #"{"where":"weight = 1"}"#)
        #expect(try JSONDecoder().decode(IncidentFilter.self, from: JSONEncoder().encode(filter)) == filter)
    }

    @Test func `A box asked as condition, and as box, is one box`() throws {
        let demo = try DemoStore()
        var generator = SeededGenerator(seed: 6)
        let all = try IncidentSelection(from: demo.store, filter: IncidentFilter())
        let extent = try DegreeColumns(of: all.table, crs: all.crs)
        let box = Envelope(
            zip(extent.longitudes, extent.latitudes).filter { $0.0.isFinite }.map {
                LonLat(longitude: $0, latitude: $1)
            })
        for _ in 0..<10 {
            let x = [0, 1].map { _ in Double.random(in: box.minX...box.maxX, using: &generator) }.sorted()
            let y = [0, 1].map { _ in Double.random(in: box.minY...box.maxY, using: &generator) }.sorted()
            let asBox = try IncidentSelection(
                from: demo.store, filter: IncidentFilter(),
                box: (Envelope(minX: x[0], minY: y[0], maxX: x[1], maxY: y[1]), .wgs84))
            var filter = IncidentFilter()
            filter.condition = try CQL2Filter("S_INTERSECTS(geometry, BBOX(\(x[0]), \(y[0]), \(x[1]), \(y[1])))")
            #expect(try IncidentSelection(from: demo.store, filter: filter).rows == asBox.rows)
            filter.condition = try CQL2Filter(
                "S_INTERSECTS(geometry, POLYGON((\(x[0]) \(y[0]),\(x[1]) \(y[0]),\(x[1]) \(y[1]),\(x[0]) \(y[1]),\(x[0]) \(y[0]))))"
            )
            #expect(try IncidentSelection(from: demo.store, filter: filter).rows == asBox.rows)
        }
    }
}

/// Against `cql2`, which evaluates filters too.
@Suite(.enabled(if: ForeignProgram.python.isInstalled, "FARO_PYTHON names no interpreter with cql2"))
struct IncidentConditionOracleTests {
    private static let script = """
        import cql2, json, sys
        q = json.load(open(sys.argv[1]))
        for f in q["filters"]:
            e = cql2.parse_text(f)
            print(json.dumps([i["id"] for i in q["items"] if e.matches(i)]))
        """

    @Test func `Somebody else's evaluation takes the same incidents`() throws {
        let demo = try DemoStore()
        let all = try IncidentSelection(from: demo.store, filter: IncidentFilter())
        let table = all.table
        let places = try DegreeColumns(of: table, crs: all.crs)
        // Incidents that have everything: the other reader has an error for what is absent.
        let rows = all.rows.filter {
            table.category[$0] >= 0 && table.localMinute[$0] >= 0 && places.longitudes[$0].isFinite
        }.prefix(300)
        let items: [[String: Any]] = rows.map { row in
            [
                "id": table.id[row], "type": "Feature",
                "geometry": ["type": "Point", "coordinates": [places.longitudes[row], places.latitudes[row]]],
                "properties": [
                    "category": table.categories[Int(table.category[row])],
                    "local_hour": Int(table.localMinute[row]) / 60, "weight": table.weight[row],
                    "local_dow": CalendarDate(daysSince1970: table.localDay[row]).isoWeekday,
                ] as [String: Any],
            ]
        }
        let (category, other) = (table.categories[0], table.categories[table.categories.count - 1])
        let middle = rows.map { (places.longitudes[$0], places.latitudes[$0]) }[rows.count / 2]
        let (west, south) = (middle.0 - 0.02, middle.1 - 0.02)
        let filters = [
            "category = '\(category)'", "category <> '\(category)'", "category LIKE '%O%'",
            "local_hour >= 18 OR local_dow = 1",
            "local_hour BETWEEN 6 AND 12", "category IN ('\(category)', '\(other)') AND NOT local_hour < 9",
            "NOT (local_dow > 3 AND local_hour <= 20)", "weight = 1", "local_hour NOT BETWEEN 6 AND 12",
            "S_INTERSECTS(geometry, POLYGON((\(west) \(south),\(middle.0) \(south),\(middle.0 + 0.001) \(middle.1 + 0.003),"
                + "\(west) \(south))))",
        ]
        let folder = try TemporaryFolder()
        let question = try JSONSerialization.data(withJSONObject: ["filters": filters, "items": items])
        let path = try folder.write("q.json", String(decoding: question, as: UTF8.self))
        let outcome = try ForeignProgram.python.run(["-c", Self.script, path])
        #expect(outcome.errors == "")
        let answers = outcome.output.split(separator: "\n")
        #expect(answers.count == filters.count)
        for (text, answer) in zip(filters, answers) {
            var filter = IncidentFilter()
            filter.condition = try CQL2Filter(text)
            let taken = Set(try IncidentSelection(from: demo.store, filter: filter).rows)
            let ours = rows.filter(taken.contains).map { table.id[$0] }
            #expect(try JSONDecoder().decode([Int64].self, from: Data(answer.utf8)) == ours, "\(text)")
        }
    }
}
