/// One number of several indicators by printed weights: "alcalde, ¿cómo vamos?".
///
/// Each component is put on a scale from 0, the worst of the areas, to 100, the best; the index is their mean by weight. Nothing
/// in it is hidden: with the weights and the components' values anybody recomputes it. A missing component is left out of
/// an area's mean, and said; it is never a zero.
///
/// Its ranks depend on the choice of components, so beside each rank stand the ranks that the area would have if any one
/// component were left out.
///
/// ## Example
/// ```swift
/// let index = try MixedIndex(components: [.init(name: "light_score", weight: 2, isMoreBetter: true)])
/// ```
public struct MixedIndex: Hashable, Sendable, Codable {
    /// One part of the index.
    public struct Component: Hashable, Sendable, Codable {
        public var name: String
        public var weight: Double
        public var isMoreBetter: Bool

        public init(name: String, weight: Double, isMoreBetter: Bool) {
            self.name = name
            self.weight = weight
            self.isMoreBetter = isMoreBetter
        }

        private enum CodingKeys: String, CodingKey {
            case name, weight
            case isMoreBetter = "more_is_better"
        }
    }

    public let components: [Component]

    /// - Throws: ``IndicatorError/badDocument(kind:reason:)`` where there is none, one occurs twice or has no weight.
    public init(components: [Component]) throws(IndicatorError) {
        guard !components.isEmpty, Set(components.map(\.name)).count == components.count else {
            throw .badDocument(kind: "mixed index", reason: "it must have components, each once")
        }
        guard components.allSatisfy({ $0.weight > 0 && $0.weight <= 1e6 }) else {
            throw .badDocument(kind: "mixed index", reason: "each weight must be above 0")
        }
        self.components = components
    }

    /// What a sheet knows of an area and can weigh.
    public enum Part: String, Hashable, Sendable, CaseIterable {
        /// The lights of the month, from all red to all green.
        case lightScore = "light_score"
        /// The change of the twelve months of all judged indicators together, in percent.
        case twelveMonths = "twelve_months_percent"
        /// The mean of the ranks by rate.
        case rateRank = "rate_rank_mean"

        var isMoreBetter: Bool { self == .lightScore }
    }

    /// The index of a sheet by the weights that a catalogue gives its parts; those without one are no part of it.
    /// - Throws: ``IndicatorError/badDocument(kind:reason:)`` for a part that there is not, and as ``init(components:)``.
    public init(weights: [String: Double]) throws(IndicatorError) {
        let known = Part.allCases.map(\.rawValue)
        if let stray = weights.keys.sorted().first(where: { !known.contains($0) }) {
            throw .badDocument(
                kind: "mixed index",
                reason: "its parts must be among \(known.joined(separator: ", ")), but one is \(stray)")
        }
        try self.init(
            components: Part.allCases.compactMap { part in
                weights[part.rawValue].map { .init(name: part.rawValue, weight: $0, isMoreBetter: part.isMoreBetter) }
            })
    }

    /// By part, as a catalogue has them.
    public var weights: [String: Double] {
        Dictionary(components.map { ($0.name, $0.weight) }, uniquingKeysWith: { first, _ in first })
    }

    /// An area's index.
    public struct Entry: Hashable, Sendable {
        /// By component, 0 to 100; nil where the area has no value.
        public var scores: [Double?]
        /// 0 to 100; nil where the area has no component.
        public var index: Double?
        /// 1 is the best; nil without an index.
        public var rank: Int?
        /// The ranks with any one component left out, and this one.
        public var range: ClosedRange<Int>?
    }

    /// The index of each area.
    /// - Parameter values: by component, in their order, and by area.
    /// - Complexity: O(components² · areas + components · areas · log).
    public func entries(_ values: [[Double?]], areas: Int) -> [Entry] {
        let scores = components.indices.map { component in
            Self.scaled(
                (0..<areas).map {
                    values.indices.contains(component) && values[component].indices.contains($0)
                        ? values[component][$0] : nil
                },
                isMoreBetter: components[component].isMoreBetter)
        }
        let whole = index(scores, without: nil, areas: areas)
        let ranks = Self.ranks(whole)
        var ranges = ranks.map { rank in rank.map { $0...$0 } }
        if components.count > 1 {
            for left in components.indices {
                for (area, rank) in Self.ranks(index(scores, without: left, areas: areas)).enumerated() {
                    guard let rank, let range = ranges[area] else { continue }
                    ranges[area] = min(range.lowerBound, rank)...max(range.upperBound, rank)
                }
            }
        }
        return (0..<areas).map { area in
            Entry(scores: scores.map { $0[area] }, index: whole[area], rank: ranks[area], range: ranges[area])
        }
    }

    /// From 0 to 100; where all are equal, 50.
    private static func scaled(_ values: [Double?], isMoreBetter: Bool) -> [Double?] {
        let known = values.compactMap { $0 }.filter(\.isFinite)
        guard let low = known.min(), let high = known.max() else { return values.map { _ in nil } }
        return values.map { value in
            guard let value, value.isFinite else { return nil }
            guard high > low else { return 50 }
            let share = (value - low) / (high - low) * 100
            return isMoreBetter ? share : 100 - share
        }
    }

    private func index(_ scores: [[Double?]], without left: Int?, areas: Int) -> [Double?] {
        (0..<areas).map { area in
            var (sum, weight) = (0.0, 0.0)
            for (component, entry) in components.enumerated() where component != left {
                guard let score = scores[component][area] else { continue }
                sum += score * entry.weight
                weight += entry.weight
            }
            return weight > 0 ? sum / weight : nil
        }
    }

    /// The greatest is first; equal ones share a rank.
    private static func ranks(_ values: [Double?]) -> [Int?] {
        let known = values.compactMap { $0 }.sorted(by: >)
        return values.map { value in
            value.flatMap { value in known.firstIndex { $0 <= value + 1e-9 }.map { $0 + 1 } }
        }
    }
}
