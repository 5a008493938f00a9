import Boundaries
import CivilTime
import Incidents
import SimpleFeatures
import Testing

extension ConformanceCheck {
    static let assignments: [ConformanceCheck] = [
        ConformanceCheck("placing again writes new areas and leaves the other rows as they are") { store throws in
            let rows = (1...6).map { TestRow(row: $0, areas: [$0 % 2 == 0 ? 0 : -1]) }
            try importRows(rows, into: store, areas: [AreaKeys(level: "colonia", keys: ["old"])])
            var ids: [Int64] = []
            try store.places { ids.append($0.incident) }
            let note = AssignmentNote(
                row: 0, level: "colonia", areaKey: "new", versionNumber: 2, candidates: 2, onBorder: true)
            try store.assign(
                AreaKeys(level: "colonia", keys: ["new", "newer"], versions: [2, 1]),
                incidents: [ids[0], ids[1], ids[5]], areas: [0, 1, -1], labelAgrees: [1, 0, -1], notes: [note])
            try store.finishAssignment(of: "colonia")
            var found: [String?] = []
            var agrees: [Bool?] = []
            var versions: [Int?] = []
            try store.incidents {
                versions.append($0.areaVersions.first ?? nil)
                found.append($0.areas.first?.key)
                agrees.append($0.areas.first?.labelAgrees)
            }
            #expect(found == ["new", "newer", nil, "old", nil, nil])
            #expect(agrees == [true, false, nil, false, nil, nil])
            #expect(versions == [2, 1, nil, 1, nil, nil])
        },
        ConformanceCheck("placing again in another version changes an area whose key stays") { store throws in
            try importRows([TestRow(row: 1, areas: [0])], into: store, areas: [AreaKeys(level: "colonia", keys: ["a"])])
            var ids: [Int64] = []
            try store.places { ids.append($0.incident) }
            try store.assign(
                AreaKeys(level: "colonia", keys: ["a"], versions: [2]), incidents: ids, areas: [0], labelAgrees: [1],
                notes: [])
            let column = try store.incidentTable(levels: ["colonia"], asOf: nil).areas(of: "colonia")
            #expect(column == AreaColumn(level: "colonia", keys: ["a"], versions: [2], index: [0]))
        },
        ConformanceCheck("placing on a level that is new gives every incident a place for it") { store throws in
            try importRows([TestRow(row: 1), TestRow(row: 2)], into: store)
            var ids: [Int64] = []
            try store.places { ids.append($0.incident) }
            try store.assign(
                AreaKeys(level: "district", keys: ["D1"]), incidents: [ids[1]], areas: [0], labelAgrees: [-1],
                notes: [])
            let column = try store.incidentTable(levels: ["district"], asOf: nil).areas(of: "district")
            #expect(column == AreaColumn(level: "district", keys: ["D1"], index: [-1, 0]))
        },
        ConformanceCheck("placing with an index that means no area is refused") { store throws in
            let keys = AreaKeys(level: "colonia", keys: ["a"])
            #expect(throws: (any Error).self) {
                try store.assign(keys, incidents: [1], areas: [1], labelAgrees: [-1], notes: [])
            }
            #expect(throws: (any Error).self) {
                try store.assign(keys, incidents: [1], areas: [], labelAgrees: [-1], notes: [])
            }
            #expect(throws: (any Error).self) {
                try store.assign(
                    AreaKeys(level: "drop table", keys: ["a"]), incidents: [1], areas: [0], labelAgrees: [-1],
                    notes: [])
            }
            #expect(throws: (any Error).self) {
                try store.assign(
                    AreaKeys(level: "colonia", keys: ["a"], versions: []), incidents: [1], areas: [0],
                    labelAgrees: [-1], notes: [])
            }
        },
    ]

    static let boundaries: [ConformanceCheck] = [
        ConformanceCheck("a version that is removed goes with the keys it gave, and may be added again") {
            store throws in
            try importRows([TestRow(row: 1, areas: [0])], into: store, areas: [AreaKeys(level: "colonia", keys: ["a"])])
            _ = try store.addBoundaries(layer(.colonia, ["a", "b"]), audit: "{}")
            try store.removeBoundaries(.colonia, number: 1)
            #expect(try store.boundaryVersions().isEmpty)
            #expect(throws: (any Error).self) { try store.boundaryLayer(.colonia, number: 1) }
            #expect(throws: (any Error).self) { try store.removeBoundaries(.colonia, number: 1) }
            try store.incidents { #expect($0.areas.first?.key == nil) }
            let again = try store.addBoundaries(layer(.colonia, ["c"]), audit: "{}")
            #expect(try store.boundaryLayer(.colonia, number: again.number).areas.map(\.id) == ["c"])
        },
        ConformanceCheck("a layer comes back as it was, sorted by key") { store throws in
            var given = layer(.colonia, ["b", "09015", "a", "Ñ"], from: "2020-01-01", parent: .municipality)
            given.areas[1].parentID = "19039"
            given.areas[2].geometry.polygons[0].holes = [
                square(-98.9, 25.1, 0.2).polygons[0].exterior, square(-98.5, 25.5, 0.2).polygons[0].exterior,
            ]
            given.areas[2].geometry.polygons += square(10, 10).polygons
            given.areas[3].properties = everyKindOfProperty
            let version = try store.addBoundaries(given, audit: #"{"gaps":0}"#)
            #expect(version.number == 1)
            #expect(version.areaCount == 4)
            #expect(try store.boundaryVersions() == [version])
            let found = try store.boundaryLayer(.colonia, number: 1)
            #expect(found.version == version)
            #expect(found.version.parentLevel == .municipality)
            let expected = [given.areas[1], given.areas[2], given.areas[0], given.areas[3]]
            #expect(found.areas.map(\.id) == ["09015", "a", "b", "Ñ"])
            #expect(found.areas.map(\.geometry) == expected.map(\.geometry))
            #expect(found.areas.map(\.properties) == expected.map(\.properties))
            #expect(found.areas.map(\.name) == expected.map(\.name))
            #expect(found.areas.map(\.parentID) == ["19039", nil, nil, nil])
            #expect(found.areas.allSatisfy { abs($0.squareMetres - 1_000_000) < 1e-6 })
            #expect(try store.boundaryAudit(.colonia, number: 1) == #"{"gaps":0}"#)
        },
        ConformanceCheck("a later version ends the open one before it") { store throws in
            _ = try store.addBoundaries(layer(.colonia, ["a"]), audit: "1")
            let second = try store.addBoundaries(layer(.colonia, ["a", "b"], from: "2024-01-01"), audit: "2")
            #expect(second.number == 2)
            let versions = try store.boundaryVersions()
            #expect(
                versions.map(\.validity) == [
                    Validity(to: CalendarDate("2024-01-01")), Validity(from: CalendarDate("2024-01-01")),
                ])
            #expect(try store.boundaryLayer(.colonia, number: 1).areas.map(\.id) == ["a"])
            #expect(try store.boundaryLayer(.colonia, number: 2).areas.map(\.id) == ["a", "b"])
            #expect(try store.boundaryAudit(.colonia, number: 1) == "1")
        },
        ConformanceCheck("a version that holds on days of another is refused, and nothing changes") { store throws in
            _ = try store.addBoundaries(layer(.colonia, ["a"], from: "2020-01-01", to: "2022-01-01"), audit: "")
            let before = try store.boundaryVersions()
            let revision = try store.revision()
            for (from, to) in [
                ("2021-12-31", "2023-01-01"), ("2019-01-01", "2020-01-02"), (nil, nil), ("2020-06-01", nil),
                (nil, "2021-01-01"),
            ] as [(String?, String?)] {
                #expect(throws: (any Error).self) {
                    try store.addBoundaries(layer(.colonia, ["a"], from: from, to: to), audit: "")
                }
            }
            #expect(try store.boundaryVersions() == before)
            #expect(try store.revision() == revision)
            _ = try store.addBoundaries(layer(.colonia, ["a"], from: "2022-01-01"), audit: "")
            _ = try store.addBoundaries(layer(.colonia, ["a"], to: "2020-01-01"), audit: "")
            #expect(try store.boundaryVersions().map(\.number) == [1, 2, 3])
        },
        ConformanceCheck("a version without a single day is refused") { store throws in
            #expect(throws: (any Error).self) {
                try store.addBoundaries(layer(.colonia, ["a"], from: "2024-01-01", to: "2024-01-01"), audit: "")
            }
        },
        ConformanceCheck("a key that occurs twice in a layer is refused") { store throws in
            #expect(throws: (any Error).self) { try store.addBoundaries(layer(.colonia, ["a", "b", "a"]), audit: "") }
            #expect(try store.boundaryVersions().isEmpty)
        },
        ConformanceCheck("coordinates that are not on Earth are refused") { store throws in
            for place in [(181.0, 0.0), (0, 91), (.nan, 0), (0, .infinity)] {
                var bad = layer(.colonia, ["a"])
                bad.areas[0].geometry = square(place.0, place.1, 0.5)
                #expect(throws: (any Error).self) { try store.addBoundaries(bad, audit: "") }
            }
        },
        ConformanceCheck("a version that is not there is refused") { store throws in
            #expect(throws: (any Error).self) { try store.boundaryLayer(.colonia, number: 1) }
            #expect(throws: (any Error).self) { try store.boundaryAudit(.district, number: 1) }
        },
        ConformanceCheck("levels are listed by name, and an area without polygons is kept") { store throws in
            _ = try store.addBoundaries(layer(.municipality, ["19039"]), audit: "")
            var empty = layer(.colonia, ["a"])
            empty.areas[0].geometry = MultiPolygon([])
            _ = try store.addBoundaries(empty, audit: "")
            #expect(try store.boundaryVersions().map(\.level) == [.colonia, .municipality])
            #expect(try store.boundaryLayer(.colonia, number: 1).areas[0].geometry == MultiPolygon([]))
        },
    ]

    private static let everyKindOfProperty = [
        Property("null", .null), Property("yes", .bool(true)), Property("no", .bool(false)),
        Property("int", .integer(-7)),
        Property("big", .integer(.max)), Property("whole", .number(3)), Property("number", .number(-0.1)),
        Property("tiny", .number(1e-300)), Property("text", .text("\"q\" \\ \n \u{1} ñ 漢 \u{1F600}")),
        Property("nested", .json(#"{"a":[1,{"b":"]}"},null],"c":"\u00f1"}"#)), Property("", .text("")),
        Property("int", .text("a name may come twice")),
    ]
}
