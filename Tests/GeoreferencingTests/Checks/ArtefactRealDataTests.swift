import Georeferencing
import Incidents
import SimpleFeatures
import Statistics
import Testing

/// Mexico City as published: its prosecutor's offices in the colonias Doctores and Centro hold frauds and forgeries at noon.
@Suite(.enabled(if: PublishedCity.isThere, "FARO_REALDATA is not set"))
struct ArtefactRealDataTests {
    private let detector = ArtefactDetector()

    @Test(arguments: [
        ("2019", 3...8, 0.003...0.004), ("2022", 5...12, 0.004...0.007), ("2024t4", 1...4, 0.001...0.002),
    ])
    func `Few places are flagged, and the prosecutor's headquarters are the first where they repeat`(
        year: String, places: ClosedRange<Int>, share: ClosedRange<Double>
    ) throws {
        let columns = try PublishedCity.incidents(year)
        let findings = detector.findings(in: columns, suspects: try PublishedCity.centres())
        #expect(places.contains(findings.places.count))
        #expect(share.contains(Double(findings.rows.count) / Double(findings.incidents)))
        #expect(findings.places.allSatisfy { $0.reason == "no_hour" })
        guard year != "2024t4", let first = findings.places.first else { return }
        #expect(abs(first.longitude + 99.15) < 0.0005 && abs(first.latitude - 19.4213) < 0.0005)
    }

    @Test(arguments: [0.003, 0.01, 0.05])
    func `A default point planted in it is found, and a mall of robberies is not`(share: Double) throws {
        let published = try PublishedCity.incidents("2019")
        let centres = try PublishedCity.centres()
        let colonia = centres[700].place
        let centre = LonLat(longitude: -99.1332, latitude: 19.4326)
        let office = LonLat(longitude: -99.141_237_4, latitude: 19.431_768_1)
        for place in [colonia, centre, office] {
            var columns = published
            let rows = Self.plant(share, in: &columns, at: place) { _ in true }
            let findings = detector.findings(in: columns, suspects: centres)
            let found = try #require(findings.found.max { $0.rows.count < $1.rows.count })
            #expect(abs(found.place.longitude - place.longitude) < 1e-5 && found.place.incidents < rows.count + 50)
            #expect(found.place.reason == (place == colonia ? "area_centre" : "all_crimes"))
            #expect(Set(found.rows).isSuperset(of: rows))
            #expect(findings.places.count <= 8)
        }
        var columns = published
        let robbery = published.category.reduce(into: [:]) { $0[$1, default: 0] += 1 }.max { $0.value < $1.value }?.key
        let mall = LonLat(longitude: -99.163_217_4, latitude: 19.361_768_1)
        let rows = Self.plant(min(share, 0.01), in: &columns, at: mall) { published.category[$0] == robbery }
        #expect(Set(detector.findings(in: columns, suspects: centres).rows).isDisjoint(with: rows))
    }

    private static func plant(
        _ share: Double, in columns: inout PlaceColumns, at place: LonLat, from isWanted: (Int) -> Bool
    ) -> [Int] {
        var generator = SplitMix64(seed: 1810)
        let rows = generator.permutation(of: columns.count).filter(isWanted).prefix(Int(share * Double(columns.count)))
        for row in rows {
            columns.longitude[row] = place.longitude
            columns.latitude[row] = place.latitude
        }
        return rows.sorted()
    }
}
