import SimpleFeatures
import Testing

@Suite struct RingWindingTests {
    @Test func `The area of a ring is positive counter-clockwise and negative clockwise`() {
        let ring = [(0, 0), (4, 0), (4, 3), (0, 0)].map { PlanarPoint(x: $0.0, y: $0.1) }
        #expect(Predicates.signedArea(of: ring) == 6)
        #expect(Predicates.signedArea(of: ring.reversed()) == -6)
        #expect(Predicates.signedArea(of: Array(ring.dropLast())) == 6)
        #expect(Predicates.signedArea(of: [PlanarPoint]()) == 0)
    }

    @Test func `A small ring far from the origin keeps its sign`() {
        let ring = [(0.0, 0.0), (1e-3, 0), (1e-3, 1e-3), (0, 0)].map {
            PlanarPoint(x: 500_000 + $0.0, y: 2_800_000 + $0.1)
        }
        #expect(abs(Predicates.signedArea(of: ring) - 0.5e-6) < 0.5e-9)
    }
}
