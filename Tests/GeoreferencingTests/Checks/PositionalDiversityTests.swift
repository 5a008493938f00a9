import Georeferencing
import Incidents
import SimpleFeatures
import Statistics
import Testing

struct PositionalDiversityTests {
    private let diversity = PositionalDiversity()

    @Test func `A file of points of their own passes, however small`() {
        for count in [0, 1, 3, 20, 5000] {
            var columns = PlaceColumns()
            var generator = SplitMix64(seed: 3)
            for _ in 0..<count {
                columns.append(longitude: -99 + generator.unit() / 3, latitude: 19.3 + generator.unit() / 3, area: 1)
            }
            let verdict = diversity.verdict(on: columns)
            #expect(verdict.kind == .points)
            #expect(verdict.distinctPlaces == count && verdict.coverage == 0)
            #expect((0..<count).allSatisfy { verdict.grade(ofRow: $0) == nil && verdict.radius[$0].isNaN })
        }
    }

    @Test func `Coverage, effective places and spacing of a square counted by hand`() throws {
        var columns = PlaceColumns()
        for north in 0..<5 {
            for east in 0..<5 {
                for _ in 0..<4 {
                    columns.append(longitude: -99 + Double(east) / 100, latitude: 19.43 + Double(north) / 100)
                }
            }
        }
        columns.append(longitude: -98.94, latitude: 19.43)
        columns.append(longitude: .nan, latitude: .nan)
        let verdict = diversity.verdict(on: columns)
        #expect(verdict.incidents == 101 && verdict.distinctPlaces == 26)
        #expect(abs(verdict.coverage - 100.0 / 101) < 1e-12)
        #expect(abs(verdict.effectivePlaces - 101.0 * 101 / (25 * 16 + 1)) < 1e-9)
        #expect(verdict.kind == .areas && verdict.grade(ofRow: 0) == .snapped)
        // Of an inner place two neighbours lie east and west, two north and south: the fourth is 1,107 m off. Twelve places at
        // the edge have three of them, and the diagonal as the fourth; they and the nine inner ones make the median.
        #expect(abs(verdict.radius[12 * 4] - 1106.7) < 5)
        #expect(abs(try #require(verdict.spacing).metres - (1050.7 * 1050.7 + 1106.7 * 1106.7).squareRoot()) < 8)
        #expect(verdict.radius[101].isNaN && verdict.grade(ofRow: 101) == nil)
        #expect(verdict.grade(ofRow: -1) == nil && verdict.grade(ofRow: 1000) == nil)
    }

    @Test func `Corners of a city pass as corners, with half a block's diagonal`() throws {
        let columns = SimulatedCity(seed: 1).columns
        let verdict = diversity.verdict(on: columns)
        #expect(verdict.kind == .corners && verdict.grade(ofRow: 0) == .crossing)
        #expect(try #require(verdict.spacing).metres < 110)
        #expect(abs(verdict.radius.sorted()[verdict.radius.count / 2] - 100 / 2.0.squareRoot()) < 8)
        #expect(try #require(verdict.placesPerArea) > 10)
    }

    @Test func `Points drawn to their areas are caught: by distance, or where areas are small by one place in each`()
        throws
    {
        var columns = SimulatedCity(seed: 2, scatter: 1e-3).columns
        #expect(diversity.verdict(on: columns).kind == .points)
        for row in 0..<columns.count {
            let area = Int(columns.area[row])
            let place = SimulatedCity.corner(area % 6 * 10 + 5, area / 6 * 10 + 5)
            columns.longitude[row] = place.longitude
            columns.latitude[row] = place.latitude
        }
        let far = diversity.verdict(on: columns)
        #expect(far.kind == .areas && far.placesPerArea == 1)
        for row in 0..<columns.count {
            columns.longitude[row] = -99 + (columns.longitude[row] + 99) / 6
            columns.latitude[row] = 19.4 + (columns.latitude[row] - 19.4) / 6
        }
        let near = diversity.verdict(on: columns)
        #expect(near.kind == .areas)
        #expect(try #require(near.spacing).metres < 300)
        columns.area = columns.area.map { _ in -1 }
        #expect(diversity.verdict(on: columns).kind == .corners)
    }

