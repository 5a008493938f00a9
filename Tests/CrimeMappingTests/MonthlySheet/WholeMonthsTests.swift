import Boundaries
import CivilTime
import Foundation
import GeoPackageStore
import Georeferencing
import Incidents
import Indicators
import Privacy
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

    /// A store of one municipality, in which a hundred homicides end on 2023-12-10, one a day.
    private func store(_ folder: TemporaryFolder, _ dates: FileDates = FileDates()) throws -> GeoPackageStore {
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
        var job = ReportImport(path: path, profile: .generic)
        job.dates = dates
        _ = try job.run(into: store)
        return store
    }

    private func sheet(_ month: String, of store: GeoPackageStore) throws -> SheetFigures {
        try MonthlySheet(month: #require(Period(month)), level: .municipality).run(in: store)
    }

    @Test func `A month that its source cuts off has no sheet, and a sentence says why`() throws {
        let folder = try TemporaryFolder()
        let store = try store(folder)
        #expect(try sheet("2023-11", of: store).indicators.first { $0.indicator.id == "homicide" }?.total.count == 30)
        #expect {
            try sheet("2023-12", of: store)
        } throws: { "\($0)".contains("2023-12 must be over") && "\($0)".contains("2023-12-10") }
    }

    @Test func `Where a file says up to which day it goes, its word counts and not its silence`() throws {
        let folder = try TemporaryFolder()
        let whole = try store(folder, FileDates(dataTo: try day("2023-12-31")))
        let december = try sheet("2023-12", of: whole)
        #expect(december.indicators.first { $0.indicator.id == "homicide" }?.total.count == 10)
        #expect(december.lastDay?.description == "2023-12-31")
        #expect(december.sources.map(\.dates.dataTo?.description) == ["2023-12-31"])
        let other = try TemporaryFolder()
        let cut = try store(other, FileDates(dataTo: try day("2023-11-29")))
        #expect(throws: JobError.self) { try sheet("2023-11", of: cut) }
        #expect(try sheet("2023-10", of: cut).indicators.isEmpty == false)
    }

    /// The gate asks no incident when a month is whole: only what was said of the file, or when it was brought in.
    @Test func `The public sees no month that its sources do not cover to the end`() throws {
        func last(_ dates: FileDates) throws -> String? {
            let folder = try TemporaryFolder()
            let city = try PublicCity(of: StoreSnapshot(of: store(folder, dates)), today: day("2024-12-31"))
            return city.release.months?.upperBound.description
        }
        #expect(try last(FileDates(dataTo: day("2023-12-10"))) == "2023-11")
        #expect(try last(FileDates(published: day("2023-12-12"))) == "2023-11")
        #expect(try last(FileDates(dataTo: day("2023-12-31"))) == "2023-12")
        #expect(try last(FileDates()) == "2023-12")
    }

    @Test func `Files that say their end do not hide those that do not, and the public is told of no month after it`()
        throws
    {
        let folder = try TemporaryFolder()
        let store = try store(folder, FileDates(dataTo: try day("2023-12-10")))
        let rows = (0..<Int32(60)).map {
            "\(CalendarDate(daysSince1970: 19_770 + $0)),HOMICIDIO DOLOSO,-99.5,\(19.3 + Double($0) / 1000)"
        }
        // 19,770 days after 1970-01-01 is 2024-02-17; sixty days from then on end on 2024-04-16.
        let path = try folder.write("l.csv", (["fecha,delito,longitud,latitud"] + rows).joined(separator: "\n") + "\n")
        _ = try ReportImport(path: path, profile: .generic).run(into: store)
        #expect(try sheet("2024-03", of: store).indicators.first { $0.indicator.id == "homicide" }?.total.count == 31)
        #expect(throws: JobError.self) { try sheet("2024-04", of: store) }
        let city = try PublicCity(of: StoreSnapshot(of: store), today: day("2024-12-31"))
        #expect(city.release.months?.upperBound.description == "2023-11")
    }
}
