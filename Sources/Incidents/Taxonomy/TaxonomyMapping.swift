import Bytes
public import CivilTime

/// Leads the labels of sources to the classes of schemes.
///
/// Labels are compared without case, accents and punctuation. Of several rules for a label the most exact applies: one with
/// the label before the scheme's own labels, one with a modality before one without, one for a source file or profile by
/// its name before one for names that begin alike; of equally exact ones the later. A label without a rule is unmapped: it
/// is reported, never dropped and never guessed.
public struct TaxonomyMapping: Sendable {
    public let rules: [TaxonomyRule]
    /// The schemes by name; of several versions of one scheme the last given.
    public let schemes: [String: Taxonomy]

    private var byCategory: [String: [Int]] = [:]
    private var native: [Int] = []
    private var labels: [String: SchemeLabels] = [:]
    private let folded: [FoldedRule]

    private struct FoldedRule: Sendable {
        var source: String
        var isPrefix: Bool
        var category: String
        var modality: String?
        var exactness: Int
    }

    /// - Throws: ``TaxonomyError/badRule(place:reason:)`` for a rule with an unknown scheme or class, without a source or
    ///   category, or with days out of order.
    public init(rules: [TaxonomyRule], schemes: [Taxonomy]) throws(TaxonomyError) {
        self.rules = rules
        self.schemes = Dictionary(schemes.map { ($0.scheme, $0) }, uniquingKeysWith: { $1 })
        folded = rules.map(Self.fold)
        for (index, rule) in rules.enumerated() {
            try check(rule)
            if rule.isNative {
                native.append(index)
                if labels[rule.scheme] == nil { labels[rule.scheme] = self.schemes[rule.scheme].map(SchemeLabels.init) }
            } else {
                byCategory[folded[index].category, default: []].append(index)
            }
        }
    }

    /// What a label is counted as on a day; nil where no rule knows it.
    /// - Complexity: O(rules with that category).
    public func target(of label: SourceLabel, on day: CalendarDate) -> ClassTarget? {
        guard let category = label.category else { return nil }
        var best: (exactness: Int, target: ClassTarget)?
        func take(_ index: Int, _ code: String?) {
            guard folded[index].exactness >= best?.exactness ?? 0 else { return }
            let rule = rules[index]
            let isSensitive = rule.isSensitive || code.flatMap { schemes[rule.scheme]?[$0]?.isSensitive } ?? false
            best = (
                folded[index].exactness,
                ClassTarget(
                    rule: rule, scheme: rule.scheme, classCode: code, countUnit: rule.countUnit,
                    isSensitive: isSensitive)
            )
        }
        for index in byCategory[LabelFolding.fold(category)] ?? [] where applies(index, to: label, on: day) {
            take(index, rules[index].classCode)
        }
        for index in native where best == nil || best?.exactness ?? 0 < Exactness.label {
            guard applies(index, to: label, on: day),
                let code = labels[rules[index].scheme]?.code(category: category, modality: label.modality)
            else { continue }
            take(index, code)
        }
        return best?.target
    }

    /// The scheme whose own labels a source uses on a day, also where it has no class for some of them; nil for none.
    public func nativeScheme(profile: String, source: String, on day: CalendarDate) -> String? {
        let label = SourceLabel(profile: profile, source: source, category: nil, modality: nil)
        return native.last { applies($0, to: label, on: day) }.map { rules[$0].scheme }
    }

    /// Whether any rule's meaning begins or ends on a day, or takes a source's labels for a national scheme's own: whether a
    /// series of this one source can break.
    public func mayBreak(profile: String, source: String) -> Bool {
        let label = SourceLabel(profile: profile, source: source, category: nil, modality: nil)
        return rules.indices.contains { index in
            (rules[index].isNative || rules[index].validFrom != nil || rules[index].validTo != nil)
                && isOf(index, label)
        }
    }

