import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct RipleyKTests {
    private func k(
        _ points: [PlanarPoint], _ correction: RipleyK.Correction, in area: MultiPolygon<PlanarPoint>
    ) throws -> [Double?] {
        let method = RipleyK(correction: correction, greatestDistance: .metres(246.4), steps: 20, simulations: 0)
        let result = try method.measure(PatternFixture.pattern(points), in: .polygon(area))
        return [4, 9, 19].map { result.steps[$0].k }
    }

    /// Two incidents 30 m apart in a square of 100 m: A/(n(n − 1)) = 5000 m² times two pairs. Shifted by 30 m the square
    /// shares 70 %. About (20, 50) the circle of 30 m loses the arc beyond the border, 2·acos(20/30); about (50, 50) none.
    @Test func `Two incidents have the K of a hand`() throws {
        let pattern = try PatternFixture.pattern([PlanarPoint(x: 20, y: 50), PlanarPoint(x: 50, y: 50)])
        let area = StudyArea.polygon(PatternFixture.area([(0, 0), (100, 0), (100, 100), (0, 100)]))
        func k(_ correction: RipleyK.Correction) throws -> [Double?] {
            try RipleyK(correction: correction, greatestDistance: .metres(40), steps: 4, simulations: 0)
                .measure(pattern, in: area).steps.map(\.k)
        }
        #expect(try k(.none) == [0, 0, 10_000, 10_000])
        // Both are 10 and 20 m from the border, only one 30 m: A/(n − 1) times its one neighbour.
        #expect(try k(.border) == [0, 0, 10_000, 10_000])
        #expect(isNear(try k(.translation)[2], 10_000 / 0.7))
        let lost = 2 * 0.8410686705679303
        #expect(isNear(try k(.isotropic)[2], 5000 * (1 + 1 / (1 - lost / (2 * Double.pi)))))
    }

    /// spatstat.explore 3.0-6, tools/reference/ripley.R. Its border correction divides by n where ours divides by n − 1,
    /// as λ² = n(n − 1)/A² asks.
    @Test(arguments: [
        (RipleyK.Correction.none, 9291.52148664344, 142857.142857143, 1.0),
        (.border, 10582.0105820106, 190476.190476191, 42.0 / 41), (.translation, 10779.5613081626, 181620.038133998, 1),
        (.isotropic, 10690.3213048051, 168231.157349077, 1),
    ])
    func `Cells in a square have spatstat's K`(
        correction: RipleyK.Correction, nearer: Double, farther: Double, factor: Double
    ) throws {
        let found = try k(PatternFixture.cells, correction, in: PatternFixture.squareKilometre)
        #expect(found[0] == 0)
        #expect(isNear(found[1], nearer * factor))
        #expect(isNear(found[2], farther * factor))
    }

    /// As above; the translation correction by shapely 2.1.2, tools/reference/ripley_translation.py.
    @Test(arguments: [
        (RipleyK.Correction.none, 3604.49735449735, 118948.412698413, 1e-12),
        (.isotropic, 4279.36269664427, 170671.353329012, 1e-12),
        (.translation, 4641.733694173363, 177624.6387732665, 5e-4),
    ])
    func `Cells in an L with a hole have spatstat's K`(
        correction: RipleyK.Correction, nearer: Double, farther: Double, share: Double
    ) throws {
        let found = try k(PatternFixture.cells, correction, in: PatternFixture.ell)
        #expect(isNear(found[1], nearer, share))
        #expect(isNear(found[2], farther, share))
    }

    /// From spatstat's distances by the definition, tools/reference/ripley.R (its `Kest` counts cells nearer to the border of a
    /// polygon too); at 246.4 m no cell is as far from the border.
    @Test func `Where nobody is far enough from the border there is no K`() throws {
        let found = try k(PatternFixture.cells, .border, in: PatternFixture.ell)
        #expect(isNear(found[1], 6307.87037037037))
        #expect(found[2] == nil)
    }

    @Test(arguments: RipleyK.Correction.allCases)
    func `K is that of the definition, repeated places included`(correction: RipleyK.Correction) throws {
        var generator = SeededGenerator(seed: 3)
        var points = PatternFixture.scatter(30, width: 1000, height: 1000, using: &generator)
        points += points.prefix(4) + points.prefix(2)
        let window = SlowWindow(PatternFixture.ell)
        let inside = points.filter(window.contains)
        let distances = RipleyK(correction: correction, greatestDistance: .metres(300), steps: 2, simulations: 0)
        let result = try distances.measure(PatternFixture.pattern(points), in: .polygon(PatternFixture.ell))
        #expect((result.incidents, result.outside) == (inside.count, points.count - inside.count))
        #expect(result.duplicates.incidents == inside.count)
        for step in result.steps {
            let expected = window.k(inside, at: step.distance.metres, correction)
            // Circles and shifted areas are sampled here: to a hundredth.
            let isSampled = correction == .isotropic || correction == .translation
            if let expected {
                #expect(isNear(step.k, expected, isSampled ? 1e-2 : 1e-12))
            } else {
                #expect(step.k == nil)
            }
        }
    }

    /// At distances beyond the window all pairs are counted, each by the inverse of what two windows share.
    @Test func `Distances may be greater than the study area`() throws {
        let window = SlowWindow(PatternFixture.ell)
        let points = [(50, 50), (950, 350), (50, 950)].map { PlanarPoint(x: $0.0, y: $0.1) }
        let result = try RipleyK(correction: .translation, greatestDistance: .kilometres(90), steps: 1, simulations: 0)
            .measure(PatternFixture.pattern(points), in: .polygon(PatternFixture.ell))
        let expected = try #require(window.k(points, at: 90_000, .translation))
        #expect(isNear(result.steps[0].k, expected, 0.1))
    }

    @Test(arguments: RipleyK.Correction.allCases)
    func `Rows in any order and any number of threads give the same bits`(correction: RipleyK.Correction) throws {
        var generator = SeededGenerator(seed: 4)
        let points = PatternFixture.scatter(150, width: 1000, height: 1000, using: &generator)
        let method = RipleyK(
            correction: correction, greatestDistance: .metres(60), steps: 8, simulations: 5, seed: 9)
        func measure(_ points: [PlanarPoint], threads: Int?) throws -> [RipleyKResult.Step] {
            try method.measure(
                PatternFixture.pattern(points), in: .polygon(PatternFixture.ell), threads: threads
            ).steps
        }
        let alone = try measure(points, threads: 1)
        #expect(try measure(points, threads: 2) == alone)
        #expect(try measure(points.shuffled(using: &generator), threads: nil) == alone)
        #expect(alone.allSatisfy { $0.meanOfRandom != nil && $0.overall != nil })
    }

    @Test func `Incidents spread at random stay within the range of chance, a heap does not`() throws {
        var generator = SeededGenerator(seed: 8)
        let random = PatternFixture.scatter(200, width: 1000, height: 1000, using: &generator)
        let heap = random.map { PlanarPoint(x: 500 + $0.x / 20, y: 500 + $0.y / 20) }
        let method = RipleyK(steps: 5, simulations: 39, seed: 2)
        let area = StudyArea.polygon(PatternFixture.squareKilometre)
        let chance = try method.measure(PatternFixture.pattern(random), in: area)
        #expect(try #require(chance.p) > 0.05)
        #expect(chance.pointwiseLevel == 0.05)
        for step in chance.steps {
            #expect(isNear(step.meanOfRandom, .pi * step.distance.metres * step.distance.metres, 0.1))
            #expect(try #require(step.overall).contains(try #require(step.k)))
        }
        let clustered = try method.measure(PatternFixture.pattern(heap), in: area)
        #expect(clustered.p == 1.0 / 40)
        #expect(try #require(clustered.steps[0].lMinusDistance) > 50)
        #expect(try #require(clustered.steps[0].k) > (try #require(clustered.steps[0].overall)).upperBound)
    }

    @Test func `The greatest distance is a quarter of the shorter side, or less where incidents crowd`() throws {
        var generator = SeededGenerator(seed: 1)
        let method = RipleyK(correction: .none, steps: 1, simulations: 0)
        let area = StudyArea.polygon(PatternFixture.area([(0, 0), (800, 0), (800, 400), (0, 400)]))
        let few = PatternFixture.scatter(9, width: 800, height: 400, using: &generator)
        #expect(try method.measure(PatternFixture.pattern(few), in: area).steps[0].distance == .metres(100))
        let many = PatternFixture.scatter(20_000, width: 800, height: 400, using: &generator)
        let distance = try method.measure(PatternFixture.pattern(many), in: area).steps[0].distance.metres
        #expect(isNear(distance, (16_000 / Double.pi).squareRoot()))
    }

    @Test func `The work is given up when progress says so`() throws {
        let pattern = try PatternFixture.pattern(PatternFixture.cells)
        #expect(throws: HotspotError.cancelled) {
            try RipleyK(simulations: 20).measure(pattern, in: .boundingBox, threads: 1) { $0 < 0.3 }
        }
    }

    @Test func `Degenerate input is refused or answered`() throws {
        let area = StudyArea.polygon(PatternFixture.squareKilometre)
        let one = try PatternFixture.pattern([PlanarPoint(x: 5, y: 5), PlanarPoint(x: 5000, y: 5)])
        let heap = try PatternFixture.pattern(Array(repeating: PlanarPoint(x: 500, y: 500), count: 5))
        let line = try PatternFixture.pattern((1...4).map { PlanarPoint(x: Double($0), y: Double($0)) })
        #expect(throws: HotspotError.tooFew(method: "Ripley's K", needed: 2, found: 1)) {
            try RipleyK().measure(one, in: area)
        }
        for shape in [StudyArea.boundingBox, .convexHull] {
            #expect(throws: HotspotError.studyAreaWithoutArea) { try RipleyK().measure(heap, in: shape) }
        }
        #expect(throws: HotspotError.studyAreaWithoutArea) { try RipleyK().measure(line, in: .convexHull) }
        #expect(throws: HotspotError.distanceNotPositive(.metres(-1))) {
            try RipleyK(greatestDistance: .metres(-1)).measure(line, in: area)
        }
        #expect(throws: HotspotError.countOutOfRange(name: "the number of distances", least: 1, most: 1000, found: 0)) {
            try RipleyK(steps: 0).measure(line, in: area)
        }
        #expect(throws: HotspotError.significanceOutOfRange(1)) {
            try RipleyK(significance: 1).measure(line, in: area)
        }
        for correction in RipleyK.Correction.allCases {
            let result = try RipleyK(correction: correction, steps: 2, simulations: 1).measure(heap, in: area)
            #expect(result.steps.allSatisfy { $0.k.map { isNear($0, 1e6) } ?? false })
            _ = try RipleyK(correction: correction, greatestDistance: .kilometres(1e6), steps: 2, simulations: 1)
                .measure(line, in: area)
        }
        // Two parts that cover one another leave nothing inside by the even-odd rule.
        let twice = MultiPolygon(PatternFixture.squareKilometre.polygons + PatternFixture.squareKilometre.polygons)
        #expect(throws: HotspotError.tooFew(method: "Ripley's K", needed: 2, found: 0)) {
            try RipleyK().measure(line, in: .polygon(twice))
        }
        #expect(throws: HotspotError.studyAreaWithoutArea) {
            try RipleyK().measure(line, in: .polygon(PatternFixture.area([(0, 0), (.nan, 5), (9, 9), (0, 9)])))
        }
    }
}

