import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct ConvexHullTests {
    private func outline(_ points: [PlanarPoint]) throws -> ConvexHullResult {
        ConvexHull().outline(of: try PatternFixture.pattern(points))
    }

    /// pointpats/tests/test_centrography.py: (1, 2), (2, 1), (3, 1), (4, 4), (3, 4).
    @Test func `Ebdon's points have pointpats' hull`() throws {
        let hull = try outline(PatternFixture.ebdon)
        #expect(hull.vertices == [(2, 1), (3, 1), (4, 4), (3, 4), (1, 2)].map { PlanarPoint(x: $0.0, y: $0.1) })
        #expect(hull.squareMetres == 5)
        #expect(hull.polygon?.exterior.first == hull.polygon?.exterior.last)
    }

    @Test func `All places lie on one side of every edge, and corners turn`() throws {
        var generator = SeededGenerator(seed: 7)
        for count in 3...40 {
            // Few whole numbers: repeated places, and many on one line.
            let points = (0..<count).map { _ in
                PlanarPoint(
                    x: Double(Int.random(in: 0...6, using: &generator)) * 0.1,
                    y: Double(Int.random(in: 0...6, using: &generator)) * 0.1)
            }
            let hull = try outline(points)
            guard let ring = hull.polygon?.exterior else {
                #expect(hull.squareMetres == 0)
                continue
            }
            for (index, (a, b)) in zip(ring, ring.dropFirst()).enumerated() {
                #expect(points.allSatisfy { Predicates.orientation(a, b, $0) != .clockwise })
                let next = ring.dropFirst()[(index + 1) % (ring.count - 1) + 1]
                #expect(Predicates.orientation(a, b, next) == .counterClockwise)
            }
        }
    }

    @Test func `Nothing, a place and a line have what is left of a hull`() throws {
        let (a, b) = (PlanarPoint(x: 1, y: 1), PlanarPoint(x: 4, y: 7))
        #expect(try outline([]).geometry == nil)
        #expect(try outline([a, a]).geometry == .point(a))
        #expect(try outline([b, a, PlanarPoint(x: 2, y: 3), b]).geometry == .lineString([a, b]))
        #expect(
            try outline([PlanarPoint(x: 3, y: 5), PlanarPoint(x: 1, y: 5), PlanarPoint(x: 9, y: 5)]).vertices.count == 2
        )
        #expect(try outline([a, b]).squareMetres == 0)
    }
}
