import CivilTime
import Foundation
import Grids
import Privacy
import SimpleFeatures
import TestSupport
import Testing

/// Attacks on everything that is published at once.
@Suite struct LatticeAttackTests {
    private let gate = Gate()

    /// Differences between a question and one that is part of it, as a patient reader asks them.
    @Test func `A thousand pairs of questions, one within the other, tell no small count`() throws {
        var random = TestDraw(seed: 99)
        var compared = 0
        for seed in 0..<10 as Range<UInt64> {
            let territory = TestTerritory(seed: 100 + seed, mean: 4 + Int(seed))
            let release = try territory.release()
            for _ in 0..<100 {
                let (wide, narrow) = try pair(&random)
                let (a, b) = (try gate.counts(wide, of: release).value, try gate.counts(narrow, of: release).value)
                for (row, part) in zip(a, b) {
                    compared += 1
                    let difference = row.count.shown - part.count.shown
                    #expect(!gate.smallCounts.isSmall(difference), "\(wide) \(narrow)")
                }
            }
        }
        #expect(compared >= 1000)
    }

    private func pair(_ random: inout TestDraw) throws -> (PublicQuery, PublicQuery) {
        let start = random.below(6)
        let end = start + random.below(6)
        func months(_ a: Int, _ b: Int) -> ClosedRange<Period> {
            Period(
                .month, index: TestTerritory.firstMonth + Int32(a))...Period(
                    .month, index: TestTerritory.firstMonth + Int32(b))
        }
        var wide = PublicQuery(ground: .territory, period: nil, months: months(start, end))
        wide.categories = [nil, [0, 1], [0, 1, 2], [2, 3]][random.below(4)]
        var narrow = wide
        switch random.below(3) {
        case 0: narrow.months = months(start, max(start, end - 1 - random.below(3)))
        case 1: narrow.municipalities = [random.below(2)]
        default: narrow.categories = wide.categories.map { Array($0.dropLast()) } ?? [0, 2, 3]
        }
        return (wide, narrow)
    }

    /// Unknowns are (place, month, category), a place being the part of an area in a cell; every published figure is an
    /// equation, every class of a cell a pair of bounds, every suppressed total of a month 1 to k − 1. Linear programming
    /// finds the least and the greatest that each small suppressed count can be.
    @Test(
        .enabled(if: ForeignProgram.python.isInstalled, "FARO_PYTHON names no interpreter"),
        arguments: [(41, 6, 0), (42, 12, 0), (43, 3, 8), (44, 8, 8), (46, 15, 8)])
    func `Linear programming over all that is published pins no suppressed count`(
        seed: UInt64, mean: Int, base: Int
    ) throws {
        let territory = TestTerritory(seed: seed, municipalities: 1, areas: 5, mean: mean, base: base)
        let problem = try AttackProblem(territory, gate)
        // Where no month is suppressed, areas are published too, some of them suppressed.
        #expect((problem.areaTargets > 0) == (base > 0))
        let outcome = try problem.solve()
        #expect(outcome.targets > 0)
        #expect(outcome.pinned == 0, "\(outcome)")
        // Of each suppressed small count every value from 1 to k - 1 remains possible.
        #expect(outcome.narrowest >= Double(gate.smallCounts.k - 2) - 1e-6, "\(outcome)")
    }

    /// That the attack works: hiding small counts alone, with all totals shown, it finds many of them.
    @Test(.enabled(if: ForeignProgram.python.isInstalled, "FARO_PYTHON names no interpreter"))
    func `The same attack breaks suppression without complements`() throws {
        let territory = TestTerritory(seed: 42, municipalities: 1, areas: 4, mean: 12)
        let outcome = try AttackProblem(naive: territory, gate).solve()
        #expect(outcome.pinned > 0, "\(outcome)")
    }
}

/// What a reader knows, as linear constraints.
struct AttackProblem: Encodable {
    struct Sum: Encodable {
        var of: [Int]
        var low: Double
        var high: Double
    }

    struct Outcome: Decodable {
        var targets: Int
        var pinned: Int
        var narrowest: Double
    }

