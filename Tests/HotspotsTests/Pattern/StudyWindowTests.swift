@testable import Hotspots
import SimpleFeatures
import Statistics
import TestSupport
import Testing

@Suite struct StudyWindowTests {
    /// Even-odd by crossings to the east, for points that are on no border.
    private func isInside(_ area: MultiPolygon<PlanarPoint>, _ x: Double, _ y: Double) -> Bool {
        var inside = false
        for ring in area.polygons.flatMap(\.rings) {
            for (a, b) in zip(ring, ring.dropFirst()) where (a.y > y) != (b.y > y) {
                if x < a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x) { inside.toggle() }
            }
        }
        return inside
    }

    private func star(_ corners: Int, using generator: inout SeededGenerator) -> MultiPolygon<PlanarPoint> {
        // Corners of a spiral square, pulled in at random: no two edges cross.
        var ring: [(Double, Double)] = []
        for corner in 0..<corners {
            let turn = 4 * Double(corner) / Double(corners)
            let along = turn - turn.rounded(.down)
            let reach = Double.random(in: 100...500, using: &generator)
            let across = 2 * along - 1
            let sides = [(1.0, across), (-across, 1.0), (-1.0, -across), (across, -1.0)]
            let side = sides[min(3, Int(turn))]
            ring.append((side.0 * reach, side.1 * reach))
        }
        return PatternFixture.area(ring)
    }

    @Test(arguments: [3, 4, 12, 300])
    func `Points are inside as crossings tell, and borders belong`(corners: Int) throws {
        var generator = SeededGenerator(seed: UInt64(corners))
        for area in [star(corners, using: &generator), PatternFixture.ell] {
            let window = try StudyWindow(area, method: "a test")
            for _ in 0..<500 {
                let x = Double.random(in: -0.1 * window.width...1.1 * window.width, using: &generator)
                let y = Double.random(in: -0.1 * window.height...1.1 * window.height, using: &generator)
                #expect(window.contains(x: x, y: y) == isInside(area, x + window.origin.x, y + window.origin.y))
            }
            for edge in window.edges { #expect(window.contains(x: edge.a.x, y: edge.a.y)) }
        }
        let ell = try StudyWindow(PatternFixture.ell, method: "a test")
        for (x, y) in [(500.0, 0.0), (0, 700), (1000, 200), (300, 200), (400, 250), (450, 800)] {
            #expect(ell.contains(x: x, y: y))
        }
        for (x, y) in [(400.0, 200.0), (451, 800), (-0.001, 5), (.nan, 5), (5, .infinity)] {
            #expect(!ell.contains(x: x, y: y))
        }
    }

    /// Of 20,000 points a share s falls into a part of the area; five standard errors are √(s(1 − s)/20,000)·5.
    @Test func `Points drawn at random fall everywhere alike`() throws {
        let window = try StudyWindow(PatternFixture.ell, method: "a test")
        var generator = SplitMix64(seed: 3)
        var (east, south, outside) = (0.0, 0.0, 0)
        for _ in 0..<20_000 {
            let point = try #require(window.draw(&generator))
            if point.x > 450 { east += 1 }
            if point.y < 100 { south += 1 }
            if !isInside(PatternFixture.ell, point.x, point.y) { outside += 1 }
        }
        #expect(outside == 0)
        // 550 · (400 + 150/2) less the hole's 50 · 150, and 1000 · 100, of 681,250 m².
        for (found, squareMetres) in [(east, 253_750.0), (south, 100_000)] {
            let share = squareMetres / 681_250
            #expect(abs(found / 20_000 - share) < 5 * (share * (1 - share) / 20_000).squareRoot())
        }
    }

    @Test func `Rings may wind either way and be left open`() throws {
        let ring = PatternFixture.ell.polygons[0]
        let turned = MultiPolygon([
            Polygon(
                exterior: Array(ring.exterior.reversed().dropLast()), holes: ring.holes.map { Array($0.reversed()) })
        ])
        let points = try PatternFixture.pattern(PatternFixture.cells)
        let method = RipleyK(correction: .isotropic, steps: 3, simulations: 0)
        let plain = try method.measure(points, in: .polygon(PatternFixture.ell))
        // An open ring's area lacks the last corner's share, so the ring is closed for it here.
        var closed = turned
        closed.polygons[0].exterior.append(closed.polygons[0].exterior[0])
        let other = try method.measure(points, in: .polygon(closed))
        #expect(zip(plain.steps, other.steps).allSatisfy { isNear($0.k, $1.k ?? -1) })
    }

    @Test func `A window as thin as a hair draws no points, but ends`() throws {
        let hair = PatternFixture.area([(0, 0), (1e7, 1e7), (1e7, 1e7 + 1e-6)])
        let window = try StudyWindow(hair, method: "a test")
        var generator = SplitMix64(seed: 1)
        #expect(window.draw(&generator) == nil)
    }
}

@Suite struct RankEnvelopesTests {
    /// Ranks from either side, at the three distances: observed 1 1 2, the others 2 3 1, 3 2 3, 2 2 2 and 1 1 1. Sorted,
    /// the last (1 1 1) is the most extreme, then the observed (1 1 2), 1 2 3, 2 2 2, 2 3 3.
    @Test func `Curves are ordered by how extreme they are, and how often`() {
        let observed: [Double?] = [10, 9, 4]
        let simulated: [[Double?]] = [[4, 5, 5], [5, 4, 3], [6, 6, 2], [1, 1, 1]]
        let envelopes = RankEnvelopes(observed: observed, simulated, significance: 0.2)
        #expect(envelopes.p == 0.4)
        // One of five may be left out: the last.
        #expect(envelopes.overall == [4...10, 4...9, 2...5])
        #expect(envelopes.pointwise == [1...6, 1...6, 1...5])
        #expect(envelopes.pointwiseLevel == 0.4)
        #expect(envelopes.means == [4, 4, 2.75])
    }

    @Test func `Equal curves are equally extreme, and what has no value tells nothing`() {
        let flat = RankEnvelopes(observed: [0, 3], Array(repeating: [0, 3], count: 9), significance: 0.05)
        #expect(flat.p == 1)
        #expect(flat.overall == [0...0, 3...3])
        let partly = RankEnvelopes(observed: [1, nil], [[2, 5], [0, nil], [3, 1]], significance: 0.05)
        #expect(partly.overall == [0...3, 1...5])
        #expect(RankEnvelopes(observed: [1], [], significance: 0.05).p == nil)
    }
}
