import SimpleFeatures
import TestSupport

/// Layers to locate points in. All are drawn at random from a seed; the handmade ones stand in the tests.
enum LayerFixture {
    static func ring(_ positions: [(Double, Double)]) -> [LonLat] {
        positions.map { LonLat(longitude: $0.0, latitude: $0.1) }
    }

    static func area(_ rings: [(Double, Double)]...) -> MultiPolygon<LonLat> {
        let rings = rings.map(ring)
        return MultiPolygon([Polygon(exterior: rings.first ?? [], holes: Array(rings.dropFirst()))])
    }

    static func square(_ west: Double, _ south: Double, _ side: Double) -> [(Double, Double)] {
        let (east, north) = (west + side, south + side)
        return [(west, south), (east, south), (east, north), (west, north), (west, south)]
    }

    /// Areas upon areas, with holes and islands, some of them twice, on a lattice so coarse that they share vertices, edges
    /// and latitudes all the time. Rings cross themselves and each other: even-odd has an answer all the same.
    static func overlapping(areas: Int, lattice: Int, using generator: inout SeededGenerator) -> [MultiPolygon<LonLat>]
    {
        var layer: [MultiPolygon<LonLat>] = []
        for _ in 0..<areas {
            if let twin = layer.randomElement(using: &generator), Int.random(in: 0..<8, using: &generator) == 0 {
                layer.append(twin)
                continue
            }
            let polygons = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                let (x, y) = (
                    Int.random(in: 0...lattice, using: &generator), Int.random(in: 0...lattice, using: &generator)
                )
                let reach = Int.random(in: 1...lattice, using: &generator)
                func ring() -> [LonLat] {
                    let corners = (0..<Int.random(in: 3...9, using: &generator)).map { _ in
                        let dx = Int.random(in: 0...reach, using: &generator)
                        let dy = Int.random(in: 0...reach, using: &generator)
                        return LonLat(longitude: -100 + Double(x + dx) / 8, latitude: 25 + Double(y + dy) / 8)
                    }
                    return corners + corners.prefix(1)
                }
                return Polygon(
                    exterior: ring(), holes: (0..<Int.random(in: 0...2, using: &generator)).map { _ in ring() })
            }
            layer.append(MultiPolygon(polygons))
        }
        return layer
    }

    /// `side`² areas that fill a rectangle without gaps or overlaps, with borders of jittered vertices that neighbours
    /// share, seven decimals each.
    static func tessellation(side: Int, segments: Int, using generator: inout SeededGenerator) -> [MultiPolygon<LonLat>]
    {
        func rounded(_ value: Double) -> Double { (value * 1e7).rounded() / 1e7 }
        // Vertex (i, j) of a lattice `segments` times as fine; moved by less than half its step, so no edges cross.
        let fine = side * segments
        var lattice: [[LonLat]] = []
        for j in 0...fine {
            lattice.append(
                (0...fine).map { i in
                    let dx = i == 0 || i == fine ? 0 : Double.random(in: -0.3...0.3, using: &generator)
                    let dy = j == 0 || j == fine ? 0 : Double.random(in: -0.3...0.3, using: &generator)
                    return LonLat(
                        longitude: rounded(-99.3 + (Double(i) + dx) * 0.4 / Double(fine)),
                        latitude: rounded(19.25 + (Double(j) + dy) * 0.4 / Double(fine)))
                })
        }
        var layer: [MultiPolygon<LonLat>] = []
        for row in 0..<side {
            for column in 0..<side {
                let (south, west) = (row * segments, column * segments)
                var ring: [LonLat] = []
                for step in 0..<segments { ring.append(lattice[south][west + step]) }
                for step in 0..<segments { ring.append(lattice[south + step][west + segments]) }
                for step in 0..<segments { ring.append(lattice[south + segments][west + segments - step]) }
                for step in 0...segments { ring.append(lattice[south + segments - step][west]) }
                layer.append(MultiPolygon([Polygon(exterior: ring)]))
            }
        }
        return layer
    }

    /// Points where it is easy to be wrong: on vertices, on edges or a hair beside, level with vertices; and anywhere,
    /// also outside.
    static func points(_ count: Int, about layer: [MultiPolygon<LonLat>], using generator: inout SeededGenerator)
        -> [LonLat]
    {
        let rings = layer.flatMap { $0.polygons.flatMap(\.rings) }.filter { $0.count > 1 }
        let box = layer.reduce(Envelope<LonLat>.empty) { $0.union($1.envelope) }
        guard !rings.isEmpty else { return [] }
        func vertexPair() -> (LonLat, LonLat) {
            let ring = rings[Int.random(in: 0..<rings.count, using: &generator)]
            let index = Int.random(in: 1..<ring.count, using: &generator)
            return (ring[index - 1], ring[index])
        }
        return (0..<count).map { number in
            let (a, b) = vertexPair()
            switch number % 6 {
            case 0: return a
            case 1: return LonLat(longitude: (a.x + b.x) / 2, latitude: (a.y + b.y) / 2)
            case 2:
                let share = Double.random(in: 0...1, using: &generator)
                return LonLat(longitude: a.x + share * (b.x - a.x), latitude: a.y + share * (b.y - a.y))
            case 3: return LonLat(longitude: a.x, latitude: b.y)
            case 4:
                let nudge = Double.random(in: -1...1, using: &generator) * 1e-9
                return LonLat(longitude: (a.x + b.x) / 2 + nudge, latitude: (a.y + b.y) / 2 - nudge)
            default:
                return LonLat(
                    longitude: .random(
                        in: box.minX - 0.05 * box.width...box.maxX + 0.05 * box.width, using: &generator),
                    latitude: .random(
                        in: box.minY - 0.05 * box.height...box.maxY + 0.05 * box.height, using: &generator))
            }
        }
    }
}
