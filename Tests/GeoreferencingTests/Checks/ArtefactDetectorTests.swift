import Georeferencing
import Incidents
import SimpleFeatures
import Statistics
import Testing

struct ArtefactDetectorTests {
    private let detector = ArtefactDetector()

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `An honest city has no artefacts, whether drawn to corners or scattered`(seed: UInt64) {
        #expect(detector.findings(in: SimulatedCity(seed: seed).columns).places.isEmpty)
        #expect(detector.findings(in: SimulatedCity(seed: seed, scatter: 8e-4).columns).places.isEmpty)
    }

    @Test(arguments: [0.003, 0.01, 0.05], [0, 8e-4])
    func
        `A default point is found at any share: at a colonia's centre, at the city's, at an office amid a busy quarter`(
            share: Double, scatter: Double
        ) throws
    {
        for seed in 1...2 as ClosedRange<UInt64> {
            let city = SimulatedCity(seed: seed, scatter: scatter)
            let colonia = SuspectPoint(
                place: LonLat(longitude: -98.984_217_3, latitude: 19.421_873_9),
                name: "the centre of the colonia Centro")
            for place in [colonia.place, SimulatedCity.centre, Self.busiest(city.columns)] {
                // Where honest corners hold 150, an office that takes 120 of 40,000 is one of them, to any eye.
                if scatter == 0, share < 0.01, place != colonia.place, place != SimulatedCity.centre { continue }
                var planted = city
                let rows = planted.plant(share, at: place)
                let findings = detector.findings(in: planted.columns, suspects: [colonia])
                let found = try #require(findings.found.first)
                #expect(findings.found.count == 1)
                #expect(abs(found.place.longitude - place.longitude) < 1e-5)
                #expect(abs(found.place.latitude - place.latitude) < 1e-5)
                #expect(Set(found.rows).isSuperset(of: rows))
                #expect(found.rows.count == found.place.incidents)
                if place == colonia.place {
                    #expect(found.place.reason == "area_centre")
                    #expect(found.place.explanation.contains("it is the centre of the colonia Centro, to within 1 m"))
                }
                if place == SimulatedCity.centre { #expect(found.place.reason == "round_coordinates") }
                if place == Self.busiest(city.columns) { #expect(["all_crimes", "pile"].contains(found.place.reason)) }
            }
        }
    }

    @Test(arguments: [0.003, 0.01, 0.02])
    func `A mall where one crime happens again and again is honest`(share: Double) {
        for seed in 1...3 as ClosedRange<UInt64> {
            var city = SimulatedCity(seed: seed, scatter: 8e-4)
            let rows = city.plant(share, at: LonLat(longitude: -98.981_23, latitude: 19.412_37), crime: 1)
            #expect(rows.count > 50)
            #expect(detector.findings(in: city.columns).places.isEmpty)
        }
    }

    @Test func `An office of its own crimes is known by incidents without an hour`() throws {
        var city = SimulatedCity(seed: 4, scatter: 8e-4)
        let place = LonLat(longitude: -98.981_23, latitude: 19.412_37)
        let rows = city.plant(0.01, at: place, crime: 3)
        for row in rows where row % 5 > 0 { city.columns.localMinute[row] = [-1, 0, 720][row % 3] }
        let found = try #require(detector.findings(in: city.columns).found.first)
        #expect(found.place.reason == "no_hour")
        #expect(found.rows == rows)
    }

    @Test func `A default point that a publisher has scattered by some metres comes together again`() throws {
        var city = SimulatedCity(seed: 5, scatter: 8e-4)
        let place = LonLat(longitude: -98.981_23, latitude: 19.412_37)
        let rows = city.plant(0.01, at: place, scatter: 1e-4)
        let found = try #require(detector.findings(in: city.columns).found.first)
        #expect(found.place.reason == "all_crimes")
        #expect(found.place.explanation.contains("within 25 m of each other"))
        #expect(Set(found.rows).isSuperset(of: rows))
        #expect(found.rows.count < rows.count + 40)
        #expect(abs(found.place.longitude - place.longitude) < 2e-5)
    }

    @Test func `Where only one crime without hours is known, a place is found by its size alone, if it towers`() {
        for share in [0.003, 0.05] {
            var city = SimulatedCity(seed: 6, scatter: 8e-4)
            _ = city.plant(share, at: LonLat(longitude: -98.981_23, latitude: 19.412_37))
            for row in 0..<city.columns.count {
                city.columns.category[row] = 0
                city.columns.localMinute[row] = -1
            }
            let places = detector.findings(in: city.columns).places
            #expect(places.map(\.reason) == ["pile"])
        }
    }

    @Test func `In a file drawn to the centres of colonias, a centre is no sign`() {
        var city = SimulatedCity(seed: 7)
        var suspects: [SuspectPoint] = []
        for area in 0..<36 {
            suspects.append(
                SuspectPoint(place: SimulatedCity.corner(area % 6 * 10 + 5, area / 6 * 10 + 5), name: "a centre"))
        }
        for row in 0..<city.columns.count {
            let place = suspects[Int(city.columns.area[row])].place
            city.columns.longitude[row] = place.longitude
            city.columns.latitude[row] = place.latitude
        }
        #expect(detector.findings(in: city.columns, suspects: suspects).places.isEmpty)
    }

    @Test func `The order of the rows changes nothing`() {
        var city = SimulatedCity(seed: 8)
        let rows = Set(city.plant(0.01, at: SimulatedCity.centre))
        let order = city.generator.permutation(of: city.columns.count)
        var shuffled = PlaceColumns()
        for row in order {
            shuffled.append(
                longitude: city.columns.longitude[row], latitude: city.columns.latitude[row],
                category: city.columns.category[row], localMinute: city.columns.localMinute[row])
        }
        let findings = detector.findings(in: shuffled)
        #expect(findings.places == detector.findings(in: city.columns).places)
        #expect(Set(findings.rows.map { order[$0] }).isSuperset(of: rows))
    }

    @Test func `Two artefacts next door are both found`() {
        var city = SimulatedCity(seed: 9, scatter: 8e-4)
        _ = city.plant(0.01, at: LonLat(longitude: -98.98, latitude: 19.41))
        _ = city.plant(0.01, at: LonLat(longitude: -98.9807, latitude: 19.4102))
        #expect(detector.findings(in: city.columns).places.count == 2)
    }

    @Test func `Empty, placeless, impossible and lone rows give no artefact and no harm`() {
        #expect(detector.findings(in: PlaceColumns()).places.isEmpty)
        var columns = PlaceColumns()
        for value in [Double.nan, .infinity, -.infinity, 1e308, -181, 91] {
            columns.append(longitude: value, latitude: value, category: .max - 2, localMinute: .min)
            columns.append(longitude: 0, latitude: value)
        }
        #expect(detector.findings(in: columns).places.isEmpty)
        columns.append(longitude: -99, latitude: 19, category: .min, localMinute: .max)
        #expect(detector.findings(in: columns).incidents == 1)
        columns.longitude.append(3)
        #expect(detector.findings(in: columns).incidents == 1)
        var one = PlaceColumns()
        for _ in 0..<1000 { one.append(longitude: -99.133_21, latitude: 19.432_61, category: 1, localMinute: 600) }
        #expect(detector.findings(in: one).places.isEmpty)
        var hostile = detector
        (hostile.leastIncidents, hostile.leastShare, hostile.neighbours) = (-5, .nan, -1)
        _ = hostile.findings(in: one, suspects: [SuspectPoint(place: LonLat(longitude: .nan, latitude: 0), name: "")])
    }

    private static func busiest(_ columns: PlaceColumns) -> LonLat {
        // South-west of the corner that holds most, a little off it.
        let corners = Dictionary(grouping: 0..<columns.count) { row in
            [Int((columns.longitude[row] * 1000).rounded()), Int((columns.latitude[row] * 1000).rounded())]
        }
        let key = corners.max { ($0.value.count, $0.key[0]) < ($1.value.count, $1.key[0]) }?.key ?? [0, 0]
        return LonLat(longitude: Double(key[0]) / 1000 + 0.000_38, latitude: Double(key[1]) / 1000 - 0.000_41)
    }
}
