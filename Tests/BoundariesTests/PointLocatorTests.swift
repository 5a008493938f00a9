@testable import Boundaries
import SimpleFeatures
import TestSupport
import Testing

private func point(_ longitude: Double, _ latitude: Double) -> LonLat {
    LonLat(longitude: longitude, latitude: latitude)
}

private func location(_ index: Int32, _ candidates: Int32 = 1, onBorder: Bool = false) -> PointLocator.Location {
    PointLocator.Location(index: index, candidates: candidates, onBorder: onBorder)
}

struct PointLocatorRuleTests {
    /// A square of 4 degrees with a hole, a small square inside it, and one beside it.
    private let areas = [
        LayerFixture.area(LayerFixture.square(0, 0, 4), LayerFixture.square(1, 1, 1)),
        LayerFixture.area(LayerFixture.square(2, 2, 1)),
        LayerFixture.area(LayerFixture.square(4, 0, 4)),
    ]
    private var locator: PointLocator { PointLocator(areas, squareMetres: [16, 1, 16]) }

    @Test func `The smaller of two areas that hold a point wins`() {
        #expect(locator.locate(point(2.5, 2.5)) == location(1, 2))
        #expect(locator.locate(point(0.5, 2.5)) == location(0))
    }

    @Test func `Of two areas of the same size the first wins`() {
        let twins = [areas[1], areas[1]]
        #expect(PointLocator(twins, squareMetres: [1, 1]).locate(point(2.5, 2.5)) == location(0, 2))
        #expect(PointLocator(twins, squareMetres: [2, 1]).locate(point(2.5, 2.5)) == location(1, 2))
        #expect(PointLocator(twins, squareMetres: [.nan, 1]).locate(point(2.5, 2.5)) == location(1, 2))
        #expect(PointLocator(twins, squareMetres: []).locate(point(2.5, 2.5)) == location(0, 2))
    }

    @Test func `An interior wins over an edge`() {
        #expect(locator.locate(point(2, 2.5)) == location(0))
        #expect(locator.locate(point(3, 3)) == location(0))
    }

    @Test func `A border between neighbours goes to the first, and says so`() {
        #expect(locator.locate(point(4, 2)) == location(0, 2, onBorder: true))
        #expect(locator.locate(point(4, 0)) == location(0, 2, onBorder: true))
        #expect(locator.locate(point(8, 4)) == location(2, 1, onBorder: true))
        #expect(locator.locate(point(0, 1.25)) == location(0, 1, onBorder: true))
    }

    @Test func `A hole is outside, and its border is a border`() {
        #expect(locator.locate(point(1.5, 1.5)) == .none)
        #expect(locator.locate(point(1, 1.5)) == location(0, 1, onBorder: true))
    }

    @Test func `An island in a hole is inside`() {
        let lake = MultiPolygon([
            Polygon(
                exterior: LayerFixture.ring(LayerFixture.square(0, 0, 9)),
                holes: [LayerFixture.ring(LayerFixture.square(1, 1, 7))]),
            Polygon(exterior: LayerFixture.ring(LayerFixture.square(3, 3, 2))),
        ])
        let locator = PointLocator([lake], squareMetres: [1])
        #expect(locator.locate(point(4, 4)) == location(0))
        #expect(locator.locate(point(2, 4)) == .none)
        #expect(locator.locate(point(0.5, 4)) == location(0))
    }

    @Test func `Areas of a layer are taken with their sizes`() {
        let layer = [(8.0, "large"), (1, "small")].map { side, name in
            Area(
                id: name, name: name, geometry: LayerFixture.area(LayerFixture.square(0, 0, side)),
                squareMetres: side * side)
        }
        #expect(PointLocator(layer).locate(point(0.5, 0.5)) == location(1, 2))
    }

