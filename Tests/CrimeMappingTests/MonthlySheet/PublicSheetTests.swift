import Boundaries
import Bytes
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

/// The sheet of whoever has no token: attacked by brute force, and held against the counts that are public.
///
/// The city is small, and so is k, so that many counts are hidden beside many that are shown.
struct PublicSheetTests {
    private static let k = 4
    private static let today = CalendarDate(daysSince1970: 19_800)  // 2024-03-18
    private static let offences = ["HOMICIDIO DOLOSO", "EXTORSION", "SECUESTRO", "VIOLENCIA FAMILIAR"]
    private static let indicators = ["homicide", "extortion", "kidnapping", "family_violence"]
    private static let sensitive = 3
    private static let months = 16

    /// Incidents by municipality, month from January 2022 on, and offence.
    private struct Cell: Hashable {
        var municipality: Int
        var month: Int
        var offence: Int
    }

    /// Counts around k, in some months of one municipality only a few altogether.
    private static func counts(_ dice: inout SeededGenerator) -> [Cell: Int] {
        var counts: [Cell: Int] = [:]
        for municipality in 0..<2 {
            for month in 0..<months {
                let isQuiet = municipality == 1 && month % 5 == 3
                for offence in offences.indices {
                    let usual = [0...6, 5...14, 1...12, 3...9][offence]
                    let count = isQuiet ? Int.random(in: 0...1, using: &dice) : Int.random(in: usual, using: &dice)
                    counts[Cell(municipality: municipality, month: month, offence: offence)] = count
                }
            }
        }
        return counts
    }

    /// A store of these counts, made by the same steps whatever the counts are.
    private final class City {
        let city: SmallCity
        let gate: Gate
        var store: GeoPackageStore { city.store }

        init(_ counts: [Cell: Int]) throws {
            city = try SmallCity()
            gate = Gate(smallCounts: try SmallCounts(k: k))
            let classes = [
                "life.homicide.intentional", "property.extortion", "liberty.kidnapping", "family.domestic_violence",
            ]
            let rules =
                zip(offences, classes).map { "generic,\($0),,CNSP/38/15,\($1),case_file" }
                + ["generic,SECUESTRO,EXPRES,CNSP/38/15,liberty.kidnapping.kidnapping.express,case_file"]
            let file = try city.folder.write(
                "t.csv",
                (["source,category,modality,scheme,class,count_unit"] + rules).joined(separator: "\n") + "\n")
            _ = try TaxonomyImport(path: file).run(into: city.store)
            var people = PopulationImport(path: try city.folder.write("p.csv", "area,value\n01,90000\n02,40000\n"))
            (people.level, people.year) = (.municipality, 2022)
            _ = try people.run(into: city.store)
            try city.report(Self.rows(counts))
        }

        private static func rows(_ counts: [Cell: Int]) -> [String] {
            let ordered = counts.sorted {
                ($0.key.month, $0.key.municipality, $0.key.offence) < (
                    $1.key.month, $1.key.municipality, $1.key.offence
                )
            }
            return ordered.flatMap { cell, count in
                (0..<count).map { number in
                    let (year, month) = (2022 + cell.month / 12, cell.month % 12 + 1)
                    // From the end of the month backwards, so that the last one is whole.
                    let last = CalendarDate.length(ofMonth: month, in: year)
                    let day = "\(year)-\(month < 10 ? "0" : "")\(month)-\(last - number % 18)"
                    let place = "\(-99.18 + 0.05 * Double(cell.municipality)),\(19.32 + 0.05 * Double(cell.month % 3))"
                    return "\(day),\(offences[cell.offence]),,,\(place)"
                }
            }
        }

        func publicCity() throws -> PublicCity {
            try PublicCity(of: try StoreSnapshot(of: store), gate: gate, today: today)
        }

        func sheet(_ month: Period) throws -> MonthlySheet {
            var sheet = MonthlySheet(month: month, level: .municipality)
            sheet.rule = try LightRule(
                name: "short", version: "1", spanishName: "Tres meses", englishName: "Three months", baseMonths: 3,
                leastMonths: 3, steps: [.init(.green, upToPercent: 75, score: 1), .init(.red, score: 0)])
            return sheet
        }
    }

    private static func month(_ place: Int) -> Period { Period(.month, index: 52 * 12 + Int32(place)) }

    /// Everything that the public can ask the summary for.
    private func summary(_ city: PublicCity) throws -> [PublicAreaCount] {
        let filter = IncidentFilter()
        return try city.counts(filter, by: .municipality, period: .month, byCategory: true).value
            + city.counts(filter, by: .municipality, period: .month).value
            + city.counts(filter, by: .colonia, period: .year).value
    }

    /// The sheet in all its forms.
    private func texts(_ sheet: Published<SheetFigures>) throws -> [String] {
        let csv = MemoryOutput(limit: 1 << 24)
        try sheet.value.writeCSV(to: csv)
        return [
            String(decoding: try sheet.value.json(), as: UTF8.self), String(decoding: csv.bytes, as: UTF8.self),
            SheetPage(sheet.value, store: "c").html, SheetPage(sheet.value, store: "c", isPress: true).html,
        ]
    }

