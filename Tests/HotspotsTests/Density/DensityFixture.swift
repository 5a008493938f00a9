import Grids
import Hotspots
import SimpleFeatures
import TestSupport

/// Studies and patterns that the density tests share.
enum DensityFixture {
    static let crs = CRS("EPSG:32614")
    /// A corner such as UTM coordinates have.
    static let utm = PlanarPoint(x: 366_000, y: 2_840_000)

    static func grid(_ columns: Int, _ rows: Int, cell: Double, origin: PlanarPoint = utm) throws -> Grid {
        try Grid(crs: crs, origin: origin, cellSize: .metres(cell), columns: columns, rows: rows)
    }

    struct Incident {
        var x: Double
        var y: Double
        var weight: Double
    }

    static func pattern(_ incidents: [Incident]) throws -> PointPattern {
        try PointPattern(x: incidents.map(\.x), y: incidents.map(\.y), weights: incidents.map(\.weight), crs: crs)
    }

    /// Incidents all over a grid and up to `margin` metres around it; one in ten on a cell centre, some of them repeated.
    static func scatter(
        _ count: Int, over grid: Grid, margin: Double, using generator: inout SeededGenerator
    ) -> [Incident] {
        let window = grid.envelope
        var incidents: [Incident] = []
        for index in 0..<count {
            var place = PlanarPoint(
                x: Double.random(in: window.minX - margin...window.maxX + margin, using: &generator),
                y: Double.random(in: window.minY - margin...window.maxY + margin, using: &generator))
            if index.isMultiple(of: 10) {
                place = grid.centre(
                    column: Int.random(in: 0..<grid.columns, using: &generator),
                    row: Int.random(in: 0..<grid.rows, using: &generator))
            } else if index.isMultiple(of: 17) {
                place = PlanarPoint(x: incidents[index / 2].x, y: incidents[index / 2].y)
            }
            let weight = index.isMultiple(of: 3) ? 1 : Double.random(in: 0...5, using: &generator)
            incidents.append(Incident(x: place.x, y: place.y, weight: weight))
        }
        return incidents
    }

    /// The definition: per cell, the sum over all incidents. Events per square kilometre.
    static func bruteForce(_ method: KernelDensity, _ pattern: PointPattern, _ grid: Grid) -> [Double] {
        let h = method.bandwidth.metres
        return (0..<grid.cellCount).map { cell in
            let x = (Double(cell % grid.columns) + 0.5) * grid.cellSize.metres
            let y = (Double(cell / grid.columns) + 0.5) * grid.cellSize.metres
            var sum = 0.0
            for i in pattern.x.indices {
                let (dx, dy) = (x - (pattern.x[i] - grid.origin.x), y - (pattern.y[i] - grid.origin.y))
                sum += pattern.weight[i] * value(of: method.kernel, at: (dx * dx + dy * dy).squareRoot() / h)
            }
            return sum * 1e6 / (.pi * h * h)
        }
    }

    /// A kernel at a distance in bandwidths, times π and the squared bandwidth.
    private static func value(of kernel: Kernel, at u: Double) -> Double {
        switch kernel {
        case .quartic: u < 1 ? 3 * (1 - u * u) * (1 - u * u) : 0
        case .epanechnikov: u < 1 ? 2 * (1 - u * u) : 0
        case .triangular: u < 1 ? 3 * (1 - u) : 0
        case .uniform: u < 1 ? 1 : 0
        case .gaussian: u < 6 ? 0.5 * exponential(-0.5 * u * u) / (1 - exponential(-18)) : 0
        }
    }

    /// e to a power of at most 0, by the series of a sixty-fourth of it.
    private static func exponential(_ power: Double) -> Double {
        let x = power / 64
        var (term, sum) = (1.0, 1.0)
        for n in 1...20 {
            term *= x / Double(n)
            sum += term
        }
        for _ in 0..<6 { sum *= sum }
        return sum
    }

    /// The greatest difference between two surfaces, as a share of the greatest value.
    static func error(of values: [Double], against expected: [Double]) -> Double {
        let greatest = expected.max() ?? 0
        return zip(values, expected).reduce(0) { max($0, abs($1.0 - $1.1)) } / (greatest > 0 ? greatest : 1)
    }
}
