import Boundaries
import CivilTime
import CrimeMapping
import Files
import Foundation
import GeoPackageStore
import Incidents
import Indicators
import Pictures
import Privacy
import TestSupport
import Testing

/// Sheets of published counts, in a store without any point.
struct PublishedSheetTests {
    private let folder: TemporaryFolder
    private let store: GeoPackageStore

    init() throws {
        folder = try TemporaryFolder()
        store = try GeoPackageStore.empty(in: folder)
    }

    /// A year of intentional homicides with firearms in Monterrey and Apodaca.
    private func wide(_ year: Int, _ monterrey: String, _ apodaca: String) -> String {
        func row(_ code: String, _ name: String, _ months: String) -> String {
            "\(year),19,Nuevo León,\(code),\(name),La vida y la Integridad corporal,Homicidio,Homicidio doloso,Con arma de fuego,\(months)"
        }
        return """
            Año,Clave_Ent,Entidad,Cve. Municipio,Municipio,Bien jurídico afectado,Tipo de delito,Subtipo de delito,Modalidad,\
            Enero,Febrero,Marzo,Abril,Mayo,Junio,Julio,Agosto,Septiembre,Octubre,Noviembre,Diciembre
            \(row("19039", "Monterrey", monterrey))
            \(row("19006", "Apodaca", apodaca))

            """
    }

