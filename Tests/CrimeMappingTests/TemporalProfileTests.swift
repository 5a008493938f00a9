import CrimeMapping
import GeoPackageStore
import Incidents
import TestSupport
import Testing

@Suite struct TemporalProfileTests {
    private func profile(_ rows: [String]) throws -> TemporalProfile {
        let folder = try TemporaryFolder()
        let store = try GeoPackageStore.empty(in: folder)
        let text = (["fecha,hora,delito,longitud,latitud"] + rows).joined(separator: "\n") + "\n"
        _ = try ReportImport(path: try folder.write("r.csv", text), profile: .generic).run(into: store)
        return TemporalProfile(of: try IncidentSelection(from: store, filter: IncidentFilter()))
    }

    @Test func `Hours of the week and months are those of the calendar, with gaps as zeros`() throws {
        // 4 March 2024 was a Monday.
        let found = try profile([
            "2024-03-04,00:00,ROBO,-99.13,19.43", "2024-03-04,23:59,ROBO,-99.13,19.43",
            "2024-03-10,12:30,ROBO,,", "2024-03-08,,ROBO,-99.13,19.43", "2024-06-01,23:59:59,ROBO,-99.13,19.43",
            "2023-12-31,05:00,ROBO,-99.13,19.43",
        ])
        var week = Array(repeating: Array(repeating: 0, count: 24), count: 7)
        week[0][0] = 1
        week[0][23] = 1
        week[6][12] = 1
        week[5][23] = 1
        week[6][5] = 1
        #expect(found.hourOfWeek == week)
        #expect(found.withoutHour == [0, 0, 0, 0, 1, 0, 0])
        #expect(
            found.months.map(\.period) == [
                "2023-12", "2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06",
            ])
        #expect(found.months.map(\.count) == [1, 0, 0, 4, 0, 0, 1])
    }

    @Test func `No incident leaves a week of zeros and no month`() throws {
        let found = try profile([])
        #expect(found.months.isEmpty && found.withoutHour == Array(repeating: 0, count: 7))
        #expect(found.hourOfWeek.count == 7 && found.hourOfWeek.allSatisfy { $0 == Array(repeating: 0, count: 24) })
    }
}
