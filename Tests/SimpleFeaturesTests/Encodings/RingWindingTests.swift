import SimpleFeatures
import Testing

@Suite struct RingWindingTests {
    @Test func `Twice the area of a ring is positive counter-clockwise and negative clockwise`() {
        let ring = [(0, 0), (4, 0), (4, 3), (0, 0)].map { PlanarPoint(x: $0.0, y: $0.1) }
        #expect(RingWinding.signedDoubleArea(ring) == 12)
        #expect(RingWinding.signedDoubleArea(ring.reversed()) == -12)
        #expect(RingWinding.signedDoubleArea(Array(ring.dropLast())) == 12)
        #expect(RingWinding.signedDoubleArea([PlanarPoint]()) == 0)
    }

    @Test func `A small ring far from the origin keeps its sign`() {
        let ring = [(0.0, 0.0), (1e-3, 0), (1e-3, 1e-3), (0, 0)].map {
            PlanarPoint(x: 500_000 + $0.0, y: 2_800_000 + $0.1)
        }
        #expect(abs(RingWinding.signedDoubleArea(ring) - 1e-6) < 1e-9)
    }
}