    @Test func `Many points are located as one by one, with notes on those that involved a choice`() {
        let points = [point(2.5, 2.5), point(0.5, 0.5), point(9, 9), point(4, 2), point(.nan, 1)]
        let expected = [location(1, 2), location(0), .none, location(0, 2, onBorder: true), .none]
        let (indices, notes) = locator.locate(longitudes: points.map(\.longitude), latitudes: points.map(\.latitude))
        #expect(indices == expected.map(\.index))
        #expect(notes == [.init(point: 0, location: expected[0]), .init(point: 3, location: expected[3])])
        #expect(points.map(locator.locate) == expected)
    }

    @Test func `Columns of different lengths are read as far as the shortest`() {
        #expect(locator.locate(longitudes: [0.5, 0.5, 0.5], latitudes: [0.5, 0.5]).areas == [0, 0])
        #expect(locator.locate(longitudes: [], latitudes: [0.5]).areas.isEmpty)
    }
}

struct PointLocatorOracleTests {
    /// Compares every way to ask with the obvious locator.
    private func differences(
        _ areas: [MultiPolygon<LonLat>], _ points: [LonLat], sizes: [Double], cellsPerEdge: Double = 4
    ) -> Int {
        let obvious = ObviousLocator(areas, squareMetres: sizes)
        let locator = PointLocator(areas, squareMetres: sizes, cellsPerEdge: cellsPerEdge)
        let (indices, notes) = locator.locate(longitudes: points.map(\.longitude), latitudes: points.map(\.latitude))
        var noted = Dictionary(uniqueKeysWithValues: notes.map { ($0.point, $0.location) })
        var differences = notes.map(\.point) == notes.map(\.point).sorted() ? 0 : 1
        for (number, point) in points.enumerated() {
            let expected = obvious.locate(point)
            let plain = PointLocator.Location(
                index: indices[number], candidates: indices[number] < 0 ? 0 : 1, onBorder: false)
            let found = noted.removeValue(forKey: number) ?? plain
            if found != expected || locator.locate(point) != expected { differences += 1 }
        }
        return differences + noted.count
    }

    @Test(arguments: 0..<24)
    func `Overlapping areas with holes, twins and shared edges are located as by the obvious way`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let areas = LayerFixture.overlapping(areas: 1 + seed, lattice: 4 + 2 * seed, using: &generator)
        let sizes = areas.map { _ in Double(Int.random(in: 1...4, using: &generator)) }
        let points = LayerFixture.points(6000, about: areas, using: &generator)
        #expect(differences(areas, points, sizes: sizes) == 0)
    }

    @Test(arguments: [0.01, 0.3, 1, 20, 300])
    func `The raster's size changes no answer`(cellsPerEdge: Double) {
        var generator = SeededGenerator(seed: 77)
        for lattice in [5, 40] {
            let areas = LayerFixture.overlapping(areas: 9, lattice: lattice, using: &generator)
            let points = LayerFixture.points(4000, about: areas, using: &generator)
            let sizes = areas.indices.map(Double.init)
            #expect(differences(areas, points, sizes: sizes, cellsPerEdge: cellsPerEdge) == 0)
        }
    }

    @Test func `A layer with shared jittered borders is located as by the obvious way`() {
        var generator = SeededGenerator(seed: 5)
        let areas = LayerFixture.tessellation(side: 9, segments: 7, using: &generator)
        let points = LayerFixture.points(30_000, about: areas, using: &generator)
        #expect(differences(areas, points, sizes: areas.map { _ in 1 }) == 0)
    }

    @Test func `In a layer without gaps each point away from borders lies in exactly one area`() {
        var generator = SeededGenerator(seed: 6)
        let locator = PointLocator(
            LayerFixture.tessellation(side: 30, segments: 9, using: &generator), squareMetres: [])
        let count = 100_000
        let longitudes = (0..<count).map { _ in Double.random(in: -99.3...(-98.9), using: &generator) }
        let latitudes = (0..<count).map { _ in Double.random(in: 19.25...19.65, using: &generator) }
        let (indices, notes) = locator.locate(longitudes: longitudes, latitudes: latitudes)
        #expect(indices.allSatisfy { $0 >= 0 })
        #expect(notes.allSatisfy { $0.location.onBorder })
        #expect(notes.count < 3)
        #expect(Set(indices).count == 900)
    }

    @Test func `Rows and columns of a raster are crossed by edges flat, steep and level alike`() {
        var generator = SeededGenerator(seed: 8)
        for height in [1e-12, 1e-9, 1e-6, 1e-3, 1.0] {
            let areas = (0..<40).map { _ in
                let x = Double.random(in: 0...1, using: &generator)
                let y = Double.random(in: 0...1, using: &generator)
                return LayerFixture.area([(x, y), (x + 3, y + height), (x + 1, y + 2 * height), (x, y)])
            }
            let turned = areas.map { area in
                MultiPolygon(area.polygons.map { Polygon(exterior: $0.exterior.map { point($0.y, $0.x) }) })
            }
            for layer in [areas, turned, areas + turned] {
                let points = LayerFixture.points(1500, about: layer, using: &generator)
                #expect(differences(layer, points, sizes: layer.map { _ in 1 }) == 0)
            }
        }
    }
}

