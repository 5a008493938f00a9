import Boundaries
import CivilTime
import Foundation
import GeoPackageStore
import Georeferencing
import Incidents
import Indicators
import TestSupport
import Testing

@testable import CrimeMapping

/// Months of which the end is missing.
struct WholeMonthsTests {
    private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    /// One incident every so many days, up to the last.
    private func days(every step: Int32, to last: CalendarDate) -> [Int32] {
        (0..<400 / step).map { last.daysSince1970 - $0 * step }
    }

    /// e^(−21) is a silence of 21 days at one a day; e^(−2.1) is one at one in ten days.
    @Test func `Silence at the end of a month is missing days only where it is too unlikely for chance`() throws {
        let tenth = try day("2023-12-10")
        #expect(WholeMonths.last(of: days(every: 1, to: tenth), endingOn: tenth).description == "2023-11")
        #expect(WholeMonths.last(of: days(every: 10, to: tenth), endingOn: tenth).description == "2023-12")
        let end = try day("2023-12-31")
        #expect(WholeMonths.last(of: days(every: 1, to: end), endingOn: end).description == "2023-12")
        // Six silent days of one a day are likelier than one in a thousand, seven are not: e^(−6) = 0.0025, e^(−7) = 0.0009.
        let (sixth, seventh) = (try day("2023-12-25"), try day("2023-12-24"))
        #expect(WholeMonths.last(of: days(every: 1, to: sixth), endingOn: sixth).description == "2023-12")
        #expect(WholeMonths.last(of: days(every: 1, to: seventh), endingOn: seventh).description == "2023-11")
        #expect(WholeMonths.last(of: [tenth.daysSince1970], endingOn: tenth).description == "2023-12")
    }

    @Test func `A month that its source cuts off has no sheet, and a sentence says why`() throws {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        _ = try BoundaryImport(
            path: try folder.write(
                "m.geojson",
                """
                {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"id": "1", "name": "Uno"}, "geometry":
                  {"type": "Polygon", "coordinates": [[[-100, 19], [-99, 19], [-99, 20], [-100, 20], [-100, 19]]]}}]}
                """), level: .municipality
        ).run(into: store)
        let last = try day("2023-12-10").daysSince1970
        let rows = (0..<Int32(100)).map {
            "\(CalendarDate(daysSince1970: last - $0)),HOMICIDIO DOLOSO,-99.5,\(19.3 + Double($0) / 1000)"
        }
        let path = try folder.write("r.csv", (["fecha,delito,longitud,latitud"] + rows).joined(separator: "\n") + "\n")
        _ = try ReportImport(path: path, profile: .generic).run(into: store)
        let november = try MonthlySheet(month: #require(Period("2023-11")), level: .municipality).run(in: store)
        #expect(november.indicators.first { $0.indicator.id == "homicide" }?.total.count == 30)
        #expect {
            try MonthlySheet(month: #require(Period("2023-12")), level: .municipality).run(in: store)
        } throws: { "\($0)".contains("2023-12 must be over") && "\($0)".contains("2023-12-10") }
    }
}
