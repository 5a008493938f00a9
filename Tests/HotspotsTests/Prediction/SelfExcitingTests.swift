import Glibc
import Grids
import Hotspots
import SimpleFeatures
import Statistics
import Testing

struct SelfExcitingTests {
    static func mask(_ columns: Int) throws -> Mask {
        let grid = try Grid(
            crs: SpaceTimeFixture.crs, origin: PlanarPoint(x: 0, y: 0), cellSize: .metres(100), columns: columns,
            rows: 1
        )
        return Mask(grid: grid, isInside: Array(repeating: true, count: columns))
    }

    /// A process as the model has it: background incidents, and so many children of each, exponentially later.
    private func simulated(cells: Int, days: Double, rate: Double, theta: Double, omega: Double)
        -> SpaceTimeFixture.Rows
    {
        var generator = SplitMix64(seed: 11)
        func wait(_ rate: Double) -> Double { -log(1 - generator.unit()) / rate }
        var rows = SpaceTimeFixture.Rows(x: [], y: [], days: [])
        for cell in 0..<cells {
            var pending: [Double] = []
            var time = wait(rate)
            while time < days {
                pending.append(time)
                time += wait(rate)
            }
            while let parent = pending.popLast() {
                rows.x.append(Double(cell) * 100 + 50)
                rows.y.append(50)
                rows.days.append(parent)
                // As many children as exponential waits fit in θ: a Poisson number.
                var sum = wait(1)
                while sum < theta {
                    let child = parent + wait(omega)
                    if child < days { pending.append(child) }
                    sum += wait(1)
                }
            }
        }
        return rows
    }

    @Test func `The rates of a simulated process are found again`() throws {
        let rows = simulated(cells: 40, days: 1000, rate: 0.05, theta: 0.4, omega: 0.2)
        let model = try SelfExciting().model(of: rows.pattern(), over: Self.mask(40), days: 0..<1000)
        #expect(model.hasConverged)
        // About 3,300 incidents: θ to ± 0.03 or so.
        #expect(abs(model.triggered - 0.4) < 0.07)
        #expect(abs(model.decay - 0.2) < 0.06)
        #expect(abs(model.background.reduce(0, +) - 2) < 0.25)
    }

    @Test func `Without any influence hardly any is found`() throws {
        let rows = simulated(cells: 40, days: 1000, rate: 0.08, theta: 0, omega: 1)
        let model = try SelfExciting().model(of: rows.pattern(), over: Self.mask(40), days: 0..<1000)
        #expect(model.triggered < 0.06)
    }

    /// The incidents of tools/reference/self_exciting.py, of one cell.
    private func repeats(cell: Int) -> [Double] {
        var times: Set<Double> = []
        for k in 0..<30 {
            let parent = Double(k * (53 + 2 * cell) % 361) + Double(cell) / 8
            times.insert(parent)
            if k % 2 == 0 { times.insert(parent + 0.625) }
            if k % 4 == 0 { times.formUnion([parent + 1.25, parent + 2.5]) }
        }
        return times.sorted()
    }

    private func model(cells: Int) throws -> SelfExcitingModel {
        var rows = SpaceTimeFixture.Rows(x: [], y: [], days: [])
        for cell in 0..<cells {
            for time in repeats(cell: cell) {
                rows.x.append(Double(cell) * 100 + 50)
                rows.y.append(50)
                rows.days.append(time)
            }
        }
        return try SelfExciting(iterations: 100_000, tolerance: 1e-12).model(
            of: rows.pattern(), over: Self.mask(cells), days: 0..<400)
    }

    /// hawkesbook 0.1.0: its likelihood of three cells, maximised, and its own expectation and maximisation of one.
    @Test func `The rates are those that hawkesbook finds`() throws {
        let three = try model(cells: 3)
        #expect(abs(three.triggered - 0.3979695277530012) < 1e-6)
        #expect(abs(three.decay - 1.053029756024698) < 1e-6)
        for (own, theirs) in zip(three.background, [0.09772653332368973, 0.09698238435388548, 0.06416419131666926]) {
            #expect(abs(own - theirs) < 1e-7)
        }
        let one = try model(cells: 1)
        #expect(abs(one.triggered - 0.33758752724248636) < 1e-6)
        #expect(abs(one.decay - 1.0755674118118748) < 1e-6)
        #expect(abs(one.background[0] - 0.10101790209552082) < 1e-7)
    }