struct PointLocatorPrecisionTests {
    /// Edges that run through the corners of cells up to rounding, and points within a few units in the last place of
    /// those corners: where a cell that an edge only just enters must be known to have it.
    @Test(arguments: 0..<12)
    func `Points at the corners of cells that edges run through are on their side`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let (west, south) = seed.isMultiple(of: 2) ? (0.0, 0.0) : (-99.3, 19.25)
        let side = 0.37 + Double(seed) * 1e-7
        let corners = 32.0
        func corner() -> (Double, Double) {
            let (i, j) = (Int.random(in: 1...32, using: &generator), Int.random(in: 1...32, using: &generator))
            return (west + (Double(i) - 0.5) * side / corners, south + (Double(j) - 0.5) * side / corners)
        }
        let frame = LayerFixture.area(LayerFixture.square(west, south, side))
        let areas =
            [frame]
            + (0..<30).map { _ in
                let first = corner()
                return LayerFixture.area([first, corner(), corner(), first])
            }
        let edges = 4.0 + 30 * 3 + 31  // Closing positions count too.
        let locator = PointLocator(areas, squareMetres: [], cellsPerEdge: 33 * 33 * 4 / edges)
        let obvious = ObviousLocator(areas, squareMetres: areas.map { _ in 1 })
        var points: [LonLat] = []
        for column in 1..<locator.frame.columns {
            let x = border(from: west, to: west + side) { locator.frame.column($0) >= column }
            for row in 1..<locator.frame.rows {
                let y = border(from: south, to: south + side) { locator.frame.row($0) >= row }
                let (right, up) = (
                    Double(Int.random(in: -3...2, using: &generator)), Double(Int.random(in: -3...2, using: &generator))
                )
                points.append(point(x + right * x.ulp, y + up * y.ulp))
                points.append(point(x - x.ulp, y))
                points.append(point(x, y - y.ulp))
            }
        }
        let expected = points.map(obvious.locate)
        #expect(points.map(locator.locate) == expected)
        let indices = locator.locate(longitudes: points.map(\.longitude), latitudes: points.map(\.latitude)).areas
        #expect(indices == expected.map(\.index))
        #expect(points.count > 1000)
    }

    /// An edge that rises by a few units in the last place over the whole layer crosses from one row into the next at a
    /// column that the frame's own rounding cannot tell; least of all about the equator, where latitudes are finer than it.
    @Test(arguments: [-0.185, 0.0, 19.25])
    func `Edges all but level that change row are crossed in every column`(south: Double) {
        var generator = SeededGenerator(seed: 10)
        let (west, side) = (-99.3, 0.37)
        func layer(low: Double, high: Double) -> [MultiPolygon<LonLat>] {
            let triangle = [(west, low), (west + side, high), (west + side / 2, south + side), (west, low)]
            return [LayerFixture.area(LayerFixture.square(west, south, side)), LayerFixture.area(triangle)]
        }
        func locator(_ areas: [MultiPolygon<LonLat>]) -> PointLocator {
            PointLocator(areas, squareMetres: [2, 1], cellsPerEdge: 120)
        }
        let frame = locator(layer(low: south, high: south)).frame
        for row in 1..<frame.rows {
            let y = border(from: south, to: south + side) { frame.row($0) >= row }
            let steps = (0..<2).map { _ in Double(Int.random(in: 1...60, using: &generator)) }
            for areas in [
                layer(low: y - steps[0] * y.ulp, high: y + steps[1] * y.ulp),
                layer(low: y + steps[0] * y.ulp, high: y - steps[1] * y.ulp),
            ] {
                let points = (0..<200).map { number in
                    let aside = Double(Int.random(in: -20...20, using: &generator)) * y.ulp
                    return point(west + side * Double(number) / 200, y + aside)
                }
                let obvious = ObviousLocator(areas, squareMetres: [2, 1])
                let indices = locator(areas).locate(
                    longitudes: points.map(\.longitude), latitudes: points.map(\.latitude)
                ).areas
                #expect(indices == points.map { obvious.locate($0).index })
            }
        }
    }

    /// The least number for which a condition holds that, once it holds, holds for all greater ones.
    private func border(from low: Double, to high: Double, where holds: (Double) -> Bool) -> Double {
        var (low, high) = (low, high)
        while true {
            let middle = low + (high - low) / 2
            if middle <= min(low, high) || middle >= max(low, high) { return holds(low) ? low : high }
            if holds(middle) { high = middle } else { low = middle }
        }
    }

    /// Kettner et al. (2008), *Classroom examples of robustness problems in geometric computations*, section 3, as areas:
    /// triangles whose long edge runs from a point around (1/2, 1/2) to (24, 24), and the question whether (9, 9) lies
    /// inside. The plain determinant is 0 in 480 cases where it should not be, and has the opposite sign in 112.
    @Test func `Edges that pass a point by less than rounding are on their side`() {
        let areas = (0..<32).flatMap { i in
            (0..<32).map { j in
                let corner = (0.5 + Double(i) * 0x1p-53, 0.5 + Double(j) * 0x1p-53)
                return LayerFixture.area([corner, (24, 0.25), (24, 24), corner])
            }
        }
        let middle = point(9, 9)
        // (9, 9) is to the right of the edge, that is inside, where the corner lies above the diagonal: i < j.
        let sizes = areas.map { _ in 1.0 }
        #expect(ObviousLocator(areas, squareMetres: sizes).locate(middle) == location(1, 32 * 31 / 2))
        #expect(PointLocator(areas, squareMetres: sizes).locate(middle) == location(1, 32 * 31 / 2))
        // Alone, since one area in doubt has all of a cell's areas decided exactly.
        for area in areas {
            let expected = ObviousLocator([area], squareMetres: [1]).locate(middle)
            let locator = PointLocator([area], squareMetres: [1])
            #expect(locator.locate(middle) == expected)
            #expect(locator.locate(longitudes: [9], latitudes: [9]).areas == [expected.index])
        }
    }
}

