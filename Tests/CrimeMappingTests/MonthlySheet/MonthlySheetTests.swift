import Boundaries
import CivilTime
import CrimeMapping
import Files
import Foundation
import GeoPackageStore
import Incidents
import Indicators
import Pictures
import TestSupport
import Testing

/// The sheet of the fictional city, against the job behind `faro summary`.
struct MonthlySheetTests {
    private nonisolated(unsafe) static let city: Result<DemoStore, any Error> = Result { try DemoStore(scale: 0.05) }

    private func sheet(_ month: String) throws -> SheetFigures {
        try MonthlySheet(month: #require(Period(month)), level: .municipality).run(in: Self.city.get().store)
    }

    /// The labels that the built-in catalogue counts for some indicators in the demo city.
    private static let labels: [(indicator: String, category: String, modality: String?)] = [
        ("homicide", "HOMICIDIO DOLOSO", nil), ("vehicle_theft_violent", "ROBO DE VEHICULO AUTOMOTOR", "CON VIOLENCIA"),
        ("vehicle_theft_nonviolent", "ROBO DE VEHICULO AUTOMOTOR", "SIN VIOLENCIA"),
        ("family_violence", "VIOLENCIA FAMILIAR", nil),
    ]

    @Test func `The sheet's counts are those of faro summary, in every month and area`() throws {
        let store = try Self.city.get().store
        let figures = try sheet("2023-11")
        #expect(figures.origin == .incidents && figures.areas.count == 3)
        for (indicator, category, modality) in Self.labels {
            var filter = IncidentFilter()
            filter.categories = [category]
            filter.modalities = modality.map { [$0] } ?? []
            let selection = try IncidentSelection(from: store, filter: filter)
            let rows = try AreaSummary(level: .municipality, period: .month).run(on: selection, in: store)
            let part = try #require(figures.indicators.first { $0.indicator.id == indicator })
            for (area, line) in zip(figures.areas, part.lines) {
                let counts = Dictionary(
                    rows.filter { $0.areaID == area.area.key }.map { ($0.period ?? "", $0.count) },
                    uniquingKeysWith: +)
                let months = try #require(Period("2021-01")).through(try #require(Period("2023-11")))
                #expect(line.recent == months.map { counts[$0.description] ?? 0 })
                #expect(line.count == counts["2023-11"] ?? 0)
                #expect(line.yearAgo == counts["2022-11"] ?? 0)
                #expect(line.twelveMonths == months.suffix(12).reduce(0) { $0 + (counts[$1.description] ?? 0) })
            }
            #expect(part.total.count == part.lines.reduce(0) { $0 + ($1.count ?? 0) })
            let month = rows.filter { $0.period == "2023-11" }.reduce(0) { $0 + $1.count }
            #expect((part.total.count ?? 0) + (part.withoutArea ?? 0) == month)
        }
    }

    @Test func `JSON and CSV have the page's numbers`() throws {
        let figures = try sheet("2023-11")
        let file = MemoryOutput(limit: 1 << 24)
        try figures.writeCSV(to: file)
        let rows = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        #expect(rows.count == 1 + figures.indicators.count * 4)
        let header = try #require(rows.first).map(String.init)
        let count = try #require(header.firstIndex(of: "count"))
        let light = try #require(header.firstIndex(of: "light"))
        let lines = figures.indicators.flatMap { [$0.total] + $0.lines }
        #expect(rows.dropFirst().map { Int($0[count]) } == lines.map(\.count))
        #expect(rows.dropFirst().map { String($0[light]) } == lines.map { $0.level?.rawValue ?? "" })
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(try figures.json())) as? [String: Any])
        let indicators = try #require(json["indicators"] as? [[String: Any]])
        let total = try #require(indicators.first?["total"] as? [String: Any])
        #expect(total["count"] as? Int == figures.indicators.first?.total.count)
        #expect(total.keys.contains("percent_from_peak"))
        #expect(total["area_id"] is NSNull)
    }

    @Test func `The page needs nothing from elsewhere, and says in words what it shows in colours`() throws {
        var figures = try sheet("2023-11")
        figures.areas[0].area.name = "<script>alert(1)</script>"
        for language in [SheetPage(figures, store: "d"), SheetPage(figures, store: "d", language: .english)] {
            let html = language.html
            #expect(!html.contains("<script"))
            #expect(!html.contains("http://") && !html.contains("https://"))
            #expect(html.contains("default-src 'none'"))
            #expect(html.contains("role=\"img\" aria-label="))
            #expect(html.contains("scope=\"row\""))
        }
        #expect(SheetPage(figures, store: "d").html.contains("lang=\"es\""))
        #expect(SheetPage(figures, store: "d").html.contains("Noviembre de 2023"))
        let press = SheetPage(figures, store: "d", isPress: true).html
        #expect(press.count < SheetPage(figures, store: "d").html.count / 2)
    }

    @Test func `A month that the store has not is told with those it has`() throws {
        #expect {
            try sheet("2030-01")
        } throws: { error in
            "\(error)" == "the month must be one that the store has figures of, 2021-01 to 2023-12, but is 2030-01"
        }
        #expect(throws: IndicatorError.notAMonth("2023")) { try sheet("2023") }
        #expect(throws: JobError.self) {
            var sheet = MonthlySheet(month: try #require(Period("2023-01")), level: .municipality)
            sheet.areas = ["99999"]
            _ = try sheet.run(in: Self.city.get().store)
        }
    }

    @Test func `The same store gives the same bytes`() throws {
        #expect(try sheet("2023-06").json() == sheet("2023-06").json())
    }
}
