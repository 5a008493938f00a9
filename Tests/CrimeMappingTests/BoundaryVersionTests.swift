import Boundaries
import CivilTime
import CrimeMapping
import Files
import Formats
import Foundation
import GeoPackageStore
import Georeferencing
import Hotspots
import Incidents
import Indicators
import SimpleFeatures
import TestSupport
import Testing

/// Two versions of a level whose codes mean other areas: what was west is east.
@Suite struct BoundaryVersionTests {
    private let folder: TemporaryFolder
    private let store: GeoPackageStore

    init() throws {
        folder = try TemporaryFolder()
        store = try GeoPackageStore.empty(in: folder)
        for (codes, from, to) in [("AB", nil, "2024-03-01"), ("BA", "2024-03-01", nil)] as [(String, String?, String?)]
        {
            let features = codes.enumerated().map { index, code in
                let west = -99.2 + 0.1 * Double(index)
                let ring = [(west, 19.3), (west + 0.1, 19.3), (west + 0.1, 19.4), (west, 19.4), (west, 19.3)]
                return """
                    {"type":"Feature","properties":{"id":"\(code)","name":"\(code) \(from == nil ? "old" : "new")"},\
                    "geometry":{"type":"Polygon","coordinates":[[\(ring.map { "[\($0.0),\($0.1)]" }.joined(separator: ","))]]}}
                    """
            }
            let file = try folder.write(
                "\(codes).geojson", "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
            )
            var job = BoundaryImport(path: file, level: .district)
            job.validity = Validity(from: from.flatMap { CalendarDate($0) }, to: to.flatMap { CalendarDate($0) })
            _ = try job.run(into: store)
        }
        // Two in the west in February, three there in March; one in the east in March; one in no district.
        let rows = [
            ("2024-02-10", -99.15), ("2024-02-29", -99.15), ("2024-03-01", -99.15), ("2024-03-02", -99.15),
            ("2024-03-03", -99.15), ("2024-03-04", -99.05), ("2024-03-05", -98),
        ]
        let text = rows.map { "\($0.0),ROBO,\($0.1),19.35\n" }.joined()
        _ = try ReportImport(
            path: try folder.write("a.csv", "fecha,delito,longitud,latitud\n" + text), profile: .generic
        ).run(into: store)
    }

    private func selection(_ change: (inout IncidentFilter) throws -> Void = { _ in }) throws -> IncidentSelection {
        var filter = IncidentFilter()
        try change(&filter)
        return try IncidentSelection(from: store, filter: filter)
    }

    private func lines(_ rows: [AreaCount]) -> [String] {
        rows.map {
            "\($0.areaID ?? "–")@\($0.boundaryVersion ?? 0) \($0.areaName ?? "–") \($0.period ?? "–") \($0.count)"
        }
    }