    private(set) var unknowns = 0
    private(set) var sums: [Sum] = []
    private(set) var targets: [[Int]] = []
    /// How many of the targets are areas of which others are published.
    private(set) var areaTargets = 0

    private let territory: TestTerritory
    private let k: Int
    private static let months = 12
    private var places: Int { (territory.axes.municipalities[0].areas.count + 1) * TestTerritory.cellColumns }
    private var categoryCount: Int { territory.axes.categories.count + 1 }

    private enum CodingKeys: String, CodingKey { case unknowns, sums, targets }

    init(_ territory: TestTerritory, _ gate: Gate) throws {
        self.init(territory, k: gate.smallCounts.k)
        let release = try territory.release(gate)
        try publishMonths(gate, release)
        try publishAreas(gate, release)
        try publishCells(gate, release)
    }

    init(naive territory: TestTerritory, _ gate: Gate) throws {
        self.init(territory, k: gate.smallCounts.k)
        let total = territory.count { _, _, _, _ in true }
        know(unknowns(), .init(shown: total), true: total)
        for month in 0..<Self.months {
            for category in [nil] + (0..<categoryCount).map(Optional.init) {
                let truth = count(area: nil, month: month, category: category)
                know(unknowns(month: month, category: category), naive(truth), true: truth)
            }
        }
        for area in 0...territory.axes.municipalities[0].areas.count {
            let truth = count(area: area, month: nil, category: nil)
            know(unknowns(area: area), naive(truth), true: truth)
        }
    }

    private init(_ territory: TestTerritory, k: Int) {
        self.territory = territory
        self.k = k
        unknowns = places * Self.months * categoryCount
    }

    private func naive(_ count: Int) -> PublicCount {
        count > 0 && count < k ? .init(suppressed: 1) : .init(shown: count)
    }

    private mutating func publishMonths(_ gate: Gate, _ release: PublicRelease) throws {
        let order = Array(territory.axes.categories.indices) + [categoryCount - 1]
        let parts = try gate.counts(PublicQuery(byCategory: true, municipalities: [0]), of: release).value
        let totals = try gate.counts(PublicQuery(municipalities: [0]), of: release).value
        let first = try #require(totals.first?.period).index - TestTerritory.firstMonth
        for (row, total) in totals.enumerated() where row + Int(first) < Self.months {
            let month = row + Int(first)
            for (position, category) in order.enumerated() {
                let figure = parts[row * order.count + position].count
                know(
                    unknowns(month: month, category: category), figure,
                    true: count(area: nil, month: month, category: category))
            }
            try knowTotals(total, month, gate, release)
        }
    }

    /// The sum over ordinary and sensitive offences, and each alone as the sum over its categories is asked for.
    private mutating func knowTotals(
        _ total: PublicRow, _ month: Int, _ gate: Gate, _ release: PublicRelease
    ) throws {
        let all = unknowns(month: month, category: nil)
        if let exact = total.count.exact { sums.append(.init(of: all, low: Double(exact), high: Double(exact))) }
        for isSensitive in [false, true] {
            let members = (0..<categoryCount).filter { isSensitive == (2...3).contains($0) }
            let truth = members.reduce(0) { $0 + count(area: nil, month: month, category: $1) }
            let figure: PublicCount = truth > 0 && truth < k ? .init(suppressed: 1) : .init(shown: truth)
            know(members.flatMap { unknowns(month: month, category: $0) }, figure, true: truth)
            // The rule says that a total which is suppressed is small.
            if figure.suppressed > 0 {
                sums.append(
                    .init(of: members.flatMap { unknowns(month: month, category: $0) }, low: 1, high: Double(k - 1)))
            }
        }
    }

    private mutating func publishAreas(_ gate: Gate, _ release: PublicRelease) throws {
        let rows = try gate.counts(TestTerritory.areas, of: release).value
        for (area, row) in rows.enumerated() where rows.contains(where: { $0.count.exact != nil }) {
            let before = targets.count
            defer { areaTargets += targets.count - before }
            know(unknowns(area: area, ordinary: true), row.count, true: ordinaryCount(area: area))
        }
    }

