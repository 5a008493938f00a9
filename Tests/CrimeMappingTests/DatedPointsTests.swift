import CivilTime
import Grids
import Hotspots
import Incidents
import SimpleFeatures
import TestSupport
import Testing

@testable import CrimeMapping

/// Plain files whose rows have days, or an earliest and a latest time.
@Suite struct DatedPointsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let spans = """
        x,y,desde,hasta
        500000,2150000,2024-03-01 12:00,2024-03-02 12:00
        500400,2150000,2024-03-01,2024-03-04
        500800,2150000,2024-03-03 08:00,
        500800,2150300,,04/03/2024
        500800,2150300,2024-03-05,2024-03-04
        500800,2150300,,nunca
        ,,2024-03-01,2024-03-01

        """

    private func day(_ text: String) throws -> Double { Double(try #require(CalendarDate(text)).daysSince1970) }

    private func points(
        _ text: String, _ times: TimeColumns = .span(start: "desde", end: "hasta"), from: String? = nil,
        to: String? = nil, name: String = "a.csv", zone: ZoneRules? = nil
    ) throws -> PointFile.Points {
        var file = PointFile(path: try folder.write(name, text), crs: CRS("EPSG:32614"))
        (file.times, file.timeZone) = (times, zone)
        (file.from, file.to) = (from.flatMap { CalendarDate($0) }, to.flatMap { CalendarDate($0) })
        return try file.points()
    }

    @Test func `A span is spread over its days by its share of each, and counts whole on the day in the middle`() throws
    {
        let found = try points(Self.spans)
        let dated = try #require(found.dated)
        #expect(try dated.days == #require(CalendarDate("2024-03-01"))...#require(CalendarDate("2024-03-05")))
        let spread = try dated.spreadOverDays()
        let first = try day("2024-03-01")
        var byDay = [Double](repeating: 0, count: 5)
        for part in 0..<spread.count { byDay[Int(spread.day(of: part) - first)] += spread.weight[part] }
        #expect(byDay == [0.75, 0.75, 1.25, 1.25, 1])
        let whole = try dated.whole()
        #expect((0..<whole.count).map { whole.day(of: $0) - first } == [1, 2, 2, 3, 4])
        #expect(whole.weight == [1, 1, 1, 1, 1])
    }

    @Test func `Every row is counted once: placed and dated, without a place, without a day, of other days`() throws {
        let all = try points(Self.spans)
        let dated = try #require(all.dated)
        #expect(all.read == 7 && all.withoutPlace == 1 && dated.withoutDay == 1 && all.pattern.weight.reduce(0, +) == 5)
        #expect(dated.faults == [.none: 2, .endMissing: 1, .startMissing: 1, .reversed: 1])
        #expect(
            all.notes == [
                "1 in hasta that are no time, first \"nunca\" in row 6: taken as missing",
                "1 of 7 rows have a place and no day in desde, hasta, and are left out",
                "1 of 7 rows have no latest time: on the day of the earliest",
                "1 of 7 rows have no earliest time: on the day of the latest",
                "1 of 7 rows end before they begin: on the day of the earliest",
            ])
        let some = try points(Self.spans, from: "2024-03-02", to: "2024-03-04")
        #expect(some.dated?.outsideDays == 1 && some.withoutPlace == 1)
        // Of the first span half lies in these days, of the second three quarters.
        #expect(some.pattern.weight.reduce(0, +) == 3.25)
    }

    @Test
    func `An incident that touches the days though its middle does not is spread, and left out where it counts whole`()
        throws
    {
        let dated = try #require(try points(Self.spans, from: "2024-03-04", to: "2024-03-05").dated)
        let support = try SpaceTimeSupport(of: dated, cellSize: .metres(400))
        #expect(support.incidents == 3 && support.pattern.count == 2 && support.withMiddleOutside == 1)
        let limits = try ["2024-03-04", "2024-03-05", "2024-03-06"].map { try #require(CalendarDate($0)) }
        let cube = try support.cube(limits, .spread)
        #expect(cube.values.reduce(0, +) == 2.25 && cube.counted == 3)
        #expect(try support.cube(limits, .middle).values.reduce(0, +) == 2)
        let told = UncertainTimes.middle.account(of: support)
        #expect(told.count == 2 && told[1] == "  1 have it outside the days, and are left out")
        #expect(UncertainTimes.spread.account(of: support).count == 1)
    }

    @Test func `One column of days is the same as an earliest and a latest time on one day`() throws {
        let days = try points("x,y,fecha\n500000,2150000,2024-03-01\n500100,2150000,02/03/2024 23:10\n", .day(nil))
        let spans = try points(
            "x,y,desde,hasta\n500000,2150000,2024-03-01,2024-03-01\n500100,2150000,2024-03-02 22:00,2024-03-02 23:10\n")
        let (one, two) = try (#require(days.dated), #require(spans.dated))
        #expect(try !one.areSpread && !two.areSpread && one.whole() == two.whole())
        #expect(days.members.first == Property("time_columns", .text("fecha")))
    }

    @Test func `Weights by recency see a spread incident as its parts`() throws {
        let dated = try #require(
            try points("x,y,desde,hasta\n500000,2150000,2024-03-01,2024-03-02\n500100,2150000,2024-03-02,2024-03-02\n")
                .dated)
        let pattern = try dated.places(forgetting: TemporalDecay(halfLifeDays: 1))
        #expect(pattern.weight == [0.75, 1])
    }

    @Test func `The properties of a GeoJSON are read alike, also of multipoints`() throws {
        func feature(_ geometry: String, _ fecha: String) -> String {
            "{\"type\":\"Feature\",\"properties\":{\"fecha\":\(fecha)},\"geometry\":\(geometry)}"
        }
        let text =
            "{\"type\":\"FeatureCollection\",\"features\":["
            + [
                feature("{\"type\":\"Point\",\"coordinates\":[500000,2150000]}", "\"2024-03-01T10:00:00\""),
                feature(
                    "{\"type\":\"MultiPoint\",\"coordinates\":[[500100,2150000],[500200,2150000]]}", "\"2024-03-02\""),
                feature("{\"type\":\"Point\",\"coordinates\":[500000,2150100]}", "null"),
                feature("{\"type\":\"Point\",\"coordinates\":[500000,2150100]}", "7"),
            ].joined(separator: ",") + "]}"
        let found = try points(text, .day(nil), name: "a.geojson")
        let dated = try #require(found.dated)
        let whole = try dated.whole()
        let first = try day("2024-03-01")
        #expect((0..<whole.count).map { whole.day(of: $0) - first } == [0, 1, 1] && dated.withoutDay == 2)
        #expect(found.notes.first == "1 in fecha that are no time, first \"7\" in row 5: taken as missing")
    }

    @Test func `A clock told against UTC needs a zone, and then has that zone's day`() throws {
        let text = "x,y,t\n500000,2150000,2024-03-01T03:00:00Z\n"
        #expect(throws: JobError.self) { try points(text, .day("t")) }
        let zone = try ZoneRules.zone("America/Monterrey")
        let dated = try #require(try points(text, .day("t"), zone: zone).dated)
        #expect(dated.days?.lowerBound == CalendarDate("2024-02-29"))
    }

    @Test(arguments: [
        ("x,y\n500000,2150000\n", "no column of a usual name for time"),
        ("x,y,fecha\n500000,2150000,\n", "must have days in fecha, but no row with a place has one"),
        ("x,y,fecha\n500000,2150000,ayer\n", "first \"ayer\""),
        ("x,y,fecha\n500000\n", "none of its 1 rows"),
        ("x,y,fecha\n", "none of its 0 rows"),
        ("", "is empty"),
    ])
    func `A file without days is refused in one sentence`(text: String, says: String) throws {
        do {
            _ = try points(text, .day(nil))
            Issue.record("not refused: \(text)")
        } catch let error as JobError {
            #expect(error.description.contains(says), "\(error)")
        }
    }

    @Test func `Days of which there is no incident are refused`() throws {
        #expect(throws: JobError.self) { try points(Self.spans, from: "2030-01-01") }
    }

    /// The middles of the spans are on the 2nd, 3rd, 3rd, 4th and 5th; the last two are at one place.
    @Test func `Places taken whole are those on whose middle day lies in the days asked for`() throws {
        let all = try #require(try points(Self.spans).dated)
        #expect(try all.wholePlaces().weight == [1, 1, 1, 2])
        let some = try #require(try points(Self.spans, from: "2024-03-04", to: "2024-03-05").dated)
        #expect(try some.wholePlaces().weight == [2])
        #expect(
            some.uncertainTimes(takesWhole: true)
                == "an incident of uncertain time counts whole, on the day in the middle")
        #expect(try some.places().weight == [0.25, 2])
        let certain = try #require(try points("x,y,fecha\n500000,2150000,2024-03-01\n", .day(nil)).dated)
        #expect(certain.uncertainTimes(takesWhole: false) == nil)
    }

    @Test func `A day with something behind it that is no time is that whole day, as imports have it`() throws {
        let text =
            "x,y,fecha\n500000,2150000,2024-03-03 24:00\n500000,2150000,2024-03-04 25:10:00\n500000,2150000,1/3/24\n"
        let found = try points(text, .day(nil))
        let whole = try #require(found.dated).whole()
        let first = try day("2024-03-03")
        #expect((0..<whole.count).map { whole.day(of: $0) - first } == [0, 1])
        #expect(found.notes.contains("2 in fecha have a day and no readable time: the whole day"))
        #expect(found.notes.contains("1 in fecha that are no time, first \"1/3/24\" in row 3: taken as missing"))
    }

    @Test func `A span of years is told, with the days that it stretches the study to`() throws {
        let text = "x,y,desde,hasta\n500000,2150000,2024-03-01,2024-03-02\n500100,2150000,2014-03-01,2024-03-01\n"
        let found = try points(text)
        #expect(
            found.notes == [
                "1 of 2 rows may have happened on any day of more than a month, one of 3654 days: the days looked at are 2014-03-01 "
                    + "to 2024-03-02, unless --from and --to say which"
            ])
        #expect(found.members.contains(Property("longest_span_days", .number(3654))))
    }

    @Test func `A property of a GeoJSON is found without regard to case, and one that is not there is told`() throws {
        let text =
            #"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"Fecha":"2024-03-01"},"geometry":"#
            + #"{"type":"Point","coordinates":[500000,2150000]}}]}"#
        for times in [TimeColumns.day(nil), .day("fecha"), .day("Fecha")] {
            #expect(try points(text, times, name: "a.geojson").dated?.days?.lowerBound == CalendarDate("2024-03-01"))
        }
        #expect {
            try points(text, .day("cuando"), name: "a.geojson")
        } throws: { "\($0)".contains("has no property cuando; it has Fecha") }
    }
}