    /// Every label that the rules know of a source, whether or not it occurs, sorted, each with the one way of writing it
    /// that a rule has; what is sensitive under one rule is so under all.
    ///
    /// Of a source that uses a scheme's own labels they are the labels of its classes down to the subtypes.
    /// - Complexity: O(rules + classes).
    public func knownLabels(profile: String, source: String) -> [(label: String, isSensitive: Bool)] {
        let origin = SourceLabel(profile: profile, source: source, category: nil, modality: nil)
        var known: [String: (label: String, isSensitive: Bool)] = [:]
        func add(_ label: String, _ isSensitive: Bool) {
            let before = known[LabelFolding.fold(label)]
            known[LabelFolding.fold(label)] = (before?.label ?? label, isSensitive || before?.isSensitive ?? false)
        }
        for index in rules.indices where isOf(index, origin) {
            let (rule, scheme) = (rules[index], schemes[rules[index].scheme])
            if rule.isNative {
                for entry in scheme?.classes ?? [] where entry.level != .modality {
                    add(entry.spanishLabel, entry.isSensitive)
                }
            } else {
                let entry = rule.classCode.flatMap { scheme?[$0] }
                add(rule.category, rule.isSensitive || entry?.isSensitive ?? false)
            }
        }
        return known.values.sorted { $0.label < $1.label }
    }

    /// All days on which a rule's meaning begins, or on which it holds no more.
    public var edges: [CalendarDate] {
        Set(rules.flatMap { [$0.validFrom, $0.validTo?.adding(days: 1)] }.compactMap { $0 }).sorted()
    }

    private func applies(_ index: Int, to label: SourceLabel, on day: CalendarDate) -> Bool {
        let rule = rules[index]
        if let from = rule.validFrom, day < from { return false }
        if let to = rule.validTo, day > to { return false }
        if let modality = folded[index].modality, modality != LabelFolding.fold(label.modality ?? "") { return false }
        return isOf(index, label)
    }

    private func isOf(_ index: Int, _ label: SourceLabel) -> Bool {
        let rule = folded[index]
        return [label.profile, label.source].contains { name in
            let name = LabelFolding.fold(name)
            return rule.isPrefix ? name.hasPrefix(rule.source) : name == rule.source
        }
    }
}

// MARK: - Reading rules

extension TaxonomyMapping {
    private enum Exactness {
        static let label = 4
        static let modality = 2
        static let source = 1
    }

    private static func fold(_ rule: TaxonomyRule) -> FoldedRule {
        let isPrefix = rule.source.hasSuffix("*")
        let modality = rule.modality.map { LabelFolding.fold($0) }.flatMap { $0.isEmpty ? nil : $0 }
        return FoldedRule(
            source: LabelFolding.fold(rule.source), isPrefix: isPrefix, category: LabelFolding.fold(rule.category),
            modality: modality,
            exactness: (rule.isNative ? 0 : Exactness.label) + (modality == nil ? 0 : Exactness.modality)
                + (isPrefix ? 0 : Exactness.source))
    }

    private func check(_ rule: TaxonomyRule) throws(TaxonomyError) {
        func bad(_ reason: String) -> TaxonomyError { .badRule(place: "", reason: reason) }
        guard !LabelFolding.fold(rule.source).isEmpty else { throw bad("source must not be empty") }
        guard rule.isNative || !LabelFolding.fold(rule.category).isEmpty else {
            throw bad("category must not be empty, but is \"\(rule.category)\" for source \(rule.source)")
        }
        guard let scheme = schemes[rule.scheme] else {
            throw bad(
                "scheme of \"\(rule.category)\" must be one of \(schemes.keys.sorted().joined(separator: ", ")), "
                    + "but is \"\(rule.scheme)\"")
        }
        if let code = rule.classCode {
            guard !rule.isNative else { throw bad("class must be empty where category is *, but is \"\(code)\"") }
            guard scheme[code] != nil else {
                let near = NearNames.of(code, among: scheme.classes.map(\.code))
                throw bad(
                    "class of \"\(rule.category)\" must be one of \(rule.scheme), but is \"\(code)\""
                        + (near.isEmpty ? "" : "; near are \(near.joined(separator: ", "))"))
            }
        }
        if let from = rule.validFrom, let to = rule.validTo, from > to {
            throw bad("valid_from must not come after valid_to, but \(from) comes after \(to)")
        }
    }
}
