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
