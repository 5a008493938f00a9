import SimpleFeatures
import TestSupport
import Testing

/// A position on a grid of integers; times a power of two it is a position in floating point, without rounding.
private struct GridPoint: Equatable {
    var x: Int64
    var y: Int64

    func scaled(by scale: Double) -> PlanarPoint { PlanarPoint(x: Double(x) * scale, y: Double(y) * scale) }
}

/// The determinant in 128-bit integers, which hold it whole for coordinates below 2⁶¹.
private func exactTurn(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint) -> Orientation {
    let left = (Int128(a.x) - Int128(c.x)) * (Int128(b.y) - Int128(c.y))
    let right = (Int128(a.y) - Int128(c.y)) * (Int128(b.x) - Int128(c.x))
    return left > right ? .counterClockwise : left < right ? .clockwise : .collinear
}

private func mistakes(_ triples: some Sequence<(GridPoint, GridPoint, GridPoint)>, scale: Double = 0x1p-40) -> Int {
    triples.count { a, b, c in
        Predicates.orientation(a.scaled(by: scale), b.scaled(by: scale), c.scaled(by: scale)) != exactTurn(a, b, c)
    }
}

struct PredicatesTests {
    @Test func `A left turn is counter-clockwise`() {
        let (a, b) = (PlanarPoint(x: 0, y: 0), PlanarPoint(x: 1, y: 0))
        #expect(Predicates.orientation(a, b, PlanarPoint(x: 1, y: 1)) == .counterClockwise)
        #expect(Predicates.orientation(a, b, PlanarPoint(x: 1, y: -1)) == .clockwise)
        #expect(Predicates.orientation(a, b, PlanarPoint(x: 7, y: 0)) == .collinear)
    }

    @Test func `Three equal positions are collinear`() {
        let a = LonLat(longitude: -100.3161126, latitude: 25.6866142)
        #expect(Predicates.orientation(a, a, a) == .collinear)
        #expect(Predicates.orientation(a, a, LonLat(longitude: 1, latitude: 2)) == .collinear)
    }

    /// Kettner, Mehlhorn, Pion, Schirra & Yap (2008), *Classroom examples of robustness problems in geometric
    /// computations*, section 3: points around (1/2, 1/2) against the line through (12, 12) and (24, 24).
    @Test func `The points around one half are turned as exact arithmetic turns them`() {
        let unit: Int64 = 1 << 53
        let (q, r) = (GridPoint(x: 12 * unit, y: 12 * unit), GridPoint(x: 24 * unit, y: 24 * unit))
        let points = (0..<256).flatMap { i in (0..<256).map { j in GridPoint(x: unit / 2 + i, y: unit / 2 + j) } }
        #expect(mistakes(points.map { ($0, q, r) }, scale: 0x1p-53) == 0)
        #expect(plainMistakes(points.map { ($0, q, r) }, scale: 0x1p-53) > 10_000)
    }

    @Test func `Points beside a line at the limit of precision are on their side`() {
        var generator = SeededGenerator(seed: 1)
        let triples = (0..<200_000).map { _ in
            let a = GridPoint(
                x: .random(in: -limit...limit, using: &generator), y: .random(in: -limit...limit, using: &generator))
            let b = GridPoint(
                x: .random(in: -limit...limit, using: &generator), y: .random(in: -limit...limit, using: &generator))
            let share = Double.random(in: -0.5...1.5, using: &generator)
            let c = GridPoint(
                x: a.x + Int64(share * Double(b.x - a.x)) + .random(in: -1...1, using: &generator),
                y: a.y + Int64(share * Double(b.y - a.y)) + .random(in: -1...1, using: &generator))
            return (a, b, c)
        }
        #expect(mistakes(triples) == 0)
    }

    @Test func `Points on a line are collinear, and one step aside they are not`() {
        var generator = SeededGenerator(seed: 2)
        var triples: [(GridPoint, GridPoint, GridPoint)] = []
        for _ in 0..<50_000 {
            let a = GridPoint(
                x: .random(in: -limit / 4...limit / 4, using: &generator), y: .random(in: -9...9, using: &generator))
            let step = GridPoint(
                x: .random(in: -99999...99999, using: &generator), y: .random(in: -99999...99999, using: &generator))
            let (m, n) = (
                Int64.random(in: 1...9999, using: &generator), Int64.random(in: 1...9_999_999, using: &generator)
            )
            let b = GridPoint(x: a.x + m * step.x, y: a.y + m * step.y)
            let c = GridPoint(x: a.x + n * step.x, y: a.y + n * step.y)
            triples += [(a, b, c), (a, b, GridPoint(x: c.x + 1, y: c.y)), (a, b, GridPoint(x: c.x, y: c.y - 1))]
        }
        #expect(mistakes(triples) == 0)
        #expect(triples.count { exactTurn($0.0, $0.1, $0.2) == .collinear } >= 50_000)
    }

