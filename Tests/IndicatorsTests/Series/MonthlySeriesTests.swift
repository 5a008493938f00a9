import CivilTime
import Incidents
import Indicators
import Testing

struct MonthlySeriesTests {
    private func month(_ text: String) throws -> Period { try #require(Period(text)) }

    private func series(_ first: String = "2023-11", _ last: String = "2024-03") throws -> MonthlySeries {
        try MonthlySeries(
            indicators: ["homicide", "theft"],
            areas: [.init(key: "08037", name: "Juárez"), .init(key: "08019", name: "Chihuahua")],
            months: month(first)...month(last))
    }

    @Test func `A figure that nobody gave is missing, and not zero`() throws {
        var series = try series()
        try series.set(0, indicator: "homicide", area: "08037", month: month("2024-01"))
        #expect(series.figures(0, 0) == [nil, nil, 0, nil, nil])
        #expect(series.sum(0, 0, from: 1, through: 2) == nil)
        series.fillZeros(indicator: 0, months: 1...3)
        #expect(series.figures(0, 0) == [nil, 0, 0, 0, nil])
        #expect(series.sum(0, 0, from: 1, through: 3) == 0)
        #expect(series.count(0, 0, 7) == nil)
        #expect(series.count(5, 0, 0) == nil)
    }

    @Test func `Wrong figures are refused with what was found and where`() throws {
        var series = try series()
        try series.set(3, indicator: "homicide", area: "08037", month: month("2024-01"))
        func error(_ count: Int, _ indicator: String, _ area: String, _ label: String) throws -> String {
            let month = try month(label)
            do {
                try series.set(count, indicator: indicator, area: area, month: month)
                return "none"
            } catch { return "\(error)" }
        }
        #expect(
            try error(-2, "homicide", "08037", "2024-02")
                == "a count must be 0 or more, but homicide in 08037 in 2024-02 is -2")
        #expect(
            try error(5, "homicide", "08037", "2024-01")
                == "a series has one figure a month, but homicide in 08037 in 2024-01 is given as 3 and as 5")
        #expect(
            try error(1, "homicide", "8037", "2024-01")
                == "8037 must be an area of the series, but it has no such area; near are 08037")
        #expect(
            try error(1, "homicide", "08037", "2025-01")
                == "the month must be one of the series, 2023-11 to 2024-03, but is 2025-01")
        #expect(
            try error(1, "arson", "08037", "2024-01")
                == "\"arson\" is no indicator of the catalogue; it has homicide, theft")
    }

    @Test func `Days and years are no months, and endless series are refused`() throws {
        #expect(throws: IndicatorError.self) {
            _ = try MonthlySeries(indicators: ["a"], areas: [], months: month("2023")...month("2024"))
        }
        #expect(throws: IndicatorError.self) {
            _ = try MonthlySeries(
                indicators: Array(repeating: "a", count: 10_000), areas: Array(repeating: .init(key: "x"), count: 1000),
                months: month("0001-01")...month("9999-12"))
        }
    }

    @Test func `Nothing is summed or compared over a break`() throws {
        var series = try series("2025-10", "2026-03")
        for place in 0..<6 { series.add(10, indicator: 0, area: 0, month: place) }
        let register = SeriesBreak(
            id: "rnid-2026", date: try #require(CalendarDate("2026-01-01")), spanishSentence: "", englishSentence: "")
        series.breaks[0] = [register]
        #expect(series.start(of: 0, before: 2) == 0)
        #expect(series.start(of: 0, before: 3) == 3)
        #expect(series.sum(0, 0, from: 2, through: 3) == nil)
        #expect(series.sum(0, 0, from: 3, through: 5) == 30)
        // A break in the middle of January: January has days of both, and the new series begins with February.
        series.breaks[0] = [
            SeriesBreak(
                id: "x", date: try #require(CalendarDate("2026-01-15")), spanishSentence: "", englishSentence: "")
        ]
        #expect(series.start(of: 0, before: 3) == 0)
        #expect(series.start(of: 0, before: 4) == 4)
    }

    @Test func `A total needs a figure of every area that has figures at all`() throws {
        var series = try series()
        for place in 0..<5 { series.add(2, indicator: 0, area: 0, month: place) }
        for place in 0..<3 { series.add(1, indicator: 0, area: 1, month: place) }
        series.add(9, indicator: 1, area: 0, month: 4)
        let total = try series.total(named: "Chihuahua")
        #expect(total.figures(0, 0) == [3, 3, 3, nil, nil])
        #expect(total.figures(1, 0) == [nil, nil, nil, nil, 9])
        #expect(series.cut(of: 0)?.description == "2024-03")
        #expect(series.begin(of: 1)?.description == "2024-03")
    }

    @Test func `A withheld figure is neither missing nor summed, and withholds the total`() throws {
        var series = try series()
        for place in 0..<5 { series.add(2, indicator: 0, area: 0, month: place) }
        for place in 0..<4 { series.add(1, indicator: 0, area: 1, month: place) }
        series.withhold(indicator: 0, area: 1, month: 1)
        series.add(7, indicator: 0, area: 1, month: 1)
        series.fillZeros(indicator: 0, months: 1...1)
        #expect(series.figures(0, 1) == [1, nil, 1, 1, nil])
        #expect((0..<5).map { series.isWithheld(0, 1, $0) } == [false, true, false, false, false])
        #expect(series.sum(0, 1, from: 0, through: 2) == nil && series.sum(0, 1, from: 2, through: 3) == 2)
        #expect(series.isWithheld(0, 1, from: -4, through: 1) && !series.isWithheld(0, 1, from: 2, through: 99))
        #expect(series.isWithheld(0, 1, from: 2, through: 1) == false)
        let total = try series.total(named: "Chihuahua")
        #expect(total.figures(0, 0) == [3, nil, 3, 3, nil])
        #expect(total.isWithheld(0, 0, 1) && !total.isWithheld(0, 0, 4))
        for place in 0..<5 { series.withhold(indicator: 1, area: 0, month: place) }
        #expect(series.areasCovered(1) == [0] && series.cut(of: 1) == nil && series.begin(of: 1) == nil)
    }

    @Test func `Every figure that an earlier edition told differently is flagged, and new months are not`() throws {
        var earlier = try series("2023-11", "2024-01")
        for place in 0..<3 { earlier.add(place + 1, indicator: 0, area: 0, month: place) }
        var now = try series()
        for place in 0..<5 { now.add(place + 1, indicator: 0, area: 0, month: place) }
        now.add(4, indicator: 0, area: 0, month: 1)
        now.add(1, indicator: 0, area: 1, month: 0)
        let moved = now.restatements(of: earlier)
        #expect(moved.map(\.areaID) == ["08037", "08019"])
        #expect(moved.map(\.month) == ["2023-12", "2023-11"])
        #expect(moved.map(\.before) == [2, nil])
        #expect(moved.map(\.now) == [6, 1])
        // What was brought in later for the months before is new too.
        var longer = try series("2023-09", "2024-01")
        for place in 0..<5 { longer.add(place < 2 ? 9 : place - 1, indicator: 0, area: 0, month: place) }
        #expect(longer.restatements(of: earlier).isEmpty)
    }
}
