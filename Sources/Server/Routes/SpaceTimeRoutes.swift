import CrimeMapping
import Hotspots
import Privacy
import SimpleFeatures

/// `/hotspots/near-repeat` and `/hotspots/emerging`: the jobs of `faro hotspot near-repeat` and `emerging`.
enum SpaceTimeRoutes {
    static var all: [Route] { [nearRepeats, emerging] }

    private static let parameters = AnalysisInput.parameters.union(["cell_size", "lang", "explain"])

    private static let nearRepeats = Route(
        "/hotspots/near-repeat", of: .statistics,
        parameters: parameters.union(["metres", "within_days", "closed_right", "rows", "ahead", "permutations", "seed"]
        ),
        media: TableAnswer.media
    ) { ask in
        try await ask.analyse { control in
            let input = try AnalysisInput(ask)
            let rows = try ask.query.choice("rows", NearRepeatSearch.Rows.self) ?? .bands
            guard rows != .bands || ask.media != .png else {
                throw Problem.badParameter("rows", "must be incidents or risk for a picture: bands have no place")
            }
            let test = try test(ask)
            try check(test, ask, input)
            var job = NearRepeatSearch(test: test, rows: rows)
            if let ahead = try ask.query.integer("ahead", in: 1...NearRepeatSearch.greatestDaysAhead) {
                guard rows == .risk else { throw Problem.badParameter("ahead", "is for rows=risk") }
                job.ahead = ahead
            }
            let found = try job.run(on: support(ask, input), control: control)
            return try answer(found, layer: rows == .risk ? "cells" : rows.rawValue, ask, input, control)
        }
    }

    private static let emerging = Route(
        "/hotspots/emerging", of: .statistics,
        parameters: parameters.union(["period", "distance", "sporadic_now", "frames"]), media: TableAnswer.media
    ) { ask in
        try await ask.analyse { control in
            let input = try AnalysisInput(ask)
            var job = EmergingMap(
                period: try period(ask), distance: try ask.query.number("distance", in: 0...1e6).map { .metres($0) },
                sporadic: try ask.query.flag("sporadic_now") ? .lastPeriod : .ever)
            job.showsPeriods = try ask.query.flag("frames")
            let support = try support(ask, input)
            try ask.caps.check(
                job.binCount(on: support), ask.caps.cubeBins, "cube-bins", "choose larger cells or longer periods")
            return try answer(job.run(on: support, control: control), layer: "cells", ask, input, control)
        }
    }

    private static func support(_ ask: Ask, _ input: AnalysisInput) throws -> SpaceTimeSupport {
        let size = try ask.query.number("cell_size", in: ask.caps.cellSize...1e6)
        try input.checkCells(size, share: 50, ask.caps.gridCells, "grid-cells", ask.caps)
        return try SpaceTimeSupport(
            of: input.selection, cellSize: size.map { .metres($0) }, studyArea: input.studyArea)
    }

    private static func answer(
        _ found: SpaceTimeTable, layer: String, _ ask: Ask, _ input: AnalysisInput, _ control: JobControl
    ) throws -> Answer {
        var table = found.table
        table.members += try ExplainQuery.members(input.members, found.explanation, ask)
        return try TableAnswer.answer(table, layer: layer, ask, input.subject, control)
    }

    // MARK: Near repeats

    private static func test(_ ask: Ask) throws -> NearRepeat {
        let usual = NearRepeat()
        let permutations = try ask.query.integer("permutations", in: 1...Int.max) ?? usual.permutations
        try ask.caps.check(Double(permutations), ask.caps.permutations, "permutations", "ask for fewer")
        return NearRepeat(
            distances: try limits("metres", ask)?.map { .metres($0) } ?? usual.distances,
            days: try limits("within_days", ask) ?? usual.days,
            closed: try ask.query.flag("closed_right") ? .right : .left, permutations: permutations,
            seed: UInt64(try ask.query.integer("seed", in: 0...Int.max) ?? 1))
    }

    /// `100,200,400`.
    private static func limits(_ name: String, _ ask: Ask) throws -> [Double]? {
        guard let text = try ask.query.text(name) else { return nil }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Query.decimal($0) }
        guard numbers.count == parts.count, parts.count <= NearRepeat.greatestBandCount else {
            throw Problem.badParameter(
                name,
                "must be at most \(NearRepeat.greatestBandCount) numbers with commas between, but is \"\(text.prefix(40))\""
            )
        }
        return numbers
    }

    /// By how many pairs there are about, and how often their times are dealt.
    private static func check(_ test: NearRepeat, _ ask: Ask, _ input: AnalysisInput) throws {
        let count = Double(input.pattern.count)
        try ask.caps.check(count, ask.caps.clusteredIncidents, "clustered-incidents", "ask for fewer incidents")
        let area = max(1, input.pattern.envelope.width * input.pattern.envelope.height)
        let reach = test.distances.last?.metres ?? 0
        // Crimes lie a few times denser than if they lay evenly; each pair counts once.
        let pairs = min(count * count / 2, 4 * count * count * .pi * reach * reach / area)
        try ask.caps.check(pairs, ask.caps.clusterPairs, "cluster-pairs", "choose shorter distances or fewer incidents")
        try ask.caps.check(
            (pairs + count) * Double(test.permutations), ask.caps.dealtPairs, "dealt-pairs",
            "ask for fewer permutations, shorter distances or fewer incidents")
    }

    // MARK: Emerging hot spots

    private static func period(_ ask: Ask) throws -> PeriodCutting? {
        guard let text = try ask.query.text("period") else { return nil }
        guard let period = PeriodCutting(text) else {
            throw Problem.badParameter(
                "period", "must be a number of days, month, quarter or year, but is \"\(text.prefix(40))\"")
        }
        return period
    }
}
