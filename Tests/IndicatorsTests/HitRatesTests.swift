import CivilTime
import Foundation
import Incidents
import Indicators
import TestSupport
import Testing

struct HitRatesTests {
    /// January: a point in "a", a crossing in "b", a centroid in "a". February: nothing known, and a point in no area.
    private func table() -> IncidentTable {
        var table = IncidentTable()
        table.id = [1, 2, 3, 4, 5]
        table.localDay = [19_723, 19_753, 19_723, 19_754, 19_754]
        table.category = [0, 1, 0, 0, -1]
        table.categories = ["EXTORSION", "ROBO", "UNUSED"]
        table.grade = [.point, .crossing, .colonia, .none, .point]
        table.method = [.coordinates, .crossing, .coloniaName, .unknownPlace, .coordinates]
        table.areas = [AreaColumn(level: "colonia", keys: ["a", "b"], versions: [1, 2], index: [0, 1, 0, -1, -1])]
        return table
    }

    private func text(_ groups: [HitRateGroup]) -> [String] {
        groups.map { group in
            "\(group.key ?? "–")\(group.boundaryVersion.map { "@\($0)" } ?? "") \(group.rate.hits)/\(group.rate.incidents)"
        }
    }

    @Test func `A point and a crossing are hits, a centroid and nothing are none`() throws {
        let rate = try HitRates(of: table()).overall
        #expect(rate == HitRate(incidents: 5, hits: 3))
        #expect(rate.rate == 0.6)
        let street: [PrecisionGrade] = [.street, .snapped, .colonia, .postalCode, .municipality, .none]
        for grade in street {
            var table = table()
            table.grade = Array(repeating: grade, count: 5)
            #expect(try HitRates(of: table).overall.hits == 0, "\(grade)")
        }
    }

    @Test func `Groups hold every incident once, the largest first and the one without a key last`() throws {
        let rates = try HitRates(of: table())
        #expect(text(try rates.groups(by: .crime)) == ["EXTORSION 1/3", "ROBO 1/1", "– 1/1"])
        #expect(text(try rates.groups(by: .area(level: "colonia"))) == ["a@1 1/2", "b@2 1/1", "– 1/2"])
        #expect(text(try rates.groups(by: .month)) == ["2024-01 2/3", "2024-02 1/2"])
        #expect(
            text(try rates.groups(by: .method)) == [
                "coordinates 2/2", "colonia_name 0/1", "crossing 1/1", "unknown_place 0/1",
            ])
        #expect(text(try HitRates(of: table(), rows: [4]).groups(by: .crime)) == ["– 1/1"])
    }

    /// Of 20 hits in 20 the interval reaches down to 20 / (20 + 1.96²) = 0.839; of 22 in 22 to 0.851.
    @Test func `A group is held against 85 %, and one that is too small to tell is said to be`() {
        #expect(HitRate(incidents: 20, hits: 20).standing == .tooFew)
        #expect(HitRate(incidents: 22, hits: 22).standing == .reached)
        #expect(HitRate(incidents: 3, hits: 2).standing == .tooFew)
        #expect(HitRate(incidents: 4, hits: 0).standing == .missed)
        #expect(HitRate(incidents: 1000, hits: 851).standing == .tooFew)
        #expect(HitRate(incidents: 100_000, hits: 86_000).standing == .reached)
        #expect(HitRate(incidents: 100_000, hits: 84_000).standing == .missed)
        #expect(HitRate().standing == .tooFew)
    }

    @Test func `Nothing has no rate, and no groups`() throws {
        let rates = try HitRates(of: IncidentTable())
        #expect(rates.overall == HitRate())
        #expect(rates.overall.rate == nil && rates.overall.interval == nil)
        for axis in [HitRates.Axis.crime, .month, .method] { #expect(try rates.groups(by: axis).isEmpty) }
        #expect(throws: IndicatorError.unknownLevel("colonia", known: [])) {
            try rates.groups(by: .area(level: "colonia"))
        }
        #expect(throws: IndicatorError.rowBeyondTable(0, count: 0)) { try HitRates(of: IncidentTable(), rows: [0]) }
    }

    @Test func `Every member is written as JSON, also where there is nothing`() throws {
        let group = HitRateGroup(key: nil, rate: HitRate(incidents: 0, hits: 0))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(
            String(decoding: try encoder.encode(group), as: UTF8.self)
                == #"{"boundary_version":null,"high":null,"hits":0,"incidents":0,"key":null,"low":null,"name":null,"rate":null,"standing":"too_few"}"#
        )
    }

    @Test func `Counting row by row into dictionaries gives the same`() throws {
        var random = SeededGenerator(seed: 85)
        for _ in 0..<50 {
            var table = IncidentTable()
            table.categories = ["A", "B", "C"]
            table.areas = [AreaColumn(level: "l", keys: ["x", "y"], index: [])]
            for row in 0..<Int.random(in: 0...200, using: &random) {
                table.id.append(Int64(row))
                table.localDay.append(Int32.random(in: -40_000...40_000, using: &random))
                table.category.append(Int32.random(in: -1...2, using: &random))
                table.grade.append(PrecisionGrade.allCases.randomElement(using: &random) ?? .none)
                table.method.append(PlacementMethod.allCases.randomElement(using: &random) ?? .coordinates)
                table.areas[0].index.append(Int32.random(in: -1...1, using: &random))
            }
            let rows = table.id.indices.filter { _ in Bool.random(using: &random) }
            let rates = try HitRates(of: table, rows: rows)
            let months = rows.map { String(CalendarDate(daysSince1970: table.localDay[$0]).description.prefix(7)) }
            let slow: [(HitRates.Axis, [String?])] = [
                (.crime, rows.map { table.category[$0] < 0 ? nil : table.categories[Int(table.category[$0])] }),
                (.method, rows.map { table.method[$0].name }), (.month, months),
                (
                    .area(level: "l"),
                    rows.map { table.areas[0].index[$0] < 0 ? nil : ["x", "y"][Int(table.areas[0].index[$0])] }
                ),
            ]
            for (axis, keys) in slow {
                var wanted: [String?: HitRate] = [:]
                for (row, key) in zip(rows, keys) {
                    wanted[key, default: HitRate()].incidents += 1
                    wanted[key, default: HitRate()].hits += table.grade[row] <= .crossing ? 1 : 0
                }
                let found = try rates.groups(by: axis)
                #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.key, $0.rate) }) == wanted)
            }
        }
    }
}