    @Test func `One round over all pairs of incidents leads where the model stands`() throws {
        // At the maximum, the sums over all pairs give back the rates themselves.
        let rows = simulated(cells: 3, days: 300, rate: 0.1, theta: 0.3, omega: 0.3)
        let model = try SelfExciting(iterations: 100_000, tolerance: 1e-12).model(
            of: rows.pattern(), over: Self.mask(3), days: 0..<300)
        let (theta, omega) = (model.triggered, model.decay)
        var (children, delays, parents) = (0.0, 0.0, 0.0)
        var own = [0.0, 0, 0]
        for j in rows.x.indices {
            let cell = Int(rows.x[j] / 100)
            // The model rounds times to the second.
            func time(_ i: Int) -> Double { (rows.days[i] * 86_400).rounded() / 86_400 }
            let before = rows.x.indices.filter { rows.x[$0] == rows.x[j] && time($0) < time(j) }
            let raised = before.map { theta * omega * exp(-omega * (time(j) - time($0))) }
            let all = model.background[cell] + raised.reduce(0, +)
            own[cell] += model.background[cell] / all
            children += raised.reduce(0, +) / all
            for (i, value) in zip(before, raised) { delays += value / all * (time(j) - time(i)) }
            parents += 1 - exp(-omega * (300 - time(j)))
        }
        #expect(abs(children / parents - theta) < 1e-6)
        #expect(abs(children / delays - omega) < 1e-5)
        for cell in 0..<3 { #expect(abs(own[cell] / 300 - model.background[cell]) < 1e-7) }
    }

    @Test func `What is expected is the integral of the mean rate`() throws {
        let rows = simulated(cells: 3, days: 300, rate: 0.1, theta: 0.3, omega: 0.3)
        let model = try SelfExciting().model(of: rows.pattern(), over: Self.mask(3), days: 0..<300)
        let (theta, omega) = (model.triggered, model.decay)
        for cell in 0..<3 {
            var rate = model.background[cell]
            for i in rows.x.indices where Int(rows.x[i] / 100) == cell {
                rate += theta * omega * exp(-omega * (300 - rows.days[i]))
            }
            var (sum, steps) = (0.0, 20_000)
            let step = 10 / Double(steps)
            while steps > 0 {
                sum += rate * step
                rate += omega * (model.background[cell] - (1 - theta) * rate) * step
                steps -= 1
            }
            #expect(abs(model.expected(days: 10)[cell] - sum) < 1e-3 * sum)
        }
    }

    @Test func `Incidents of one day do not trigger each other, and few or none are refused`() throws {
        let same = SpaceTimeFixture.Rows(
            x: Array(repeating: 50, count: 12), y: Array(repeating: 50, count: 12), days: Array(repeating: 3, count: 12)
        )
        let model = try SelfExciting().model(of: same.pattern(), over: Self.mask(1), days: 0..<10)
        #expect(model.triggered < 1e-6)
        #expect(abs(model.background[0] - 1.2) < 1e-6)
        let few = SpaceTimeFixture.Rows(x: [50], y: [50], days: [3])
        #expect(throws: HotspotError.tooFew(method: "a self-exciting process", needed: 10, found: 1)) {
            try SelfExciting().model(of: few.pattern(), over: Self.mask(1), days: 0..<10)
        }
        #expect(throws: HotspotError.cancelled) {
            try SelfExciting().model(of: same.pattern(), over: Self.mask(1), days: 0..<10, progress: { _ in false })
        }
    }

    @Test func `A process that grows without end is refused`() throws {
        // Incidents twice as frequent every ten days.
        var rows = SpaceTimeFixture.Rows(x: [], y: [], days: [])
        for step in 0..<10 {
            for index in 0..<(1 << step) {
                rows.x.append(50)
                rows.y.append(50)
                rows.days.append(Double(step * 10) + Double(index) * 10 / Double(1 << step))
            }
        }
        let error = #expect(throws: HotspotError.self) {
            try SelfExciting().model(of: rows.pattern(), over: Self.mask(1), days: 0..<100)
        }
        guard case .explodes(let triggered) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(triggered >= 1)
    }

    @Test func `The order of the rows changes nothing`() throws {
        let rows = simulated(cells: 4, days: 200, rate: 0.1, theta: 0.3, omega: 0.3)
        let one = try SelfExciting().model(of: rows.pattern(), over: Self.mask(4), days: 0..<200)
        let two = try SelfExciting().model(of: rows.shuffled(seed: 8).pattern(), over: Self.mask(4), days: 0..<200)
        #expect((one.triggered, one.decay, one.rounds) == (two.triggered, two.decay, two.rounds))
        #expect((one.background, one.expected(days: 7)) == (two.background, two.expected(days: 7)))
    }

    @Test func `Nothing, one place and one instant do not trap, and nonsense is refused`() throws {
        let none = try SpaceTimeFixture.Rows(x: [], y: [], days: []).pattern()
        #expect(throws: HotspotError.tooFew(method: "a self-exciting process", needed: 10, found: 0)) {
            try SelfExciting().model(of: none, over: Self.mask(1), days: 0..<10)
        }
        // Ten of them an instant before the end.
        let late = SpaceTimeFixture.Rows(
            x: Array(repeating: 50, count: 10), y: Array(repeating: 50, count: 10),
            days: Array(repeating: 10 - 1.0 / 86_400, count: 10))
        let model = try SelfExciting().model(of: late.pattern(), over: Self.mask(2), days: 0..<10)
        #expect(model.expected(days: 1).allSatisfy { $0.isFinite && $0 >= 0 })
        #expect(model.expected(days: 0) == [0, 0])
        for iterations in [0, -1, .max] {
            #expect(throws: HotspotError.self) {
                try SelfExciting(iterations: iterations).model(of: late.pattern(), over: Self.mask(1), days: 0..<10)
            }
        }
        // A tolerance that nothing can be below lets all rounds run.
        let unsure = try SelfExciting(iterations: 7, tolerance: .nan).model(
            of: late.pattern(), over: Self.mask(1), days: 0..<10)
        #expect((unsure.rounds, unsure.hasConverged) == (7, false))
        #expect(throws: HotspotError.periodsNotAscending) {
            try SelfExciting().model(of: late.pattern(), over: Self.mask(1), days: 0..<Double.infinity)
        }
    }
}