struct PointLocatorDegenerateTests {
    private let odd: [Double] = [
        .nan, .infinity, -.infinity, .greatestFiniteMagnitude, 1e300, -1e300, .leastNonzeroMagnitude, -0.0, 1e7,
    ]

    @Test func `No areas hold no point`() {
        let locator = PointLocator([Area]())
        #expect(locator.locate(point(0, 0)) == .none)
        #expect(locator.locate(longitudes: [0, 1], latitudes: [0, 1]).areas == [-1, -1])
        #expect(PointLocator([MultiPolygon([])], squareMetres: [1]).locate(point(0, 0)) == .none)
        #expect(PointLocator([LayerFixture.area([])], squareMetres: [1]).locate(point(0, 0)) == .none)
    }

    @Test func `Points that are not finite or not on Earth lie in no area`() {
        let locator = PointLocator([LayerFixture.area(LayerFixture.square(-1, -1, 3))], squareMetres: [1])
        for x in odd where !(abs(x) <= 1) {
            for y in odd {
                #expect(locator.locate(point(x, y)) == .none)
                #expect(locator.locate(point(y, x)) == .none)
            }
        }
        #expect(locator.locate(point(.leastNonzeroMagnitude, -0.0)) == location(0))
    }

    @Test func `A ring of one position has that one on its border`() {
        for ring in [[(3.0, 4.0)], [(3, 4), (3, 4)], [(3, 4), (3, 4), (3, 4), (3, 4)]] {
            let locator = PointLocator([LayerFixture.area(ring)], squareMetres: [0])
            #expect(locator.locate(point(3, 4)) == location(0, 1, onBorder: true))
            #expect(locator.locate(point(3, 4.000001)) == .none)
            #expect(locator.locate(point(2, 4)) == .none)
        }
    }

