import CivilTime
import Foundation
import Incidents
import SimpleFeatures
import TestSupport
import Testing

struct IncidentFilterTests {
    /// Six incidents: rows 0 to 5.
    private static func table() -> IncidentTable {
        var table = IncidentTable()
        table.id = [10, 11, 12, 13, 14, 15]
        table.x = [.nan, 100, 200, 300, 400, 500]
        table.y = [.nan, 10, 20, 30, 40, 50]
        table.cell = [-1, 1, 2, 3, 4, 5]
        // Fri 2024-03-01, Sat 02, Sun 03, Fri 2024-03-29, Mon 2024-04-01, Fri 2024-03-01.
        table.localDay = [19_783, 19_784, 19_785, 19_811, 19_814, 19_783]
        table.localMinute = [-1, 0, 18 * 60, 23 * 60 + 59, 4 * 60 + 59, 22 * 60]
        table.instant = table.localDay.map { Int64($0) * 86_400 }
        table.category = [0, 1, 2, 0, -1, 1]
        table.categories = ["Extorsión", "ROBO", "Robo"]
        table.modality = [0, 0, 0, 0, 0, -1]
        table.modalities = ["CON VIOLENCIA"]
        table.weight = Array(repeating: 1, count: 6)
        table.outcome = [.unplaced, .placed, .placed, .placed, .placed, .ambiguous]
        table.grade = [.none, .point, .colonia, .crossing, .point, .none]
        table.isArtefact = [false, false, false, false, true, false]
        table.areas = [
            AreaColumn(level: "municipality", keys: ["09003", "09015"], index: [-1, 0, 0, 1, 1, 0]),
            AreaColumn(level: "colonia", keys: ["a:1", "b"], index: [-1, 0, 1, 1, 0, 0]),
        ]
        return table
    }

    private func rows(_ change: (inout IncidentFilter) throws -> Void) throws -> [Int] {
        var filter = IncidentFilter()
        try change(&filter)
        return try filter.rows(of: Self.table())
    }

    @Test func `An empty filter takes every incident`() throws {
        #expect(IncidentFilter().isEmpty)
        #expect(try rows { _ in } == [0, 1, 2, 3, 4, 5])
        #expect(try IncidentFilter().rows(of: IncidentTable()) == [])
    }

    @Test func `A category takes all its spellings`() throws {
        #expect(try rows { $0.categories = ["robo"] } == [1, 2, 5])
        #expect(try rows { $0.categories = ["EXTORSION", "robo"] } == [0, 1, 2, 3, 5])
        #expect(try rows { $0.modalities = ["con violencia"] } == [0, 1, 2, 3, 4])
    }

