import Bytes
@testable import CrimeMapping
import CivilTime
import Files
import Formats
import Foundation
import GeoPackageStore
import Incidents
import Indicators
import TestSupport
import Testing

@Suite struct TaxonomyBreaksTests {
    private let folder: TemporaryFolder
    private let store: GeoPackageStore

    init() throws {
        folder = try TemporaryFolder()
        store = try GeoPackageStore.empty(in: folder)
    }

    /// Brings in one incident a label and day, under a profile of the name.
    private func bring(_ rows: [(day: String, category: String)], profile name: String, file: String) throws {
        var profile = ImportProfile.generic
        profile.name = name
        let lines = rows.map { "\($0.day),\($0.category),-99.13,19.43" }
        let path = try folder.write(file, (["fecha,delito,longitud,latitud"] + lines).joined(separator: "\n") + "\n")
        _ = try ReportImport(path: path, profile: profile).run(into: store)
    }

    private func breaks(
        _ filter: IncidentFilter = IncidentFilter(), _ counting: TaxonomyBreaks.Counting = .labels
    ) throws -> [String] {
        try TaxonomyBreaks.of(IncidentSelection(from: store, filter: filter), counting: counting, in: store).map {
            "\($0.date) \($0.id)"
        }
    }

    @Test func `A national source breaks with the register, in what the filter leaves of it`() throws {
        try bring(
            [("2025-11-01", "Fraude"), ("2026-02-01", "Fraude"), ("2025-12-31", "Rapto"), ("2025-10-01", "Rapto")],
            profile: "sesnsp-municipal", file: "a.csv")
        #expect(try breaks() == ["2026-01-01 rnid-2026"])
        var filter = IncidentFilter()
        filter.categories = ["rapto"]
        #expect(try breaks(filter).isEmpty)
        filter.categories = ["fraude"]
        #expect(try breaks(filter) == ["2026-01-01 rnid-2026"])
        filter.to = CalendarDate("2025-12-31")
        #expect(try breaks(filter).isEmpty)
    }

    @Test func `A prosecutor's source breaks when it is counted by national classes`() throws {
        try bring([("2025-11-01", "FRAUDE"), ("2026-02-01", "FRAUDE")], profile: "fgj-cdmx", file: "a.csv")
        #expect(try breaks().isEmpty)
        #expect(try breaks(IncidentFilter(), .classes(scheme: "CNSP/38/15")) == ["2026-01-01 rnid-2026"])
        #expect(try TaxonomyReport(of: store).breaks.map(\.id) == ["rnid-2026"])
    }

    @Test func `A second profile breaks the series where it begins`() throws {
        try bring([("2023-11-01", "ROBO"), ("2023-12-01", "ROBO")], profile: "one", file: "a.csv")
        #expect(try breaks().isEmpty)
        try bring([("2024-01-02", "ROBO"), ("2024-03-01", "ROBO")], profile: "two", file: "b.csv")
        #expect(try breaks() == ["2024-01-02 catalogue:two"])
    }

    @Test func `A mapping may declare that labels changed their meaning`() throws {
        try bring([("2018-11-01", "ROBO"), ("2019-12-01", "ROBO")], profile: "one", file: "a.csv")
        #expect(try breaks().isEmpty)
        _ = try TaxonomyImport(
            path: folder.write(
                "m.csv",
                """
                source,category,modality,scheme,class,count_unit,valid_from,valid_to
                one,Robo,,CNSP/38/15,property,case_file,,2018-12-31
                one,Robo,,CNSP/38/15,property.robbery,case_file,2019-01-01,

                """)
        ).run(into: store)
        #expect(try breaks() == ["2019-12-01 catalogue:one from 2019-01-01"])
    }

    @Test func `An empty store and a single day break nowhere`() throws {
        #expect(try breaks().isEmpty)
        try bring([("2026-01-01", "Fraude")], profile: "sesnsp", file: "a.csv")
        #expect(try breaks().isEmpty)
    }