    @Test func `Counts are by code and version, with zeros only while a version holds`() throws {
        let rows = try AreaSummary(level: .district, period: .month).run(on: selection(), in: store)
        #expect(
            lines(rows) == [
                "A@1 A old 2024-02 2", "A@2 A new 2024-03 1", "B@1 B old 2024-02 0", "B@2 B new 2024-03 3",
                "–@0 – 2024-03 1",
            ])
        #expect(
            AreaSummary.versionWarning(rows)
                == "district has 2 versions in these days; counts are not joined across them; A of version 1 is not A of "
                + "version 2")
    }

    @Test func `In days of one version there is one, and nothing to warn of`() throws {
        let march = try selection { $0.from = CalendarDate("2024-03-01") }
        let rows = try AreaSummary(level: .district, period: nil).run(on: march, in: store)
        #expect(lines(rows) == ["A@2 A new – 1", "B@2 B new – 3", "–@0 – – 1"])
        #expect(AreaSummary.versionWarning(rows) == nil)
    }

    @Test func `The table of counts ends with the version`() throws {
        let rows = try AreaSummary(level: .district, period: .month).run(on: selection(), in: store)
        let file = try AtomicFile(path: folder.file("c.csv"), overwrite: false)
        try AreaSummary.writeCSV(rows, to: file)
        try file.commit()
        let text = try String(contentsOfFile: folder.file("c.csv"), encoding: .utf8).split(separator: "\n")
        #expect(text[0] == "level,area_id,area_name,period,category,count,boundary_version,break")
        #expect(text[1] == "district,\"A\",A old,2024-02,,2,1,")
        #expect(text.last == "district,,,2024-03,,1,,")
    }

    @Test func `An area is named with its version, unless the days say which is meant`() throws {
        #expect(throws: FilterError.severalVersions(level: "district", key: "A", versions: [1, 2])) {
            try selection { $0.areas = [try AreaSelector("district:A")] }
        }
        #expect(try selection { $0.areas = [try AreaSelector("district:A@1")] }.rows.count == 2)
        #expect(try selection { $0.areas = [try AreaSelector("district:A@2")] }.rows.count == 1)
        let march = try selection {
            $0.areas = [try AreaSelector("district:B")]
            $0.from = CalendarDate("2024-03-01")
        }
        #expect(march.rows.count == 3)
        #expect(march.areas == [AreaSelector(level: "district", key: "B", version: 2)])
        let rows = try AreaSummary(level: .district, period: .month).run(on: march, in: store)
        #expect(lines(rows) == ["B@2 B new 2024-03 3"])
    }

    @Test func `The study area is that of the versions that hold in the days asked for`() throws {
        let both = try #require(try selection().studyArea(in: store))
        #expect(both.name == "district, versions 1 and 2" && both.polygons.count == 4)
        let february = try selection { $0.to = CalendarDate("2024-02-29") }
        #expect(try february.studyArea(in: store)?.name == "district, version 1")
        let west = try selection { $0.areas = [try AreaSelector("district:A@1")] }.studyArea(in: store)
        let east = try selection { $0.areas = [try AreaSelector("district:A@2")] }.studyArea(in: store)
        #expect(west?.polygons.count == 1 && east?.polygons.count == 1)
        #expect(try #require(west).envelope.minX < #require(east).envelope.minX - 5000)
        #expect(west?.name == "district:A@1")
    }

    @Test func `An export of areas takes the version asked for, or the last`() throws {
        func number(_ number: Int? = nil, on day: String? = nil) throws -> Int {
            try IncidentExport.version(of: "district", number: number, on: day.flatMap { CalendarDate($0) }, in: store)
                .number
        }
        #expect(try number() == 2)
        #expect(try number(1) == 1)
        #expect(try number(on: "2024-02-29") == 1)
        #expect(try number(on: "2024-03-01") == 2)
        #expect(
            throws: JobError.usage(
                "district must have version 3, but has version 1 (until 2024-03-01), version 2 (from 2024-03-01)")
        ) { try number(3) }
        #expect(throws: JobError.self) { try IncidentExport.version(of: "colonia", in: store) }
    }

    @Test func `Exported incidents say which version their area is of, and how closely they are known`() throws {
        let file = try FeatureTextFile(csv: folder.file("i.csv"), overwrite: false)
        _ = try IncidentExport.write(selection(), of: store, members: [], to: file)
        let types = try String(contentsOfFile: folder.file("i.csvt"), encoding: .utf8).split(separator: ",")
        #expect(types.starts(with: ["CoordX", "CoordY", "String", "String", "Integer64"]))
        let text = try String(contentsOfFile: folder.file("i.csv"), encoding: .utf8).split(separator: "\n")
        #expect(
            text[0].hasSuffix(
                "district_id,district_label_agrees,precision,uncertainty_m,is_artefact,district_version"))
        #expect(text[1].contains("\"A\",,point,") && text[1].hasSuffix(",false,1"))
        #expect(text[3].contains("\"B\",,point,") && text[3].hasSuffix(",false,2"))
        #expect(text[7].hasSuffix(",false,"))
    }

    @Test func `Placing again changes the version of areas whose code stays`() throws {
        // Were March's districts those of February again, A would mean the west all the time.
        try store.removeBoundaries(.district, number: 2)
        #expect(try AreaAssignment(level: .district).run(in: store).map(\.inArea) == [2])
        #expect(try StoreValidation.validate(path: store.path).isEmpty)
        let rows = try AreaSummary(level: .district, period: nil, fillsZeros: false).run(on: selection(), in: store)
        #expect(lines(rows) == ["A@1 A old – 2", "–@0 – – 5"])
    }
}
