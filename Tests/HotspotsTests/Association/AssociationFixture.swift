import Grids
import Hotspots
import SimpleFeatures
import TestSupport

/// Units that the tests of association share.
enum AssociationFixture {
    static let crs = CRS("EPSG:32614")
    /// A corner such as UTM coordinates have.
    static let corner = PlanarPoint(x: 366_000, y: 2_840_000)

    static func mask(_ columns: Int, _ rows: Int, cell: Double = 100, outside: Set<Int> = []) throws -> Mask {
        let grid = try Grid(crs: crs, origin: corner, cellSize: .metres(cell), columns: columns, rows: rows)
        return Mask(grid: grid, isInside: (0..<columns * rows).map { !outside.contains($0) })
    }

    /// A rectangle, its corners moved by up to `jitter` metres.
    static func rectangle(
        _ west: Double, _ south: Double, _ east: Double, _ north: Double, jitter: Double = 0, seed: UInt64 = 1
    ) -> MultiPolygon<PlanarPoint> {
        var random = SeededGenerator(seed: seed)
        let ring = [(west, south), (east, south), (east, north), (west, north)].map {
            PlanarPoint(
                x: corner.x + $0.0 + jitter * Double.random(in: -1...1, using: &random),
                y: corner.y + $0.1 + jitter * Double.random(in: -1...1, using: &random))
        }
        return MultiPolygon([Polygon(exterior: ring + [ring[0]])])
    }

    /// Squares of 100 m side by side, row by row.
    static func squares(_ columns: Int, _ rows: Int, jitter: Double = 0) -> [MultiPolygon<PlanarPoint>] {
        (0..<columns * rows).map { cell in
            let (x, y) = (Double(cell % columns) * 100, Double(cell / columns) * 100)
            return rectangle(x, y, x + 100, y + 100, jitter: jitter, seed: UInt64(cell + 1))
        }
    }

    static func neighbours(_ weights: SpatialWeights) -> [[Int]] {
        (0..<weights.count).map { unit in
            weights.neighbours[weights.starts[unit]..<weights.starts[unit + 1]].map { Int($0) }
        }
    }

    /// Six points whose Gi* is well known.
    static let sixPlaces = [(10.0, 10.0), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)].map {
        PlanarPoint(x: corner.x + $0.0, y: corner.y + $0.1)
    }
    static let sixValues = [2, 3, 3.2, 5, 8, 7]

    static func random(_ count: Int, seed: UInt64, upTo greatest: Int = 12) -> [Double] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in Double(Int.random(in: 0...greatest, using: &random)) }
    }
}

/// Whether two lists of numbers agree, NaN with NaN.
func agree(_ a: [Double], _ b: [Double], within tolerance: Double) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { ($0.isNaN && $1.isNaN) || abs($0 - $1) <= tolerance }
}

/// The bits of numbers, so that NaN equals NaN and nothing else.
func bits(_ values: [Double]) -> [UInt64] { values.map(\.bitPattern) }
