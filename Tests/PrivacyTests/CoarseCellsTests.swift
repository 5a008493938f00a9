import CivilTime
import Grids
import Privacy
import SimpleFeatures
import TestSupport
import Testing

@Suite struct CoarseCellsTests {
    private let gate = Gate()
    private let territory: TestTerritory
    private let release: PublicRelease
    private let year: Period

    init() throws {
        territory = TestTerritory(seed: 12, mean: 5, base: 8)
        release = try territory.release()
        year = try #require(Period("2023"))
    }

    private func grid(_ size: Double = 500, x: Double = 0, columns: Int = TestTerritory.cellColumns) throws -> Grid {
        try Grid(
            crs: CRS("EPSG:32614"), origin: PlanarPoint(x: x, y: 0), cellSize: .metres(size), columns: columns, rows: 1)
    }

    @Test func `Cells show classes that begin at eight and double`() throws {
        var territory = TestTerritory(seed: 1, municipalities: 2, areas: 1, mean: 0)
        (territory.columns, territory.cells) = (LatticeColumns(), [])
        // Elsewhere there are incidents to the end of the year, without which it has no cells.
        for _ in 0..<20 {
            territory.add(municipality: 1, area: 0, month: TestTerritory.firstMonth + 11, category: 0, cell: -1)
        }
        let counts = [0, 1, 7, 8, 15, 16, 31, 32]
        for (cell, count) in counts.enumerated() {
            for _ in 0..<count {
                territory.add(
                    municipality: 0, area: 0, month: TestTerritory.firstMonth + Int32(cell), category: 0, cell: cell)
            }
        }
        // Enough in every month, so that the year's areas are shown; in no cell.
        for month in 0..<12 as Range<Int32> {
            for _ in 0..<8 {
                territory.add(municipality: 0, area: 0, month: TestTerritory.firstMonth + month, category: 0, cell: -1)
            }
        }
        let cells = try gate.cells(
            of: territory.columns, in: territory.cells, on: try grid(columns: counts.count), year: year,
            of: try territory.release())
        #expect(cells.value.classes == [0, 0, 0, 1, 1, 2, 2, 3])
        #expect((0...3).map { cells.value.lowerLimit(of: $0) } == [0, 8, 16, 32])
        #expect(cells.account.shown == 5)
        #expect(cells.account.reasons.contains(.coarsened))
    }

    @Test func `No incident of a suppressed area is in a cell`() throws {
        // Cells as small as areas, so that one incident more or less of an area is seen in a class.
        var all = TestTerritory(seed: 1, mean: 0)
        (all.columns, all.cells) = (LatticeColumns(), [])
        var open = all
        for month in 0..<12 {
            let index = TestTerritory.firstMonth + Int32(month)
            for _ in 0..<20 { all.add(municipality: 0, area: 0, month: index, category: 0, cell: 0) }
            for _ in 0..<20 { all.add(municipality: 0, area: 1, month: index, category: 0, cell: 1) }
        }
        // Area 2 has five, and takes a complement with it.
        for _ in 0..<5 { all.add(municipality: 0, area: 2, month: TestTerritory.firstMonth, category: 0, cell: 0) }
        let release = try all.release()
        let areas = try gate.counts(TestTerritory.areas, of: release).value.filter {
            $0.area?.key.hasPrefix("M0") == true
        }
        let shown = areas.indices.filter { areas[$0].count.exact != nil }
        #expect(shown == [0] || shown == [1])
        for row in 0..<all.columns.count where shown.contains(Int(all.columns.area[row])) {
            open.add(
                municipality: 0, area: Int(all.columns.area[row]), month: all.columns.month[row], category: 0,
                cell: Int(all.cells[row]))
        }
        let grid = try grid()
        let cells = try gate.cells(of: all.columns, in: all.cells, on: grid, year: year, of: release).value
        let expected = try gate.cells(of: open.columns, in: open.cells, on: grid, year: year, of: release).value
        #expect(cells.classes == expected.classes)
        #expect(cells.classes.filter { $0 > 0 }.count == 1)
    }

