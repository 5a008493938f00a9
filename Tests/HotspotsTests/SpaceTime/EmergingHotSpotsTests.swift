import Grids
import Hotspots
import SimpleFeatures
import Statistics
import Testing

struct EmergingHotSpotsTests {
    private let method = EmergingHotSpots(distance: .metres(150))

    /// A category from a line of marks: `+` hot, `-` cold, `.` neither.
    private func category(
        _ marks: String, scores: [Double]? = nil, sporadic: EmergingHotSpots.SporadicRule = .ever
    ) -> EmergingCategory {
        history(marks, scores: scores, sporadic: sporadic).category
    }

    private func history(
        _ marks: String, scores: [Double]? = nil, sporadic: EmergingHotSpots.SporadicRule = .ever
    ) -> CellHistory {
        var method = method
        method.sporadic = sporadic
        let states: [BinState] = marks.map { $0 == "+" ? .hot : $0 == "-" ? .cold : .neither }
        return CellHistory(
            cell: 0, states: states, scores: scores ?? states.map { Double($0.rawValue) }, method: method)
    }

    @Test(arguments: [
        (".........+", EmergingCategory.new(.hot)), ("--.......+", .new(.hot)), ("........++", .consecutive(.hot)),
        (".+++++++++", .persistent(.hot)), ("++++++++++", .persistent(.hot)), ("+++++++++.", .historical(.hot)),
        ("+.+.......", .sporadic(.hot)), ("+.+......+", .sporadic(.hot)), ("+.-......+", .oscillating(.hot)),
        ("+.-.......", .none), ("..........", .none), ("+", .new(.hot)), ("++", .persistent(.hot)),
        ("-........+", .new(.hot)), ("---------+", .new(.hot)), ("+++++++++-", .new(.cold)),
    ])
    func `Each rule gives its category`(marks: String, category: EmergingCategory) {
        #expect(self.category(marks) == category)
        // Exchanging hot and cold exchanges the sides.
        let mirrored = String(marks.map { $0 == "+" ? "-" : $0 == "-" ? "+" : $0 })
        #expect(self.category(mirrored).name == exchanged(category.name))
    }

    private func exchanged(_ name: String) -> String {
        name.hasSuffix("hot spot")
            ? name.dropLast(8) + "cold spot" : name.hasSuffix("cold spot") ? name.dropLast(9) + "hot spot" : name
    }

    /// Esri's wording put into Python apart, the trend by pymannkendall 1.4.3: tools/reference/emerging_categories.py.
    @Test func `All 243 series of five periods have the category that Esri's words give them`() {
        let expected =
            "psNssNo.CssNssNo.Co.Oo.Oo.CssNssNo.CssNssNo.Co.Oo.Oo.Co.Oo.Oo.Oo.Oo.Oo.Oo.Oo.Oo.C"
            + "csNssNo.CssNssNo.Co.Oo.Oo.CcsNssNo.CcsNn.NnSCc.OnSSnSCc.Oo.Oo.Oc.OnSSnSSc.OnSSnSC"
            + "c.Oo.Oo.Oo.Oo.Oo.Oo.Oo.Oo.Oc.Oo.Oo.Oc.OnSSnSSc.OnSSnSSc.Oo.Oo.Oc.OnSSnSSc.OnSSnSP"
        var letters = ""
        for code in 0..<243 { letters += letter([81, 27, 9, 3, 1].map { code / $0 % 3 - 1 }) }
        #expect(letters == expected)
    }

    @Test(arguments: [
        ("++++++++++", "P"), ("+++++++++.", "H"), (".+++++++++", "P"), ("+++++++++-", "n"), ("++++.+++++", "P"),
        ("----------", "p"), ("-----++-+-", "o"), ("........++", "C"),
    ])
    func `So have series of ten`(marks: String, expected: String) {
        #expect(letter(marks.map { $0 == "+" ? 1 : $0 == "-" ? -1 : 0 }) == expected)
    }

    /// The category of a series with that script's scores: the first letter, large for hot, small for cold.
    private func letter(_ series: [Int]) -> String {
        var (code, power) = (0, 1)
        for state in series {
            code += (state + 1) * power
            power *= 3
        }
        let scores = series.enumerated().map { k, state in Double(3 * state) + Double((7 * k * k + code * k) % 11) / 10
        }
        let states: [BinState] = series.map { $0 > 0 ? .hot : $0 < 0 ? .cold : .neither }
        let category = CellHistory(cell: 0, states: states, scores: scores, method: method).category
        guard category != .none, let first = category.name.first else { return "." }
        return category.name.hasSuffix("hot spot") ? first.uppercased() : String(first)
    }

    @Test func `A trend of the scores tells intensifying from diminishing`() {
        let rising = (1...10).map(Double.init)
        #expect(category("++++++++++", scores: rising) == .intensifying(.hot))
        #expect(category("++++++++++", scores: rising.reversed()) == .diminishing(.hot))
        // Scores that fall farther below zero are a cold spot that intensifies.
        #expect(category("----------", scores: rising.map { -$0 }) == .intensifying(.cold))
        #expect(category("----------", scores: rising.map { -$0 }.reversed()) == .diminishing(.cold))
    }

    @Test func `The later wording of sporadic asks for the last period`() {
        #expect(category("+.+.......", sporadic: .lastPeriod) == .none)
        #expect(category("+.+......+", sporadic: .lastPeriod) == .sporadic(.hot))
    }

