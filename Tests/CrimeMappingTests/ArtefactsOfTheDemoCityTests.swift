import CrimeMapping
import DemoCity
import Georeferencing
import Hotspots
import Incidents
import SimpleFeatures
import Testing

struct ArtefactsOfTheDemoCityTests {
    @Test func `The office that stands for unknown places is found, and no hot corner with it`() throws {
        let demo = try DemoStore(scale: 1)
        let office = try DemoCity(seed: 1810, scale: 1).manifest.defaultPoint
        let before = try IncidentSelection(from: demo.store, filter: IncidentFilter())
        let summary = try PlaceCheck().run(in: demo.store)
        let found = try #require(summary.artefacts.first)
        #expect(summary.artefacts.count == 1)
        #expect(abs(found.longitude - office.longitude) < 1e-5 && abs(found.latitude - office.latitude) < 1e-5)
        // Two years at the corners of main streets, one where it happened.
        #expect(summary.sources.map(\.kind) == [.corners, .corners, .points] && summary.changed == 0)

        let after = try IncidentSelection(from: demo.store, filter: IncidentFilter())
        #expect(after.rows.count == before.rows.count)
        #expect(try after.pattern().count == before.pattern().count - found.incidents)
        var asked = IncidentFilter()
        asked.includesArtefacts = true
        #expect(try IncidentSelection(from: demo.store, filter: asked).pattern().count == before.pattern().count)
        let report = try QualityReport(of: demo.store)
        #expect(report.artefacts == summary.artefacts && report.incidentsAtArtefacts == found.incidents)
    }
}
