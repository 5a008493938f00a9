import CivilTime
import Incidents
import TestSupport
import Testing

struct DateReaderTests {
    private func read(
        _ date: String, _ time: String = "", moments: Bool = false, reader: DateReader = DateReader(zone: .utc)
    ) -> Occurrence? {
        bytes(date) { date in
            bytes(time) { reader.occurrence(date: date, time: $0, midnightIsATime: moments) }
        }
    }

    private func text(_ occurrence: Occurrence?) -> String {
        guard let occurrence else { return "none" }
        let day = CalendarDate(daysSince1970: occurrence.localDay).description
        let problem = occurrence.problem.map { " \($0)" } ?? ""
        return "\(day) \(occurrence.localMinute)\(problem)"
    }

    @Test(arguments: [
        ("2019-01-02", "2019-01-02 -1"), ("2024-11-11 11:00:00", "2024-11-11 660"),
        ("2024-11-11T11:00:00", "2024-11-11 660"), ("2024-11-11T11:00:00.123", "2024-11-11 660"),
        ("2024-11-11T11:00:00Z", "2024-11-11 660"), ("2024-11-11 11:00", "2024-11-11 660"),
        ("03/05/2018", "2018-05-03 -1"), ("3/5/2018 18:48", "2018-05-03 1128"), ("3-5-2018", "2018-05-03 -1"),
        ("3.5.2018", "2018-05-03 -1"), ("2018/5/3", "2018-05-03 -1"), ("20180503", "2018-05-03 -1"),
        ("20180503 07:15", "2018-05-03 435"), ("2024-11-11 11:00 p. m.", "2024-11-11 1380"),
    ])
    func `A day is read in the forms that files have`(date: String, expected: String) {
        #expect(text(read(date)) == expected)
    }

    @Test(arguments: [
        "", "2024", "2024-02-30", "31/02/2024", "05/23/2018", "03/05/18", "2018-05", "2018050", "20181305",
        "2018-05/03",
        "hoy", "43221", "2018-05-03x", "2018-05-0310:00", "0000-01-01", "12345-01-01", "2018-05-03T", "1/2/3/4", "//",
    ])
    func `What is no day is refused`(date: String) {
        #expect(read(date) == nil)
    }

    @Test func `The stated order decides what 03-05 means, and no order a leading year`() {
        let mdy = DateReader(order: .mdy, zone: .utc)
        #expect(text(read("03/05/2018", reader: mdy)) == "2018-03-05 -1")
        #expect(text(read("2018-05-03", reader: mdy)) == "2018-05-03 -1")
        #expect(read("23/05/2018", reader: mdy) == nil)
        let ymd = DateReader(order: .ymd, zone: .utc)
        #expect(read("03/05/2018", reader: ymd) == nil)
        #expect(text(read("2018/05/03", reader: ymd)) == "2018-05-03 -1")
    }

    @Test func `A time column holds against the date column, and says where they differ`() {
        #expect(text(read("2024-11-11", "11:00:00:00")) == "2024-11-11 660")
        #expect(text(read("2024-11-11 11:00:00", "11:00:00:00")) == "2024-11-11 660")
        #expect(text(read("2024-11-11 11:00:00", "12:30")) == "2024-11-11 750 conflict")
        #expect(text(read("2024-11-11 00:00:00", "12:30")) == "2024-11-11 750")
    }

    @Test func `An unreadable time costs the time, not the day`() {
        #expect(text(read("2024-11-11", "25:10")) == "2024-11-11 -1 unreadable")
        #expect(text(read("2024-11-11", "24:00")) == "2024-11-11 -1 unreadable")
        #expect(text(read("2024-11-11 11:00:00", "25:10")) == "2024-11-11 660 unreadable")
        #expect(text(read("2024-11-11 25:10")) == "2024-11-11 -1 unreadableInDate")
        #expect(text(read("2024-11-11 25:10", "09:00")) == "2024-11-11 540")
        #expect(text(read("2024-11-11T11:00:00+99:00")) == "2024-11-11 -1 unreadableInDate")
    }