    @Test func `The first row of each series from a break on names it, or the row that holds it`() throws {
        let first = try #require(CalendarDate("2026-01-01"))
        let middle = try #require(CalendarDate("2026-01-15"))
        let breaks = [
            SeriesBreak(id: "a", date: first, spanishSentence: "", englishSentence: ""),
            SeriesBreak(id: "b", date: middle, spanishSentence: "", englishSentence: ""),
        ]
        func row(_ area: String?, _ period: String?, _ category: String? = nil) -> AreaCount {
            AreaCount(level: nil, areaID: area, areaName: nil, period: period, category: category, count: 1)
        }
        let rows = [
            row("1", "2025-12"), row("1", "2026-01"), row("1", "2026-02"), row("2", "2025-12"), row("2", "2026-03"),
            row("2", "2026-04"), row("3", "2025-11"), row(nil, "2026-02", "x"), row(nil, "2026-02", "y"),
        ]
        #expect(TaxonomyBreaks.names(of: breaks, in: rows) == ["", "a+b", "", "", "a+b", "", "", "a+b", "a+b"])
        #expect(TaxonomyBreaks.names(of: breaks, in: [row("1", "2025"), row("1", "2026")]) == ["", "a+b"])
        #expect(
            TaxonomyBreaks.names(
                of: breaks, in: ["2025-12-31", "2026-01-01", "2026-01-14", "2026-01-15"].map { row("1", $0) })
                == ["", "a", "", "b"])
        // 2026-W01 begins on Monday 29 December 2025.
        #expect(
            TaxonomyBreaks.names(of: breaks, in: ["2025-W52", "2026-W01", "2026-W03"].map { row("1", $0) }) == [
                "", "a", "b",
            ])
        #expect(TaxonomyBreaks.names(of: breaks, in: [row("1", nil), row("2", nil)]) == ["a+b", "a+b"])
        #expect(TaxonomyBreaks.names(of: [], in: rows) == rows.map { _ in "" })
    }

    @Test func `A table of counts has the break in its last column and in its JSON`() throws {
        try bring([("2025-12-01", "Fraude"), ("2026-01-20", "Fraude")], profile: "sesnsp", file: "a.csv")
        let selection = try IncidentSelection(from: store, filter: IncidentFilter())
        let rows = try AreaSummary(level: nil, period: .month).run(on: selection, in: store)
        let breaks = try TaxonomyBreaks.of(selection, in: store)
        let file = try AtomicFile(path: folder.file("t.csv"), overwrite: false)
        try AreaSummary.writeCSV(rows, breaks: breaks, to: file)
        try file.commit()
        let text = try String(contentsOfFile: folder.file("t.csv"), encoding: .utf8).split(separator: "\n")
        #expect(text.first?.hasSuffix(",count,boundary_version,break") == true)
        #expect(text.last?.hasSuffix(",1,,rnid-2026") == true)
        let json = try JSONText.of(FlaggedCount.rows(rows, breaks: breaks))
        #expect(json.contains(#""break":null"#) && json.contains(#""break":"rnid-2026""#))
        #expect(json.contains(#""area_id":null"#) && json.contains(#""period":"2026-01""#))
    }
}

@Suite struct TaxonomyReportTests {
    @Test func `Incidents are in a class, in none by rule, or unmapped, and the sum is whole`() throws {
        let day = try #require(CalendarDate("2022-01-01"))
        func count(_ category: String?, _ count: Int) -> LabelCount {
            LabelCount(
                label: SourceLabel(profile: "fgj-cdmx", source: "a", category: category, modality: nil),
                days: day...day,
                count: count)
        }
        let catalogue = try TaxonomyCatalogue(
            schemes: [],
            rules: [
                TaxonomyRule(
                    source: "fgj-cdmx", category: "DDH FRVT", scheme: "CNSP/38/15", classCode: nil, countUnit: .caseFile
                )
            ])
        let report = TaxonomyReport(
            counts: [
                count("FRAUDE", 5), count("ROBO DE OBJETOS", 3), count("ROBO A REPARTIDOR CON VIOLENCIA", 2),
                count("DDH FRVT", 4), count("DENUNCIA DE HECHOS", 1), count(nil, 6), count("Fraude", 1),
            ], mapping: catalogue.mapping)
        #expect(report.incidents == 22)
        #expect(report.mapped == 11 && report.withoutClass == 4 && report.unmapped == 7)
        func row(_ code: String) -> TaxonomyReport.ClassRow? { report.classes.first { $0.code == code } }
        #expect(row("property")?.total == 11 && row("property")?.count == 0)
        #expect(row("property.robbery")?.total == 5 && row("property.robbery")?.count == 2)
        #expect(row("property.fraud")?.total == 6 && row("property.fraud")?.count == 6)
        #expect(row("life") == nil)
        #expect(report.unmappedLabels.map(\.count) == [6, 1])
        #expect(report.unmappedLabels.map(\.category) == [nil, "DENUNCIA DE HECHOS"])
    }
}

@Suite(.enabled(if: RealData.isThere, "FARO_REALDATA is not set"))
struct TaxonomyRealDataTests {
    @Test func `Every row of a published table is in the scheme`() throws {
        let reader = try CSVReader(
            source: ByteSource(path: RealData.path("estadistica/sesnsp_guanajuato_homicidios_2020_2025.csv")))
        let columns = try ["Bien jurídico afectado", "Tipo de delito", "Subtipo de delito", "Modalidad"].map {
            try #require(reader.header.firstIndex(of: $0))
        }
        let published = Set(
            Taxonomy.builtIn[0].combinations.map { [$0.legalGood, $0.type, $0.subtype, $0.modality] })
        var rows = 0
        var found: Set<[String]> = []
        while try reader.next() {
            rows += 1
            found.insert(columns.map { String(decoding: reader.row[$0], as: UTF8.self) })
        }
        #expect(rows == 2484 && found.count == 9)
        #expect(found.isSubset(of: published))
    }

    /// The shares were computed beside it with Python, from the same rules.
    @Test(arguments: [("2019", 0.9774), ("2022", 0.9820), ("2024t4", 0.9634)])
    func `More than 95 % of Mexico City's incidents are in a class, and the rest are named`(year: String, share: Double)
        throws
    {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        _ = try ReportImport(
            path: RealData.path("incidentes/cdmx_fgj_\(year).csv.gz"), profile: try .named("fgj-cdmx")
        ).run(into: store)
        let report = try TaxonomyReport(of: store)
        #expect(report.mapped + report.withoutClass + report.unmapped == report.incidents)
        #expect(report.unmappedLabels.reduce(0) { $0 + $1.count } == report.unmapped)
        let mapped = Double(report.mapped) / Double(report.incidents)
        #expect(mapped >= 0.95)
        #expect(abs(mapped - share) < 0.0001, "\(mapped)")
    }
}
