import Hotspots
import SimpleFeatures
import TestSupport

enum SpaceTimeFixture {
    static let crs = CRS("EPSG:32614")

    struct Rows {
        var x: [Double]
        var y: [Double]
        var days: [Double]

        func pattern() throws -> SpaceTimePattern {
            try SpaceTimePattern(x: x, y: y, days: days, crs: SpaceTimeFixture.crs)
        }

        func shuffled(seed: UInt64) -> Rows {
            var generator = SeededGenerator(seed: seed)
            let order = x.indices.shuffled(using: &generator)
            return Rows(x: order.map { x[$0] }, y: order.map { y[$0] }, days: order.map { days[$0] })
        }
    }

    /// The 150 incidents of tools/reference/near_repeat.py: every fifth repeats the one before, 10 m off, 3 days later.
    static func repeats() -> Rows {
        let numbers = Array(0..<150)
        var rows = Rows(
            x: numbers.map { Double($0 * 7919 % 1000) }, y: numbers.map { Double($0 * 104729 % 997) },
            days: numbers.map { Double($0 * $0 * 31 % 365) })
        for k in stride(from: 5, to: 150, by: 5) {
            (rows.x[k], rows.y[k], rows.days[k]) = (rows.x[k - 1] + 6, rows.y[k - 1] + 8, rows.days[k - 1] + 3)
        }
        return rows
    }

    /// Whole coordinates and days, so that places repeat and limits are met exactly.
    static func lattice(seed: UInt64, count: Int, size: Int, days: Int) -> Rows {
        var generator = SeededGenerator(seed: seed)
        func draw(_ bound: Int) -> Double { Double(Int.random(in: 0..<bound, using: &generator)) }
        return Rows(
            x: (0..<count).map { _ in draw(size) }, y: (0..<count).map { _ in draw(size) },
            days: (0..<count).map { _ in draw(days) })
    }
}