    private func bring(
        _ text: String, as name: String = "n.csv", source: String? = nil, published: String? = nil,
        dataTo: String? = nil
    ) throws {
        var job = SeriesImport(path: try folder.write(name, text), profile: .sesnspMunicipal)
        job.source = source
        job.dates = FileDates(
            published: try published.map { try #require(CalendarDate($0)) },
            dataTo: try dataTo.map { try #require(CalendarDate($0)) })
        _ = try job.run(into: store)
    }

    private func sheet(_ month: String, _ change: (inout MonthlySheet) -> Void = { _ in }) throws -> SheetFigures {
        var sheet = MonthlySheet(month: try #require(Period(month)), level: .municipality)
        change(&sheet)
        return try sheet.run(in: store)
    }

    private static let four = "4,4,4,4,4,4,4,4,4,4,4,4"

    @Test func `A blank month has no figure, no light and no sum`() throws {
        try bring(wide(2023, Self.four, Self.four), as: "a.csv")
        try bring(wide(2024, "2,3,5,4,4,4,4,4,4,4,4,", Self.four), as: "b.csv")
        let december = try sheet("2024-12")
        let part = try #require(december.indicators.first)
        #expect(december.origin == .published && part.indicator.id == "homicide")
        #expect(part.lines.map(\.areaName) == ["Apodaca", "Monterrey"])
        #expect(part.lines.map(\.count) == [4, nil])
        #expect(part.lines.map(\.light.absence) == [nil, .noFigure])
        #expect(part.lines.map(\.twelveMonths) == [48, nil])
        #expect(part.total.count == nil)
        let levels = try ["2024-01", "2024-02", "2024-03"].map { try sheet($0).indicators.first?.lines.last?.level }
        #expect(levels == [.green, .yellow, .red])
        #expect(try sheet("2023-12").indicators.first?.lines.last?.level == nil)
    }

    @Test func `A figure that was restated is flagged, and the sheet as of before still has the old one`() throws {
        try bring(wide(2023, Self.four, Self.four), as: "a.csv", source: "series")
        let then = try #require(try store.imports().last?.finishedAt)
        // Instants have whole seconds.
        Thread.sleep(forTimeInterval: 1.1)
        try bring(wide(2023, "4,4,4,4,4,4,4,4,4,4,4,9", Self.four), as: "b.csv", source: "series")
        let now = try sheet("2023-12")
        #expect(now.restatements.map(\.areaID) == ["19039"])
        #expect(now.restatements.map(\.before) == [4] && now.restatements.map(\.now) == [9])
        #expect(now.indicators.first?.lines.map(\.isRestated) == [false, true])
        #expect(now.indicators.first?.lines.last?.count == 9)
        let before = try sheet("2023-12") { $0.asOf = then }
        #expect(before.indicators.first?.lines.last?.count == 4)
        #expect(before.restatements.isEmpty)
    }

    /// Twelve months of 4 make a base of 4 and a goal of 3. January is told as 6, which is red, in February; in March it is known
    /// to have been 2, which is green.
    @Test func `A past month keeps the light that was told of it, beside the one that restated figures give`() throws {
        try bring(wide(2023, Self.four, Self.four), as: "a.csv", source: "2023", published: "2024-01-20")
        try bring(wide(2024, "6,,,,,,,,,,,", "4,,,,,,,,,,,"), as: "b.csv", source: "2024", published: "2024-02-20")
        try bring(wide(2024, "2,4,,,,,,,,,,", "4,4,,,,,,,,,,"), as: "c.csv", source: "2024", published: "2024-03-20")
        let line = try #require(try sheet("2024-02").indicators.first?.lines.last)
        #expect(line.areaName == "Monterrey" && line.light.baseMonths == 13)
        #expect(line.recentLevels.suffix(2) == [.green, .red])
        #expect(line.firstLevels.suffix(2) == [.red, .red])
        let other = try #require(try sheet("2024-02").indicators.first?.lines.first)
        #expect(other.firstLevels == other.recentLevels)
        // In February nobody knew of the correction.
        let then = try #require(
            try sheet("2024-01") { $0.asOf = KnownBy.instant("2024-02-28") }.indicators.first?.lines.last)
        #expect(then.count == 6 && then.level == .red && then.firstLevels == then.recentLevels)
        #expect(throws: JobError.self) { try sheet("2023-12") { $0.asOf = KnownBy.instant("2024-01-19") } }
        #expect(try sheet("2023-12") { $0.asOf = KnownBy.instant("2024-01-20") }.indicators.count == 1)
        let page = SheetPage(try sheet("2024-02"), store: "n", language: .english).html
        #expect(page.contains("Each light is the one that was told at the time"))
        #expect(page.contains("R (now G)"))
        let moved = try sheet("2024-02") { $0.since = KnownBy.instant("2024-03-01") }.restatements
        #expect(moved.map(\.month) == ["2024-01"] && moved.map(\.before) == [6] && moved.map(\.now) == [2])
    }

    @Test func `Editions come in from the oldest on, and the same file may come again with its day`() throws {
        try bring(wide(2023, Self.four, Self.four), as: "a.csv", source: "s", published: "2024-02-20")
        #expect {
            try bring(
                wide(2023, "5,4,4,4,4,4,4,4,4,4,4,4", Self.four), as: "b.csv", source: "s", published: "2024-01-20")
        } throws: { "\($0)".contains("oldest to the newest") && "\($0)".contains("2024-02-20") }
        #expect {
            try bring(wide(2022, Self.four, Self.four), as: "c.csv", published: "2999-01-01")
        } throws: { "\($0)".contains("before it is brought in") }
        try bring(wide(2023, Self.four, Self.four), as: "a.csv", source: "s", published: "2024-01-20")
        #expect(try store.imports().map(\.state) == [.superseded, .complete])
        #expect(try sheet("2023-12") { $0.asOf = KnownBy.instant("2024-01-25") }.indicators.count == 1)
        // Whatever day is said of a file, two editions never hold at once.
        try bring(wide(2023, "5,4,4,4,4,4,4,4,4,4,4,4", Self.four), as: "b.csv", source: "s", published: "2024-03-20")
        #expect {
            try bring(
                wide(2023, "5,4,4,4,4,4,4,4,4,4,4,4", Self.four), as: "b.csv", source: "s", published: "2024-01-10")
        } throws: { "\($0)".contains("oldest to the newest") }
        try bring(wide(2023, "5,4,4,4,4,4,4,4,4,4,4,4", Self.four), as: "b.csv", source: "s", published: "2024-02-20")
        for (day, count) in [("2024-02-19", 4), ("2024-02-20", 5), ("2024-03-01", 5), ("2024-03-21", 5)] {
            let then = try sheet("2023-01") { $0.asOf = KnownBy.instant(day) }
            #expect(then.indicators.first?.lines.last?.count == count, "\(day)")
        }
        #expect {
            try bring(wide(2021, Self.four, Self.four), as: "d.csv", published: "2022-01-20", dataTo: "2022-01-21")
        } throws: { "\($0)".contains("must end before it is published") }
        #expect(try StoreValidation.validate(path: store.path).isEmpty)
    }

    @Test func `The month in which a source ends is not known as a whole`() throws {
        try bring(wide(2023, Self.four, Self.four), as: "a.csv", dataTo: "2023-12-10")
        let november = try sheet("2023-11")
        #expect(november.sources.map(\.dates.dataTo?.description) == ["2023-12-10"])
        #expect {
            try sheet("2023-12")
        } throws: { "\($0)".contains("2023-01 to 2023-11") }
    }

    @Test func `A tidy table counts by indicator or label, in months with their years`() throws {
        let file = try folder.write(
            "t.csv",
            """
            area,month,indicator,count
            19039,2024-01,homicide,5
            19039,2024-01,Extorsión,2
            19039,2024-01,ROBO A NEGOCIO,9
            19006,2024-02-01,Intentional homicide,1
            19006,febrero,homicide,1

            """)
        let known: [ImportProfile] = [.sesnspMunicipal, .sesnspHomicides, .tidySeries]
        let profile = try SeriesImport.profile(ofFileAt: file, among: known)
        #expect(profile.name == "tidy-series")
        let summary = try SeriesImport(path: file, profile: profile).run(into: store)
        #expect(summary.counts.placed == 4 && summary.counts.rejected == 1)
        #expect(summary.issues.map(\.reason).contains("month_unreadable"))
        let january = try sheet("2024-01")
        #expect(january.notes.map(\.english) == ["No indicator counts «ROBO A NEGOCIO»."])
        #expect(january.indicators.map(\.indicator.id) == ["homicide", "extortion"])
        #expect(january.indicators.map(\.total.count) == [nil, 2])
        #expect(january.indicators.first?.lines.map(\.count) == [nil, 5])
        let both = try folder.write(
            "y.csv", "area,year,month,category,count\n19039,2024,2024-3,Secuestro,1\n19039,2023,2024-03,Secuestro,1\n")
        let dated = try SeriesImport(path: both, profile: .tidySeries).run(into: store)
        #expect(dated.counts.placed == 1 && dated.issues.map(\.reason) == ["month_unreadable"])
        #expect(dated.account.cut == "2024-03")
        let unlabelled = try folder.write("u.csv", "area,month,count\n19039,2024-03,1\n")
        #expect(throws: SeriesError.self) { try SeriesImport(path: unlabelled, profile: .tidySeries).run(into: store) }
        let mapped = try ImportProfile.tidySeries.mapping(["category=b", "count=a"])
        #expect(mapped.series?.columns[.subtype] == ["b"])
        #expect(throws: ProfileError.self) { try ImportProfile.tidySeries.mapping(["happiness=b"]) }
        let other = try folder.write("o.csv", "a,b\n1,2\n")
        #expect {
            try SeriesImport.profile(ofFileAt: other, among: known)
        } throws: { "\($0)".contains("tidy-series") && "\($0)".contains("--map category=COLUMN") }
    }

    /// The catalogue counts thefts of vehicles from another source, which comes later: nobody restated anything.
    @Test func `What came from another source later was not told otherwise before`() throws {
        func tidy(_ name: String, _ label: String, _ months: [(String, Int)], _ published: String) throws {
            let rows = months.map { "19039,\($0.0),\(label),\($0.1)" }
            var job = SeriesImport(
                path: try folder.write(name, (["area,month,category,count"] + rows).joined(separator: "\n") + "\n"),
                profile: .tidySeries)
            job.source = label
            job.dates.published = CalendarDate(published)
            _ = try job.run(into: store)
        }
        let year = (1...12).map { ("2023-\($0 < 10 ? "0" : "")\($0)", 4) }
        try tidy("a.csv", "homicide", year + [("2024-01", 6)], "2024-02-20")
        try tidy("b.csv", "homicide", year + [("2024-01", 2), ("2024-02", 4)], "2024-03-20")
        try tidy("c.csv", "extortion", year + [("2024-01", 9), ("2024-02", 9)], "2024-04-10")
        let figures = try sheet("2024-02")
        #expect(figures.indicators.map(\.indicator.id) == ["homicide", "extortion"])
        let (homicide, extortion) = (figures.indicators[0].lines[0], figures.indicators[1].lines[0])
        #expect(homicide.firstLevels.suffix(2) == [.red, .red] && homicide.recentLevels.suffix(2) == [.green, .red])
        #expect(extortion.firstLevels == extortion.recentLevels && extortion.level == .red)
        // Extortion's file came last, but homicide's replaced one.
        #expect(figures.restatements.map(\.indicator) == ["homicide"] && figures.restatements.map(\.before) == [6])
    }

    @Test func `Whoever has no token sees what somebody has published, as it is known now`() throws {
        let square =
            #"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "A", "name": "Uno"}, "geometry": "#
            + #"{"type": "Polygon", "coordinates": [[[-100, 19], [-99, 19], [-99, 20], [-100, 20], [-100, 19]]]}}]}"#
        _ = try BoundaryImport(path: try folder.write("m.geojson", square), level: .municipality).run(into: store)
        func bringTidy(_ count: Int, publisher: String) throws {
            let rows = (1...12).map { "A,2023-\($0 < 10 ? "0" : "")\($0),homicide,\(count)" }
            var profile = ImportProfile.tidySeries
            profile.publisher = publisher
            var job = SeriesImport(
                path: try folder.write(
                    "\(publisher)t.csv", (["area,month,category,count"] + rows).joined(separator: "\n") + "\n"),
                profile: profile)
            job.source = publisher
            // Areas of a layer that is not numbered by INEGI are found by their own keys.
            #expect(try job.run(into: store).counts.placed == 12)
        }
        func publicSheet(_ change: (inout MonthlySheet) -> Void = { _ in }) throws -> SheetFigures {
            let city = try PublicCity(of: StoreSnapshot(of: store), today: #require(CalendarDate("2024-06-30")))
            var sheet = MonthlySheet(month: try #require(Period("2023-12")), level: .municipality)
            change(&sheet)
            return try sheet.run(in: store, publishing: city).value
        }
        try bringTidy(3, publisher: "")
        #expect(throws: JobError.self) { try publicSheet() }
        #expect(try sheet("2023-12").indicators.first?.total.count == 3)
        try bringTidy(5, publisher: "Fiscalía")
        #expect(try publicSheet().indicators.first?.total.count == 5)
        for change: (inout MonthlySheet) -> Void in [
            { $0.asOf = "2999-01-01T00:00:00Z" }, { $0.since = "2024-01-01T00:00:00Z" },
        ] {
            #expect(throws: PrivacyError.self) { try publicSheet(change) }
        }
    }

    @Test func `A sheet of an earlier day says what was not decided by then`() throws {
        try bring(wide(2023, Self.four, Self.four), published: "2024-01-20")
        let goals = Data(
            #"{"goals": [{"id": "g", "indicator": "homicide", "baseline": 4, "target": 2, "start": "2023-01", "due": "2024-12", "set_on": "2023-01-01"}]}"#
                .utf8)
        _ = try CouncilImport(json: goals).run(into: store)
        let then = try sheet("2023-12") { $0.asOf = KnownBy.instant("2024-02-01") }
        #expect(
            then.goals.isEmpty && then.notes.map(\.english) == ["Not known on 2024-02-01, and so not here: its goals."])
        let other = try TemporaryFolder()
        let early = try GeoPackageStore.empty(in: other)
        var job = SeriesImport(
            path: try other.write("n.csv", wide(2023, Self.four, Self.four)), profile: .sesnspMunicipal)
        job.dates.published = CalendarDate("2024-01-20")
        _ = try job.run(into: early)
        _ = try CouncilImport(json: goals, published: CalendarDate("2024-01-01")).run(into: early)
        var asked = MonthlySheet(month: try #require(Period("2023-12")), level: .municipality)
        asked.asOf = KnownBy.instant("2024-02-01")
        let known = try asked.run(in: early)
        #expect(known.goals.count == 1 && known.notes.isEmpty)
        #expect(throws: JobError.self) {
            try CouncilImport(json: goals, published: CalendarDate("2999-01-01")).run(into: early)
        }
    }

    @Test func `The index weighs by the catalogue, and every table of the sheet is CSV`() throws {
        try bring(wide(2023, Self.four, "4,4,4,4,4,4,4,4,4,4,4,9"))
        var own = try IndicatorCatalogue.builtIn()
        own = try IndicatorCatalogue(
            name: "own", version: "1", source: "", indicators: own.indicators, indexWeights: ["light_score": 3])
        #expect(try IndicatorCatalogue(json: own.json()) == own)
        let figures = try sheet("2023-12") { $0.catalogue = own }
        #expect(figures.index?.components == [.init(name: "light_score", weight: 3, isMoreBetter: true)])
        #expect {
            try IndicatorCatalogue(
                name: "x", version: "1", source: "", indicators: own.indicators, indexWeights: ["happiness": 1])
        } throws: { "\($0)".contains("happiness") }
        func table(_ table: SheetTable) throws -> [String] {
            let output = MemoryOutput(limit: 1 << 20)
            try figures.writeCSV(table, to: output)
            return String(decoding: output.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        }
        #expect(
            try table(.index).first
                == "month,level,as_of,area_id,area_name,score,lights,index,index_rank,index_rank_from,index_rank_to,light_score,light_score_weight"
        )
        #expect(try table(.index).count == 3)
        #expect(try table(.lights).count == 1 + 3 * 12)
        #expect(try table(.indicators).dropFirst().first?.hasPrefix("2023-12,municipality,,homicide,,") == true)
        for name in SheetTable.allCases {
            let rows = try table(name)
            let width = try #require(rows.first).split(separator: ",", omittingEmptySubsequences: false).count
            #expect(
                rows.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == width }, "\(name)"
            )
        }
    }

    /// Twelve months of 4 are 48 offences, in a million residents 4.8 per 100,000; Apodaca's 12 in half a million are 2.4; together
    /// 60 in 1.5 million are 4.
    @Test func `What people say stands beside what was reported of the same crime`() throws {
        let shapes = [("19039", -100), ("19006", -99)].map { key, west in
            """
            {"type": "Feature", "properties": {"id": "\(key)", "name": "M \(key)"}, "geometry": {"type": "Polygon", "coordinates":
              [[[\(west), 25], [\(west + 1), 25], [\(west + 1), 26], [\(west), 26], [\(west), 25]]]}}
            """
        }
        let layer = #"{"type": "FeatureCollection", "features": ["# + shapes.joined(separator: ",") + "]}"
        _ = try BoundaryImport(path: try folder.write("m.geojson", layer), level: .municipality).run(into: store)
        var population = PopulationImport(
            path: try folder.write("p.csv", "area,year,value\n19039,2023,1000000\n19006,2023,500000\n"))
        population.level = .municipality
        _ = try population.run(into: store)
        try bring(wide(2023, Self.four, "1,1,1,1,1,1,1,1,1,1,1,1"))
        let questions = """
            {"survey": "pulso", "minimum": 3, "questions": [
              {"id": "q", "topic": "unreported", "indicator": "homicide", "wording_es": "¿Quedó sin denuncia?", "counts": ["sí"]},
              {"id": "r", "topic": "perception", "wording_es": "¿Se siente insegura?", "counts": ["sí"]}]}
            """
        #expect {
            try CouncilImport(json: Data(questions.replacing("homicide", with: "homicidio").utf8)).run(into: store)
        } throws: { "\($0)".contains("must be about a crime indicator") }
        _ = try CouncilImport(json: Data(questions.utf8)).run(into: store)
        let answers = ["sí", "sí", "sí", "no"].flatMap { ["19039,q,\($0),1", "19039,r,\($0),1"] } + ["19006,q,sí,1"]
        var survey = SurveyImport(
            path: try folder.write("s.csv", "area,question,answer,weight\n" + answers.joined(separator: "\n") + "\n"),
            survey: "pulso", level: .municipality)
        survey.wave = "2023-Q4"
        _ = try survey.run(into: store)
        let figures = try sheet("2023-12")
        let output = MemoryOutput(limit: 1 << 20)
        try figures.writeCSV(.surveys, to: output)
        let rows = String(decoding: output.bytes, as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        func column(_ name: String) throws -> [String] {
            let place = try #require(rows.first?.firstIndex(of: name))
            return rows.dropFirst().map { $0[place] }
        }
        #expect(try column("question") == ["q", "q", "q", "r", "r"])
        #expect(try column("area_id") == ["", "\"19006\"", "\"19039\"", "", "\"19039\""])
        #expect(try column("share") == ["0.8", "", "0.75", "0.75", "0.75"])
        #expect(try column("indicator") == ["homicide", "homicide", "homicide", "", ""])
        // A question about no crime of its own stands beside all judged indicators, of which there is one.
        #expect(try column("twelve_months") == ["60", "12", "48", "60", "48"])
        #expect(try column("rate") == ["4", "2.4", "4.8", "4", "4.8"])
        let page = SheetPage(figures, store: "n", language: .english).html
        #expect(page.contains("reported in 12 months per 100,000: Intentional homicide"))
        #expect(page.contains("75.0 %</b>"))
    }

    @Test func `No base reaches over the national register of 2026`() throws {
        for year in 2023...2026 { try bring(wide(year, Self.four, Self.four), as: "\(year).csv") }
        let december = try #require(try sheet("2025-12").indicators.first)
        #expect(december.lines.last?.light.baseMonths == 35)
        let january = try #require(try sheet("2026-01").indicators.first)
        #expect(january.breaks.map(\.id) == ["rnid-2026"])
        #expect(january.lines.last?.light.absence == .noBase)
        #expect(january.lines.last?.previous == nil && january.lines.last?.fromYearAgo == nil)
    }

    @Test func `Without figures of the catalogue there is no sheet, and a sentence says what to bring`() throws {
        #expect(throws: JobError.self) { try sheet("2024-01") { $0.origin = .published } }
    }

    @Test func `Goals are assessed with their path, and a changed goal keeps what it was`() throws {
        try bring(wide(2023, "10,10,10,10,10,10,10,10,10,10,10,7", Self.four))
        func goals(_ target: Int, _ day: String) -> Data {
            Data(
                """
                {"goals": [{"id": "g", "indicator": "homicide", "area": "19039", "baseline": 10, "target": \(target),
                  "start": "2022-12", "due": "2024-12", "owner": "Alcaldía", "set_on": "\(day)"}]}
                """.utf8)
        }
        #expect(try CouncilImport(json: goals(4, "2023-01-01")).run(into: store) == "goals: 1 in 1 versions")
        #expect(try CouncilImport(json: goals(2, "2023-06-01")).run(into: store) == "goals: 1 in 2 versions")
        let goal = try #require(try sheet("2023-12").goals.first)
        // From 10 to 2 in 24 months: after twelve of them the path asks for 6.
        #expect(goal.now.path == 6 && goal.now.actual == 7 && goal.now.status == .behind)
        #expect(goal.earlier.map(\.target) == [4])
        #expect(goal.areaName == "Monterrey")
        #expect(throws: IndicatorError.self) { try CouncilImport(json: goals(3, "2023-06-01")).run(into: store) }
        #expect(throws: JobError.self) { try CouncilImport(json: Data("{\"x\": 1}".utf8)).run(into: store) }
        let elsewhere = String(decoding: goals(4, "2023-01-01"), as: UTF8.self).replacing("19039", with: "99999")
            .replacing("\"g\"", with: "\"h\"")
        _ = try CouncilImport(json: Data(elsewhere.utf8)).run(into: store)
        let told = try sheet("2023-12")
        #expect(told.goals.count == 1 && told.notes.contains { $0.english.contains("99999") })
        let stray = String(decoding: goals(4, "2023-08-01"), as: UTF8.self).replacing("homicide", with: "homicidio")
        #expect {
            try CouncilImport(json: Data(stray.utf8)).run(into: store)
        } throws: { "\($0)".contains("must name an indicator of the catalogue") && "\($0)".contains("homicidio") }
    }

    @Test func `A survey without weights is refused, with them it is estimated, and small samples are suppressed`()
        throws
    {
        try bring(wide(2023, Self.four, Self.four))
        let questions = """
            {"survey": "pulso", "minimum": 3, "questions": [{"id": "q", "topic": "perception", "wording_es": "¿Se siente insegura?",
              "counts": ["sí"], "leaves_out": ["ns"]}]}
            """
        var survey = SurveyImport(path: "", survey: "pulso", level: .municipality)
        survey.wave = "2023-Q4"
        survey.path = try folder.write("plain.csv", "area,question,answer\n19039,q,sí\n")
        #expect(throws: JobError.self) { try survey.run(into: store) }
        _ = try CouncilImport(json: Data(questions.utf8)).run(into: store)
        #expect {
            try survey.run(into: store)
        } throws: { "\($0)".hasPrefix("a survey must have the design weight of each respondent in a column weight") }
        let rows = [
            "19039,q,sí,1", "19039,q,No,3", "19039,q,SI,1", "19039,q,NS,9", "19006,q,sí,2", "19039,q,sí,0",
            "19039,x,sí,1",
        ]
        survey.path = try folder.write("w.csv", (["area,question,answer,weight"] + rows).joined(separator: "\n") + "\n")
        var issues: [String] = []
        let summary = try survey.run(into: store) { issues.append($0.reason) }
        #expect(issues == ["weight_unreadable", "unknown_question"])
        #expect(summary.counts.placed == 5 && summary.counts.rejected == 2)
        let result = try #require(try sheet("2023-12").surveys.first)
        #expect(result.rows.map(\.areaID) == ["", "19006", "19039"])
        // Monterrey: weights 1 and 1 say yes, 3 says no: 2 of 5; Apodaca has one answer, below three.
        #expect(result.rows[2].estimate?.share == 0.4)
        #expect(result.rows[1].estimate == nil)
        #expect(result.rows[0].estimate?.respondents == 4)
        #expect(try sheet("2023-09").surveys.isEmpty)
        // Asked once, a question keeps its words; the same document again changes nothing.
        #expect(try CouncilImport(json: Data(questions.utf8)).run(into: store) == "questions of pulso: 1")
        let other = questions.replacing("¿Se siente insegura?", with: "¿Se siente segura?")
        #expect {
            try CouncilImport(json: Data(other.utf8)).run(into: store)
        } throws: { "\($0)".contains("another wording") }
        let own = other.replacing("\"q\"", with: "\"q2\"")
        #expect(try CouncilImport(json: Data(own.utf8)).run(into: store) == "questions of pulso: 1")
    }

    @Test func `Measures stand beside crimes and never get a light`() throws {
        try bring(wide(2023, Self.four, Self.four))
        let rows = [
            "plated_cars,19039,2023-11,4650,5000", "detentions,19039,2023-12,70000,", "detentions,19039,2023-12,3,",
            "homicide,19039,2023-12,3,", "vetting,19039,2023-12,5,3", "detentions,19039,December,1,",
        ]
        let job = MeasureImport(
            path: try folder.write(
                "m.csv", (["indicator,area,month,value,whole"] + rows).joined(separator: "\n") + "\n"),
            level: .municipality)
        var issues: [String] = []
        let summary = try job.run(into: store) { issues.append($0.reason) }
        #expect(issues == ["month_twice", "unknown_indicator", "whole_missing", "month_unreadable"])
        #expect(summary.figures == ["plated_cars": 1, "detentions": 1])
        let measures = try sheet("2023-12").measures
        #expect(measures.map(\.indicator.id) == ["plated_cars", "detentions"])
        #expect(measures.first?.rate == 93)
        // The 7 % without plates of 5,000, seen from the other side: 92.3 to 93.7 %.
        let estimate = try #require(measures.first?.estimate)
        #expect((estimate.low * 1000).rounded() == 923 && (estimate.high * 1000).rounded() == 937)
        #expect(!(try sheet("2023-12").indicators.contains { $0.indicator.id == "detentions" }))
    }
}

