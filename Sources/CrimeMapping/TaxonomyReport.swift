import CivilTime
public import Incidents

/// What the labels of a store are counted as, and which of them nobody has placed: the job behind `faro taxonomy report`.
///
/// `incidents = mapped + without class + unmapped`, always.
public struct TaxonomyReport: Hashable, Sendable, Encodable {
    /// One class in one unit of count.
    public struct ClassRow: Hashable, Sendable, Encodable {
        public var scheme: String
        public var code: String
        public var level: CrimeClass.Level
        public var spanishLabel: String
        public var englishLabel: String
        public var countUnit: CountUnit
        public var isSensitive: Bool
        /// Incidents whose labels lead to this very class.
        public var count: Int
        /// These and the incidents of all classes below it.
        public var total: Int

        private enum CodingKeys: String, CodingKey {
            case scheme, level, count, total
            case code = "class"
            case spanishLabel = "label_es"
            case englishLabel = "label_en"
            case countUnit = "count_unit"
            case isSensitive = "sensitive"
        }
    }

    /// A label that no rule leads to a class.
    public struct LabelRow: Hashable, Sendable, Encodable {
        public var profile: String
        public var category: String?
        public var modality: String?
        public var count: Int
    }

    public var incidents = 0
    public var mapped = 0
    /// Those whose rule says that they are in no class.
    public var withoutClass = 0
    public var unmapped = 0
    public var classes: [ClassRow] = []
    /// Breaks that the counts of a class go over.
    public var breaks: [SeriesBreak] = []
    /// Most incidents first.
    public var unmappedLabels: [LabelRow] = []

    private enum CodingKeys: String, CodingKey {
        case incidents, mapped, unmapped, classes, breaks
        case withoutClass = "without_class"
        case unmappedLabels = "unmapped_labels"
    }

    /// - Throws: `TaxonomyError`, the store's errors.
    /// - Complexity: O(incidents).
    public init(of store: any TaxonomySource) throws {
        let catalogue = try TaxonomyCatalogue(of: store)
        self.init(
            counts: try store.labelCounts(splitAt: catalogue.mapping.edges), mapping: catalogue.mapping)
    }

    init(counts: [LabelCount], mapping: TaxonomyMapping) {
        var found: [ClassKey: Int] = [:]
        var unknown: [LabelKey: Int] = [:]
        for entry in counts {
            incidents += entry.count
            switch mapping.target(of: entry.label, on: entry.days.lowerBound) {
            case nil:
                unmapped += entry.count
                unknown[LabelKey(entry.label), default: 0] += entry.count
            case let target?:
                guard let code = target.classCode else {
                    withoutClass += entry.count
                    continue
                }
                mapped += entry.count
                found[ClassKey(scheme: target.scheme, unit: target.countUnit, code: code), default: 0] += entry.count
            }
        }
        classes = Self.rows(found, mapping)
        breaks = Self.breaks(in: counts, mapping)
        unmappedLabels = unknown.map { key, count in
            LabelRow(profile: key.profile, category: key.category, modality: key.modality, count: count)
        }.sorted {
            ($1.count, $0.profile, $0.category ?? "", $0.modality ?? "")
                < ($0.count, $1.profile, $1.category ?? "", $1.modality ?? "")
        }
    }

    private struct ClassKey: Hashable {
        var scheme: String
        var unit: CountUnit
        var code: String
    }

    private struct LabelKey: Hashable {
        var profile: String
        var category: String?
        var modality: String?

        init(_ label: SourceLabel) {
            (profile, category, modality) = (label.profile, label.category, label.modality)
        }
    }

    /// The breaks that counting by class goes over, scheme by scheme: figures of two schemes are not added.
    private static func breaks(in counts: [LabelCount], _ mapping: TaxonomyMapping) -> [SeriesBreak] {
        let byScheme = Dictionary(grouping: counts) { count in
            mapping.target(of: count.label, on: count.days.lowerBound).flatMap { $0.classCode == nil ? nil : $0.scheme }
        }
        var breaks: Set<SeriesBreak> = []
        for case (let scheme?, let counts) in byScheme {
            let days = counts.map(\.days)
            guard let first = days.map(\.lowerBound).min(), let last = days.map(\.upperBound).max() else { continue }
            breaks.formUnion(
                SeriesBreak.inSeries(
                    of: TaxonomyBreaks.origins(of: counts, .classes(scheme: scheme), mapping), over: first...last,
                    schemes: Array(mapping.schemes.values)))
        }
        return breaks.sorted { ($0.date, $0.id) < ($1.date, $1.id) }
    }

    /// A row for each class that has incidents, itself or below it, in the order of the schemes.
    private static func rows(_ found: [ClassKey: Int], _ mapping: TaxonomyMapping) -> [ClassRow] {
        var totals: [ClassKey: Int] = [:]
        for (key, count) in found {
            for entry in mapping.schemes[key.scheme]?.path(key.code) ?? [] {
                totals[ClassKey(scheme: key.scheme, unit: key.unit, code: entry.code), default: 0] += count
            }
        }
        return mapping.schemes.values.sorted { $0.scheme < $1.scheme }.flatMap { scheme in
            CountUnit.allCases.flatMap { unit in
                scheme.classes.compactMap { entry in
                    let key = ClassKey(scheme: scheme.scheme, unit: unit, code: entry.code)
                    guard let total = totals[key] else { return nil }
                    return ClassRow(
                        scheme: scheme.scheme, code: entry.code, level: entry.level, spanishLabel: entry.spanishLabel,
                        englishLabel: entry.englishLabel, countUnit: unit, isSensitive: entry.isSensitive,
                        count: found[key] ?? 0, total: total)
                }
            }
        }
    }
}