    @Test func `Midnight in a column of days is no time, in a column of moments it is one`() {
        #expect(text(read("2024-11-11 00:00:00")) == "2024-11-11 -1")
        #expect(text(read("2024-11-11 00:00:00", moments: true)) == "2024-11-11 0")
        #expect(text(read("2024-11-11 00:00:00", "00:00:00")) == "2024-11-11 0")
        #expect(text(read("2024-11-11 10:00", "11:00", moments: true)) == "2024-11-11 600")
    }

    @Test func `With an offset the instant is exact and the local parts are the zone's`() throws {
        let reader = DateReader(zone: try ZoneRules.zone("America/Mexico_City"))
        let winter = try #require(read("2024-03-01T02:30:00Z", moments: true, reader: reader))
        #expect(text(winter) == "2024-02-29 1230")  // 20:30 of the evening before, UTC−6
        #expect(UTCText.text(ofInstant: winter.instant) == "2024-03-01T02:30:00Z")
        let west = try #require(read("2024-03-01 02:30:00-0700", moments: true, reader: reader))
        #expect(UTCText.text(ofInstant: west.instant) == "2024-03-01T09:30:00Z")
        #expect(text(west) == "2024-03-01 210")
        // Dates that a program serialised: midnight UTC, and local midnight told in UTC, are the day and no time.
        #expect(text(read("2024-03-01T00:00:00.000Z", reader: reader)) == "2024-03-01 -1")
        #expect(text(read("2024-03-01T06:00:00Z", reader: reader)) == "2024-03-01 -1")
    }

    @Test func `Without a time the instant is local midnight`() throws {
        let reader = DateReader(zone: try ZoneRules.zone("America/Tijuana"))
        let occurrence = try #require(read("2024-07-01", reader: reader))
        #expect(UTCText.text(ofInstant: occurrence.instant) == "2024-07-01T07:00:00Z")
    }

    /// LibreOffice and Excel agree: 43221 is 2018-05-01, 45000 is 2023-03-15, 61 is 1900-03-01.
    @Test func `Serial days are read only where the profile says so`() {
        let reader = DateReader(readsSerialDays: true, zone: .utc)
        #expect(text(read("43221", reader: reader)) == "2018-05-01 -1")
        #expect(text(read("45000.75", reader: reader)) == "2023-03-15 1080")
        #expect(text(read("61", reader: reader)) == "1900-03-01 -1")
        #expect(text(read("45000", "0.5", reader: reader)) == "2023-03-15 720")
        #expect(read("60", reader: reader) == nil)
        #expect(read("1e9", reader: reader) == nil)
        #expect(text(read("45000.999999", reader: reader)) == "2023-03-16 -1")
        #expect(text(read("2018-05-03", reader: reader)) == "2018-05-03 -1")
    }

    @Test func `Random and mutated texts never trap, and give minutes of a day`() {
        var generator = SeededGenerator(seed: 11)
        let seeds = [
            "2024-11-11T11:00:00.1-06:00", "03/05/2018 11:00 p. m.", "20180503 7:15", "45000.25", "9999-12-31 23:59",
        ]
        let reader = DateReader(readsSerialDays: true, zone: .utc)
        for _ in 0..<100_000 {
            var text = Array((seeds.randomElement(using: &generator) ?? "").utf8)
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                let at = Int.random(in: 0..<text.count, using: &generator)
                switch Int.random(in: 0...3, using: &generator) {
                case 0: text[at] = UInt8.random(in: 0...255, using: &generator)
                case 1: text.insert(UInt8.random(in: 32...64, using: &generator), at: at)
                case 2: text[at] = UInt8.random(in: 48...57, using: &generator)
                default: if text.count > 1 { text.remove(at: at) }
                }
            }
            let occurrence = text.withUnsafeBufferPointer { date in
                text.suffix(8).withUnsafeBufferPointer { time in
                    reader.occurrence(date: date, time: time, midnightIsATime: Bool.random(using: &generator))
                }
            }
            if let occurrence { #expect((-1..<1440).contains(occurrence.localMinute)) }
        }
    }
}