    @Test func `First and last day are both included`() throws {
        #expect(
            try rows {
                $0.from = CalendarDate("2024-03-02"); $0.to = CalendarDate("2024-03-29")
            } == [1, 2, 3])
        #expect(try rows { $0.to = CalendarDate("2024-03-01") } == [0, 5])
        #expect(throws: FilterError.badDates(from: "2024-03-02", to: "2024-03-01")) {
            try rows {
                $0.from = CalendarDate("2024-03-02"); $0.to = CalendarDate("2024-03-01")
            }
        }
    }

    @Test func `Hours include their last one, may run past midnight, and never hold an unknown time`() throws {
        #expect(try rows { $0.hours = try HourRange("18-23") } == [2, 3, 5])
        #expect(try rows { $0.hours = try HourRange("22-4") } == [1, 3, 4, 5])
        #expect(try rows { $0.hours = try HourRange("0-23") } == [1, 2, 3, 4, 5])
        #expect(try rows { $0.hours = try HourRange("18") } == [2])
    }

    @Test func `Days are those of the local date, in either language`() throws {
        #expect(try rows { $0.days = try WeekdaySet("fri") } == [0, 3, 5])
        #expect(try rows { $0.days = try WeekdaySet("sáb,Dom") } == [1, 2])
        #expect(try rows { $0.days = try WeekdaySet("lunes,VIE") } == [0, 3, 4, 5])
        #expect(try WeekdaySet("mar,mie,jue").isoDays == [2, 3, 4])
        #expect(try WeekdaySet("sat,fri").description == "fri,sat")
    }

    @Test func `A box has its borders and no incident without a place`() throws {
        #expect(try rows { $0.box = Envelope(minX: 100, minY: 0, maxX: 300, maxY: 30) } == [1, 2, 3])
        #expect(
            try rows { $0.box = Envelope(minX: -.infinity, minY: -.infinity, maxX: .infinity, maxY: .infinity) } == [
                1, 2, 3, 4, 5,
            ])
        #expect(try rows { $0.placedOnly = true } == [1, 2, 3, 4])
    }

    @Test func `Of one level any area will do, of two levels each must`() throws {
        #expect(try rows { $0.areas = [try AreaSelector("municipality:09015")] } == [3, 4])
        #expect(
            try rows { $0.areas = [try AreaSelector("municipality:09015"), try AreaSelector("municipality:09003")] }
                == [1, 2, 3, 4, 5])
        #expect(
            try rows { $0.areas = [try AreaSelector("municipality:09015"), try AreaSelector("colonia:a:1")] } == [4])
    }

    @Test func `An area that no incident lies in is no error where the layer knows it`() throws {
        var filter = IncidentFilter()
        filter.areas = [AreaSelector(level: "municipality", key: "09016")]
        #expect(
            try filter.rows(
                of: Self.table(), areaKeys: [AreaKeys(level: "municipality", keys: ["09003", "09015", "09016"])]) == [])
        #expect(throws: FilterError.unknownArea(level: "municipality", key: "09016", near: ["09015"])) {
            try filter.rows(of: Self.table())
        }
    }

    @Test func `Of a key in several versions one must be said, unless the days leave one`() throws {
        var table = Self.table()
        table.areas[1] = AreaColumn(
            level: "colonia", keys: ["a:1", "a:1", "b", "b@2"], versions: [1, 2, 2, 1], index: [-1, 0, 1, 2, 3, 0])
        func rows(_ texts: String..., keys: [AreaKeys] = []) throws -> [Int] {
            var filter = IncidentFilter()
            filter.areas = try texts.map { try AreaSelector($0) }
            return try filter.rows(of: table, areaKeys: keys)
        }
        #expect(try rows("colonia:a:1@1") == [1, 5])
        #expect(try rows("colonia:a:1@2") == [2])
        #expect(try rows("colonia:a:1@1", "colonia:a:1@2") == [1, 2, 5])
        #expect(try rows("colonia:b") == [3])
        #expect(throws: FilterError.severalVersions(level: "colonia", key: "a:1", versions: [1, 2])) {
            try rows("colonia:a:1")
        }
        #expect(
            FilterError.severalVersions(level: "colonia", key: "a", versions: [1, 2]).description
                == "\"a\" of level colonia is another area in each version that has it; say which: colonia:a@1, colonia:a@2"
        )
        #expect(throws: FilterError.unknownVersion(level: "colonia", key: "a:1", version: 3, known: [1, 2])) {
            try rows("colonia:a:1@3")
        }
        #expect(throws: FilterError.unknownArea(level: "colonia", key: "x", near: ["b"])) { try rows("colonia:x@1") }
        // A key that ends as a version does is meant itself, where there is one.
        #expect(try rows("colonia:b@2") == [4])
        let second = AreaKeys(level: "colonia", keys: ["a:1", "c"], versions: [2, 2])
        #expect(try rows("colonia:a:1", keys: [second]) == [2])
        #expect(try rows("colonia:c", keys: [second]) == [])
    }

    @Test(arguments: [
        ("colonia:a@2", "a", 2), ("colonia:a@x", "a@x", nil), ("colonia:@2", "@2", nil), ("colonia:a@", "a@", nil),
        ("colonia:a@02", "a@02", nil), ("colonia:a@99999999999", "a@99999999999", nil), ("colonia:a@b@7", "a@b", 7),
        ("colonia:a@0", "a@0", nil), ("colonia:a@-1", "a@-1", nil),
    ])
    func `A version stands behind the last at sign, where a number does`(text: String, key: String, version: Int?)
        throws
    {
        let area = try AreaSelector(text)
        #expect(area.key == key && area.version == version)
        #expect(area.description == text)
    }

    @Test func `Precisions are asked for by their words`() throws {
        #expect(try rows { $0.grades = [.point, .crossing] } == [1, 3, 4])
        #expect(try rows { $0.grades = [] } == [])
        #expect(try PrecisionGrade.set("point,postal_code") == [.point, .postalCode])
        #expect(try PrecisionGrade.set("all") == Set(PrecisionGrade.allCases))
        // Artefacts stay in counts, whatever point maps do.
        #expect(try rows { $0.includesArtefacts = false } == [0, 1, 2, 3, 4, 5])
    }

    @Test(arguments: ["", "exact", "point,", "Point", "point crossing"])
    func `Precisions that are none are refused`(text: String) {
        #expect(throws: FilterError.badPrecision(text)) { try PrecisionGrade.set(text) }
    }

    @Test func `An unknown name is answered with those near it`() {
        #expect(throws: FilterError.unknownCategory("extorcion", near: ["Extorsión"])) {
            try rows { $0.categories = ["extorcion"] }
        }
        #expect(throws: FilterError.unknownModality("violencia", near: ["CON VIOLENCIA"])) {
            try rows { $0.modalities = ["violencia"] }
        }
        #expect(throws: FilterError.unknownLevel("district", known: ["municipality", "colonia"])) {
            try rows { $0.areas = [AreaSelector(level: "district", key: "1")] }
        }
        #expect(
            FilterError.unknownCategory("extorcion", near: ["Extorsión"]).description
                == "no incident has the category \"extorcion\"; near are \"Extorsión\"")
    }

    @Test(arguments: ["", "24", "-1", "18-", "-18", "18-23-24", "a-b", "+1-2", "018-20", "18 - 20"])
    func `Hours that are none are refused`(text: String) {
        #expect(throws: FilterError.badHours(text)) { try HourRange(text) }
    }

    @Test(arguments: ["", "xyz", "mo", "mon,", "frixday", "1"])
    func `Days that are none are refused`(text: String) {
        #expect(throws: FilterError.badDays(text)) { try WeekdaySet(text) }
    }

    @Test(arguments: ["", "1,2,3", "1,2,3,4,5", "3,2,1,4", "1,4,3,2", "nan,0,1,1", "0,0,inf,1", "a,b,c,d"])
    func `A box that is none is refused`(text: String) {
        #expect(throws: FilterError.badBox(text)) { try BoxText.envelope(text) }
    }

    @Test(arguments: ["", "municipality", ":1", "municipality:"])
    func `An area that is none is refused`(text: String) {
        #expect(throws: FilterError.badArea(text)) { try AreaSelector(text) }
    }

    @Test func `A filter comes back from its JSON, and an empty one is an empty object`() throws {
        var filter = IncidentFilter()
        filter.categories = ["ROBO"]
        filter.from = CalendarDate("2024-03-01")
        filter.hours = HourRange(first: 22, last: 4)
        filter.days = try WeekdaySet("fri,sat")
        filter.box = Envelope(minX: 0.1, minY: -2, maxX: 1e6, maxY: 1.0 / 3)
        filter.areas = [
            AreaSelector(level: "colonia", key: "a:1"), AreaSelector(level: "colonia", key: "b", version: 2),
        ]
        filter.placedOnly = true
        filter.grades = [.crossing, .point]
        filter.includesArtefacts = true
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = try encoder.encode(filter)
        #expect(try JSONDecoder().decode(IncidentFilter.self, from: json) == filter)
        #expect(String(decoding: json, as: UTF8.self).contains(#""hours":"22-4""#))
        #expect(String(decoding: json, as: UTF8.self).contains(#""precision":["point","crossing"]"#))
        #expect(String(decoding: json, as: UTF8.self).contains(#""areas":["colonia:a:1","colonia:b@2"]"#))
        #expect(String(decoding: try encoder.encode(IncidentFilter()), as: UTF8.self) == "{}")
    }

    @Test func `Random filters take what a plain test of each incident takes`() throws {
        var generator = SeededGenerator(seed: 61)
        var table = IncidentTable()
        let count = 400
        table.id = (0..<count).map { Int64($0) }
        table.x = (0..<count).map { _ in
            Bool.random(using: &generator) ? .nan : Double.random(in: 0...10, using: &generator)
        }
        table.y = table.x
        table.localDay = (0..<count).map { _ in Int32.random(in: 19_000...19_100, using: &generator) }
        table.localMinute = (0..<count).map { _ in Int16.random(in: -1...1439, using: &generator) }
        table.category = (0..<count).map { _ in Int32.random(in: -1...2, using: &generator) }
        table.categories = ["A", "B", "C"]
        table.outcome = (0..<count).map { _ in Bool.random(using: &generator) ? .placed : .unplaced }
        for _ in 0..<200 {
            var filter = IncidentFilter()
            let (low, high) = (
                Double.random(in: 0...5, using: &generator), Double.random(in: 5...10, using: &generator)
            )
            let hours = HourRange(
                first: Int.random(in: 0...23, using: &generator), last: Int.random(in: 0...23, using: &generator))
            filter.hours = Bool.random(using: &generator) ? hours : nil
            filter.box = Bool.random(using: &generator) ? Envelope(minX: low, minY: low, maxX: high, maxY: high) : nil
            filter.categories = Bool.random(using: &generator) ? ["b"] : []
            filter.days = Bool.random(using: &generator) ? WeekdaySet(isoDays: [1, 6]) : nil
            filter.placedOnly = Bool.random(using: &generator)
            let expected = (0..<count).filter { row in
                let hour = Int(table.localMinute[row]) / 60
                let hourHolds =
                    filter.hours.map { range in
                        table.localMinute[row] >= 0
                            && (range.first <= range.last
                                ? range.first <= hour && hour <= range.last : hour >= range.first || hour <= range.last)
                    } ?? true
                // 1970-01-01 was a Thursday.
                let weekday = (Int(table.localDay[row]) + 3) % 7 + 1
                return hourHolds && (filter.box == nil || (table.x[row] >= low && table.x[row] <= high))
                    && (filter.categories.isEmpty || table.category[row] == 1)
                    && (filter.days == nil || weekday == 1 || weekday == 6)
                    && (!filter.placedOnly || table.outcome[row] == .placed)
            }
            #expect(try filter.rows(of: table) == expected)
        }
    }
}