    @Test func `Coordinates of very different size lose nothing`() {
        var generator = SeededGenerator(seed: 3)
        func number() -> Int64 {
            let magnitude =
                Int64.random(in: 0...limit, using: &generator) >> Int64.random(in: 0...51, using: &generator)
            return Bool.random(using: &generator) ? magnitude : -magnitude
        }
        let triples = (0..<300_000).map { _ in
            (
                GridPoint(x: number(), y: number()), GridPoint(x: number(), y: number()),
                GridPoint(x: number(), y: number())
            )
        }
        #expect(mistakes(triples) == 0)
        #expect(mistakes(triples, scale: 0x1p-300) == 0)
        #expect(mistakes(triples, scale: 0x1p300) == 0)
    }

    @Test func `Turning three positions about changes no answer but its sign`() {
        var generator = SeededGenerator(seed: 4)
        func near() -> PlanarPoint {
            PlanarPoint(
                x: 0.1 + Double(Int.random(in: 0...3, using: &generator)) * 0x1p-55,
                y: 0.1 + Double(Int.random(in: 0...3, using: &generator)) * 0x1p-55)
        }
        for _ in 0..<20_000 {
            let (a, b, c) = (near(), near(), near())
            let turn = Predicates.orientation(a, b, c)
            #expect(Predicates.orientation(b, c, a) == turn)
            #expect(Predicates.orientation(b, a, c).rawValue == -turn.rawValue)
        }
    }

    @Test func `Numbers that are not finite do not trap`() {
        let (a, b) = (PlanarPoint(x: .nan, y: 0), PlanarPoint(x: .infinity, y: -.infinity))
        #expect(Predicates.orientation(a, b, PlanarPoint(x: 1, y: 1)) == .collinear)
    }

    private let limit: Int64 = 1 << 51

    /// What the determinant in floating point gets wrong: the tests above must contain cases it fails.
    private func plainMistakes(_ triples: some Sequence<(GridPoint, GridPoint, GridPoint)>, scale: Double) -> Int {
        triples.count { a, b, c in
            let (p, q, r) = (a.scaled(by: scale), b.scaled(by: scale), c.scaled(by: scale))
            let determinant = (p.x - r.x) * (q.y - r.y) - (p.y - r.y) * (q.x - r.x)
            let turn: Orientation = determinant > 0 ? .counterClockwise : determinant < 0 ? .clockwise : .collinear
            return turn != exactTurn(a, b, c)
        }
    }
}

struct PredicatesRingTests {
    private let square = [(0.0, 0.0), (3, 0), (3, 2), (0, 2), (0, 0)].map { PlanarPoint(x: $0.0, y: $0.1) }

    @Test func `A rectangle of three by two metres has six square metres`() {
        #expect(Predicates.signedSquareMetres(of: square) == 6)
        #expect(Predicates.signedSquareMetres(of: square.reversed()) == -6)
    }

    @Test func `A ring far from the origin keeps its area`() {
        let far = square.map { PlanarPoint(x: $0.x + 666_000, y: $0.y + 2_841_000) }
        #expect(Predicates.signedSquareMetres(of: far) == 6)
    }

    @Test func `The two loops of a bow tie cancel`() {
        let bowTie = [(0.0, 0.0), (2, 2), (2, 0), (0, 2), (0, 0)].map { PlanarPoint(x: $0.0, y: $0.1) }
        #expect(Predicates.signedSquareMetres(of: bowTie) == 0)
    }

    @Test func `Rings say how they wind`() {
        #expect(Predicates.winding(of: square) == .counterClockwise)
        #expect(Predicates.winding(of: Array(square.reversed())) == .clockwise)
        #expect(Predicates.winding(of: [LonLat]()) == .collinear)
        #expect(Predicates.winding(of: [square[0], square[1], square[0]]) == .collinear)
    }
}
