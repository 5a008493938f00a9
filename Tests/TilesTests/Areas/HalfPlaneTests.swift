import SimpleFeatures
import Testing
import TestSupport

@testable import Tiles

struct HalfPlaneTests {
    private func ring(_ places: [(Int64, Int64)]) -> [FinePoint] { places.map { FinePoint($0.0, $0.1) } }

    /// Rings as sets of cycles, each begun at its least point.
    private func canonical(_ rings: [[FinePoint]]) -> [[[Int64]]] {
        rings.map { ring in
            let start = ring.indices.min { (ring[$0].x, ring[$0].y) < (ring[$1].x, ring[$1].y) } ?? 0
            return (Array(ring[start...]) + Array(ring[..<start])).map { [$0.x, $0.y] }
        }.sorted { $0.lexicographicallyPrecedes($1) { $0.lexicographicallyPrecedes($1) } }
    }

    @Test func `A square is cut off at the line`() {
        let square = ring([(0, 0), (10, 0), (10, 10), (0, 10)])
        let left = HalfPlane(axis: 0, limit: 4, keepsBelow: true).clip([square])
        #expect(canonical(left) == [[[0, 0], [4, 0], [4, 10], [0, 10]]])
        let right = HalfPlane(axis: 0, limit: 4, keepsBelow: false).clip([square])
        #expect(canonical(right) == [[[4, 0], [10, 0], [10, 10], [4, 10]]])
        let top = HalfPlane(axis: 1, limit: 4, keepsBelow: true).clip([square])
        #expect(canonical(top) == [[[0, 0], [10, 0], [10, 4], [0, 4]]])
        let bottom = HalfPlane(axis: 1, limit: 4, keepsBelow: false).clip([square])
        #expect(canonical(bottom) == [[[0, 4], [10, 4], [10, 10], [0, 10]]])
    }

    // A U, open to the left: left of x = 5 only its arms are there.
    @Test func `An area that falls apart becomes two rings without a bridge`() {
        let u = ring([(0, 0), (10, 0), (10, 10), (0, 10), (0, 7), (7, 7), (7, 3), (0, 3)])
        let left = HalfPlane(axis: 0, limit: 5, keepsBelow: true).clip([u])
        #expect(canonical(left) == [[[0, 0], [5, 0], [5, 3], [0, 3]], [[0, 7], [5, 7], [5, 10], [0, 10]]])
        let right = HalfPlane(axis: 0, limit: 5, keepsBelow: false).clip([u])
        #expect(canonical(right) == [[[5, 0], [10, 0], [10, 10], [5, 10], [5, 7], [7, 7], [7, 3], [5, 3]]])
    }

    @Test func `A hole that reaches the line becomes part of the border`() {
        let square = ring([(0, 0), (10, 0), (10, 10), (0, 10)])
        let hole = ring([(2, 2), (2, 8), (8, 8), (8, 2)])
        let far = ring([(1, 4), (1, 6), (2, 5)])
        let left = HalfPlane(axis: 0, limit: 5, keepsBelow: true).clip([square, hole])
        #expect(canonical(left) == [[[0, 0], [5, 0], [5, 2], [2, 2], [2, 8], [5, 8], [5, 10], [0, 10]]])
        let both = HalfPlane(axis: 0, limit: 9, keepsBelow: true).clip([square, far])
        #expect(canonical(both) == [[[0, 0], [9, 0], [9, 10], [0, 10]], [[1, 4], [1, 6], [2, 5]]])
    }

    @Test func `What only touches the line is left out on one side and whole on the other`() {
        let triangle = ring([(5, 5), (9, 0), (9, 9)])
        #expect(HalfPlane(axis: 0, limit: 5, keepsBelow: true).clip([triangle]).isEmpty)
        let right = HalfPlane(axis: 0, limit: 5, keepsBelow: false).clip([triangle])
        #expect(canonical(right) == [[[5, 5], [9, 0], [9, 9]]])
    }

    @Test func `A side is cut at the same place whichever way it runs`() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            let places = (0..<3).map { _ in
                FinePoint(
                    Int64.random(in: -900...900, using: &generator), Int64.random(in: -900...900, using: &generator))
            }
            let plane = HalfPlane(
                axis: Int.random(in: 0...1, using: &generator), limit: Int64.random(in: -500...500, using: &generator),
                keepsBelow: Bool.random(using: &generator))
            let (one, other) = (plane.clip([places]), plane.clip([Array(places.reversed())]))
            #expect(Set(one.joined()) == Set(other.joined()))
        }
    }

    /// The area left of a line, cell by cell: what a ring around whole cells leaves is counted.
    @Test func `As much area is left as lies in the half-plane`() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<100 {
            // A comb of bars of random lengths, which the line cuts many times.
            let bars = (0..<8).map { _ in Int64.random(in: 1...20, using: &generator) }
            var ring = [FinePoint(0, 0)]
            for (row, bar) in bars.enumerated() {
                ring.append(FinePoint(bar, Int64(row)))
                ring.append(FinePoint(bar, Int64(row + 1)))
            }
            ring.append(FinePoint(0, Int64(bars.count)))
            let limit = Int64.random(in: 1...20, using: &generator)
            let rings = HalfPlane(axis: 0, limit: limit, keepsBelow: true).clip([ring])
            let doubleArea = rings.joined().isEmpty ? 0 : rings.reduce(0) { $0 + Self.doubleArea($1) }
            #expect(doubleArea == 2 * bars.reduce(0) { $0 + min($1, limit) })
            let beyond = HalfPlane(axis: 0, limit: limit, keepsBelow: false).clip([ring])
            #expect(beyond.reduce(0) { $0 + Self.doubleArea($1) } == 2 * bars.reduce(0) { $0 + max(0, $1 - limit) })
        }
    }

    private static func doubleArea(_ ring: [FinePoint]) -> Int64 {
        zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
    }
}
