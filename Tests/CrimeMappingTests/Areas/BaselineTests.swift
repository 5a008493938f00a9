import CivilTime
import CrimeMapping
import Testing

@Suite struct BaselineTests {
    private func days(_ from: String, _ to: String) throws -> ClosedRange<CalendarDate> {
        try #require(CalendarDate(from))...(try #require(CalendarDate(to)))
    }

    @Test(arguments: [
        (Baseline.year, "2023-01-01", "2023-03-31", "2022-01-01", "2022-03-31"),
        (.year, "2024-02-29", "2024-02-29", "2023-02-28", "2023-02-28"),
        (.before, "2023-04-01", "2023-06-30", "2023-01-01", "2023-03-31"),
        (.before, "2023-03-01", "2023-03-31", "2023-02-01", "2023-02-28"),
        (.before, "2023-03-08", "2023-03-14", "2023-03-01", "2023-03-07"),
    ])
    func `Earlier days are the same season, or whole months, or as many days`(
        _ baseline: Baseline, _ from: String, _ to: String, _ first: String, _ last: String
    ) throws {
        #expect(baseline.days(before: try days(from, to)) == (try days(first, last)))
    }

    @Test func `Before the calendar there is nothing`() throws {
        let start = try days("0001-01-01", "0001-01-31")
        #expect(Baseline.year.days(before: start) == nil)
    }
}