    /// Other counts of which the release shows the same: within hidden parts an incident changes its offence, and totals
    /// from 1 to k − 1 are others from 1 to k − 1.
    private func other(_ counts: [Cell: Int], _ dice: inout SeededGenerator) -> [Cell: Int] {
        var other = counts
        for municipality in 0..<2 {
            for month in 0..<Self.months {
                for group in [[0, 1, 2], [3]] {
                    let cells = group.map { Cell(municipality: municipality, month: month, offence: $0) }
                    let total = cells.reduce(0) { $0 + (counts[$1] ?? 0) }
                    if (1..<Self.k).contains(total) {
                        for cell in cells { other[cell] = 0 }
                        guard let one = cells.randomElement(using: &dice) else { continue }
                        other[one] = total == 1 ? 3 : 1
                    } else {
                        let small = cells.filter { counts[$0] ?? 0 < Self.k }.shuffled(using: &dice)
                        guard let from = small.first(where: { counts[$0] ?? 0 > 0 }),
                            let to = small.first(where: { $0 != from && counts[$0] ?? 0 < Self.k - 1 })
                        else { continue }
                        other[from, default: 0] -= 1
                        other[to, default: 0] += 1
                    }
                }
            }
        }
        return other
    }

    @Test func `Two stores that differ within hidden counts alone have the same public sheets, byte by byte`() throws {
        var dice = SeededGenerator(seed: 8)
        var moved = 0
        for _ in 0..<2 {
            let counts = Self.counts(&dice)
            let other = other(counts, &dice)
            moved += counts.count { other[$0.key] != $0.value }
            let (one, two) = (try City(counts), try City(other))
            let (first, second) = (try one.publicCity(), try two.publicCity())
            #expect(try summary(first) == summary(second))
            for place in 0..<Self.months {
                let sheet = try one.sheet(Self.month(place))
                #expect(
                    try texts(sheet.run(in: one.store, publishing: first))
                        == texts(sheet.run(in: two.store, publishing: second)), "\(sheet.month)")
            }
        }
        #expect(moved > 12)
    }

    /// What is on the sheet, worked out from the public answer of the summary alone.
    @Test func `Every figure is worked out from the public counts, and none where one of them is hidden`() throws {
        var dice = SeededGenerator(seed: 9)
        let city = try City(Self.counts(&dice))
        let published = try city.publicCity()
        let rows = try published.counts(
            IncidentFilter(), by: .municipality, period: .month, byCategory: true
        ).value
        var known: [String: Int] = [:]
        for row in rows {
            guard let area = row.areaID, let period = row.period, let count = row.count else { continue }
            known["\(area) \(period) \(row.category ?? "")"] = count
        }
        var (shown, hidden, lit, sums) = (0, 0, 0, 0)
        for place in 0..<Self.months {
            let figures = try city.sheet(Self.month(place)).run(in: city.store, publishing: published).value
            #expect(
                figures.sources.isEmpty && figures.restatements.isEmpty && figures.map == nil && figures.lastDay == nil)
            for (offence, id) in zip(Self.offences, Self.indicators) {
                guard let part = figures.indicators.first(where: { $0.indicator.id == id }) else { continue }
                #expect(part.places.isEmpty && part.hitRate == nil)
                for line in part.lines {
                    func count(_ back: Int) -> Int? {
                        place < back ? nil : known["\(line.areaID) \(Self.month(place - back)) \(offence)"]
                    }
                    func sum(_ backs: ClosedRange<Int>) -> Int? {
                        guard place >= backs.upperBound else { return nil }
                        let counts = backs.map(count)
                        return counts.contains(nil) ? nil : counts.reduce(0) { $0 + ($1 ?? 0) }
                    }
                    #expect(line.count == count(0) && line.previous == count(1) && line.yearAgo == count(12))
                    #expect(line.withheld.contains(.count) == (count(0) == nil))
                    #expect(line.twelveMonths == sum(0...11))
                    #expect((line.rate == nil) == (sum(0...11) == nil))
                    let peak = (0...place).map(count)
                    #expect(line.peak == (peak.contains(nil) ? nil : peak.compactMap { $0 }.max()))
                    // The first months have a shorter base, which makes no light.
                    let known = min(3, place)
                    let base = known > 0 ? sum(1...known) : nil
                    #expect(line.light.base == base.map { Double($0) / Double(known) })
                    let level = base.flatMap { base in
                        count(0).flatMap { known < 3 ? nil : LightLevel.allCases[$0 * 3 * 100 <= base * 75 ? 1 : 3] }
                    }
                    #expect(line.level == level || base == 0)
                    #expect((line.light.band == nil) == (base == nil))
                    #expect(zip(line.recent, (0...place).reversed().map(count)).allSatisfy(==))
                    (shown, hidden) = (shown + (count(0) == nil ? 0 : 1), hidden + (count(0) == nil ? 1 : 0))
                    (lit, sums) = (lit + (level == nil ? 0 : 1), sums + (sum(0...11) == nil ? 0 : 1))
                }
                let parts = part.lines.map(\.count)
                #expect(part.total.count == (parts.contains(nil) ? nil : parts.reduce(0) { $0 + ($1 ?? 0) }))
            }
        }
        #expect(shown > 30 && hidden > 30 && lit > 5, "\(shown) \(hidden) \(lit) \(sums)")
    }

    @Test func `What is shown is what whoever has a token sees`() throws {
        var dice = SeededGenerator(seed: 10)
        let city = try City(Self.counts(&dice))
        let published = try city.publicCity()
        for place in [0, 7, 15] {
            let sheet = try city.sheet(Self.month(place))
            let (open, whole) = (
                try sheet.run(in: city.store, publishing: published).value, try sheet.run(in: city.store)
            )
            for part in open.indicators {
                let other = try #require(whole.indicators.first { $0.indicator.id == part.indicator.id })
                for (line, full) in zip(part.lines, other.lines) {
                    #expect(line.count == nil || line.count == full.count)
                    #expect(line.twelveMonths == nil || line.twelveMonths == full.twelveMonths)
                    #expect(line.level == nil || line.level == full.level)
                    #expect(line.peak == nil || line.peak == full.peak)
                    #expect(line.rate == nil || line.rate == full.rate)
                }
            }
        }
    }

    @Test func `Months, levels and earlier states that are not public are refused by their names`() throws {
        var dice = SeededGenerator(seed: 11)
        let city = try City(Self.counts(&dice))
        let published = try city.publicCity()
        func refusal(_ month: String, _ change: (inout MonthlySheet) -> Void = { _ in }) throws -> String {
            var sheet = try city.sheet(try #require(Period(month)))
            change(&sheet)
            do {
                _ = try sheet.run(in: city.store, publishing: published)
                return ""
            } catch let error as PrivacyError {
                return "\(error)"
            }
        }
        #expect(try refusal("2023-04").isEmpty)
        #expect(
            try refusal("2023-05")
                == "without a token, sheets are of the months 2022-01 to 2023-04, not of 2023-05")
        #expect(
            try refusal("2023-01") { $0.level = .colonia }
                == "without a token, sheets are by municipality, not by colonia")
        #expect(try refusal("2023-01") { $0.asOf = "2023-02-01T00:00:00Z" }.hasPrefix("without a token, the figures"))
    }

    @Test func `An indicator that tells modalities apart is withheld, one of whole categories is not`() throws {
        var dice = SeededGenerator(seed: 12)
        let city = try City(Self.counts(&dice))
        var sheet = try city.sheet(Self.month(9))
        sheet.catalogue = try IndicatorCatalogue(
            json: Data(
                """
                {"catalogue":"c","version":"1","source":"s","indicators":[
                {"id":"all","name_es":"a","name_en":"a","classes":[{"scheme":"CNSP/38/15","codes":["property.extortion"]}]},
                {"id":"fine","name_es":"f","name_en":"f","classes":[{"scheme":"CNSP/38/15","codes":["liberty.kidnapping.kidnapping.express"]}]},
                {"id":"none","name_es":"n","name_en":"n","labels":[{"category":"NO HAY"}]}]}
                """.utf8))
        let figures = try sheet.run(in: city.store, publishing: try city.publicCity()).value
        #expect(figures.indicators.map(\.indicator.id) == ["all"])
        #expect(figures.withoutFigures.map(\.id) == ["none"])
        #expect(figures.withheldIndicators.map(\.indicator.id) == ["fine"])
        #expect(figures.withheldIndicators.map(\.reason) == [.tooFine])
    }

    @Test func `Published counts are everybody's, with all that is worked out from them`() throws {
        var dice = SeededGenerator(seed: 13)
        let city = try City(Self.counts(&dice))
        let text = """
            Año,Clave_Ent,Entidad,Cve. Municipio,Municipio,Bien jurídico afectado,Tipo de delito,Subtipo de delito,Modalidad,\
            Enero,Febrero,Marzo,Abril,Mayo,Junio,Julio,Agosto,Septiembre,Octubre,Noviembre,Diciembre
            2023,01,Norte,01,Norteña,La vida y la Integridad corporal,Homicidio,Homicidio doloso,Con arma de fuego,1,2,3,0,1,1,1,1,1,1,1,1

            """
        let job = SeriesImport(path: try city.city.folder.write("n.csv", text), profile: .sesnspMunicipal)
        _ = try job.run(into: city.store)
        var sheet = try city.sheet(try #require(Period("2023-03")))
        sheet.origin = .published
        let (open, whole) = (
            try sheet.run(in: city.store, publishing: try city.publicCity()), try sheet.run(in: city.store)
        )
        #expect(try open.value.json() == whole.json() && open.account.reasons.isEmpty)
    }
}