    @Test func `The trace says what the rule looked at`() {
        // S = 2 · 8; variance (2250 − 1176 − 18) / 18; z = 15 / 7.66 = 1.958.
        #expect(
            history("........++").trace
                == "hot in 2 of 10 periods, the last 2 of them without a break, cold in 0, "
                + "no trend of the scores (S 16, p 0.0502): consecutive hot spot")
        #expect(history("..........").trace == "hot in 0 of 10 periods: no pattern")
    }

    /// The cube of tools/reference/emerging.py.
    private func cube() throws -> SpaceTimeCube {
        let grid = try Grid(
            crs: SpaceTimeFixture.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(100), columns: 5, rows: 4)
        var rows = SpaceTimeFixture.Rows(x: [], y: [], days: [])
        for t in 0..<6 {
            for r in 0..<4 {
                for c in 0..<5 {
                    for _ in 0..<(7 * c + 3 * r + 5 * t + c * r * t) % 9 {
                        rows.x.append(Double(c) * 100 + 50)
                        rows.y.append(Double(r) * 100 + 50)
                        rows.days.append(Double(t))
                    }
                }
            }
        }
        let mask = Mask(grid: grid, isInside: (0..<20).map { $0 != 0 })
        return try SpaceTimeCube(of: rows.pattern(), over: mask, limits: [0, 1, 2, 3, 4, 5, 6])
    }

    /// NumPy 2.4.6, written apart: tools/reference/emerging.py.
    @Test(arguments: [
        (0, 0, 1, 0.870322659936702), (0, 2, 2, 0.16803582608318676), (3, 1, 1, -0.6493521233676302),
        (5, 3, 4, 0.007883831713983346), (5, 1, 3, -0.6958793474690249),
    ])
    func `Space-time scores are those of NumPy`(period: Int, row: Int, column: Int, z: Double) throws {
        let result = try method.hotSpots(in: cube())
        #expect(abs(result.z[period * 20 + row * 5 + column] - z) < 1e-12)
        #expect(result.z[period * 20].isNaN)
        #expect(result.cells.count == 19)
    }

    @Test func `With one period and none before, the scores are those of Gi*`() throws {
        let whole = try cube()
        let limits = try SpaceTimeCube(
            of: SpaceTimeFixture.lattice(seed: 3, count: 400, size: 500, days: 1).pattern(), over: whole.mask,
            limits: [0, 1])
        var still = method
        still.periodsBefore = 0
        let z = try still.hotSpots(in: limits).z
        let plain = try GetisOrd().hotSpots(of: limits.values, over: limits.mask, within: .metres(150)).z
        for (a, b) in zip(z, plain) { #expect(a.isNaN == b.isNaN && (a.isNaN || abs(a - b) < 1e-12)) }
    }

    @Test func `A corner that becomes hot is found new, and nothing else is`() throws {
        let grid = try Grid(
            crs: SpaceTimeFixture.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(1), columns: 20, rows: 20)
        var rows = SpaceTimeFixture.lattice(seed: 6, count: 4000, size: 20, days: 10)
        for _ in 0..<20 {
            for x in 0..<2 {
                for y in 0..<2 {
                    rows.x.append(Double(x))
                    rows.y.append(Double(y))
                    rows.days.append(9)
                }
            }
        }
        let mask = Mask(grid: grid, isInside: Array(repeating: true, count: 400))
        let cube = try SpaceTimeCube(of: rows.pattern(), over: mask, limits: (0...10).map(Double.init))
        let result = try EmergingHotSpots(distance: .metres(1.5)).hotSpots(in: cube)
        #expect(result.cells[0].category == .new(.hot))
        #expect(result.cells.filter { $0.category != .none }.allSatisfy { $0.cell % 20 < 4 && $0.cell / 20 < 4 })
    }

    @Test func `Threads and the order of the rows change nothing`() throws {
        let mask = try cube().mask
        let rows = SpaceTimeFixture.lattice(seed: 4, count: 300, size: 500, days: 6)
        let limits = (0...6).map(Double.init)
        let one = try method.hotSpots(in: SpaceTimeCube(of: rows.pattern(), over: mask, limits: limits), threads: 1)
        let two = try method.hotSpots(
            in: SpaceTimeCube(of: rows.shuffled(seed: 3).pattern(), over: mask, limits: limits), threads: 3)
        #expect(one.cells == two.cells)
        #expect(one.q.dropFirst().elementsEqual(two.q.dropFirst()) { $0 == $1 || $0.isNaN && $1.isNaN })
    }

    @Test func `A cube without variation, and parameters out of range, are refused`() throws {
        let mask = try cube().mask
        let none = try SpaceTimeFixture.Rows(x: [], y: [], days: []).pattern()
        let empty = try SpaceTimeCube(of: none, over: mask, limits: [0, 1])
        #expect(throws: HotspotError.noVariation(0)) { try method.hotSpots(in: empty) }
        var broken = method
        broken.periodsBefore = -1
        #expect(throws: HotspotError.self) { try broken.hotSpots(in: cube()) }
        broken = method
        broken.significance = .nan
        #expect(throws: HotspotError.self) { try broken.hotSpots(in: cube()) }
        #expect(throws: HotspotError.self) { try EmergingHotSpots(distance: .metres(.nan)).hotSpots(in: cube()) }
        #expect(throws: HotspotError.cancelled) { try method.hotSpots(in: cube(), progress: { _ in false }) }
    }
}
