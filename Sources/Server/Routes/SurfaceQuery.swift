import CrimeMapping
import Grids
import Hotspots
import SimpleFeatures

/// A density surface in the words of `faro hotspot kde`.
enum SurfaceQuery {
    static let parameters: Set<String> = [
        "bandwidth", "cell_size", "kernel", "edge", "scale", "approximate", "half_life", "adaptive",
        "against_category", "against_population", "compare",
    ]

    /// How values are counted, as the command line calls it.
    private enum Scale: String, CaseIterable {
        case density, count, probability

        var scale: KernelDensity.Scale {
            switch self {
            case .density: .eventsPerKm2
            case .count: .count
            case .probability: .probability
            }
        }
    }

    /// - Parameter usual: the rule of the bandwidth where the question has none.
    static func surface(
        _ ask: Ask, _ input: AnalysisInput, usual: BandwidthRule = .mass, _ control: JobControl
    ) throws -> DensityMapResult {
        let size = try ask.query.number("cell_size", in: ask.caps.cellSize...1e6)
        let bandwidth = try bandwidth(ask, input) ?? usual
        // Within a study area the rule is known; without one the grid grows by the kernel.
        let side = size ?? (input.studyArea == nil ? nil : DensityMap.cellSize(for: input.window).metres)
        try input.checkCells(side, share: 250, ask.caps.surfaceCells, "surface-cells", ask.caps)
        try checkKernel(bandwidth, size, ask, input)
        var job = DensityMap(
            kernel: try ask.query.choice("kernel", Kernel.self) ?? .quartic, bandwidth: bandwidth,
            cellSize: size.map { .metres($0) }, extent: input.selection.extent)
        job.scale = try ask.query.choice("scale", Scale.self)?.scale ?? .eventsPerKm2
        job.edgeCorrection = try ask.query.choice("edge", EdgeCorrection.self) ?? .none
        job.estimate = try estimate(ask)
        // Of no incident, or of one, the surface is a picture too: an empty one, or one hill.
        job.bandwidthOfFew = .metres(500)
        let denominator = try SurfaceComparison.denominator(ask, input, cellSize: size, &job)
        return try job.run(
            on: try pattern(ask, input), against: denominator, studyArea: input.studyArea, control: control)
    }

    private static func bandwidth(_ ask: Ask, _ input: AnalysisInput) throws -> BandwidthRule? {
        guard let text = try ask.query.text("bandwidth") else { return nil }
        guard let rule = BandwidthRule(text) else {
            throw Problem.badParameter(
                "bandwidth",
                "must be metres or one of esri, mass, spatstat, knn:K, cv-likelihood, cv-least-squares, but is \"\(text.prefix(40))\""
            )
        }
        switch rule {
        case .knn, .likelihoodCrossValidation, .leastSquaresCrossValidation:
            try ask.caps.check(
                Double(input.pattern.count), ask.caps.crossValidatedIncidents, "cross-validated-incidents",
                "give the bandwidth in metres")
        case .fixed, .esri, .mass, .spatstat: break
        }
        return rule
    }

    private static func checkKernel(_ rule: BandwidthRule, _ size: Double?, _ ask: Ask, _ input: AnalysisInput) throws {
        guard case .fixed(let length) = rule else { return }
        try checkKernel(length.metres, size, places: Double(input.pattern.count), ask, input)
    }

    /// The sweep looks at each incident once for every row of cells that its kernel reaches.
    static func checkKernel(
        _ bandwidth: Double, _ size: Double?, places: Double, _ ask: Ask, _ input: AnalysisInput
    ) throws {
        guard !input.window.isEmpty else { return }
        let side = size ?? max(0.4, min(input.window.width, input.window.height) / 625)
        let rows = min(2 * bandwidth / side + 1, input.window.height / side + 1)
        try ask.caps.check(
            rows * places, ask.caps.kernelWork, "kernel-work", "choose larger cells or a smaller bandwidth")
    }

    private static func estimate(_ ask: Ask) throws -> DensityMap.Estimate {
        let approximate = try ask.query.flag("approximate")
        guard let adaptive = try ask.query.text("adaptive") else {
            return approximate ? .approximate(tolerance: 0.001) : .exact
        }
        if approximate { throw Problem.badParameter("approximate", "and adaptive exclude each other") }
        if adaptive == "abramson" { return .abramson }
        guard adaptive.hasPrefix("knn:"), let k = Int(adaptive.dropFirst(4)), (1...1_000).contains(k) else {
            throw Problem.badParameter("adaptive", "must be knn:K with K from 1 to 1000, or abramson")
        }
        return .nearest(k)
    }

    private static func pattern(_ ask: Ask, _ input: AnalysisInput) throws -> PointPattern {
        guard let days = try ask.query.number("half_life", in: 0.01...100_000) else { return input.pattern }
        return try input.selection.pattern(forgetting: TemporalDecay(halfLifeDays: days))
    }
}
