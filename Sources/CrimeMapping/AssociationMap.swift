import Grids
public import Hotspots
public import SimpleFeatures
import Statistics

/// Hot spots, and units unlike their neighbours, among counts on a support: the jobs behind `faro hotspot gistar` and
/// `faro hotspot lisa`.
public struct AssociationMap: Sendable {
    public var neighbours: NeighbourRule
    /// What is done to the weights; nil is what the method's literature does: nothing for Gi*, rows standardised for Moran.
    public var scaling: SpatialWeights.Scaling?
    /// How many threads may work; nil for one per processor. The values do not depend on it.
    public var threads: Int?

    public init(neighbours: NeighbourRule, scaling: SpatialWeights.Scaling? = nil, threads: Int? = nil) {
        self.neighbours = neighbours
        self.scaling = scaling
        self.threads = threads
    }

    /// The usual rule: cells within one and a half cell sizes (the eight around), areas by queen contiguity.
    public static func usualNeighbours(of counts: SupportCounts) -> NeighbourRule {
        switch counts.support {
        case .squares(let mask): .distanceBand(.metres(mask.grid.cellSize.metres * 1.5))
        case .hexagons(let mask): .distanceBand(.metres(mask.grid.cellSize.metres * 1.5))
        case .areas: .queen()
        }
    }

    /// Getis-Ord Gi*, or Gi.
    /// - Throws: `HotspotError`, ``JobError/interrupted(_:)``.
    public func hotSpots(
        in counts: SupportCounts, by method: GetisOrd = GetisOrd(), control: JobControl = .silent
    ) throws -> AssociationTable {
        let values = counts.units.map(\.weight)
        let result = try interruptible {
            if case .squares(let mask) = counts.support, case .distanceBand(let distance) = neighbours,
                scaling != .rowStandardised
            {
                // Cells need no list of neighbours; the result is the same.
                var cells = [Double](repeating: .nan, count: mask.grid.cellCount)
                let inside = mask.isInside.indices.filter { mask.isInside[$0] }
                for (cell, value) in zip(inside, values) { cells[cell] = value }
                let all = try method.hotSpots(
                    of: cells, over: mask, within: distance, threads: threads, progress: progress(control))
                return (all, inside)
            }
            let weights = try weights(
                of: counts, scaling: scaling ?? SpatialWeights.Scaling.none, includesSelf: method.form == .giStar)
            let all = try method.hotSpots(of: values, weights: weights, threads: threads, progress: progress(control))
            return (all, Array(values.indices))
        }
        let (found, units) = result
        let significance = found.significance()
        let classes = units.map { significance.classes[$0] }
        let permutations = method.permutations
        return AssociationTable(
            counts: counts, method: method.form == .giStar ? "Getis-Ord Gi*" : "Getis-Ord Gi",
            columns: ["count", "z", "p", "q", "class"],
            rows: units.enumerated().map { index, unit in
                [
                    .number(values[index]), .number(found.z[unit]), .number(significance.p[unit]),
                    .number(significance.q[unit]),
                    .text(classes[index].words),
                ]
            },
            parameters: parameters(scaling ?? SpatialWeights.Scaling.none) + [
                Property("correction", .text(method.correction.rawValue)),
                Property("permutations", permutations.map { .integer(Int64($0.count)) } ?? .null),
                Property("seed", permutations.map { .text(String($0.seed)) } ?? .null),
                Property("islands", .integer(Int64(found.islands))),
            ],
            tally: Self.tally(classes.map(\.words)), warnings: found.warnings.map(\.description),
            explanation: giStarExplanation(method, counts),
            style: .init(
                .hotSpots, spanish: "puntos calientes y fríos (Gi*), con control de falsos descubrimientos",
                english: "hot and cold spots (Gi*), false discoveries controlled"))
    }

