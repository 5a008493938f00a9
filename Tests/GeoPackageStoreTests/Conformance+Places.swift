import Boundaries
import Incidents
import SimpleFeatures
import Testing

extension ConformanceCheck {
    static let versions: [ConformanceCheck] = [
        ConformanceCheck("one key of two versions stands twice in the table, each time with its version") {
            store throws in
            let keys = [AreaKeys(level: "colonia", keys: ["b", "a", "b", "a"], versions: [1, 2, 2, 10])]
            let rows = [0, 1, 2, -1, 3, 0, 2].enumerated().map { TestRow(row: Int64($0 + 1), areas: [Int32($1)]) }
            try importRows(rows, into: store, areas: keys)
            let column = try store.incidentTable(levels: ["colonia"], asOf: nil).areas(of: "colonia")
            #expect(
                column
                    == AreaColumn(
                        level: "colonia", keys: ["a", "a", "b", "b"], versions: [2, 10, 1, 2],
                        index: [2, 0, 3, -1, 1, 2, 3]))
        },
        ConformanceCheck("a version that is removed takes only its own keys, and none of another's") { store throws in
            _ = try store.addBoundaries(layer(.colonia, ["a"], to: "2024-01-01"), audit: "")
            _ = try store.addBoundaries(layer(.colonia, ["a"], from: "2024-01-01"), audit: "")
            try importRows(
                [TestRow(row: 1, areas: [0]), TestRow(row: 2, areas: [1])], into: store,
                areas: [AreaKeys(level: "colonia", keys: ["a", "a"], versions: [1, 2])])
            try store.removeBoundaries(.colonia, number: 1)
            let column = try store.incidentTable(levels: ["colonia"], asOf: nil).areas(of: "colonia")
            #expect(column == AreaColumn(level: "colonia", keys: ["a"], versions: [2], index: [-1, 0]))
        },
        ConformanceCheck("versions of areas survive that a corrected file sets their rows aside") { store throws in
            let keys = [AreaKeys(level: "colonia", keys: ["a"], versions: [3])]
            try importRows([TestRow(row: 1, uncertainty: 30, areas: [0])], into: store, areas: keys)
            try importRows([TestRow(row: 1)], into: store, sha256: "bb", from: nextDay, to: nextDay)
            let before = try store.incidentTable(levels: ["colonia"], asOf: evening)
            #expect(before.areas(of: "colonia")?.versions == [3])
            #expect(before.grade == [.point])
        },
    ]

    static let places: [ConformanceCheck] = [
        ConformanceCheck("moving incidents writes their place anew, and the counts of their imports follow") {
            store throws in
            let place = LonLat(longitude: -100.5, latitude: 25.5)
            let unplaced = (1...3).map {
                TestRow(
                    row: $0, place: nil, cell: -1, text: "Centro", outcome: .unplaced, method: .noCoordinates,
                    grade: .none)
            }
            try importRows(unplaced + [TestRow(row: 4, place: place)], into: store)
            try importRows(unplaced, into: store, source: "b.csv", sha256: "bb")
            let ids = try placeIDs(store)
            let found = TestRow(
                row: 0, place: place, cell: 99, method: .coloniaName, grade: .colonia, uncertainty: 420)
            let several = TestRow(
                row: 0, place: nil, cell: -1, outcome: .ambiguous, method: .severalPlaces, grade: .none)
            let lost = TestRow(row: 0, place: nil, cell: -1, outcome: .unplaced, method: .pseudoPlace, grade: .none)
            try store.relocate([ids[0], ids[1], ids[3], ids[4]], to: batch([found, several, lost, found]))
            let counts = try store.imports().map(\.counts)
            #expect(counts.map(\.placed) == [1, 1])
            #expect(counts.map(\.ambiguous) == [1, 0])
            #expect(counts.map(\.unplaced) == [2, 2])
            #expect(counts.map(\.read) == [4, 3])
            var moved: [StoredPlace] = []
            try store.places { moved.append($0) }
            #expect(
                moved.map(\.outcome) == [.placed, .ambiguous, .unplaced, .unplaced, .placed, .unplaced, .unplaced])
            #expect(moved.map(\.method).prefix(4) == [.coloniaName, .severalPlaces, .noCoordinates, .pseudoPlace])
            #expect(moved.map(\.grade).prefix(4) == [.colonia, .none, .none, .none])
            #expect(moved[0].longitude == -100.5 && moved[0].latitude == 25.5 && moved[0].uncertainty == 420)
            #expect(moved[3].longitude.isNaN && moved[1].uncertainty.isNaN)
            let table = try store.incidentTable(levels: [], asOf: nil)
            let row = try #require(table.id.firstIndex(of: ids[0]))
            #expect(table.x[row] == -100_500 && table.y[row] == 25_500 && table.cell[row] == 99)
            #expect(table.cell.filter { $0 < 0 }.count == 5)
        },
        ConformanceCheck("moving an incident that is not there, or to a place that cannot be, changes nothing") {
            store throws in
            try importRows(
                [TestRow(row: 1, place: nil, outcome: .unplaced, method: .noCoordinates, grade: .none)], into: store)
            let id = try placeIDs(store)[0]
            let before = try store.revision()
            let good = batch([TestRow(row: 1), TestRow(row: 1)])
            #expect(throws: (any Error).self) { try store.relocate([id, id + 1], to: good) }
            #expect(throws: (any Error).self) { try store.relocate([id], to: good) }
            #expect(throws: (any Error).self) {
                try store.relocate([id], to: batch([TestRow(row: 1, outcome: .rejected)]))
            }
            #expect(throws: (any Error).self) {
                try store.relocate([id], to: batch([TestRow(row: 1, uncertainty: -1)]))
            }
            var short = batch([TestRow(row: 1)])
            short.cell = []
            #expect(throws: (any Error).self) { try store.relocate([id], to: short) }
            #expect(try store.revision() == before)
            #expect(try store.imports().map(\.counts.unplaced) == [1])
        },
        ConformanceCheck("what was moved in an import that is begun counts right when that is finished") {
            store throws in
            let rows = (1...4).map { TestRow(row: $0, outcome: .unplaced, method: .noCoordinates, grade: .none) }
            guard case .new(let record) = try begin(store) else { throw Unmet("must be new") }
            try store.append(
                batch(Array(rows[..<2])), areas: [], notes: [], issues: [], counts: counts(of: Array(rows[..<2])),
                to: record.id)
            try store.relocate([try placeIDs(store)[0]], to: batch([TestRow(row: 0)]))
            #expect(try store.imports().map(\.counts.placed) == [1])
            try store.append(
                batch(Array(rows[2...])), areas: [], notes: [], issues: [], counts: counts(of: rows), to: record.id)
            let counts = try store.finishImport(record.id, at: evening).counts
            #expect(counts.placed == 1 && counts.unplaced == 3)
        },
        ConformanceCheck("artefacts are listed by their incidents, and mark exactly those given") { store throws in
            try importRows((1...5).map { TestRow(row: $0, place: LonLat(longitude: 1, latitude: 1)) }, into: store)
            let ids = try placeIDs(store)
            let small = artefact(incidents: 2)
            let large = artefact(incidents: 3)
            try store.setArtefacts([small, large], incidents: [ids[0], ids[1], ids[4]])
            #expect(try store.artefacts() == [large, small])
            try store.setArtefacts([small], incidents: [ids[1], ids[2]])
            #expect(try store.artefacts() == [small])
            var marked: [Bool] = []
            try store.incidents { marked.append($0.isArtefact) }
            #expect(marked == [false, true, true, false, false])
            let table = try store.incidentTable(levels: [], asOf: nil)
            #expect(table.id.indices.filter { table.isArtefact[$0] }.map { table.id[$0] } == [ids[1], ids[2]])
            #expect(throws: (any Error).self) { try store.setArtefacts([], incidents: [77]) }
            var bad = small
            bad.share = .nan
            #expect(throws: (any Error).self) { try store.setArtefacts([bad], incidents: []) }
            #expect(try store.artefacts() == [small])
            try store.setArtefacts([], incidents: [])
            #expect(try store.incidentTable(levels: [], asOf: nil).isArtefact == Array(repeating: false, count: 5))
        },
    ]

    static let gazetteer: [ConformanceCheck] = [
        ConformanceCheck("aliases come back in their order, and a new answer replaces the old one") { store throws in
            let first = [
                PlaceAlias(name: "CENTRO", municipality: "09015", level: .colonia, version: 1, areaID: "a,\"b\""),
                PlaceAlias(name: "CENTRO", level: .colonia, version: 1, areaID: "x"),
                PlaceAlias(name: "CENTRO", municipality: "", level: .colonia, version: 2, areaID: "y"),
                PlaceAlias(name: "SE IGNORA", level: .colonia, version: 1, areaID: nil),
            ]
            try store.addAliases(first, source: "me")
            #expect(try store.aliases() == first)
            let answer = PlaceAlias(name: "CENTRO", level: .colonia, version: 1, areaID: nil)
            try store.addAliases([answer], source: "you")
            #expect(try store.aliases() == [first[0], first[2], first[3], answer])
            #expect(throws: (any Error).self) {
                try store.addAliases(
                    [answer, PlaceAlias(name: "a", level: .colonia, version: 0, areaID: nil)], source: "me")
            }
            #expect(try store.aliases().count == 4)
        },
        ConformanceCheck("a version's number is not given again while an alias means it") { store throws in
            _ = try store.addBoundaries(layer(.colonia, ["a"]), audit: "")
            try store.addAliases([PlaceAlias(name: "n", level: .colonia, version: 1, areaID: "a")], source: "me")
            try store.removeBoundaries(.colonia, number: 1)
            #expect(try store.addBoundaries(layer(.colonia, ["a"]), audit: "").number == 2)
        },
        ConformanceCheck("street places come back in their order, and a table replaces the one of its source") {
            store throws in
            let crossing = StreetPlace(
                kind: .crossing, street: "EJE 8 SUR", detail: "CALZADA ERMITA", municipality: "09007", longitude: -99.1,
                latitude: 19.3)
            let landmark = StreetPlace(
                kind: .landmark, street: "Ángel", detail: nil, municipality: nil, longitude: -99.2, latitude: 19.4)
            var address = crossing
            address.kind = .address
            var kilometre = crossing
            kilometre.kind = .kilometre
            try store.addStreetPlaces([crossing, landmark], source: "a.csv")
            try store.addStreetPlaces([kilometre], source: "b.csv")
            #expect(try store.streetPlaces() == [crossing, landmark, kilometre])
            try store.addStreetPlaces([address], source: "a.csv")
            #expect(try store.streetPlaces() == [kilometre, address])
            var bad = crossing
            bad.latitude = .nan
            #expect(throws: (any Error).self) { try store.addStreetPlaces([address, bad], source: "b.csv") }
            #expect(try store.streetPlaces().count == 2)
            try store.addStreetPlaces([], source: "b.csv")
            #expect(try store.streetPlaces() == [address])
        },
    ]

    private static func placeIDs(_ store: AnyStore) throws -> [Int64] {
        var ids: [Int64] = []
        try store.places { ids.append($0.incident) }
        return ids
    }

    private static func artefact(incidents: Int) -> ArtefactPlace {
        ArtefactPlace(
            longitude: -99.1, latitude: 19.4, incidents: incidents, share: 0.25, expected: 0.5, reason: "pile",
            explanation: "too many")
    }
}
