import CivilTime
@testable import CrimeMapping
import Testing

@Suite struct PeriodCuttingTests {
    private func days(_ first: String, _ last: String) throws -> ClosedRange<CalendarDate> {
        try #require(CalendarDate(first))...(try #require(CalendarDate(last)))
    }

    private func limits(_ length: String, _ first: String, _ last: String) throws -> [String] {
        try #require(PeriodCutting(length)).limits(within: days(first, last)).map(\.description)
    }

    @Test func `Weeks are counted back from the last day, and what is left over comes first`() throws {
        #expect(try limits("7", "2024-03-01", "2024-03-16") == ["2024-03-03", "2024-03-10", "2024-03-17"])
    }

    @Test func `Months and quarters are those of the calendar, whole ones only`() throws {
        #expect(
            try limits("month", "2023-11-15", "2024-02-29") == ["2023-12-01", "2024-01-01", "2024-02-01", "2024-03-01"])
        #expect(try limits("quarter", "2023-06-30", "2024-01-05") == ["2023-07-01", "2023-10-01", "2024-01-01"])
        #expect(try limits("year", "2020-01-01", "2021-12-31") == ["2020-01-01", "2021-01-01", "2022-01-01"])
    }

    @Test func `Fewer than two whole periods are refused, and what is no period is not read`() throws {
        #expect(throws: JobError.self) { try limits("month", "2024-01-02", "2024-02-29") }
        #expect(throws: JobError.self) { try limits("7", "2024-01-01", "2024-01-13") }
        for text in ["", "0", "-7", "week", "1e9", "99999999999999999999"] { #expect(PeriodCutting(text) == nil) }
        #expect(try #require(PeriodCutting("28")).description == "28 days")
        #expect(PeriodCutting.usual(forDays: 10) == .days(1))
        #expect(PeriodCutting.usual(forDays: 1000) == .months(3))
    }
}
