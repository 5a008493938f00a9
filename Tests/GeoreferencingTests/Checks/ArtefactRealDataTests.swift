import Georeferencing
import Incidents
import SimpleFeatures
import Testing

@Suite(.enabled(if: PublishedCity.isThere, "FARO_REALDATA is not set"))
struct ArtefactRealDataTests {
    @Test(arguments: ["2019", "2022", "2024t4"])
    func `eval`(year: String) throws {
        let columns = try PublishedCity.incidents(year)
        let suspects = try PublishedCity.centres()
        let start = ContinuousClock.now
        let findings = ArtefactDetector().findings(in: columns, suspects: suspects)
        print(year, findings.incidents, findings.distinctPlaces, findings.places.count, findings.rows.count, ContinuousClock.now - start)
        for place in findings.places { print("  ", place.longitude, place.latitude, place.reason, place.explanation) }
    }
}
