import Grids
import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct SpatialWeightsTests {
    /// Four squares: 2 3 over 0 1.
    @Test func `Squares share sides with two others and a corner with the third`() throws {
        let areas = AssociationFixture.squares(2, 2)
        #expect(
            AssociationFixture.neighbours(try SpatialWeights(.rook(), of: areas)) == [
                [1, 2], [0, 3], [0, 3], [1, 2],
            ])
        #expect(
            AssociationFixture.neighbours(try SpatialWeights(.queen(), of: areas))
                == [[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2]])
    }

    @Test(arguments: [false, true])
    func `Areas on a lattice have the neighbours that its cells have`(byRook: Bool) throws {
        let rule: NeighbourRule = byRook ? .rook() : .queen()
        let cells = try SpatialWeights(rule, over: AssociationFixture.mask(6, 5))
        #expect(cells.neighbours.count == (byRook ? 2 * (5 * 5 + 6 * 4) : 2 * (5 * 5 + 6 * 4 + 2 * 5 * 4)))
        #expect(try SpatialWeights(rule, of: AssociationFixture.squares(6, 5)).neighbours == cells.neighbours)
        // Corners up to 4 m off leave gaps and overlaps.
        let loose: NeighbourRule = byRook ? .rook(tolerance: .metres(9)) : .queen(tolerance: .metres(9))
        let sloppy = try SpatialWeights(loose, of: AssociationFixture.squares(6, 5, jitter: 3))
        #expect(sloppy.neighbours == cells.neighbours)
    }

    /// A long area below two short ones that share none of its corners, and one 20 cm beyond the tolerance.
    @Test func `Borders need no common vertices`() throws {
        let areas = [
            AssociationFixture.rectangle(0, 0, 300, 100), AssociationFixture.rectangle(50, 100, 120, 200),
            AssociationFixture.rectangle(120.05, 100.05, 200, 200),
            AssociationFixture.rectangle(200.3, 100.3, 300, 200),
        ]
        for rule in [NeighbourRule.rook(), .queen()] {
            let weights = try SpatialWeights(rule, of: areas)
            #expect(AssociationFixture.neighbours(weights) == [[1, 2], [0, 2], [0, 1], []])
            #expect(weights.islands == [3])
        }
        let crossing = [
            AssociationFixture.rectangle(0, 0, 300, 100), AssociationFixture.rectangle(100, -50, 200, 150),
            AssociationFixture.rectangle(900, 900, 901, 901),
        ]
        #expect(AssociationFixture.neighbours(try SpatialWeights(.queen(), of: crossing)) == [[1], [0], []])
    }

    /// Every pair of border segments, by the distances of their ends and whether they cross.
    @Test func `Queen neighbours of scattered rectangles agree with all distances between borders`() throws {
        var random = SeededGenerator(seed: 5)
        let areas = (0..<60).map { index in
            let (x, y) = (Double.random(in: 0...1000, using: &random), Double.random(in: 0...1000, using: &random))
            let side = Double.random(in: 1...150, using: &random)
            return AssociationFixture.rectangle(x, y, x + side, y + 40, jitter: 10, seed: UInt64(index))
        }
        let found = AssociationFixture.neighbours(try SpatialWeights(.queen(tolerance: .metres(2)), of: areas))
        for a in areas.indices {
            let expected = areas.indices.filter { $0 != a && Self.distance(areas[a], areas[$0]) <= 2 }
            #expect(found[a] == expected)
        }
    }

    private static func distance(_ a: MultiPolygon<PlanarPoint>, _ b: MultiPolygon<PlanarPoint>) -> Double {
        let (p, q) = (a.polygons[0].exterior, b.polygons[0].exterior)
        var least = Double.infinity
        for (a, b) in zip(p, p.dropFirst()) {
            for (c, d) in zip(q, q.dropFirst()) {
                let sides = [cross(a, b, c) * cross(a, b, d), cross(c, d, a) * cross(c, d, b)]
                if sides[0] < 0, sides[1] < 0 { return 0 }
                least = min(least, distance(a, c, d), distance(b, c, d), distance(c, a, b), distance(d, a, b))
            }
        }
        return least
    }

    private static func cross(_ a: PlanarPoint, _ b: PlanarPoint, _ c: PlanarPoint) -> Double {
        (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    }

    private static func distance(_ p: PlanarPoint, _ a: PlanarPoint, _ b: PlanarPoint) -> Double {
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let share = min(1, max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy)))
        return p.distance(to: PlanarPoint(x: a.x + share * dx, y: a.y + share * dy)).metres
    }

    /// libpysal 4.14.1, `KNN` and `DistanceBand`; printed by `tools/reference/association.py`.
    @Test func `Neighbours by distance agree with libpysal`() throws {
        let places = [
            (62.5, 89.7), (77.6, 22.5), (30.0, 87.4), (0.5, 82.1), (79.7, 46.8), (30.3, 27.8), (25.5, 44.5),
            (50.5, 55.3), (99.6, 79.3), (62.2, 98.9), (21.5, 16.0), (61.3, 4.4),
        ].map { (x: Double, y: Double) in PlanarPoint(x: x, y: y) }
        #expect(
            AssociationFixture.neighbours(try SpatialWeights(.nearest(2), among: places)) == [
                [2, 9], [4, 11], [0, 3], [2, 6], [1, 7], [6, 10], [5, 7], [4, 6], [0, 4], [0, 2], [5, 6], [1, 5],
            ])
        #expect(
            AssociationFixture.neighbours(try SpatialWeights(.nearest(4), among: places)) == [
                [2, 7, 8, 9], [4, 5, 7, 11], [0, 3, 7, 9], [2, 5, 6, 7], [0, 1, 7, 8], [6, 7, 10, 11], [2, 5, 7, 10],
                [0, 4, 5, 6], [0, 4, 7, 9], [0, 2, 7, 8], [5, 6, 7, 11], [1, 4, 5, 10],
            ])
        let band = try SpatialWeights(.distanceBand(.metres(30)), among: places)
        #expect(
            AssociationFixture.neighbours(band)
                == [[9], [4, 11], [3], [2], [1], [6, 10], [5, 7, 10], [6], [], [0], [5, 6], [1]])
        #expect(band.islands == [8])
        #expect(
            band.description
                == "distance band of 30 m, not standardised; 12 units, 1.33 neighbours on average, 1 without any")
    }

    @Test func `Neighbours by distance agree with trying all pairs, coincident places included`() throws {
        var random = SeededGenerator(seed: 9)
        let places = (0..<300).map { _ in
            PlanarPoint(
                x: Double(Int.random(in: 0...20, using: &random)), y: Double(Int.random(in: 0...20, using: &random)))
        }
        func order(from unit: Int) -> [(Double, Int)] {
            places.indices.filter { $0 != unit }.map { (places[unit].distance(to: places[$0]).metres, $0) }.sorted(
                by: <)
        }
        let nearest = AssociationFixture.neighbours(try SpatialWeights(.nearest(9), among: places))
        let band = AssociationFixture.neighbours(try SpatialWeights(.distanceBand(.metres(5)), among: places))
        for unit in places.indices {
            #expect(nearest[unit] == order(from: unit).prefix(9).map(\.1).sorted())
            #expect(band[unit] == order(from: unit).filter { $0.0 <= 5 }.map(\.1).sorted())
        }
    }

    @Test func `Cells have the neighbours their centres have, outside ones left out`() throws {
        let mask = try AssociationFixture.mask(9, 7, cell: 30.1, outside: [0, 13, 14, 30, 62])
        let centres = mask.insideCells.map { mask.grid.centre(column: $0 % 9, row: $0 / 9) }
        let rules: [NeighbourRule] = [
            .distanceBand(.metres(90.3)), .inverseDistance(within: .metres(60.2), power: 2),
            .kernel(.quartic, bandwidth: .metres(100)), .nearest(5),
        ]
        for rule in rules {
            let cells = try SpatialWeights(rule, over: mask, includesSelf: true)
            let places = try SpatialWeights(rule, among: centres, includesSelf: true)
            #expect(cells.neighbours == places.neighbours && cells.starts == places.starts)
            #expect(agree(cells.weights, places.weights, within: 1e-9))
        }
    }

    @Test func `Weights fall off as the rule says`() throws {
        let places = [0.0, 10, 40].map { PlanarPoint(x: $0, y: 0) }
        func weights(_ rule: NeighbourRule) throws -> [Double] { try SpatialWeights(rule, among: places).weights }
        let thirtieth = 1 / 30.0
        #expect(try weights(.inverseDistance(within: .metres(30))) == [0.1, 0.1, thirtieth, thirtieth])
        #expect(try weights(.inverseDistance(within: .metres(20), power: 2)) == [0.01, 0.01])
        #expect(try weights(.inverseDistance(within: .metres(20), closest: .metres(20))) == [0.05, 0.05])
        #expect(try weights(.kernel(.triangular, bandwidth: .metres(20))) == [0.5, 0.5])
        #expect(try weights(.kernel(.quartic, bandwidth: .metres(20))) == [0.5625, 0.5625])
        #expect(try weights(.kernel(.uniform, bandwidth: .metres(20))) == [1, 1])
        let gaussian = try weights(.kernel(.gaussian, bandwidth: .metres(10)))
        // e^-½, e^-4½ and e^-8, each both ways.
        let expected = [0.6065306597, 0.0003354626, 0.6065306597, 0.0111089965, 0.0003354626, 0.0111089965]
        #expect(agree(gaussian, expected, within: 1e-9))
    }

    @Test func `Rows can be standardised, and units counted in`() throws {
        let mask = try AssociationFixture.mask(3, 1)
        let own = try SpatialWeights(.rook(), over: mask, scaling: .rowStandardised, includesSelf: true)
        #expect(AssociationFixture.neighbours(own) == [[0, 1], [0, 1, 2], [1, 2]])
        let third = 1 / 3.0
        #expect(own.weights == [0.5, 0.5, third, third, third, 0.5, 0.5])
        let others = try SpatialWeights(.rook(), over: mask, scaling: .rowStandardised)
        #expect(own.includingSelf(false) == others && others.includingSelf(true) == own)
        #expect(try others.lag(of: [1, 5, 9]) == [5, 5, 5])
        #expect(throws: HotspotError.valuesDiffer(units: 3, values: 1)) { try others.lag(of: [1]) }
    }

    @Test func `Weights made elsewhere are checked`() throws {
        let given = try SpatialWeights(given: [[(2, 0.5), (1, 2)], [], [(0, 0)]], named: "roads")
        #expect(AssociationFixture.neighbours(given) == [[1, 2], [], []] && given.weights == [2, 0.5])
        #expect(given.islands == [1, 2] && given.rule == .given("roads"))
        let wrong: [[(neighbour: Int, weight: Double)]] = [
            [(3, 1)], [(-1, 1)], [(1, -1)], [(1, .nan)], [(1, .infinity)], [(1, 1), (1, 1)],
        ]
        for row in wrong {
            #expect(throws: HotspotError.self) { try SpatialWeights(given: [row, []], named: "wrong") }
        }
    }

    @Test func `Nothing, one unit and unusable parameters have an answer`() throws {
        #expect(try SpatialWeights(.queen(), of: []).count == 0)
        #expect(try SpatialWeights(.distanceBand(.metres(1)), among: []).description.contains("0 units"))
        #expect(try SpatialWeights(.queen(), of: AssociationFixture.squares(1, 1)).islands == [0])
        #expect(try SpatialWeights(.queen(), of: [MultiPolygon([]), MultiPolygon([])]).islands == [0, 1])
        #expect(throws: HotspotError.self) { try SpatialWeights(.nearest(1), of: AssociationFixture.squares(1, 1)) }
        let places = AssociationFixture.sixPlaces
        #expect(throws: HotspotError.self) { try SpatialWeights(.queen(), among: places) }
        for rule in [
            NeighbourRule.nearest(0), .nearest(6), .distanceBand(.metres(0)), .distanceBand(.metres(.nan)),
            .distanceBand(.metres(.infinity)), .inverseDistance(within: .metres(1), power: -1),
            .inverseDistance(within: .metres(1), closest: .metres(0)), .kernel(.quartic, bandwidth: .metres(-1)),
            .given("x"),
        ] {
            #expect(throws: HotspotError.self) { try SpatialWeights(rule, among: places) }
        }
        #expect(throws: HotspotError.self) {
            try SpatialWeights(.queen(tolerance: .metres(-1)), of: AssociationFixture.squares(2, 2))
        }
        #expect(throws: HotspotError.coordinatesOutOfRange(unit: 1)) {
            try SpatialWeights(.distanceBand(.metres(1)), among: [places[0], PlanarPoint(x: .nan, y: 0)])
        }
        let wild = MultiPolygon([Polygon(exterior: [places[0], PlanarPoint(x: .infinity, y: 0), places[0]])])
        #expect(throws: HotspotError.coordinatesOutOfRange(unit: 0)) { try SpatialWeights(.rook(), of: [wild]) }
        // Centres of nothing.
        #expect(throws: HotspotError.coordinatesOutOfRange(unit: 0)) {
            try SpatialWeights(.distanceBand(.metres(1)), of: [MultiPolygon([])])
        }
    }

    @Test func `Rules say what must hold and what was found`() {
        #expect(
            throws: HotspotError.ruleOutOfRange(
                "the distance band must be greater than 0 m and at most 10000000 m, but is -5 m")
        ) { try SpatialWeights(.distanceBand(.metres(-5)), among: []) }
        #expect(
            HotspotError.valueNotUsable(unit: 3, value: -1, needed: "0 or more").description
                == "values must be 0 or more, but unit 3 has -1.0")
    }
}