    @Test func `A ring without extent in one direction is only border`() {
        for (across, up) in [(1.0, 0.0), (0, 1), (1, 0.5)] {
            let ring = [(0.0, 0.0), (across, up), (3 * across, 3 * up), (2 * across, 2 * up), (0, 0)]
            let locator = PointLocator([LayerFixture.area(ring)], squareMetres: [0])
            #expect(locator.locate(point(2.5 * across, 2.5 * up)) == location(0, 1, onBorder: true))
            #expect(locator.locate(point(0, 0)) == location(0, 1, onBorder: true))
            #expect(locator.locate(point(2.5 * across + 1e-9, 2.5 * up - 1e-9)) == .none)
            #expect(locator.locate(point(4 * across, 4 * up)) == .none)
        }
    }

    @Test func `A ring that is not closed is closed`() {
        let open = Array(LayerFixture.square(0, 0, 2).dropLast())
        let locator = PointLocator([LayerFixture.area(open)], squareMetres: [1])
        #expect(locator.locate(point(1, 1)) == location(0))
        #expect(locator.locate(point(0, 1)) == location(0, 1, onBorder: true))
    }

    @Test func `Rings with numbers that are no coordinates are left out, the others stay`() {
        for bad in odd where !(abs(bad) <= 1) {
            let areas = [
                LayerFixture.area([(0, 0), (bad, 0), (1, 1), (0, 0)], LayerFixture.square(0, 0, 1)),
                LayerFixture.area(LayerFixture.square(0, 0, 3), [(1, 1), (2, bad), (2, 1), (1, 1)]),
            ]
            #expect(PointLocator(areas, squareMetres: [1, 9]).locate(point(0.5, 0.5)) == location(1))
        }
    }

    @Test func `The smallest and the largest extents have rasters`() {
        for side in [.leastNonzeroMagnitude, 1e-200, 1e-15, 1e-9, 1e5] {
            let square = LayerFixture.area(LayerFixture.square(0, 0, side))
            let locator = PointLocator([square], squareMetres: [1])
            #expect(locator.locate(point(0, 0)) == location(0, 1, onBorder: true))
            #expect(locator.locate(point(2 * side, side)) == .none)
            if side > 1e-100 { #expect(locator.locate(point(side / 2, side / 2)) == location(0)) }
        }
    }

    @Test func `A thousand areas upon each other are all counted`() {
        let areas = (0..<1000).map { _ in LayerFixture.area(LayerFixture.square(0, 0, 1)) }
        let locator = PointLocator(areas, squareMetres: (0..<1000).map { Double(($0 + 300) % 1000) })
        #expect(locator.locate(point(0.3, 0.4)) == location(700, 1000))
        #expect(locator.locate(point(1, 0.4)) == location(0, 1000, onBorder: true))
    }

    @Test func `A comb of teeth as high as the layer is held without a copy of each for every row`() {
        let teeth = 20_000
        var ring: [(Double, Double)] = (0..<teeth).flatMap { [(Double($0), 0.0), (Double($0) + 0.5, 100)] }
        ring += [(Double(teeth), 0), (Double(teeth), 200), (0, 200), (0, 0)]
        let locator = PointLocator([LayerFixture.area(ring)], squareMetres: [1])
        #expect(locator.locate(point(7.5, 99)) == .none)
        #expect(locator.locate(point(7.25, 99)) == location(0))
        #expect(locator.index.edges.count < 8 * teeth)
    }
}