    /// Local Moran's I.
    /// - Throws: `HotspotError`, ``JobError/interrupted(_:)``.
    public func associations(
        in counts: SupportCounts, by method: LocalMoran = LocalMoran(), control: JobControl = .silent
    ) throws -> AssociationTable {
        let values = counts.units.map(\.weight)
        let found = try interruptible {
            let weights = try weights(of: counts, scaling: scaling ?? .rowStandardised, includesSelf: false)
            return try method.associations(of: values, weights: weights, threads: threads, progress: progress(control))
        }
        var inference: [Property] = [Property("inference", .text("randomisation"))]
        if case .permutation(let permutations) = method.inference {
            inference = [
                Property("inference", .text("conditional permutation")),
                Property("permutations", .integer(Int64(permutations.count))),
                Property("seed", .text(String(permutations.seed))),
            ]
        }
        return AssociationTable(
            counts: counts, method: "local Moran's I", columns: ["count", "i", "z", "p", "q", "class"],
            rows: values.indices.map {
                [
                    .number(values[$0]), .number(found.i[$0]), .number(found.z[$0]), .number(found.p[$0]),
                    .number(found.q[$0]),
                    .text(found.classes[$0].words),
                ]
            },
            parameters: parameters(scaling ?? .rowStandardised) + inference + [
                Property("divisor", .text(method.divisor.rawValue)),
                Property("correction", .text(method.correction?.rawValue ?? "none")),
                Property("level", .number(method.level)), Property("islands", .integer(Int64(found.islands.count))),
            ],
            tally: Self.tally(found.classes.map(\.words)), warnings: found.warnings.map(\.description),
            explanation: moranExplanation(method, counts),
            style: .init(
                .localAssociation, spanish: "asociación local (I de Moran), con control de falsos descubrimientos",
                english: "local association (Moran's I), false discoveries controlled"))
    }

    /// Global Moran's I, Geary's C and the general G of the same counts.
    /// - Throws: `HotspotError`, ``JobError/interrupted(_:)``.
    public func globalTests(
        of counts: SupportCounts, permutations: Permutations? = nil, control: JobControl = .silent
    ) throws -> [(name: String, test: GlobalAssociation)] {
        let values = counts.units.map(\.weight)
        return try interruptible {
            let standardised = try weights(of: counts, scaling: scaling ?? .rowStandardised, includesSelf: false)
            let binary = try weights(of: counts, scaling: .none, includesSelf: false)
            return [
                (
                    "Moran's I",
                    try GlobalMoran(permutations: permutations).test(
                        of: values, weights: standardised, threads: threads, progress: progress(control))
                ),
                (
                    "Geary's C",
                    try GearyC(permutations: permutations).test(
                        of: values, weights: standardised, threads: threads, progress: progress(control))
                ),
                (
                    "general G",
                    try GeneralG(permutations: permutations).test(
                        of: values, weights: binary, threads: threads, progress: progress(control))
                ),
            ]
        }
    }

    private func weights(
        of counts: SupportCounts, scaling: SpatialWeights.Scaling, includesSelf: Bool
    ) throws -> SpatialWeights {
        if case .squares(let mask) = counts.support {
            return try SpatialWeights(neighbours, over: mask, scaling: scaling, includesSelf: includesSelf)
        }
        return try SpatialWeights(
            neighbours, of: counts.units.map(\.outline), scaling: scaling, includesSelf: includesSelf)
    }

    private func parameters(_ scaling: SpatialWeights.Scaling) -> [Property] {
        [
            Property("neighbours", .text(neighbours.description)),
            Property("weights", .text(scaling == .none ? "as the rule gives them" : "row-standardised")),
        ]
    }

    private func progress(_ control: JobControl) -> @Sendable (Double) -> Bool {
        { done in
            control.progress("permuting", fraction: done)
            return !control.isCancelled
        }
    }

