import CivilTime
import Incidents
import Testing

private func days(_ first: String, _ last: String) throws -> ClosedRange<CalendarDate> {
    try #require(CalendarDate(first))...(try #require(CalendarDate(last)))
}

private func origin(
    _ catalogue: String, _ schemes: Set<String> = [], _ first: String, _ last: String,
    _ units: Set<CountUnit> = [.caseFile]
) throws -> SeriesOrigin {
    SeriesOrigin(catalogue: catalogue, schemes: schemes, countUnits: units, days: try days(first, last))
}

private func breaks(_ origins: [SeriesOrigin], _ first: String = "2000-01-01", _ last: String = "2030-01-01") throws
    -> [String]
{
    SeriesBreak.inSeries(of: origins, over: try days(first, last), schemes: Taxonomy.builtIn).map {
        "\($0.date) \($0.id)"
    }
}

@Suite struct SeriesBreakTests {
    @Test(arguments: [
        ("2025-12-01", "2025-12-31", []), ("2025-12-31", "2026-01-01", ["2026-01-01 rnid-2026"]),
        ("2026-01-01", "2026-12-31", []), ("2020-01-01", "2027-01-01", ["2026-01-01 rnid-2026"]),
        ("2014-12-31", "2015-01-01", ["2015-01-01 cnsp-2015"]), ("2015-01-01", "2025-12-31", []),
        ("2014-01-01", "2026-01-01", ["2015-01-01 cnsp-2015", "2026-01-01 rnid-2026"]),
        ("2026-01-01", "2026-01-01", []),
    ])
    func `A national series breaks exactly where one of its days lies before the register's and one does not`(
        first: String, last: String, expected: [String]
    ) throws {
        #expect(try breaks([origin("SESNSP", ["CNSP/38/15"], first, last)]) == expected)
        #expect(try breaks([origin("SESNSP", ["CNSP/38/15"], "2000-01-01", "2029-12-31")], first, last) == expected)
    }

    @Test func `A series that goes over from one register to the other breaks once`() throws {
        let origins = [
            try origin("CNSP/38/15", ["CNSP/38/15"], "2020-01-01", "2025-12-31"),
            try origin("RNID", ["RNID"], "2026-01-01", "2026-06-30"),
        ]
        // The old scheme alone ends where the new begins, and the new has nothing before: only together they cross.
        let found = try breaks(origins)
        #expect(found == ["2026-01-01 rnid-2026"])
        #expect(try breaks([origins[0]]).isEmpty)
        #expect(try breaks([origins[1]]).isEmpty)
        #expect(try breaks(origins, "2020-01-01", "2025-12-31").isEmpty)
        #expect(try breaks(origins, "2026-01-01", "2026-12-31").isEmpty)
    }

    @Test func `A prosecutor's own catalogue does not break with the national register, counted by classes it does`()
        throws
    {
        #expect(try breaks([origin("fgj-cdmx", [], "2020-01-01", "2026-06-30")]).isEmpty)
        #expect(
            try breaks([origin("fgj-cdmx", ["CNSP/38/15"], "2020-01-01", "2026-06-30")]) == ["2026-01-01 rnid-2026"])
    }

    @Test func `A break of a national series that ended long before is no break of another one`() throws {
        let origins = [
            try origin("fgj-cdmx", [], "2016-01-01", "2026-06-30"),
            try origin("CNSP/38/15", ["CNSP/38/15"], "2016-01-01", "2018-12-31"),
        ]
        #expect(try breaks(origins).isEmpty)
    }

    @Test func `A catalogue that begins after another breaks the series on its first day`() throws {
        let origins = [
            try origin("fgj-cdmx", [], "2020-01-01", "2023-12-31"),
            try origin("generic", [], "2024-01-03", "2024-12-31"),
        ]
        #expect(try breaks(origins) == ["2024-01-03 catalogue:generic"])
        #expect(try breaks(origins.reversed()) == ["2024-01-03 catalogue:generic"])
        #expect(try breaks(origins, "2024-01-03", "2024-12-31").isEmpty)
        let found = SeriesBreak.inSeries(of: origins, over: try days("2000-01-01", "2030-01-01"), schemes: [])
        #expect(
            found.first?.englishSentence
                == "From 2024-01-03 on the series holds records of generic, which classifies offences differently from fgj-cdmx."
        )
        #expect(
            found.first?.spanishSentence
                == "Desde el 2024-01-03 la serie incluye registros de generic, que clasifica los delitos de otro modo que fgj-cdmx."
        )
    }

    @Test func `Catalogues that begin together, and a catalogue that goes on, are no break`() throws {
        #expect(
            try breaks([
                origin("a", [], "2020-01-01", "2024-12-31"), origin("b", [], "2020-01-01", "2024-12-31"),
            ]).isEmpty)
        #expect(
            try breaks([
                origin("a", [], "2020-01-01", "2020-12-31"), origin("a", [], "2021-01-01", "2024-12-31", []),
            ]).isEmpty)
    }

    @Test func `A change of what is counted breaks a series of one catalogue`() throws {
        let origins = [
            try origin("a", [], "2020-01-01", "2020-12-31", [.caseFile]),
            try origin("a", [], "2021-01-01", "2021-12-31", [.victim]),
        ]
        let found = SeriesBreak.inSeries(of: origins, over: try days("2000-01-01", "2030-01-01"), schemes: [])
        #expect(found.map(\.date.description) == ["2021-01-01"])
        #expect(found.first?.englishSentence.contains("counts victims and not investigation files") == true)
        #expect(found.first?.spanishSentence.contains("cuenta víctimas y no carpetas de investigación") == true)
    }

    @Test func `A series of nothing breaks nowhere`() throws {
        #expect(try breaks([]).isEmpty)
        #expect(
            try breaks([origin("a", ["CNSP/38/15"], "2025-01-01", "2026-12-31")], "1990-01-01", "1990-12-31").isEmpty)
    }

    @Test func `Every break says why in both languages`() {
        for seriesBreak in Taxonomy.builtIn.flatMap(\.allBreaks) {
            #expect(seriesBreak.spanishSentence.hasSuffix(".") && seriesBreak.englishSentence.hasSuffix("."))
            #expect(seriesBreak.spanishSentence != seriesBreak.englishSentence)
        }
    }
}
