import Grids
@testable import Hotspots
import SimpleFeatures
import Testing

struct HotSpotClassificationTests {
    private let method = HotSpotClassification(distance: .metres(1.5))

    private func category(_ marks: String) -> HotSpotClassification.Category {
        let states: [BinState] = marks.map { $0 == "+" ? .hot : $0 == "-" ? .cold : .neither }
        return method.cell(0, states, method.recentPeriods(of: states.count)).category
    }

    @Test(arguments: [
        ("++++++++..", HotSpotClassification.Category.persistent(.hot)), ("........+.", .emerging(.hot)),
        (".........+", .emerging(.hot)), ("+.........", .former(.hot)), ("+++++++...", .former(.hot)),
        ("+...+....+", .intermittent(.hot)), ("..........", .none), ("-.........", .former(.cold)),
        ("+........-", .mixed), ("----------", .persistent(.cold)),
    ])
    func `The shares decide, in the order of the rules`(marks: String, category: HotSpotClassification.Category) {
        #expect(self.category(marks) == category)
    }

    @Test func `At least one period is recent, and at least one is not`() {
        #expect(method.recentPeriods(of: 2) == 1)
        #expect(method.recentPeriods(of: 10) == 2)
        #expect(method.recentPeriods(of: 14) == 2)
        #expect(method.recentPeriods(of: 15) == 3)
    }

    @Test func `A lasting and a former hot spot are found where they were put`() throws {
        let grid = try Grid(
            crs: SpaceTimeFixture.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(1), columns: 20, rows: 20)
        var rows = SpaceTimeFixture.lattice(seed: 6, count: 4000, size: 20, days: 10)
        for day in 0..<10 {
            for (x, y) in [(2, 2), (3, 2)] + (day < 6 ? [(15, 15), (16, 15)] : []) {
                for _ in 0..<20 {
                    rows.x.append(Double(x))
                    rows.y.append(Double(y))
                    rows.days.append(Double(day))
                }
            }
        }
        let mask = Mask(grid: grid, isInside: Array(repeating: true, count: 400))
        let cube = try SpaceTimeCube(of: rows.pattern(), over: mask, limits: (0...10).map(Double.init))
        let cells = try method.classes(in: cube)
        #expect(cells[2 * 20 + 2].category == .persistent(.hot))
        #expect(cells[15 * 20 + 15].category == .former(.hot))
        #expect(cells[15 * 20 + 15].hotPeriods == 6)
        #expect(cells[10 * 20 + 10].category == .none)
    }

    @Test func `Periods without anything are not hot, and a single one is refused`() throws {
        let grid = try Grid(
            crs: SpaceTimeFixture.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(1), columns: 5, rows: 5)
        let mask = Mask(grid: grid, isInside: Array(repeating: true, count: 25))
        let none = try SpaceTimeFixture.Rows(x: [], y: [], days: []).pattern()
        let cells = try method.classes(in: SpaceTimeCube(of: none, over: mask, limits: [0, 1, 2]))
        #expect(cells.allSatisfy { $0.category == .none })
        #expect(throws: HotspotError.tooFewUnits(needed: 2, found: 1)) {
            try method.classes(in: SpaceTimeCube(of: none, over: mask, limits: [0, 1]))
        }
    }
}