/// Real published tables; expected figures by tools/reference/lights.py (Python's csv module, plain loops) on the same files.
@Suite(.enabled(if: RealData.isThere, "FARO_REALDATA is not set"))
struct RealSheetTests {
    @Test func `Guanajuato's lights of every municipality and month are those of a plain loop in Python`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        _ = try SeriesImport(
            path: RealData.path("estadistica/sesnsp_guanajuato_homicidios_2020_2025.csv"), profile: .sesnspMunicipal
        ).run(into: store)
        let list = LightList(
            IndicatorSeries(level: .municipality, catalogue: try .builtIn()), rule: try .threeYears())
        let (series, lights) = try list.run(in: store, on: try #require(CalendarDate("2025-12-31")))
        let homicide = try #require(series.place(ofIndicator: "homicide"))
        #expect(series.areas.count == 46)
        var counts: [LightLevel: Int] = [:]
        for area in series.areas.indices {
            for month in 0..<series.monthCount {
                if let level = lights.level(lights[homicide, area, month]) { counts[level, default: 0] += 1 }
            }
        }
        #expect(counts == [.green: 1618, .yellow: 287, .red: 809])
        let leon = try #require(series.place(ofArea: "11020"))
        let label = try #require(Period("2024-03"))
        let march = try #require(series.place(of: label))
        let light = lights[homicide, leon, march]
        #expect(light.figure == 42 && light.base == 2106.0 / 36 && lights.level(light) == .green)
    }