    @Test func `Where a part of the file is drawn to areas, only that part is downgraded`() {
        var columns = SimulatedCity(seed: 3, scatter: 1e-3).columns
        for row in 0..<columns.count where row % 3 > 0 {
            let area = Int(columns.area[row])
            let place = SimulatedCity.corner(area % 6 * 10 + 5, area / 6 * 10 + 5)
            columns.longitude[row] = place.longitude
            columns.latitude[row] = place.latitude
        }
        let verdict = diversity.verdict(on: columns)
        #expect(verdict.kind == .areas)
        for row in 0..<columns.count where row % 3 > 0 { #expect(verdict.grade(ofRow: row) == .snapped) }
        let own = (0..<columns.count).filter { $0 % 3 == 0 && verdict.grade(ofRow: $0) == nil }.count
        #expect(Double(own) > 0.9 * Double(columns.count) / 3)
    }

    @Test func `One place for all, and hostile numbers, do no harm`() {
        var columns = PlaceColumns()
        for value in [Double.nan, .infinity, 1e300, -1e300, 200] {
            for _ in 0..<9 { columns.append(longitude: value, latitude: value, area: .min) }
        }
        #expect(diversity.verdict(on: columns).incidents == 0)
        for _ in 0..<9 { columns.append(longitude: -99, latitude: 19, area: .max) }
        let verdict = diversity.verdict(on: columns)
        #expect(verdict.distinctPlaces == 1 && verdict.kind == .corners && verdict.spacing == nil)
        #expect(verdict.explanation.hasPrefix("9 incidents lie at 1 distinct places"))
    }
}

@Suite(.enabled(if: PublishedCity.isThere, "FARO_REALDATA is not set"))
struct PositionalDiversityRealDataTests {
    private let diversity = PositionalDiversity()

    @Test(arguments: ["2019", "2022", "2024t4"])
    func `Mexico City's coordinates are the incidents' own; drawn to colonias or beats they are caught`(year: String)
        throws
    {
        let published = try PublishedCity.incidents(year)
        let honest = diversity.verdict(on: published)
        #expect(honest.kind == .points)
        #expect(honest.coverage < 0.2)

        var colonias = published
        var sums: [Int32: (east: Double, north: Double, count: Double)] = [:]
        for row in 0..<published.count {
            sums[published.area[row], default: (0, 0, 0)].east += published.longitude[row]
            sums[published.area[row], default: (0, 0, 0)].north += published.latitude[row]
            sums[published.area[row], default: (0, 0, 0)].count += 1
        }
        for row in 0..<published.count {
            guard let sum = sums[published.area[row]] else { continue }
            colonias.longitude[row] = sum.east / sum.count
            colonias.latitude[row] = sum.north / sum.count
        }
        var beats = published
        for row in 0..<published.count {
            beats.longitude[row] = ((published.longitude[row] / 0.019).rounded() * 0.019)
            beats.latitude[row] = ((published.latitude[row] / 0.018).rounded() * 0.018)
        }
        for drawn in [colonias, beats] {
            for hasAreas in [true, false] {
                var drawn = drawn
                if !hasAreas { drawn.area = drawn.area.map { _ in -1 } }
                let verdict = diversity.verdict(on: drawn)
                #expect(verdict.kind == .areas && verdict.grade(ofRow: 0) == .snapped)
                let inside = (0..<drawn.count).filter { row in
                    let east = (drawn.longitude[row] - published.longitude[row]) * 105_070
                    let north = (drawn.latitude[row] - published.latitude[row]) * 110_670
                    return (east * east + north * north).squareRoot() <= verdict.radius[row]
                }
                #expect(Double(inside.count) > 0.95 * Double(drawn.count))
            }
        }
    }
}