    private func interruptible<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch HotspotError.cancelled {
            throw JobError.interrupted("nothing was written")
        }
    }

    /// Classes and how many units each has, the rarest word first known: hot before cold, then the rest.
    private static func tally(_ words: [String]) -> [(name: String, count: Int)] {
        Dictionary(grouping: words) { $0 }.map { (name: $0.key, count: $0.value.count) }.sorted { $0.name < $1.name }
    }

    private func giStarExplanation(_ method: GetisOrd, _ counts: SupportCounts) -> Explanation {
        let star = method.form == .giStar ? "Gi*" : "Gi"
        let drawn = method.permutations
        let spanishChance = drawn.map { " por \($0.count) permutaciones (semilla \($0.seed))" } ?? " de la normal"
        let englishChance =
            drawn.map { " from \($0.count) permutations (seed \($0.seed))" } ?? " from the normal distribution"
        return Explanation(
            spanish: """
                Las zonas calientes y frías se identificaron con \(star) de Getis y Ord (Ord & Getis 1995, Geographical Analysis 27, ec. 14): \
                z = (Σⱼ wᵢⱼxⱼ − x̄ Σⱼ wᵢⱼ) / (S √[(n Σⱼ wᵢⱼ² − (Σⱼ wᵢⱼ)²)/(n − 1)]), con S de divisor n\
                \(method.form == .giStar ? " y la propia unidad incluida" : ""), sobre \(counts.units.count) unidades (\(counts.supportInSpanish)), ceros \
                incluidos; vecindad: \(neighbours.description). Probabilidades de dos colas\(spanishChance), ajustadas por la tasa de falsos descubrimientos de \
                Benjamini y Hochberg (1995); clases al 90, 95 y 99 %.
                """,
            english: """
                Hot and cold spots were identified by Getis and Ord's \(star) (Ord & Getis 1995, Geographical Analysis 27, eq. 14): \
                z = (Σⱼ wᵢⱼxⱼ − x̄ Σⱼ wᵢⱼ) / (S √[(n Σⱼ wᵢⱼ² − (Σⱼ wᵢⱼ)²)/(n − 1)]), S with divisor n\
                \(method.form == .giStar ? " and the unit itself included" : ""), over \(counts.units.count) units (\(counts.supportInEnglish)), zeros \
                included; neighbours: \(neighbours.description). Two-sided probabilities\(englishChance), adjusted for the false discovery rate after Benjamini \
                and Hochberg (1995); classes at 90, 95 and 99 %.
                """)
    }

    private func moranExplanation(_ method: LocalMoran, _ counts: SupportCounts) -> Explanation {
        var (spanish, english) = ("analítica bajo aleatorización", "analytic under randomisation")
        if case .permutation(let permutations) = method.inference {
            spanish =
                "por \(permutations.count) permutaciones condicionales (semilla \(permutations.seed)), p = (R + 1)/(M + 1)"
            english =
                "by \(permutations.count) conditional permutations (seed \(permutations.seed)), p = (R + 1)/(M + 1)"
        }
        return Explanation(
            spanish: """
                La asociación local se midió con la I de Moran local (Anselin 1995, Geographical Analysis 27): Iᵢ = (zᵢ/m₂) Σⱼ wᵢⱼzⱼ, con m₂ de divisor \
                \(method.divisor == .units ? "n" : "n − 1"), sobre \(counts.units.count) unidades (\(counts.supportInSpanish)); vecindad: \
                \(neighbours.description). Significancia \(spanish), ajustada por la tasa de falsos descubrimientos.
                """,
            english: """
                Local association was measured by local Moran's I (Anselin 1995, Geographical Analysis 27): Iᵢ = (zᵢ/m₂) Σⱼ wᵢⱼzⱼ, m₂ with divisor \
                \(method.divisor == .units ? "n" : "n − 1"), over \(counts.units.count) units (\(counts.supportInEnglish)); neighbours: \
                \(neighbours.description). Significance \(english), adjusted for the false discovery rate.
                """)
    }
}

/// What association says of each unit.
public struct AssociationTable {
    public var counts: SupportCounts
    public var method: String
    public var columns: [String]
    /// Per unit: a value per column.
    public var rows: [[PropertyValue]]
    public var parameters: [Property]
    /// How many units each class has.
    public var tally: [(name: String, count: Int)]
    public var warnings: [String]
    public var explanation: Explanation
    /// How a map shows it.
    var style: FeatureTable.Style

    public func table(_ members: [Property] = []) -> FeatureTable {
        var own = [Property("method", .text(method))] + parameters + counts.members
        if !warnings.isEmpty { own.append(Property("warnings", .text(warnings.joined(separator: "; ")))) }
        var table = counts.table(columns, members: own + members) { rows[$0] }
        table.style = style
        return table
    }

    /// What a person is told, a line each.
    public var account: [String] {
        var lines = ["\(method) on \(counts.units.count) \(counts.unitWord)"]
        for parameter in parameters {
            guard case .text(let text) = parameter.value, parameter.name == "neighbours" else { continue }
            lines.append("  neighbours   \(text)")
        }
        lines.append(
            "  incidents    \(counts.counted) counted, \(counts.outside) outside, \(counts.dropped) without a place")
        lines += tally.map { "  \(String($0.count).padded(to: 12)) \($0.name)" }
        return lines
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

extension HotSpotClass {
    /// As a table writes it: `hot 99 %`.
    var words: String {
        switch self {
        case .hot99: "hot 99 %"
        case .hot95: "hot 95 %"
        case .hot90: "hot 90 %"
        case .notSignificant: "not significant"
        case .cold90: "cold 90 %"
        case .cold95: "cold 95 %"
        case .cold99: "cold 99 %"
        }
    }
}

extension LocalMoranClass {
    /// As a table writes it: `HH`.
    var words: String {
        switch self {
        case .highHigh: "HH"
        case .lowLow: "LL"
        case .highLow: "HL"
        case .lowHigh: "LH"
        case .notSignificant: "not significant"
        case .noNeighbours: "no neighbours"
        }
    }
}
