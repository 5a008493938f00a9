import Hotspots
import SimpleFeatures
import TestSupport

enum ClusterFixture {
    static let crs = CRS("EPSG:32614")

    /// The sample of tools/reference/clusters.py, bit for bit: five clusters, and a fifth of the points anywhere.
    static func sample(seed: UInt64, count: Int) -> [PlanarPoint] {
        var generator = SeededGenerator(seed: seed)
        func unit() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
        return (0..<count).map { _ in
            let group = Int(generator.next() % 6)
            guard group < 5 else {
                let x = unit() * 10000
                return PlanarPoint(x: x, y: unit() * 10000)
            }
            let spread = 200 * Double(group + 1)
            let x = 1000 + 1900 * Double(group) + (unit() + unit() + unit() - 1.5) * spread
            return PlanarPoint(
                x: x, y: 2000 + 6000 * Double(group % 2) + (unit() + unit() + unit() - 1.5) * spread)
        }
    }

    /// Whole coordinates, so that places repeat and distances tie.
    static func lattice(seed: UInt64, count: Int, size: Int) -> [PlanarPoint] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            PlanarPoint(
                x: Double(Int.random(in: 0..<size, using: &generator)),
                y: Double(Int.random(in: 0..<size, using: &generator)))
        }
    }

    /// Clusters as letters, noise as a point.
    static func letters(_ labels: [Int32]) -> String {
        var names: [Int32: Character] = [:]
        return String(
            labels.map { label in
                guard label >= 0 else { return "." }
                let letter = Character(UnicodeScalar(UInt8(65 + names.count % 26)))
                if names[label] == nil { names[label] = letter }
                return names[label] ?? letter
            })
    }

    static func square(_ side: Double, x: Double = 0, y: Double = 0) -> MultiPolygon<PlanarPoint> {
        let corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]
        return MultiPolygon([Polygon(exterior: corners.map { PlanarPoint(x: $0.0, y: $0.1) })])
    }

    static func pattern(_ points: [(Double, Double)]) throws -> PointPattern {
        try PointPattern(points.map { PlanarPoint(x: $0.0, y: $0.1) }, crs: crs)
    }
}