    /// Editions as they would have been published: the file without the months after each, twenty days after the last.
    @Test func `Guanajuato's lights are those of every past day, by the editions that were known then`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let path = RealData.path("estadistica/sesnsp_guanajuato_homicidios_2020_2025.csv")
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
        let year = 0
        let first = 9
        #expect(lines[0].split(separator: ",")[first].lowercased().hasPrefix("enero"))
        let cuts = ["2022-12", "2023-06", "2024-03", "2025-11"]
        for cut in cuts {
            let last = try #require(Period(cut))
            let (cutYear, cutMonth, _) = last.first.components
            let rows = lines.dropFirst().compactMap { line -> String? in
                var fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                guard let own = Int(fields[year].filter(\.isNumber)), own <= cutYear else { return nil }
                if own == cutYear { for month in cutMonth..<12 { fields[first + month] = "" } }
                return fields.joined(separator: ",")
            }
            var job = SeriesImport(
                path: try folder.write("e.csv", ([String(lines[0])] + rows).joined(separator: "\n") + "\n"),
                profile: .sesnspMunicipal)
            job.source = "guanajuato"
            job.dates.published = last.last.adding(days: 20)
            _ = try job.run(into: store)
        }
        func lights(_ asOf: String?) throws -> (series: MonthlySeries, lights: LightTable) {
            try LightList(
                IndicatorSeries(level: .municipality, catalogue: try .builtIn()), rule: try .threeYears(), asOf: asOf
            ).run(in: store, on: try #require(CalendarDate("2025-12-31")))
        }
        let now = try lights(nil)
        let homicide = try #require(now.series.place(ofIndicator: "homicide"))
        for (cut, day) in zip(cuts, ["2023-01-31", "2024-01-01", "2025-11-30", "2026-01-31"]) {
            let then = try lights(KnownBy.instant(day))
            #expect(then.series.cut(of: homicide)?.description == cut)
            let month = try #require(Period(cut))
            let last = try #require(now.series.place(of: month))
            // Nothing was restated between these editions, so what was known then is what is known now of those months.
            for area in now.series.areas.indices {
                for month in 0...last {
                    #expect(then.lights[homicide, area, month] == now.lights[homicide, area, month])
                }
            }
        }
        #expect(throws: JobError.self) { try lights(KnownBy.instant("2023-01-19")) }
    }

