public import CivilTime

/// How often a label occurs in a store.
public struct LabelCount: Hashable, Sendable {
    public var label: SourceLabel
    /// First and last local day on which it occurs.
    public var days: ClosedRange<CalendarDate>
    public var count: Int

    public init(label: SourceLabel, days: ClosedRange<CalendarDate>, count: Int) {
        self.label = label
        self.days = days
        self.count = count
    }
}

/// Where schemes and mappings are read from that do not come with Faro, and the labels that occur.
public protocol TaxonomySource {
    /// The schemes brought in, the latest last.
    func taxonomies() throws -> [Taxonomy]
    /// The rules brought in, in their order.
    func taxonomyRules() throws -> [TaxonomyRule]
    /// The labels of the current incidents. Incidents without a category count under a label without one.
    /// - Parameter days: the counts are split at these days: none spans one of them and the day before.
    func labelCounts(splitAt days: [CalendarDate]) throws -> [LabelCount]
}

/// Where schemes and mappings are kept that do not come with Faro. Every call that writes is one transaction.
public protocol TaxonomyStore: AnyObject, TaxonomySource {
    /// Adds a scheme; one of the same name and version is replaced.
    func addTaxonomy(_ taxonomy: Taxonomy) throws
    /// Replaces all rules.
    func setTaxonomyRules(_ rules: [TaxonomyRule]) throws
}
