import CivilTime
import Foundation
import Incidents
import Indicators
import Statistics
import TestSupport
import Testing

struct TrafficLightTests {
    private func series(_ rows: [[Int?]], first: String = "2020-01") throws -> MonthlySeries {
        let first = try #require(Period(first))
        let last = try #require(first.advanced(by: (rows.first?.count ?? 1) - 1))
        var series = try MonthlySeries(
            indicators: ["homicide"], areas: rows.indices.map { .init(key: "\($0)") }, months: first...last)
        for (area, row) in rows.enumerated() {
            for (month, count) in row.enumerated() {
                if let count { series.add(count, indicator: 0, area: area, month: month) }
            }
        }
        return series
    }

    private func level(_ base: [Int?], then count: Int?, _ rule: LightRule) throws -> LightLevel? {
        let series = try series([base + [count]])
        let light = TrafficLight(rule: rule).light(of: series, indicator: 0, area: 0, month: base.count)
        return light.stepIndex.map { rule.steps[$0].level }
    }

    @Test func `Exactly 75 percent of the base is yellow, one less is green`() throws {
        let base = Array(repeating: Optional(4), count: 36)
        #expect(try level(base, then: 3, .threeYears()) == .yellow)
        #expect(try level(base, then: 2, .threeYears()) == .green)
        // A base whose mean is no whole number: 28 in 36 months, of which 75 % is 21 in 36.
        let uneven = (0..<36).map { Optional($0 < 28 ? 1 : 0) }
        #expect(try level(uneven, then: 1, .threeYears()) == .red)
        #expect(try level(uneven, then: 0, .threeYears()) == .green)
    }

    @Test func `Exactly the base is yellow, one more is red`() throws {
        let base = Array(repeating: Optional(4), count: 36)
        #expect(try level(base, then: 4, .threeYears()) == .yellow)
        #expect(try level(base, then: 5, .threeYears()) == .red)
    }

    @Test func `After a base of zero, zero is green and anything else red`() throws {
        let base = Array(repeating: Optional(0), count: 36)
        #expect(try level(base, then: 0, .threeYears()) == .green)
        #expect(try level(base, then: 1, .threeYears()) == .red)
        #expect(try level(base, then: 1, .fiveLevels()) == .doubleRed)
    }

    @Test func `Five levels part at 50, 75, 100 and 150 percent`() throws {
        let base = Array(repeating: Optional(100), count: 36)
        let levels = try [49, 50, 74, 75, 100, 101, 150, 151].map { try level(base, then: $0, .fiveLevels()) }
        #expect(levels == [.darkGreen, .green, .green, .yellow, .yellow, .red, .red, .doubleRed])
    }