/// The definitions, one point and one circle at a time.
private struct SlowWindow {
    let area: MultiPolygon<PlanarPoint>
    let edges: [(PlanarPoint, PlanarPoint)]

    init(_ area: MultiPolygon<PlanarPoint>) {
        self.area = area
        edges = area.polygons.flatMap(\.rings).flatMap { zip($0, $0.dropFirst()) }
    }

    func contains(_ point: PlanarPoint) -> Bool {
        edges.count { a, b in
            (a.y > point.y) != (b.y > point.y) && point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)
        } % 2 == 1
    }

    func border(from point: PlanarPoint) -> Double {
        edges.map { a, b in
            let (ex, ey) = (b.x - a.x, b.y - a.y)
            let share = min(1, max(0, ((point.x - a.x) * ex + (point.y - a.y) * ey) / (ex * ex + ey * ey)))
            return point.distance(to: PlanarPoint(x: a.x + share * ex, y: a.y + share * ey)).metres
        }.min() ?? 0
    }

    /// Of points on a circle, evenly spaced.
    private func shareOfCircle(_ centre: PlanarPoint, _ radius: Double) -> Double {
        guard radius > border(from: centre) else { return 1 }
        let count = 400
        let inside = (0..<count).count { index in
            let angle = (Double(index) + 0.5) / Double(count)
            let (cosine, sine) = Self.unit(angle)
            return contains(PlanarPoint(x: centre.x + radius * cosine, y: centre.y + radius * sine))
        }
        return max(0.01, Double(inside) / Double(count))
    }

    /// Cosine and sine of a share of a full turn, by halving a polygon's angle: no library needed.
    private static func unit(_ turn: Double) -> (Double, Double) {
        var (cosine, sine, stepCosine, stepSine, rest) = (1.0, 0.0, -1.0, 0.0, turn * 2)
        for _ in 0..<40 {
            if rest >= 1 {
                (cosine, sine) = (cosine * stepCosine - sine * stepSine, sine * stepCosine + cosine * stepSine)
                rest -= 1
            }
            rest *= 2
            let half = max(0, (1 + stepCosine) / 2).squareRoot()
            (stepCosine, stepSine) = (half, max(0, (1 - stepCosine) / 2).squareRoot())
        }
        return (cosine, sine)
    }

    /// Of points of a lattice.
    private func sharedArea(_ dx: Double, _ dy: Double) -> Double {
        let count = 80
        let box = area.envelope
        var both = 0
        for row in 0..<count {
            for column in 0..<count {
                let point = PlanarPoint(
                    x: box.minX + (Double(column) + 0.5) / Double(count) * box.width,
                    y: box.minY + (Double(row) + 0.5) / Double(count) * box.height)
                if contains(point), contains(PlanarPoint(x: point.x + dx, y: point.y + dy)) { both += 1 }
            }
        }
        return Double(both) / Double(count * count) * box.width * box.height
    }

    func k(_ points: [PlanarPoint], at radius: Double, _ correction: RipleyK.Correction) -> Double? {
        let n = Double(points.count)
        let centres = points.indices.filter { correction != .border || border(from: points[$0]) >= radius }
        var sum = 0.0
        for i in centres {
            for j in points.indices where i != j {
                let distance = points[i].distance(to: points[j]).metres
                guard distance <= radius else { continue }
                switch correction {
                case .none, .border: sum += 1
                case .isotropic: sum += 1 / shareOfCircle(points[i], distance)
                case .translation:
                    sum += area.squareMetres / sharedArea(points[j].x - points[i].x, points[j].y - points[i].y)
                }
            }
        }
        guard correction == .border else { return sum * area.squareMetres / (n * (n - 1)) }
        return centres.isEmpty ? nil : sum * area.squareMetres / ((n - 1) * Double(centres.count))
    }
}
