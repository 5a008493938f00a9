import CrimeMapping
import Hotspots
import Incidents
import SimpleFeatures

/// What a surface is compared with, in the words of `faro hotspot kde --against-category` and `--against-population`.
enum SurfaceComparison {
    /// How the two are compared, as the command line calls it.
    private enum Comparison: String, CaseIterable {
        case ratio
        case logRatio = "log-ratio"
        case difference, sum

        var comparison: DualDensity.Comparison {
            switch self {
            case .ratio: .ratio
            case .logRatio: .logRatio
            case .difference: .difference
            case .sum: .sum
            }
        }
    }

    /// - Returns: nil where nothing is to be compared.
    /// - Throws: ``Problem``, `FilterError`, `JobError`.
    static func denominator(
        _ ask: Ask, _ input: AnalysisInput, cellSize: Double?, _ job: inout DensityMap
    ) throws -> DensityMap.Denominator? {
        let (categories, population) = (
            ask.query.texts("against_category"), try ask.query.text("against_population")
        )
        let comparison = try ask.query.choice("compare", Comparison.self)
        guard !categories.isEmpty || population != nil else {
            guard comparison == nil else {
                throw Problem.badParameter("compare", "must come with against_category or against_population")
            }
            return nil
        }
        guard job.estimate == .exact else {
            throw Problem.badParameter(
                "a comparison", "needs one bandwidth, exactly summed: not approximate or adaptive")
        }
        job.comparison = DualDensity((comparison ?? .ratio).comparison)
        guard let population else { return try ofCategories(categories, ask, input) }
        guard categories.isEmpty, let spread = PopulationSpread(words: population) else {
            throw Problem.badParameter(
                "against_population", "must be level:kind or level:kind:year, without against_category beside it")
        }
        // Its places are the centres of cells.
        let side = cellSize ?? max(0.4, min(input.window.width, input.window.height) / 625)
        let reach = if case .fixed(let length) = job.bandwidth { length.metres } else { 10 * side }
        try SurfaceQuery.checkKernel(
            reach, side, places: input.window.width * input.window.height / (side * side), ask, input)
        let snapshot = ask.snapshot
        return { try spread.pattern(in: snapshot, over: $0) }
    }

    private static func ofCategories(
        _ categories: [String], _ ask: Ask, _ input: AnalysisInput
    ) throws -> DensityMap.Denominator {
        var filter = input.selection.filter
        filter.categories = categories
        let second = try IncidentSelection(from: ask.snapshot, filter: filter, box: FilterQuery.box(ask.query))
        let pattern = try second.pattern()
        return { _ in pattern }
    }
}
