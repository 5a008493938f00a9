import CivilTime
import TestSupport
import Testing

struct PeriodTests {
    private func week(_ text: String) throws -> String {
        Period(.week, containing: try #require(CalendarDate(text))).description
    }

    /// ISO 8601:2004, 3.2.2 and 4.1.4.2, and the turns of years of which a rule of thumb gets one wrong
    /// (Python's `date.isocalendar` agrees).
    @Test(arguments: [
        ("1985-04-12", "1985-W15"), ("1995-01-01", "1994-W52"), ("1996-12-31", "1997-W01"), ("2008-12-29", "2009-W01"),
        ("2010-01-03", "2009-W53"), ("2020-12-31", "2020-W53"), ("2021-01-03", "2020-W53"), ("2021-01-04", "2021-W01"),
        ("2024-03-01", "2024-W09"), ("0001-01-01", "0001-W01"), ("9999-12-31", "9999-W52"),
    ])
    func `A week belongs to the year that holds its Thursday`(day: String, label: String) throws {
        #expect(try week(day) == label)
        #expect(Period(label)?.contains(try #require(CalendarDate(day))) == true)
    }

    @Test func `Week 1 is the one with 4 January, in each of 400 years`() throws {
        for year in 1800..<2200 {
            let fourth = try #require(CalendarDate(year: year, month: 1, day: 4))
            let first = try #require(Period("\(year)-W01"))
            #expect(first.contains(fourth))
            #expect(first.first.isoWeekday == 1)
            #expect(first.last.isoWeekday == 7)
            // A year has 53 weeks where 1 January or 31 December is a Thursday.
            let newYear = try #require(CalendarDate(year: year, month: 1, day: 1))
            let lastDay = try #require(CalendarDate(year: year, month: 12, day: 31))
            #expect((Period("\(year)-W53") != nil) == (newYear.isoWeekday == 4 || lastDay.isoWeekday == 4))
        }
    }

    @Test(arguments: PeriodLength.allCases)
    func `Periods follow each other without gap or overlap`(length: PeriodLength) throws {
        var period = Period(length, containing: try #require(CalendarDate("1899-12-25")))
        for _ in 0..<3000 {
            let next = try #require(period.advanced(by: 1))
            #expect(period.last.daysSince1970 + 1 == next.first.daysSince1970)
            #expect(period < next)
            #expect(Period(period.description) == period)
            #expect(Period(length, containing: period.first) == period)
            #expect(Period(length, containing: period.last) == period)
            #expect(Int(period.last.daysSince1970 - period.first.daysSince1970) + 1 == period.dayCount)
            period = next
        }
    }

    @Test func `Labels are those of ISO 8601, and a quarter's is year and Q`() throws {
        let day = try #require(CalendarDate("2024-11-05"))
        let labels = PeriodLength.allCases.map { Period($0, containing: day).description }
        #expect(labels == ["2024-11-05", "2024-W45", "2024-11", "2024-Q4", "2024"])
        #expect(Period(year: 2024, month: 2)?.dayCount == 29)
        #expect(Period(year: 2024, month: 13) == nil)
    }

    @Test(arguments: [
        "", "202", "0000", "2024-00", "2024-13", "2024-W00", "2024-W54", "2023-W53", "2024-Q0", "2024-Q5", "2024-1",
        "2024-03-",
        "2024_03", "2024-02-30", "20240301", "2024-Wxx", "añoo",
    ])
    func `What is no label is refused`(text: String) {
        #expect(Period(text) == nil)
    }

    @Test func `Stepping ends with the year 9999`() throws {
        let last = try #require(Period("9999-12"))
        #expect(last.advanced(by: 1) == nil)
        #expect(last.advanced(by: .max) == nil)
        #expect(Period("0001-01")?.advanced(by: -1) == nil)
        #expect(Period("2024-11")?.advanced(by: 3)?.description == "2025-02")
    }

    @Test func `A run of periods has both its ends`() throws {
        let run = try #require(Period("2023-11")).through(try #require(Period("2024-02")))
        #expect(run.map(\.description) == ["2023-11", "2023-12", "2024-01", "2024-02"])
        #expect(run[3].through(run[0]).isEmpty)
        #expect(run[0].through(try #require(Period("2024"))).isEmpty)
    }

    @Test func `Days beyond the years 1–9999 are in the nearest period there is`() {
        for length in PeriodLength.allCases {
            for day in [Int32.min, .max] {
                let period = Period(length, containing: CalendarDate(daysSince1970: day))
                #expect(Period(period.description) == period)
                #expect(period.advanced(by: day > 0 ? 1 : -1) == nil)
            }
            #expect(CalendarDate.years.contains(Period(length, index: .max).first.components.year))
            #expect(Period(length, index: .max).advanced(by: -1) != nil)
            #expect(Period(length, index: .min).first == CalendarDate("0001-01-01"))
            #expect(Period(length, index: .min).dayCount > 0)
        }
    }
}
