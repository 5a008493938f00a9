import SimpleFeatures
import TestSupport
import Testing
import Topology

@Suite struct OverlayTests {
    @Test func `Two squares share the rectangle in which they overlap`() throws {
        let overlay = try Overlay()
        let a: MultiPolygon<PlanarPoint> = rectangle(0, 0, 10, 10)
        #expect(try overlay.intersectionArea(a, rectangle(6, 7, 10, 10)) == 12)
        #expect(try overlay.intersectionArea(a, rectangle(10, 0, 10, 10)) == 0)
        #expect(try overlay.intersectionArea(a, rectangle(50, 50, 1, 1)) == 0)
        #expect(try overlay.intersectionArea(a, MultiPolygon([])) == 0)
        #expect(try overlay.intersectionArea(a, a) == 100)
    }

    @Test func `A hole is no part of an area`() throws {
        let ringed = MultiPolygon<PlanarPoint>([Polygon(exterior: ring(0, 0, 10, 10), holes: [ring(2, 2, 4, 4)])])
        let overlay = try Overlay()
        #expect(try overlay.area(ringed) == 84)
        #expect(try overlay.intersectionArea(ringed, rectangle(0, 0, 4, 4)) == 12)
    }

    @Test func `A union counts shared ground once`() throws {
        let overlay = try Overlay()
        let union: MultiPolygon<PlanarPoint> = try overlay.union([
            rectangle(0, 0, 10, 10), rectangle(6, 7, 10, 10), rectangle(100, 100, 1, 1),
        ])
        #expect(union.polygons.count == 2)
        #expect(try overlay.area(union) == 189)
        #expect(try overlay.union([MultiPolygon<PlanarPoint>]()).polygons.isEmpty)
    }

    /// A stadium: a rectangle and two half discs, which 16 lines to a quarter make a little smaller.
    @Test func `What lies within reach of a line is a stadium, of a point a disc, of a square one with round corners`()
        throws
    {
        let overlay = try Overlay()
        func area(_ geometry: Geometry<PlanarPoint>) throws -> Double {
            try overlay.area(overlay.buffer(geometry, by: .metres(10)))
        }
        let disc = 64 * 0.5 * 100 * 0.0980171403295606  // 64 triangles with sin(2π/64)
        let line = [PlanarPoint(x: 0, y: 0), PlanarPoint(x: 60, y: 80)]
        #expect(abs(try area(.lineString(line)) - (2000 + disc)) < 1e-9)
        #expect(abs(try area(.point(line[1])) - disc) < 1e-9)
        let square: MultiPolygon<PlanarPoint> = rectangle(0, 0, 50, 50)
        #expect(abs(try area(.multiPolygon(square)) - (2500 + 2000 + disc)) < 1e-9)
        let ring = try overlay.difference(overlay.buffer(.multiPolygon(square), by: .metres(10)), without: square)
        #expect(ring.polygons.count == 1 && ring.polygons[0].holes.count == 1)
        #expect(abs(try overlay.area(ring) - (2000 + disc)) < 1e-9)
        for reach in [0, -1, .nan, .infinity] {
            #expect(throws: TopologyError.self) { try overlay.buffer(.point(line[0]), by: .metres(reach)) }
        }
        #expect(try overlay.buffer(.collection([]), by: .metres(1)).polygons.isEmpty)
    }

    @Test func `Invalid areas are repaired before they are laid over others`() throws {
        #expect(try Overlay().area(bowTie() as MultiPolygon<PlanarPoint>) == 50)
        #expect(try Overlay().intersectionArea(bowTie(), rectangle(0, 0, 10, 5) as MultiPolygon<PlanarPoint>) == 25)
    }

    @Test func `Shared areas of random rectangles agree with arithmetic`() throws {
        let overlay = try Overlay()
        var generator = SeededGenerator(seed: 2)
        func side() -> (Double, Double) {
            (.random(in: 0...100, using: &generator), .random(in: 1...60, using: &generator))
        }
        for _ in 0..<300 {
            let (ax, ay, bx, by) = (side(), side(), side(), side())
            func shared(_ a: (Double, Double), _ b: (Double, Double)) -> Double {
                max(0, min(a.0 + a.1, b.0 + b.1) - max(a.0, b.0))
            }
            let area = try overlay.intersectionArea(
                rectangle(ax.0, ay.0, ax.1, ay.1) as MultiPolygon<PlanarPoint>, rectangle(bx.0, by.0, bx.1, by.1))
            #expect(abs(area - shared(ax, bx) * shared(ay, by)) < 1e-9)
        }
    }

    @Test func `Coordinates near the limits give a number or an error, never a crash`() throws {
        let huge: MultiPolygon<PlanarPoint> = rectangle(-1e300, -1e300, 2e300, 2e300)
        let overlay = try Overlay()
        _ = try? overlay.area(huge)
        _ = try? overlay.intersectionArea(huge, rectangle(0, 0, 1e-300, 1e-300))
        _ = try? overlay.union([huge, bowTie()])
    }
}