    private mutating func publishCells(_ gate: Gate, _ release: PublicRelease) throws {
        let grid = try Grid(
            crs: CRS("EPSG:32614"), origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(500),
            columns: TestTerritory.cellColumns, rows: 1)
        let year = try #require(Period("2023"))
        let cells = try gate.cells(of: territory.columns, in: territory.cells, on: grid, year: year, of: release).value
        let rows = try gate.counts(TestTerritory.areas, of: release).value
        let open = rows.indices.filter { rows[$0].count.exact != nil }
        for (cell, index) in cells.classes.enumerated() {
            let of = open.flatMap { unknowns(area: $0, cell: cell, ordinary: true) }
            guard !of.isEmpty else { continue }
            let low = cells.lowerLimit(of: index)
            sums.append(.init(of: of, low: low, high: index == 0 ? Double(k - 1) : low * 2 - 1))
        }
    }

    private mutating func know(_ of: [Int], _ figure: PublicCount, true truth: Int) {
        if let exact = figure.exact {
            sums.append(.init(of: of, low: Double(exact), high: Double(exact)))
        } else if truth > 0, truth < k {
            targets.append(of)
        }
    }

    /// The unknowns of a slice, whose numbers run by place, month and category.
    private func unknowns(
        area: Int? = nil, cell: Int? = nil, month: Int? = nil, category: Int? = nil, ordinary: Bool = false
    ) -> [Int] {
        (0..<unknowns).filter { unknown in
            let (place, rest) = unknown.quotientAndRemainder(dividingBy: Self.months * categoryCount)
            let (m, c) = rest.quotientAndRemainder(dividingBy: categoryCount)
            return (area == nil || place / TestTerritory.cellColumns == area)
                && (cell == nil || place % TestTerritory.cellColumns == cell) && (month == nil || m == month)
                && (category == nil || c == category) && (!ordinary || !(2...3).contains(c))
        }
    }

    private func count(area: Int?, month: Int?, category: Int?) -> Int {
        let rest = territory.axes.municipalities[0].areas.count
        return territory.count { _, a, m, c in
            (area == nil || Int(a) == area || (area == rest && a < 0))
                && (month == nil || m == TestTerritory.firstMonth + Int32(month ?? 0))
                && (category == nil || Int(c) == category || (category == categoryCount - 1 && c < 0))
        }
    }

    private func ordinaryCount(area: Int) -> Int { territory.count { _, a, _, c in Int(a) == area && c < 2 } }

    func solve() throws -> Outcome {
        let folder = try TemporaryFolder()
        let problem = try folder.write("problem.json", String(decoding: JSONEncoder().encode(self), as: UTF8.self))
        let program = try folder.write("attack.py", Self.program)
        let outcome = try ForeignProgram.python.run([program, problem])
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try JSONDecoder().decode(Outcome.self, from: Data(outcome.output.utf8))
    }

    private static let program = """
        import json, sys
        import numpy as np
        from scipy.optimize import linprog
        from scipy.sparse import lil_matrix

        problem = json.load(open(sys.argv[1]))
        n, sums = problem["unknowns"], problem["sums"]

        def matrix(chosen):
            m = lil_matrix((len(chosen), n))
            for row, s in enumerate(chosen):
                for unknown in s["of"]:
                    m[row, unknown] = 1
            return m.tocsr()

        equal = [s for s in sums if s["low"] == s["high"]]
        between = [s for s in sums if s["low"] != s["high"]]
        known = dict(A_eq=matrix(equal), b_eq=[s["low"] for s in equal], bounds=(0, None), method="highs")
        if between:
            m = matrix(between)
            from scipy.sparse import vstack
            known.update(A_ub=vstack([m, -m]), b_ub=[s["high"] for s in between] + [-s["low"] for s in between])
        widths = []
        for target in problem["targets"]:
            cost = np.zeros(n)
            cost[target] = 1
            low, high = linprog(cost, **known), linprog(-cost, **known)
            if low.status != 0 or high.status not in (0, 3):
                sys.exit("no solution: " + low.message + high.message)
            widths.append((1e9 if high.status == 3 else -high.fun) - low.fun)
        print(json.dumps(dict(
            targets=len(widths), pinned=sum(w < 1 - 1e-6 for w in widths), narrowest=float(min(widths, default=1e9)))))
        """
}