    @Test func `There is one grid: another size, another corner and a year that is not over are refused`() throws {
        func isRefused(_ grid: Grid, _ year: String) -> Bool {
            do {
                _ = try gate.cells(
                    of: territory.columns, in: territory.cells, on: grid, year: try #require(Period(year)), of: release)
                return false
            } catch {
                return error is PrivacyError
            }
        }
        #expect(!isRefused(try grid(), "2023"))
        #expect(isRefused(try grid(250), "2023"))
        #expect(isRefused(try grid(1000), "2023"))
        #expect(isRefused(try grid(x: 1), "2023"))
        #expect(!isRefused(try grid(x: -1500), "2023"))
        #expect(isRefused(try grid(), "2023-01"))
        #expect(isRefused(try grid(), "2025"))
    }

    @Test func `A heat surface shows classes, and only where cells do`() throws {
        let cells = try gate.cells(of: territory.columns, in: territory.cells, on: try grid(), year: year, of: release)
        let values = [3.9, .nan]
        let heat = try gate.surface(Surface(grid: try grid(), values: values), over: cells).value
        for (index, value) in heat.classes.enumerated() {
            #expect(cells.value.classes[index] > 0 || value == 0)
            #expect(
                value == 0
                    || heat.lowerLimit(of: value) <= values[index] && values[index] < heat.lowerLimit(of: value) * 2)
        }
        #expect(throws: PrivacyError.self) {
            try gate.surface(Surface(grid: try grid(x: 500), values: values), over: cells)
        }
    }

    /// Addresses, kernel and bandwidth are known to the attacker, who solves for the incidents at each address.
    @Test(.enabled(if: ForeignProgram.python.isInstalled, "FARO_PYTHON names no interpreter"))
    func `Addresses cannot be found from the public heat surface, and can from an exact one`() throws {
        var random = TestDraw(seed: 8)
        let addresses = (0..<800).map { _ in (Double(random.below(1000)), Double(random.below(1000))) }
        let victims = Array(Set((0..<64).map { _ in random.below(800) })).sorted()
        func value(_ x: Double, _ y: Double) -> Double {
            victims.reduce(0) { sum, victim in
                let (dx, dy) = (addresses[victim].0 - x, addresses[victim].1 - y)
                let u = (dx * dx + dy * dy) / 90_000
                return sum + (u < 1 ? 3 / (Double.pi * 0.09) * (1 - u) * (1 - u) : 0)
            }
        }
        var territory = TestTerritory(seed: 1, municipalities: 2, areas: 1, mean: 0)
        (territory.columns, territory.cells) = (LatticeColumns(), [])
        // Elsewhere there are incidents to the end of the year, without which it has no cells.
        for _ in 0..<20 {
            territory.add(municipality: 1, area: 0, month: TestTerritory.firstMonth + 11, category: 0, cell: -1)
        }
        for (number, victim) in victims.enumerated() {
            let (x, y) = addresses[victim]
            territory.add(
                municipality: 0, area: 0, month: TestTerritory.firstMonth + Int32(number % 4), category: 0,
                cell: Int(y / 500) * 2 + Int(x / 500))
        }
        let grid = try Grid(
            crs: CRS("EPSG:32614"), origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(500), columns: 2, rows: 2)
        let cells = try gate.cells(
            of: territory.columns, in: territory.cells, on: grid, year: year, of: try territory.release())
        #expect(cells.value.classes.allSatisfy { $0 > 0 })
        let centres = (0..<4).map { grid.centre(column: $0 % 2, row: $0 / 2) }
        let heat = try gate.surface(Surface(grid: grid, values: centres.map { value($0.x, $0.y) }), over: cells).value
        let coarse = zip(centres, heat.classes).map { ($0.x, $0.y, heat.lowerLimit(of: $1) * 1.5) }
        let fine = (0..<1600).map { index in
            let (x, y) = (Double(index % 40) * 25 + 12.5, Double(index / 40) * 25 + 12.5)
            return (x, y, value(x, y))
        }
        #expect(try recovered(fine, addresses, victims) > 0.9)
        #expect(try recovered(coarse, addresses, victims) <= 0.2)
    }

    private func recovered(
        _ cells: [(Double, Double, Double)], _ addresses: [(Double, Double)], _ victims: [Int]
    ) throws -> Double {
        let folder = try TemporaryFolder()
        let program = try folder.write(
            "invert.py",
            """
            import numpy as np
            from scipy.optimize import nnls
            cells = np.array(\(cells.map { [$0.0, $0.1, $0.2] }))
            addresses = np.array(\(addresses.map { [$0.0, $0.1] }))
            u = ((cells[:, None, :2] - addresses[None]) ** 2).sum(2) / 90000
            a = np.where(u < 1, 3 / (np.pi * .09) * (1 - u) ** 2, 0)
            x, _ = nnls(a, cells[:, 2], maxiter=100000)
            victims = set(\(victims))
            print(len(victims & set(np.argsort(-x)[:len(victims)].tolist())) / len(victims))
            """)
        let outcome = try ForeignProgram.python.run([program])
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try #require(Double(outcome.output.split(separator: "\n").first ?? ""))
    }
}
