import Grids
import SimpleFeatures

/// The plane in which the generator's points lie.
enum City {
    static let side = 40_000.0

    /// The points' system has no name; any projected one will do.
    static let crs = CRS("EPSG:32614")

    /// Days of six years, in no order; the peers compute the same.
    static func days(_ count: Int) -> [Double] {
        (0..<count).map { number in
            let mixed = number * number % 65_521 * 31
            return Double((mixed + number * 7) % 2190)
        }
    }

    /// The same days within a year of twelve months of thirty.
    static func year(_ count: Int) -> [Double] { days(count).map { $0.truncatingRemainder(dividingBy: 360) } }

    static let months = (0...12).map { Double($0) * 30 }

    /// The whole city in square cells.
    static func cells(_ size: Length) throws -> Mask {
        let columns = Int(side / size.metres)
        let grid = try Grid(
            crs: crs, origin: PlanarPoint(x: 0, y: 0), cellSize: size, columns: columns, rows: columns)
        return Mask(grid: grid, isInside: [Bool](repeating: true, count: grid.cellCount))
    }

    static func points(_ count: Int) throws -> (x: [Double], y: [Double]) {
        let positions = try BenchInput.column("pts_\(count).xy.f64", of: Double.self)
        let places = 0..<positions.count / 2
        return (places.map { positions[2 * $0] }, places.map { positions[2 * $0 + 1] })
    }
}
