public import Incidents

/// The schemes and rules that hold in a store: those that come with Faro, and after them those brought into the store.
public struct TaxonomyCatalogue: Sendable {
    /// Every version of every scheme; of one scheme the last counts.
    public let schemes: [Taxonomy]
    public let mapping: TaxonomyMapping

    /// Those that come with Faro.
    /// - Throws: never, unless Faro's own data are damaged.
    public init() throws {
        try self.init(schemes: [], rules: [])
    }

    /// - Throws: `TaxonomyError` where the store's rules name what is not there, the store's errors.
    public init(of store: any TaxonomySource) throws {
        try self.init(schemes: store.taxonomies(), rules: store.taxonomyRules())
    }

    init(schemes: [Taxonomy], rules: [TaxonomyRule]) throws {
        self.schemes = Taxonomy.builtIn + schemes
        mapping = try TaxonomyMapping(rules: TaxonomyMapping.builtInRules + rules, schemes: self.schemes)
    }

    /// A scheme by its name, or by name and version.
    /// - Throws: `TaxonomyError` naming those there are.
    public func scheme(_ name: String) throws -> Taxonomy { try Taxonomy.named(name, among: schemes) }
}
