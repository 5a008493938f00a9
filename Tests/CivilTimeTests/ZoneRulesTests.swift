import CivilTime
import TestSupport
import Testing

struct ZoneRulesTests {
    /// An hour forward at 1,000,000 s, an hour back at 10,000,000 s, from UTC−6.
    private func rules() throws -> ZoneRules {
        try #require(
            ZoneRules(
                name: "Test", firstOffset: -21_600,
                transitions: [.init(instant: 1_000_000, offset: -18_000), .init(instant: 10_000_000, offset: -21_600)]))
    }

    private func instant(_ zone: ZoneRules, local: Int64) -> Int64 {
        zone.instant(ofLocalDay: Int32(local / 86_400), second: Int(local % 86_400))
    }

    @Test func `Local time is UTC plus the offset of the instant`() throws {
        let zone = try rules()
        #expect(zone.offset(atInstant: 999_999) == -21_600)
        #expect(zone.offset(atInstant: 1_000_000) == -18_000)
        #expect(zone.offset(atInstant: 10_000_000) == -21_600)
        let local = zone.local(ofInstant: 1_000_000)
        #expect(Int64(local.day) * 86_400 + Int64(local.second) == 982_000)
    }

    @Test func `A skipped local time is as much later as was skipped`() throws {
        let zone = try rules()
        // The clocks go from 978,400 to 982,000: half an hour into the gap is half an hour after the change.
        #expect(instant(zone, local: 978_399) == 999_999)
        #expect(instant(zone, local: 978_400 + 1800) == 1_000_000 + 1800)
        #expect(instant(zone, local: 982_000) == 1_000_000)
    }

    @Test func `A local time shown twice is its first occurrence`() throws {
        let zone = try rules()
        // The clocks go from 9,982,000 back to 9,978,400.
        #expect(instant(zone, local: 9_978_400 + 60) == 10_000_000 - 3600 + 60)
        #expect(instant(zone, local: 9_981_999) == 9_999_999)
        #expect(instant(zone, local: 9_982_000) == 10_003_600)
    }

    @Test func `Every instant comes back from its local time, but for the second showing of an hour`() throws {
        let zone = try rules()
        for utc in stride(from: Int64(900_000), through: 10_100_000, by: 97) {
            let local = zone.local(ofInstant: utc)
            let back = zone.instant(ofLocalDay: local.day, second: local.second)
            let isSecondShowing = (10_000_000..<10_003_600).contains(utc)
            #expect(back == (isSecondShowing ? utc - 3600 : utc))
        }
    }

    @Test func `Rules out of order are refused`() {
        let forward = ZoneRules.Transition(instant: 10, offset: 3600)
        #expect(ZoneRules(name: "", firstOffset: 0, transitions: [forward, .init(instant: 5, offset: 0)]) == nil)
        #expect(
            ZoneRules(
                name: "", firstOffset: 0,
                transitions: [forward, .init(instant: 11, offset: -3600), .init(instant: 12, offset: -7200)]) == nil)
        #expect(ZoneRules(name: "", firstOffset: 70_000) == nil)
        #expect(ZoneRules(name: "", firstOffset: 0, transitions: [.init(instant: .max, offset: 0)]) == nil)
    }

    @Test func `The ends of time do not overflow`() throws {
        let zone = try rules()
        for instant in [Int64.min, .max] { #expect((0..<86_400).contains(zone.local(ofInstant: instant).second)) }
        for day in [Int32.min, .max] { _ = zone.instant(ofLocalDay: day, second: 86_399) }
        #expect(ZoneRules.utc.instant(ofLocalDay: 1, minute: 1) == 86_460)
    }
}

struct UTCTextTests {
    /// `date -u -d @SECONDS`.
    @Test(arguments: [
        (Int64(0), "1970-01-01T00:00:00Z"), (1_709_294_400, "2024-03-01T12:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
        (951_782_400, "2000-02-29T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
    ])
    func `An instant is written and read as RFC 3339 has it`(instant: Int64, text: String) {
        #expect(UTCText.text(ofInstant: instant) == text)
        #expect(UTCText.instant(of: text) == instant)
    }

    @Test(arguments: [
        "2024-03-01T12:00:00", "2024-03-01 12:00:00Z", "2024-03-01T24:00:00Z", "2024-02-30T12:00:00Z",
        "2024-03-01T12:00 PMZ", "2024-03-01T2:00:00 Z", "",
    ])
    func `Anything else is refused`(text: String) {
        #expect(UTCText.instant(of: text) == nil)
    }

    @Test func `Instants beyond the calendar are written as its ends`() {
        #expect(UTCText.text(ofInstant: .max) == "9999-12-31T23:59:59Z")
        #expect(UTCText.text(ofInstant: .min) == "0001-01-01T00:00:00Z")
    }

    @Test func `A random instant comes back from its text`() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<20_000 {
            let instant = Int64.random(in: -62_135_596_800...253_402_300_799, using: &generator)
            #expect(UTCText.instant(of: UTCText.text(ofInstant: instant)) == instant)
        }
    }
}
