import Boundaries
import Bytes
import CivilTime
import CrimeMapping
import Foundation
import Incidents
import Privacy
import SimpleFeatures
import Testing

@Suite struct PublicCityTests {
    private static let today = CalendarDate(daysSince1970: 19_800)

    @Test func `What no rule knows is in totals alone, and by its words with the sensitive`() throws {
        let demo = try DemoStore(scale: 0.3)  // without its mapping
        let snapshot = try StoreSnapshot(of: demo.store)
        let city = try PublicCity(of: snapshot, today: Self.today)
        #expect(city.categories == ["otros delitos sensibles"])
        let table = snapshot.table
        let colonia = try #require(table.areas(of: "colonia"))
        let municipality = try #require(table.areas(of: "municipality"))
        let sensitive = ["ABUSO SEXUAL", "VIOLENCIA FAMILIAR"].map { LabelFolding.fold($0) }
        var truth: [String: Int] = [:]
        for row in 0..<table.count where colonia.index[row] >= 0 && municipality.index[row] >= 0 {
            let label = LabelFolding.fold(table.categories[Int(table.category[row])])
            let (key, parent) = (
                colonia.keys[Int(colonia.index[row])], municipality.keys[Int(municipality.index[row])]
            )
            let year = CalendarDate(daysSince1970: table.localDay[row]).components.year
            guard !sensitive.contains(label), key.hasPrefix(parent),
                (2021...2023).contains(year)
            else { continue }
            truth[key, default: 0] += 1
        }
        let rows = try city.counts(IncidentFilter(), by: .colonia, period: nil).value
        let exact = rows.filter { $0.count ?? 0 > 0 }
        #expect(exact.count > 20 && exact.allSatisfy { $0.count == truth[$0.areaID ?? ""] })
    }

    @Test func `A planner's state has every incident but the sensitive ones, and tells itself apart`() throws {
        let demo = try DemoStore()
        _ = try demo.demo.importTaxonomy(into: demo.store)
        let whole = try StoreSnapshot(of: demo.store)
        let spared = try whole.withoutSensitiveOffences(Gate())
        let left = whole.table.category.count { code in
            code < 0
                || !["ABUSO SEXUAL", "VIOLENCIA FAMILIAR"].contains(whole.table.categories[Int(code)].uppercased())
        }
        #expect(spared.table.count == left && left < whole.table.count && spared.tag != whole.tag)
        #expect(spared.table.id == spared.table.id.filter(Set(whole.table.id).contains))
        #expect(spared.layers.count == whole.layers.count)
    }

    @Test func `The grid of a year that is not over is refused with the years there are`() throws {
        let demo = try DemoStore()
        let city = try PublicCity(of: try StoreSnapshot(of: demo.store), today: Self.today)
        #expect(try city.year(IncidentFilter()).description == "2023")
        var filter = IncidentFilter()
        filter.from = CalendarDate("2022-01-01")
        filter.to = CalendarDate("2022-12-31")
        #expect(try city.year(filter).description == "2022")
        filter.to = CalendarDate("2022-11-30")
        #expect(throws: PrivacyError.self) { try city.year(filter) }
        let early = try PublicCity(
            of: try StoreSnapshot(of: demo.store), today: try #require(CalendarDate("2023-06-01")))
        #expect(try early.year(IncidentFilter()).description == "2022")
    }
}
