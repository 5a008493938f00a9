import CrimeMapping
import DemoCity
import Georeferencing
import Incidents
import SimpleFeatures
import Testing

struct ArtefactsOfTheDemoCityTests {
    @Test func `The office that stands for unknown places is found, and no hot corner with it`() throws {
        let demo = try DemoStore(scale: 1)
        let office = try DemoCity(seed: 1810, scale: 1).manifest.defaultPoint
        let stored = try StoredPlaceColumns(of: demo.store, level: "colonia")
        let findings = ArtefactDetector().findings(in: stored.columns)
        let found = try #require(findings.places.first)
        #expect(findings.places.count == 1)
        #expect(abs(found.longitude - office.longitude) < 1e-5 && abs(found.latitude - office.latitude) < 1e-5)
    }
}