    @Test func `The sheet of Monterrey's municipalities and Juárez is that of a plain loop in Python`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder, crs: "EPSG:6372")
        _ = try BoundaryImport(
            path: RealData.path("municipios/mx_municipios_inegi2025_simplificado.geojson.gz"), level: .municipality
        ).run(into: store)
        _ = try SeriesImport(
            path: RealData.path("estadistica/homicidios_municipal_nacional_2024_2025.csv.gz"), profile: .sesnspHomicides
        ).run(into: store)
        _ = try SeriesImport(
            path: RealData.path("estadistica/censo2020_municipios_original_cp1252.csv"), profile: .inegiCensus
        ).run(into: store)
        var sheet = MonthlySheet(month: try #require(Period("2025-06")), level: .municipality)
        sheet.areas = [
            "19039", "19026", "19046", "19048", "19006", "19019", "19021", "19018", "19031", "08037",
        ]
        let part = try #require(try sheet.run(in: store).indicators.first)
        // Count, a year ago, sum of the base's 17 months, twelve months, light, residents, rank by rate.
        let expected: [String: (Int, Int, Int, Int, LightLevel, Int, Int)] = [
            "19039": (13, 29, 357, 242, .green, 1_142_994, 6), "19026": (4, 15, 172, 88, .green, 643_143, 3),
            "19046": (4, 2, 88, 63, .yellow, 412_199, 5), "19048": (3, 9, 98, 69, .green, 306_322, 7),
            "19006": (9, 23, 132, 73, .red, 656_464, 2), "19019": (0, 3, 9, 2, .green, 132_169, 1),
            "19021": (2, 8, 94, 68, .green, 481_213, 4), "19018": (8, 23, 226, 136, .green, 397_205, 9),
            "19031": (4, 10, 193, 112, .green, 471_523, 8), "08037": (68, 92, 1266, 847, .yellow, 1_512_450, 10),
        ]
        #expect(part.lines.count == 10)
        for line in part.lines {
            let known = try #require(expected[line.areaID])
            #expect(line.count == known.0 && line.yearAgo == known.1 && line.twelveMonths == known.3)
            #expect(line.light.baseMonths == 17 && line.isShortBase)
            #expect(abs((line.light.base ?? 0) * 17 - Double(known.2)) < 1e-6)
            #expect(line.level == known.4)
            #expect(line.population == Double(known.5) && line.populationYear == 2020)
            #expect(line.rateRank?.rank == known.6 && line.rateRank?.range.contains(known.6) == true)
            #expect(abs((line.rate ?? 0) - Double(known.3) / Double(known.5) * 100_000) < 1e-9)
        }
        #expect(part.lines.map(\.areaName).contains("Juárez, Chihuahua"))
    }
}