    @Test func `A withheld month leaves no base and no light, and a withheld figure has none`() throws {
        let rows = [Array(repeating: Optional(10), count: 37)]
        var series = try series(rows)
        series.withhold(indicator: 0, area: 0, month: 5)
        let table = TrafficLight(rule: try .threeYears()).lights(of: series)
        let light = table[0, 0, 36]
        #expect(light.figure == 10 && light.absence == .withheld && light.base == nil && light.band == nil)
        #expect(table.level(light) == nil && !table.isShort(light) && light.chance == nil)
        #expect(table[0, 0, 5].absence == .withheld && table[0, 0, 5].figure == nil)
        #expect(table[0, 0, 3].absence == .noBase)
        #expect(table.score(area: 0, month: 36, indicators: [0]).without == 1)
        // A month before the base does not matter.
        let shorter = try LightRule(
            name: "s", version: "1", spanishName: "s", englishName: "s", baseMonths: 12,
            steps: [.init(.green, upToPercent: 100, score: 1), .init(.red, score: 0)])
        #expect(
            TrafficLight(rule: shorter).light(of: series, indicator: 0, area: 0, month: 36).absence == nil)
    }

    @Test func `Missing months are left out of the base, and too few leave no light`() throws {
        var base = Array(repeating: Optional(10), count: 36)
        for month in 0..<24 { base[month] = nil }
        let series = try series([base + [10, nil]])
        let rule = try LightRule.threeYears()
        let table = TrafficLight(rule: rule).lights(of: series)
        let light = table[0, 0, 36]
        #expect(light.base == 10 && light.baseMonths == 12)
        #expect(table.level(light) == .yellow)
        #expect(table.isShort(light))
        #expect(table[0, 0, 35].absence == .noBase)
        #expect(table[0, 0, 37].absence == .noFigure)
        #expect(table[0, 0, 99].absence == .noFigure)
    }

    @Test func `Calendar years are those before the month's year`() throws {
        // 2020 to 2022: 1 a month; 2023: 7 a month.
        let counts = Array(repeating: Optional(1), count: 36) + Array(repeating: Optional(7), count: 12)
        let series = try series([counts])
        let calendar = TrafficLight(rule: try .threeCalendarYears())
        let rolling = TrafficLight(rule: try .threeYears())
        #expect(calendar.light(of: series, indicator: 0, area: 0, month: 47).base == 1)
        #expect(rolling.light(of: series, indicator: 0, area: 0, month: 47).base == (25.0 + 11 * 7) / 36)
        // In December 2022 only 2020 and 2021 lie before the year.
        #expect(calendar.light(of: series, indicator: 0, area: 0, month: 35).baseMonths == 24)
    }

    @Test func `A base never reaches over a break`() throws {
        var series = try series([Array(repeating: Optional(10), count: 60)])
        series.breaks[0] = [
            SeriesBreak(
                id: "x", date: try #require(CalendarDate("2023-01-01")), spanishSentence: "", englishSentence: "")
        ]
        let light = TrafficLight(rule: try .threeYears())
        #expect(light.light(of: series, indicator: 0, area: 0, month: 35).baseMonths == 35)
        #expect(light.light(of: series, indicator: 0, area: 0, month: 36).absence == .noBase)
        #expect(light.light(of: series, indicator: 0, area: 0, month: 50).baseMonths == 14)
    }

    @Test func `Beside each light stands the band that chance explains`() throws {
        let rule = try LightRule.threeYears()
        let series = try series([
            Array(repeating: 3, count: 36) + [7], Array(repeating: 3, count: 36) + [8],
            Array(repeating: 10, count: 36) + [3],
        ])
        let table = TrafficLight(rule: rule).lights(of: series)
        #expect((0..<3).map { table.level(table[0, $0, 36]) } == [.red, .red, .green])
        #expect((0..<3).map { table[0, $0, 36].chance } == [.within, .above, .below])
        // By SciPy, as in PoissonPredictionTests.
        #expect(table[0, 0, 36].band == 0...7)
    }

    @Test func `All lights are those of an obvious loop`() throws {
        var generator = SplitMix64(seed: 5)
        let rows = (0..<20).map { _ in
            (0..<60).map { _ -> Int? in
                let draw = Int(generator.next(below: 12))
                return draw == 11 ? nil : draw
            }
        }
        let series = try series(rows)
        let rule = try LightRule.threeYears()
        let table = TrafficLight(rule: rule).lights(of: series)
        for (area, row) in rows.enumerated() {
            for month in row.indices {
                let base = row[max(0, month - 36)..<month].compactMap { $0 }
                var expected: LightLevel?
                if let count = row[month], base.count >= 12 {
                    let mean = Double(base.reduce(0, +)) / Double(base.count)
                    expected =
                        Double(count) < 0.75 * mean - 1e-9 ? .green : Double(count) <= mean + 1e-9 ? .yellow : .red
                }
                #expect(table.level(table[0, area, month]) == expected)
            }
        }
    }

    @Test func `A score weighs greens, yellows and reds, and says what it leaves out`() throws {
        let base = Array(repeating: 4, count: 36)
        var series = try MonthlySeries(
            indicators: ["a", "b", "c", "d"], areas: [.init(key: "x")],
            months: try #require(Period("2020-01"))...(try #require(Period("2023-01"))))
        for (indicator, count) in [2, 4, 9].enumerated() {
            for (month, count) in (base + [count]).enumerated() {
                series.add(count, indicator: indicator, area: 0, month: month)
            }
        }
        let score = TrafficLight(rule: try .threeYears()).lights(of: series)
            .score(area: 0, month: 36, indicators: [0, 1, 2, 3])
        #expect(score.value == 0.5 && score.lights == 3 && score.without == 1)
        let five = TrafficLight(rule: try .fiveLevels()).lights(of: series)
            .score(area: 0, month: 36, indicators: [0, 1, 2])
        // 1 + ½ over the weights 1, 1 and, for the double red, 2.
        #expect(five.value == 1.5 / 4)
    }
}

struct LightRuleTests {
    @Test func `A rule is read as it is written, and its example is the published one`() throws {
        for rule in try LightRule.builtIn() { #expect(try LightRule(json: rule.json()) == rule) }
        let written = """
            { "rule": "three-years-75", "version": "1", "name_es": "Promedio de los 36 meses anteriores, meta 75 %",
              "name_en": "Mean of the 36 months before, goal 75 %",
              "base": "rolling_months", "base_months": 36, "least_months": 12, "goal_percent": 75, "zero_of_zero": "green",
              "steps": [
                { "level": "green", "below_percent": 75, "score": 1 },
                { "level": "yellow", "up_to_percent": 100, "score": 0.5 },
                { "level": "red", "score": 0 } ] }
            """
        #expect(try LightRule(json: Data(written.utf8)) == LightRule.threeYears())
    }

    private func error(_ steps: String, _ more: String = "") -> String {
        let json = """
            { "rule": "x", "version": "1", "name_es": "x", "name_en": "x"\(more), "steps": [\(steps)] }
            """
        do {
            _ = try LightRule(json: Data(json.utf8))
            return "none"
        } catch { return "\(error)" }
    }

    @Test func `Rules that contradict themselves are refused`() {
        let good = "{\"level\": \"green\", \"below_percent\": 75, \"score\": 1}, {\"level\": \"red\", \"score\": 0}"
        #expect(error(good) == "none")
        #expect(
            error("{\"level\": \"red\", \"score\": 1}, {\"level\": \"green\", \"score\": 0}")
                == "light rule: steps must be two levels or more, from the best to the worst")
        #expect(
            error("{\"level\": \"green\", \"score\": 1}, {\"level\": \"red\", \"score\": 0}")
                == "light rule: green must have below_percent or up_to_percent, above 0 and up to 1000")
        #expect(
            error(good, ", \"base\": \"calendar_years\", \"base_months\": 30")
                == "light rule: base_months of calendar years must be a multiple of 12, but is 30")
        #expect(error(good, ", \"zero_of_zero\": \"yellow\"").contains("zero_of_zero must be one of"))
        #expect(error(good, ", \"colour\": 3").contains("\"colour\" is no member here"))
    }
}
