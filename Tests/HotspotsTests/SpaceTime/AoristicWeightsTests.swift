import Hotspots
import SimpleFeatures
import TestSupport
import Testing

struct AoristicWeightsTests {
    /// 1970-01-05 was a Monday.
    private let monday = 4.0

    private func hour(_ day: Int, _ hour: Double) -> Double { monday + Double(day) + hour / 24 }

    @Test func `A span of two and a half hours is shared by minutes, or equally among the hours it touches`() {
        let span = AoristicWeights().span(start: hour(0, 22.5), end: hour(1, 1))
        let weights = AoristicWeights().hoursOfWeek(of: span)
        #expect(weights.filter { $0 > 0 } == [0.2, 0.4, 0.4])
        #expect((weights[22], weights[23], weights[24]) == (0.2, 0.4, 0.4))
        let equal = AoristicWeights(sharing: .touchedHours).hoursOfWeek(of: span)
        #expect((equal[22], equal[23], equal[24]) == (1.0 / 3, 1.0 / 3, 1.0 / 3))
    }

    @Test func `Counting minute by minute gives the same, also over weeks and before 1970`() {
        for (start, minutes) in [(-70_000, 37), (5, 1), (12_345, 10_079), (0, 10_080), (99, 25_000), (31, 50_111)] {
            let method = AoristicWeights()
            let weights = method.hoursOfWeek(
                of: method.span(start: Double(start) / 1440, end: Double(start + minutes) / 1440))
            let touched = AoristicWeights(sharing: .touchedHours).hoursOfWeek(
                of: method.span(start: Double(start) / 1440, end: Double(start + minutes) / 1440))
            var (counts, hours) = ([Int](repeating: 0, count: 168), Set<Int>())
            for minute in start..<start + minutes {
                let sinceMonday = minute - 4 * 1440 + 100 * 10_080
                counts[sinceMonday / 60 % 168] += 1
                hours.insert(sinceMonday / 60)
            }
            for hour in 0..<168 {
                #expect(abs(weights[hour] - Double(counts[hour]) / Double(minutes)) < 1e-12)
                #expect(abs(touched[hour] - Double(hours.count { $0 % 168 == hour }) / Double(hours.count)) < 1e-12)
            }
            #expect(abs(weights.reduce(0, +) - 1) < 1e-12)
        }
    }

    @Test func `What is wrong with the times is flagged and settled as stated`() {
        let method = AoristicWeights()
        #expect(method.span(start: 5, end: 4).flag == .reversed)
        #expect(method.span(start: 5, end: 4).end == 5)
        #expect(method.span(start: 5, end: .nan).flag == .endMissing)
        #expect(method.span(start: .nan, end: 4).start == 4)
        #expect(method.span(start: .nan, end: .infinity).flag == .unknown)
        let century = method.span(start: 0, end: 40_000)
        #expect(century.flag == .tooLong && century.end == 0)
        #expect(method.span(start: 0, end: AoristicWeights.greatestSpanDays).flag == .none)
        #expect(method.hoursOfWeek(of: method.span(start: .nan, end: .nan)) == Array(repeating: 0, count: 168))
        // Known exactly: all in one hour.
        #expect(method.hoursOfWeek(of: method.span(start: hour(2, 7), end: hour(2, 7)))[55] == 1)
        let profile = AoristicProfile(starts: [hour(0, 1), hour(0, 1), .nan], ends: [hour(0, 3), hour(0, 0), .nan])
        #expect(profile.flags == [.none: 1, .reversed: 1, .unknown: 1])
        #expect(profile.weight(day: 0, hour: 1) == 1.5)
        #expect(profile.weight(day: 0, hour: 2) == 0.5)
        #expect(profile.weight(day: 9, hour: 2) == 0)
    }

    @Test func `Periods get the share of the span they cover`() {
        let method = AoristicWeights()
        let spans = [method.span(start: 1, end: 5), method.span(start: 2, end: 2), method.span(start: .nan, end: .nan)]
        #expect(method.shares(of: spans[0], limits: [0, 2, 4, 6]) == [0.25, 0.5, 0.25])
        #expect(method.shares(of: spans[0], limits: [2, 4]) == [0.5])
        #expect(
            method.shares(of: spans[0], limits: [5, 6]) == [0] && method.shares(of: spans[0], limits: [0, 1]) == [0])
        #expect(method.shares(of: spans[1], limits: [0, 2, 4, 6]) == [0, 1, 0])
        #expect(method.shares(of: spans[1], limits: [0, 1, 2]) == [0, 0])
        #expect(method.shares(of: spans[2], limits: [0, 2]) == [0])
        #expect(method.shares(of: spans[0], limits: [3]).isEmpty)
    }

    @Test(arguments: AoristicWeights.Sharing.allCases)
    func `The order of the rows changes nothing, to the last digit`(sharing: AoristicWeights.Sharing) throws {
        let method = AoristicWeights(sharing: sharing)
        var generator = SeededGenerator(seed: 12)
        var rows: [(start: Double, end: Double)] = (0..<400).map { _ in
            let start = Double.random(in: -50..<50, using: &generator)
            return (start, start + Double.random(in: -1..<9, using: &generator))
        }
        rows.append((.nan, 3))
        rows.append((3, .nan))
        let straight = AoristicProfile(starts: rows.map(\.start), ends: rows.map(\.end), by: method)
        let limits: [Double] = [-40, -20, 0, 20]
        func pattern() throws -> SpaceTimePattern {
            try SpaceTimePattern(
                x: rows.map { ($0.start * 10).rounded() + 0 }, y: rows.map { _ in 1 },
                spans: rows.map { method.span(start: $0.start, end: $0.end) }, limits: limits,
                crs: SpaceTimeFixture.crs)
        }
        let parts = try pattern()
        for _ in 0..<3 {
            rows.shuffle(using: &generator)
            #expect(AoristicProfile(starts: rows.map(\.start), ends: rows.map(\.end), by: method) == straight)
            let turned = try pattern()
            #expect((turned.x, turned.seconds) == (parts.x, parts.seconds))
            #expect(turned.weight == parts.weight)
        }
    }

    @Test func `Nothing, one time and the same time again and again have their profiles, and no time traps`() throws {
        let none = AoristicProfile(starts: [], ends: [])
        #expect((none.weights, none.flags) == (Array(repeating: 0, count: 168), [:]))
        let same = AoristicProfile(starts: Array(repeating: hour(3, 9), count: 50), ends: [])
        #expect((same.weight(day: 3, hour: 9), same.weights.reduce(0, +)) == (50, 50))
        let method = AoristicWeights()
        for start in [-Double.infinity, -4e6, -1e-300, 0, 1e-9, 4e6, 1e300, .nan] {
            for end in [-Double.infinity, -4e6, 0, 1e-9, 36_525, 4e6, .greatestFiniteMagnitude, .nan] {
                let span = method.span(start: start, end: end)
                let sum = method.hoursOfWeek(of: span).reduce(0, +)
                #expect(span.flag == .unknown ? sum == 0 : abs(sum - 1) < 1e-9)
                #expect(method.shares(of: span, limits: [-1e9, .nan, 1e9]).count == 2)
            }
        }
        let nowhere = try SpaceTimePattern(
            x: [], y: [], spans: [], limits: [0, 1], crs: SpaceTimeFixture.crs)
        #expect(nowhere.count == 0)
    }
}
