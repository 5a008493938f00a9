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

    /// esda 2.9.0 and SciPy 1.17.1, by sfhotspot's shares: tools/reference/classification.py.
    @Test func `Places that were hot always, at first, at last and now and then are those of esda`() throws {
        let grid = try Grid(
            crs: SpaceTimeFixture.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(1), columns: 8, rows: 8)
        var rows = SpaceTimeFixture.Rows(x: [], y: [], days: [])
        for t in 0..<10 {
            for r in 0..<8 {
                for c in 0..<8 {
                    var count = (7 * c + 3 * r + 5 * t + c * r * t) % 4
                    if (1..<3).contains(r), (1..<3).contains(c) { count += 9 }
                    if t < 6, (1..<3).contains(r), c >= 6 { count += 9 }
                    if t >= 8, (5..<7).contains(r), (5..<7).contains(c) { count += 9 }
                    if t % 3 == 1, (5..<7).contains(r), c < 2 { count += 9 }
                    rows.x += Array(repeating: Double(c) + 0.5, count: count)
                    rows.y += Array(repeating: Double(r) + 0.5, count: count)
                    rows.days += Array(repeating: Double(t), count: count)
                }
            }
        }
        let mask = Mask(grid: grid, isInside: Array(repeating: true, count: 64))
        let cells = try method.classes(
            in: SpaceTimeCube(of: rows.pattern(), over: mask, limits: (0...10).map(Double.init)))
        let letters = cells.map { cell in
            switch cell.category {
            case .persistent(.hot): "P"
            case .emerging(.hot): "E"
            case .former(.hot): "F"
            case .intermittent(.hot): "I"
            case .none: "."
            default: "?"
            }
        }
        let expected = ["........", ".IP...FF", ".PI...FF", "........", "........", "FF...EE.", "FF...EE.", "........"]
        #expect(letters.joined() == expected.joined())
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

    @Test func `The order of the rows changes nothing`() throws {
        let grid = try Grid(
            crs: SpaceTimeFixture.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(1), columns: 9, rows: 9)
        let mask = Mask(grid: grid, isInside: (0..<81).map { $0 != 40 })
        var rows = SpaceTimeFixture.lattice(seed: 9, count: 500, size: 9, days: 7)
        // Weights whose sums depend on their order.
        var weights = rows.x.indices.map { 0.1 + Double($0 % 7) / 3 }
        func classes() throws -> [HotSpotClassification.Cell] {
            let pattern = try SpaceTimePattern(
                x: rows.x, y: rows.y, days: rows.days, weights: weights, crs: SpaceTimeFixture.crs)
            return try method.classes(in: SpaceTimeCube(of: pattern, over: mask, limits: (0...7).map(Double.init)))
        }
        let straight = try classes()
        (rows.x, rows.y, rows.days) = (rows.x.reversed(), rows.y.reversed(), rows.days.reversed())
        weights.reverse()
        #expect(try classes() == straight)
    }

    @Test(arguments: [1, 40])
    func `One incident, or all at one place on one day, are classified without a trap`(count: Int) throws {
        let grid = try Grid(
            crs: SpaceTimeFixture.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(1), columns: 6, rows: 6)
        let mask = Mask(grid: grid, isInside: Array(repeating: true, count: 36))
        let pattern = try SpaceTimePattern(
            x: Array(repeating: 2, count: count) + [.nan], y: Array(repeating: 2, count: count) + [1],
            days: Array(repeating: 1, count: count) + [1], crs: SpaceTimeFixture.crs)
        #expect(pattern.dropped == 1)
        let cells = try method.classes(in: SpaceTimeCube(of: pattern, over: mask, limits: [0, 1, 2, 3, 4]))
        #expect(cells.count == 36)
        // Nine of 36 cells see it: (1 − 9/36) / √(35/1296 · 9·27/35) = √3 whatever the count, and p is 0.08.
        #expect(cells.allSatisfy { $0.category == .none && $0.hotPeriods == 0 && $0.coldPeriods == 0 })
        for broken in [Double.nan, 0, 1] {
            var other = method
            other.significance = broken
            #expect(throws: HotspotError.self) {
                try other.classes(in: SpaceTimeCube(of: pattern, over: mask, limits: [0, 1, 2]))
            }
        }
        #expect(throws: HotspotError.self) {
            try HotSpotClassification(distance: .metres(.nan)).classes(
                in: SpaceTimeCube(of: pattern, over: mask, limits: [0, 1, 2]))
        }
    }
}
