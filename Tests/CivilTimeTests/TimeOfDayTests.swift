import CivilTime
import TestSupport
import Testing

struct TimeOfDayTests {
    @Test(arguments: [
        ("08:15:00", "08:15:00"), ("8:22:00", "08:22:00"), ("19:14", "19:14:00"), ("7:15", "07:15:00"),
        ("11:00:00:00", "11:00:00"), ("00:00:00", "00:00:00"), ("23:59:59", "23:59:59"), ("08:15:00.250", "08:15:00"),
        ("08:15:00,250", "08:15:00"), ("11:00 p. m.", "23:00:00"), ("11:00\u{A0}p.\u{A0}m.", "23:00:00"),
        ("11:00\u{202F}PM", "23:00:00"), ("11:00 PM", "23:00:00"), ("11:00PM", "23:00:00"), ("12:00 a.m.", "00:00:00"),
        ("12:30 pm", "12:30:00"), ("1:05:09 am", "01:05:09"), ("18:30 h", "18:30:00"), ("18:30 hrs.", "18:30:00"),
    ])
    func `A time of day is read in the forms that files have`(text: String, expected: String) throws {
        #expect(bytes(text) { TimeOfDay($0) }?.description == expected)
    }

    @Test(arguments: [
        "24:00", "24:00:00", "25:10", "10:60", "10:10:60", "1:5", "10", "", ":", "10:", "10:10:", "10:10:1",
        "10:10:10:",
        "13:00 PM", "0:30 AM", "10:10 xm", "10:10 p", "10:10 10", "-1:10", "10.10", "noon", "100:10", "23:59:60",
    ])
    func `What no clock shows is refused`(text: String) {
        #expect(bytes(text) { TimeOfDay($0) } == nil)
    }

    @Test func `Every second of the day is read back from its text`() {
        for second in 0..<86_400 {
            let time = TimeOfDay(hour: second / 3600, minute: second / 60 % 60, second: second % 60)
            #expect(bytes(time?.description ?? "") { TimeOfDay($0) } == time)
            #expect(time?.secondOfDay == Int32(second))
        }
    }

    @Test func `Random bytes are refused or read, and never trap`() {
        var generator = SeededGenerator(seed: 7)
        let alphabet = Array("0123456789::..,apmAPMhr \u{A0}-+TZ".utf8)
        for _ in 0..<200_000 {
            let text = (0..<Int.random(in: 0...14, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            let time = text.withUnsafeBufferPointer { TimeOfDay($0) }
            if let time { #expect((0..<86_400).contains(time.secondOfDay)) }
        }
    }
}
