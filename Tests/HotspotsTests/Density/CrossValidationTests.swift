import Grids
import Hotspots
import SimpleFeatures
import TestSupport
import Testing

@Suite struct CrossValidationTests {
    private func pattern() throws -> PointPattern {
        try PointPattern(x: BandwidthRuleTests.x, y: BandwidthRuleTests.y, crs: DensityFixture.crs)
    }

    /// Two incidents 300 m apart, h = 500 m: each foretells the other with 3/(π·h²)·0.64².
    @Test func `The likelihood of a pair can be worked by hand`() throws {
        let pair = try PointPattern(x: [0, 300], y: [7, 7], crs: DensityFixture.crs)
        let score = try CrossValidation(.likelihood).score(of: .metres(500), for: pair)
        // ln(3 · 0.4096 / (π · 250000))
        #expect(abs(try #require(score) - -13.367907999282513) < 1e-8)
        #expect(try CrossValidation(.likelihood).score(of: .metres(300), for: pair) == nil)
    }

    /// numpy by the definition, the gaussian also by scikit-learn 1.9 and statsmodels 0.15, the Epanechnikov by
    /// scikit-learn: tools/reference/density.py.
    @Test(arguments: [
        (Kernel.gaussian, 1500.0, -17.650447907823835), (.gaussian, 4000, -18.65461638493424),
        (.gaussian, 100, -111.26373805665473),
        (.quartic, 4000, -17.629757643019484), (.triangular, 4000, -17.647329517307952),
        (.epanechnikov, 4000, -17.67843260484925), (.uniform, 4000, -17.90804470081055),
    ])
    func `Likelihoods agree with scikit-learn`(kernel: Kernel, metres: Double, expected: Double) throws {
        let score = try CrossValidation(.likelihood, kernel: kernel).score(of: .metres(metres), for: pattern())
        #expect(abs(try #require(score) - expected) < 1e-6)
    }

    /// statsmodels 0.15's `KDEMultivariate.imse`, and the lens of two discs by scipy's `quad`.
    @Test(arguments: [
        (Kernel.gaussian, 500.0, -1.8875129449988364e-08), (.gaussian, 1500, -3.239607099352535e-08),
        (.uniform, 1500, -2.687831716720172e-08),
    ])
    func `Squared errors agree with statsmodels`(kernel: Kernel, metres: Double, expected: Double) throws {
        let score = try CrossValidation(.leastSquares, kernel: kernel).score(of: .metres(metres), for: pattern())
        #expect(abs(try #require(score) / expected - 1) < 1e-6)
    }

    /// scipy's bounded search over statsmodels' `loo_likelihood` and `imse`: 1363.97 and 968.36.
    @Test func `The bandwidths found agree with statsmodels`() throws {
        let likely = try CrossValidation(.likelihood, kernel: .gaussian).run(for: pattern())
        #expect(abs(likely.bandwidth.metres / 1363.9739352300362 - 1) < 2e-3)
        #expect(!likely.isAtLeast && !likely.isAtGreatest)
        let search = CrossValidation(
            .leastSquares, kernel: .gaussian, least: .metres(500), greatest: .metres(6000))
        let squares = try search.run(for: pattern())
        #expect(abs(squares.bandwidth.metres / 968.3582841535665 - 1) < 2e-3)
        #expect((squares.least, squares.greatest) == (.metres(500), .metres(6000)))
        #expect(squares.scores.allSatisfy { $0.value != nil } && squares.scores.count > 12)
        let rule = try #require(BandwidthRule("cv-likelihood"))
        #expect(rule.description == "cv-likelihood")
        #expect(try rule.bandwidth(for: pattern(), kernel: .gaussian) == likely.bandwidth)
        #expect(BandwidthRule("cv-least-squares")?.description == "cv-least-squares")
    }

    @Test func `Least squares run to the end of the range where incidents share a place`() throws {
        let search = CrossValidation(.leastSquares, kernel: .gaussian)
        let twice = try PointPattern(
            x: BandwidthRuleTests.x + BandwidthRuleTests.x, y: BandwidthRuleTests.y + BandwidthRuleTests.y,
            crs: DensityFixture.crs)
        let result = try search.run(for: twice)
        #expect(result.isAtLeast && !result.isAtGreatest)
    }

