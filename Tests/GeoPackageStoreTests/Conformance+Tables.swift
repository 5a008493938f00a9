import CivilTime
import Incidents
import SimpleFeatures
import Testing

private let areaKeys = [
    AreaKeys(level: "municipality", keys: ["09015", "09002", "1"]),
    AreaKeys(level: "colonia", keys: ["b", "a\u{301}", "b", "ñ"], versions: [2, 1, 1, 7]),
]

extension ConformanceCheck {
    static let tables: [ConformanceCheck] = [
        ConformanceCheck("the table holds every row as it was added, in the order of cell and key") { store throws in
            let first = randomRows(1...300, areas: [3, 4], seed: 2)
            let second = randomRows(5...150, areas: [3, 4], seed: 3)
            let one = try importRows(first, into: store, areas: areaKeys)
            let two = try importRows(second, into: store, source: "b.csv", sha256: "bb", areas: areaKeys)
            let table = try store.incidentTable(levels: ["colonia", "municipality"], asOf: nil)
            let ids = try keys(store)
            let expected = (first.map { (one.id, $0) } + second.map { (two.id, $0) })
                .map { (id: ids[Pair(source: $0.0 == one.id ? "a.csv" : "b.csv", row: $0.1.row)] ?? -1, row: $0.1) }
                .sorted { ($0.row.cell, $0.id) < ($1.row.cell, $1.id) }
            #expect(table.id == expected.map(\.id))
            #expect(table.cell == expected.map(\.row.cell))
            #expect(table.x.map(\.bitPatternOrNil) == expected.map(\.row.x.bitPatternOrNil))
            #expect(table.y.map(\.bitPatternOrNil) == expected.map(\.row.y.bitPatternOrNil))
            #expect(table.instant == expected.map(\.row.instant))
            #expect(table.localDay == expected.map(\.row.day))
            #expect(table.localMinute == expected.map(\.row.minute))
            #expect(table.weight == expected.map(\.row.weight))
            #expect(table.outcome == expected.map(\.row.outcome))
            #expect(table.grade == expected.map(\.row.grade))
            #expect(table.isArtefact == expected.map { _ in false })
            #expect(words(table.category, table.categories) == expected.map(\.row.category))
            #expect(words(table.modality, table.modalities) == expected.map(\.row.modality))
            #expect(table.areas.map(\.level) == ["colonia", "municipality"])
            for (column, level) in zip(table.areas, [1, 0]) {
                #expect(
                    words(column.index, column.keys) == expected.map { key($0.row.areas[level], areaKeys[level].keys) })
                #expect(
                    column.index.map { $0 < 0 ? nil : column.versions[Int($0)] }
                        == expected.map { version($0.row.areas[level], areaKeys[level]) })
            }
            let colonia = table.areas[0]
            #expect(colonia.keys == ["a\u{301}", "b", "b", "ñ"])
            #expect(colonia.versions == [1, 1, 2, 7])
        },
        ConformanceCheck("dictionaries are sorted and hold what occurs, once") { store throws in
            let rows = ["b", "a", "c", "a", nil, "b"].enumerated().map {
                TestRow(row: Int64($0 + 1), category: $1, areas: [0])
            }
            try importRows(rows, into: store, areas: [AreaKeys(level: "colonia", keys: ["used", "unused"])])
            let table = try store.incidentTable(levels: ["colonia"], asOf: nil)
            #expect(table.categories == ["a", "b", "c"])
            #expect(table.category == [1, 0, 2, 0, -1, 1])
            #expect(table.modalities.isEmpty)
            #expect(table.areas == [AreaColumn(level: "colonia", keys: ["used"], index: [0, 0, 0, 0, 0, 0])])
        },
        ConformanceCheck("a level that the store does not know is refused") { store throws in
            #expect(throws: (any Error).self) { try store.incidentTable(levels: ["colonia"], asOf: nil) }
        },
        ConformanceCheck("the table does not depend on how rows were cut into batches") { store throws in
            let rows = randomRows(1...200, areas: [], seed: 4)
            guard case .new(let record) = try begin(store) else { throw Unmet("must be new") }
            for start in stride(from: 0, to: 200, by: 7) {
                let part = Array(rows[start..<min(start + 7, 200)])
                try store.append(batch(part), areas: [], notes: [], issues: [], counts: ImportCounts(), to: record.id)
            }
            _ = try store.finishImport(record.id, at: evening)
            let cut = try store.incidentTable(levels: [], asOf: nil)
            try importRows(rows, into: store, sha256: "a2", from: nextDay, to: nextDay)
            let whole = try store.incidentTable(levels: [], asOf: nil)
            #expect(whole.cell == cut.cell)
            #expect(whole.instant == cut.instant)
            #expect(whole.category == cut.category)
            #expect(whole.categories == cut.categories)
        },
    ]

    static let visits: [ConformanceCheck] = [
        ConformanceCheck("a visit gives every incident with all its attributes, in the order of the keys") {
            store throws in
            let rows = randomRows(1...120, areas: [3, 4], seed: 5)
            try importRows(rows, into: store, areas: areaKeys)
            var found: [StoredIncident] = []
            try store.incidents { found.append($0) }
            #expect(found.map(\.sourceRow) == rows.map(\.row))
            #expect(found.map(\.id) == found.map(\.id).sorted())
            for (incident, row) in zip(found, rows) { expect(incident, toBe: row) }
        },
        ConformanceCheck("a visit of places gives coordinates, day and labels of all rows, finished or not") {
            store throws in
            let rows = randomRows(1...50, areas: [], seed: 6)
            try importRows(rows, into: store)
            guard case .new(let open) = try begin(store, source: "b.csv", sha256: "bb") else {
                throw Unmet("must be new")
            }
            try store.append(batch(rows), areas: [], notes: [], issues: [], counts: ImportCounts(), to: open.id)
            var found: [StoredPlace] = []
            try store.places { found.append($0) }
            #expect(found.count == 100)
            for (place, row) in zip(found, rows + rows) {
                #expect(place.longitude.bitPatternOrNil == (row.place?.longitude ?? .nan).bitPatternOrNil)
                #expect(place.latitude.bitPatternOrNil == (row.place?.latitude ?? .nan).bitPatternOrNil)
                #expect(place.localDay == row.day)
                #expect(place.coloniaLabel == row.colonia)
                #expect(place.municipalityLabel == row.municipality)
                #expect(place.placeText == row.text)
                #expect(place.outcome == row.outcome)
                #expect(place.method == row.method)
                #expect(place.grade == row.grade)
                #expect(place.uncertainty.bitPatternOrNil == row.uncertainty.bitPatternOrNil)
            }
        },
        ConformanceCheck("an error thrown by the visitor ends the visit and comes out as it is") { store throws in
            try importRows([TestRow(row: 1), TestRow(row: 2)], into: store)
            var visits = 0
            #expect(throws: Unmet.self) {
                try store.incidents { _ in
                    visits += 1
                    throw Unmet("enough")
                }
            }
            #expect(visits == 1)
            #expect(try store.imports().count == 1)
        },
        ConformanceCheck("a visitor may read the store, and is refused when it writes") { store throws in
            try importRows([TestRow(row: 1), TestRow(row: 2)], into: store)
            var seen = 0
            try store.incidents { _ in
                seen += try store.incidentTable(levels: [], asOf: nil).count
                #expect(throws: (any Error).self) { _ = try begin(store, sha256: "bb") }
            }
            #expect(seen == 4)
        },
    ]

    /// What a stored incident must say when it was added as `row`.
    private static func expect(_ incident: StoredIncident, toBe row: TestRow) {
        #expect(incident.source == "a.csv")
        #expect(incident.recordID == row.recordID)
        #expect(incident.category == row.category)
        #expect(incident.modality == row.modality)
        #expect(incident.localDate == CalendarDate(daysSince1970: row.day).description)
        #expect(incident.localHour == (row.minute < 0 ? nil : Int(row.minute) / 60))
        #expect(incident.localDayOfWeek == CalendarDate(daysSince1970: row.day).isoWeekday)
        #expect(incident.occurredAt == utc(row.instant))
        #expect(incident.longitude == row.place?.longitude)
        #expect(incident.latitude == row.place?.latitude)
        #expect(incident.x == (row.place == nil ? nil : row.x))
        #expect(incident.y == (row.place == nil ? nil : row.y))
        #expect(incident.outcome == row.outcome)
        #expect(incident.method == row.method)
        #expect(incident.grade == row.grade)
        #expect(incident.uncertainty == (row.uncertainty.isNaN ? nil : row.uncertainty))
        #expect(!incident.isArtefact)
        #expect(incident.isDuplicate == row.isDuplicate)
        #expect(incident.weight == row.weight)
        #expect(incident.coloniaLabel == row.colonia)
        #expect(incident.municipalityLabel == row.municipality)
        #expect(incident.placeText == row.text)
        #expect(incident.areas.map(\.level) == areaKeys.map(\.level))
        let agrees = areaKeys.indices.map { row.areas[$0] < 0 ? nil : row.row % 2 == 1 }
        #expect(incident.areas.map(\.labelAgrees) == agrees)
        #expect(incident.areaVersions == areaKeys.indices.map { version(row.areas[$0], areaKeys[$0]) })
        #expect(incident.areas.map(\.key) == areaKeys.indices.map { key(row.areas[$0], areaKeys[$0].keys) })
    }

    /// The instant in words, by another way than the store's.
    private static func utc(_ seconds: Int64) -> String {
        let day = Int32((Double(seconds) / 86_400).rounded(.down))
        let rest = Int(seconds) - Int(day) * 86_400
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(CalendarDate(daysSince1970: day))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }

    private struct Pair: Hashable {
        var source: String
        var row: Int64
    }

    /// The store's key of each row of each file.
    private static func keys(_ store: AnyStore) throws -> [Pair: Int64] {
        var keys: [Pair: Int64] = [:]
        try store.incidents { keys[Pair(source: $0.source, row: $0.sourceRow)] = $0.id }
        return keys
    }

    private static func words(_ column: [Int32], _ texts: [String]) -> [String?] {
        column.map { $0 < 0 ? nil : texts[Int($0)] }
    }

    private static func key(_ index: Int32, _ keys: [String]) -> String? { index < 0 ? nil : keys[Int(index)] }

    private static func version(_ index: Int32, _ keys: AreaKeys) -> Int? {
        index < 0 ? nil : keys.versions[Int(index)]
    }
}

extension Double {
    /// Comparable where NaN stands for "none".
    var bitPatternOrNil: UInt64? { isNaN ? nil : bitPattern }
}
