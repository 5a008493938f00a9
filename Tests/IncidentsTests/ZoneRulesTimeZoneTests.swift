import CivilTime
import Foundation
import Incidents
import Testing

struct ZoneRulesTimeZoneTests {
    /// Python's zoneinfo (tzdata 2024), `datetime(y, m, 15, 12, tzinfo=…).utcoffset()`, in hours.
    @Test(arguments: [
        ("America/Mexico_City", 2021, 1, -6), ("America/Mexico_City", 2022, 7, -5),
        ("America/Mexico_City", 2022, 12, -6),
        ("America/Mexico_City", 2023, 7, -6), ("America/Monterrey", 2022, 7, -5), ("America/Monterrey", 2023, 7, -6),
        ("America/Tijuana", 2022, 7, -7), ("America/Tijuana", 2023, 1, -8), ("America/Tijuana", 2023, 7, -7),
        ("America/Chihuahua", 2022, 7, -6), ("America/Chihuahua", 2021, 1, -7), ("America/Chihuahua", 2023, 7, -6),
        ("America/Ojinaga", 2021, 1, -7), ("America/Ojinaga", 2023, 7, -5), ("America/Cancun", 2022, 7, -5),
        ("America/Hermosillo", 2022, 7, -7), ("UTC", 2022, 7, 0),
    ])
    func `Mexican zones have the offsets that the database gives`(name: String, year: Int, month: Int, hours: Int)
        throws
    {
        let zone = try ZoneRules.zone(name)
        let day = try #require(CalendarDate(year: year, month: month, day: 15))
        let instant = zone.instant(ofLocalDay: day.daysSince1970, minute: 720)
        #expect(instant == Int64(day.daysSince1970) * 86_400 + Int64(12 - hours) * 3600)
        #expect(zone.local(ofInstant: instant) == (day.daysSince1970, 43_200))
    }

    @Test func `Mexico City moved its clocks for the last time on 30 October 2022`() throws {
        let last = try #require(try ZoneRules.zone("America/Mexico_City").transitions.last)
        #expect(last == .init(instant: try #require(UTCText.instant(of: "2022-10-30T07:00:00Z")), offset: -21_600))
    }

    @Test func `The rules agree with Foundation at every sixth hour of two centuries`() throws {
        let zone = try ZoneRules.zone("America/Tijuana")
        let peer = try #require(TimeZone(identifier: "America/Tijuana"))
        for instant in stride(from: Int64(-2_208_988_800), to: 4_133_980_800, by: 21_600) {
            let expected = peer.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
            #expect(Int(zone.offset(atInstant: instant)) == expected)
        }
    }

    @Test(arguments: ["America/Atlantis", "CST", "", "GMT-6", "../etc/passwd", "Mexico City"])
    func `A name that is no zone is refused, and the message names some`(name: String) {
        #expect(throws: ProfileError.unknownTimeZone(name)) { try ZoneRules.zone(name) }
        let text = ProfileError.unknownTimeZone(name).description
        #expect(text.contains("America/Monterrey"))
    }
}