    @Test(arguments: [Kernel.gaussian, .uniform])
    func `Scores are those of leaving each incident out`(kernel: Kernel) throws {
        var generator = SeededGenerator(seed: 71)
        var places = (0..<60).map { _ in
            PlanarPoint(
                x: 5e5 + Double.random(in: 0...900, using: &generator),
                y: 2e6 + Double.random(in: 0...2500, using: &generator))
        }
        places += places[0..<9]
        let all = try PointPattern(places, crs: DensityFixture.crs)
        for metres in [450.0, 1900] {
            let method = KernelDensity(bandwidth: .metres(metres), kernel: kernel)
            var expected = 0.0
            for (index, place) in places.enumerated() {
                var others = places
                others.remove(at: index)
                let grid = try DensityFixture.grid(1, 1, cell: 2, origin: PlanarPoint(x: place.x - 1, y: place.y - 1))
                let value = try DensityFixture.bruteForce(method, PointPattern(others, crs: grid.crs), grid)[0]
                expected += value / 1e6 / Double(others.count)
            }
            let score = try CrossValidation(.leastSquares, kernel: kernel).score(of: .metres(metres), for: all)
            var square = 0.0
            for a in places { for b in places { square += convolution(kernel, a.distance(to: b).metres, metres) } }
            let count = Double(places.count)
            #expect(abs(try #require(score) / (square / count / count - 2 * expected / count) - 1) < 1e-6)
        }
    }

    /// By the midpoint rule over a square of 400 by 400.
    private func convolution(_ kernel: Kernel, _ distance: Double, _ h: Double) -> Double {
        if kernel == .gaussian {
            // Two deviations of h make one of √2·h.
            var (term, sum) = (1.0, 1.0)
            let x = -distance * distance / (4 * h * h) / 64
            for n in 1...20 {
                term *= x / Double(n)
                sum += term
            }
            for _ in 0..<6 { sum *= sum }
            return sum / (4 * .pi * h * h)
        }
        guard distance < 2 * h else { return 0 }
        // The lens by thin slices across it, with the square root's ends taken by a substitution.
        let (low, steps) = (distance / 2 / h, 4000)
        var area = 0.0
        for step in 0..<steps {
            let t = (Double(step) + 0.5) / Double(steps)
            let x = 1 - (1 - low) * t * t
            area += 4 * (1 - x * x).squareRoot() * 2 * (1 - low) * t / Double(steps)
        }
        return area / (.pi * .pi * h * h)
    }

    @Test func `Foretelling some of the places comes near to foretelling all`() throws {
        var generator = SeededGenerator(seed: 73)
        let places = (0..<900).map { _ in
            PlanarPoint(
                x: Double.random(in: 0...900, using: &generator), y: Double.random(in: 0...900, using: &generator))
        }
        let pattern = try PointPattern(places, crs: DensityFixture.crs)
        for criterion in CrossValidation.Criterion.allCases {
            let all = CrossValidation(criterion, kernel: .gaussian)
            let some = CrossValidation(criterion, kernel: .gaussian, places: 300)
            let whole = try #require(try all.score(of: .metres(60), for: pattern))
            let part = try #require(try some.score(of: .metres(60), for: pattern))
            #expect(part != whole && abs(part / whole - 1) < 0.05)
        }
    }

    @Test func `Rows in any order and any number of threads give the same answer`() throws {
        var generator = SeededGenerator(seed: 72)
        let places = (0..<300).map { _ in
            PlanarPoint(
                x: Double.random(in: 0...900, using: &generator), y: Double.random(in: 0...400, using: &generator))
        }
        let search = CrossValidation(.likelihood)
        let alone = try search.run(for: PointPattern(places, crs: DensityFixture.crs), threads: 1)
        let shuffled = try PointPattern(places.shuffled(using: &generator), crs: DensityFixture.crs)
        #expect(try search.run(for: shuffled, threads: 2) == alone)
        #expect(throws: HotspotError.cancelled) { try search.run(for: shuffled) { _ in false } }
    }

    @Test func `Patterns without an answer say so`() throws {
        let crs = DensityFixture.crs
        let none = try PointPattern([], crs: crs)
        let one = try PointPattern([PlanarPoint(x: 1, y: 2)], crs: crs)
        let heap = try PointPattern(Array(repeating: PlanarPoint(x: 1, y: 2), count: 9), crs: crs)
        let line = try PointPattern((0..<9).map { PlanarPoint(x: Double($0), y: 0) }, crs: crs)
        let search = CrossValidation(.likelihood)
        for (pattern, found) in [(none, 0), (one, 1)] {
            #expect(throws: HotspotError.tooFewIncidents(rule: "cv-likelihood", needed: 2, found: found)) {
                try search.run(for: pattern)
            }
        }
        #expect(throws: HotspotError.noSpread(rule: "cv-likelihood")) { try search.run(for: heap) }
        #expect(try search.run(for: line).bandwidth.metres > 0)
        #expect(throws: HotspotError.noClosedForm(kernel: .quartic)) {
            try CrossValidation(.leastSquares).run(for: line)
        }
        let short = CrossValidation(.likelihood, least: .metres(0.1), greatest: .metres(0.5))
        #expect(throws: HotspotError.noBandwidthScores(from: .metres(0.1), to: .metres(0.5))) {
            try short.run(for: line)
        }
        #expect(
            HotspotError.noBandwidthScores(from: .metres(1), to: .metres(5)).description
                == "cross-validation must find a bandwidth at which every incident has a neighbour, but none from 1 m to 5 m is one"
        )
    }
}
