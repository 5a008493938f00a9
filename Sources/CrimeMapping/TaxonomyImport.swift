import Bytes
import CivilTime
import Files
public import Incidents

/// Brings a scheme or a mapping into a store: the job behind `faro taxonomy import`.
public struct TaxonomyImport: Sendable {
    /// What was brought in.
    public enum Result: Hashable, Sendable {
        case scheme(label: String, classes: Int)
        /// - Parameter replaced: how many of the store's earlier rules these stand in place of.
        case rules(Int, replaced: Int)
    }

    public var path: String

    public init(path: String) { self.path = path }

    /// A name that ends in `.json` is a scheme, any other file a mapping.
    ///
    /// A rule stands in place of an earlier one of the same source, category, modality and first day. Nothing is written
    /// unless all rules, the old ones as well, fit the schemes.
    /// - Throws: `TaxonomyError`, `CSVError`, `FileError`, the store's errors.
    public func run(into store: any TaxonomyStore) throws -> Result {
        if path.lowercased().hasSuffix(".json") {
            let scheme = try TaxonomyFile.scheme(path: path)
            _ = try TaxonomyCatalogue(schemes: store.taxonomies() + [scheme], rules: store.taxonomyRules())
            try store.addTaxonomy(scheme)
            return .scheme(label: scheme.label, classes: scheme.classes.count)
        }
        let rules = Self.withoutRepeats(try TaxonomyFile.rules(path: path))
        let keys = Set(rules.map(RuleKey.init))
        let old = try store.taxonomyRules()
        let kept = old.filter { !keys.contains(RuleKey($0)) }
        _ = try TaxonomyCatalogue(schemes: store.taxonomies(), rules: kept + rules)
        try store.setTaxonomyRules(kept + rules)
        return .rules(rules.count, replaced: old.count - kept.count)
    }

    /// Of rules for the same label the last.
    private static func withoutRepeats(_ rules: [TaxonomyRule]) -> [TaxonomyRule] {
        var seen: Set<RuleKey> = []
        return rules.reversed().filter { seen.insert(RuleKey($0)).inserted }.reversed()
    }
}

/// What makes two rules rules for the same labels.
private struct RuleKey: Hashable {
    var source: String
    var category: String
    var modality: String
    var scheme: String
    var first: Int32

    init(_ rule: TaxonomyRule) {
        source = LabelFolding.fold(rule.source) + (rule.source.hasSuffix("*") ? "*" : "")
        category = rule.isNative ? TaxonomyRule.ownLabels : LabelFolding.fold(rule.category)
        modality = LabelFolding.fold(rule.modality ?? "")
        // Labels of two schemes may both be a source's own; any other label is in one class.
        scheme = rule.isNative ? rule.scheme : ""
        first = rule.validFrom?.daysSince1970 ?? .min
    }
}
