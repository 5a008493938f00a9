import CivilTime
import Testing

struct CalendarDateTests {
    /// Python: `(date(y, m, d) - date(1970, 1, 1)).days`.
    @Test(arguments: [
        ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017), ("1900-01-01", -25_567),
        ("2024-03-01", 19_783), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ])
    func `Days are counted from 1970-01-01 as Python counts them`(text: String, days: Int32) throws {
        let date = try #require(CalendarDate(text))
        #expect(date.daysSince1970 == days)
        #expect(CalendarDate(daysSince1970: days).description == text)
    }

    @Test func `A walk of 400 years meets every day once, in order`() throws {
        var (year, month, day) = (1800, 1, 1)
        let start = try #require(CalendarDate(year: year, month: month, day: day)).daysSince1970
        var weekday = 3  // 1800-01-01 was a Wednesday
        for step in 0..<146_097 as Range<Int32> {
            let date = CalendarDate(daysSince1970: start + step)
            #expect(date.components == (year, month, day))
            #expect(CalendarDate(year: year, month: month, day: day) == date)
            #expect(date.isoWeekday == weekday)
            weekday = weekday % 7 + 1
            let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            day += 1
            if day > lengths[month - 1] { (day, month) = (1, month + 1) }
            if month > 12 { (month, year) = (1, year + 1) }
        }
        #expect((year, month, day) == (2200, 1, 1))
    }

    @Test(arguments: [
        (2023, 2, 29), (1900, 2, 29), (2024, 4, 31), (2024, 13, 1), (2024, 0, 1), (2024, 1, 0), (0, 1, 1),
        (10_000, 1, 1),
    ])
    func `A day that the calendar has not is refused`(year: Int, month: Int, day: Int) {
        #expect(CalendarDate(year: year, month: month, day: day) == nil)
    }

    @Test(arguments: [
        "2024-3-01", "2024-03-1", "24-03-01", "2024/03/01", "2024-03-01 ", "", "2024-02-30", "+024-03-01",
    ])
    func `Only yyyy-mm-dd is read`(text: String) {
        #expect(CalendarDate(text) == nil)
        #expect(bytes(text) { CalendarDate(isoBytes: $0) } == nil)
    }

    @Test func `Bytes and text read the same`() {
        #expect(bytes("2024-02-29") { CalendarDate(isoBytes: $0) } == CalendarDate("2024-02-29"))
    }

    @Test func `Stepping stops at the end of the range`() {
        #expect(CalendarDate("2024-02-28")?.adding(days: 2)?.description == "2024-03-01")
        #expect(CalendarDate(daysSince1970: .max).adding(days: 1) == nil)
        #expect(CalendarDate(daysSince1970: 0).adding(days: .max) == nil)
    }

    @Test func `The farthest days that fit still have components`() {
        #expect(CalendarDate(daysSince1970: .max).components.year > 5_000_000)
        #expect(CalendarDate(daysSince1970: .min).components.year < -5_000_000)
    }
}

func bytes<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    Array(text.utf8).withUnsafeBufferPointer(body)
}
