/// An area by its key and the version of the boundaries in which the key means it.
public struct AreaKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    public var key: String
    public var version: Int

    public init(_ key: String, version: Int = 1) {
        self.key = key
        self.version = version
    }

    public static func < (a: Self, b: Self) -> Bool { (a.key, a.version) < (b.key, b.version) }

    /// `09015@1`.
    public var description: String { "\(key)@\(version)" }
}

/// The places and offences of a lattice: what can be asked for, whether or not an incident is in it.
///
/// They must come from boundary layers and a taxonomy, never from the incidents: a list of what occurs is a list of counts
/// above zero. Incidents elsewhere are counted as `nil`: in no municipality, in no area of their municipality, of no category.
public struct LatticeAxes: Hashable, Sendable {
    /// A category and what of it is public.
    public struct Category: Hashable, Sendable {
        public var label: String
        public var treatment: SensitiveCategories.Treatment

        public init(_ label: String, _ treatment: SensitiveCategories.Treatment = .ordinary) {
            self.label = label
            self.treatment = treatment
        }
    }

    /// A municipality with the areas of the finest level that belong to it.
    public struct Municipality: Hashable, Sendable {
        public var key: AreaKey
        public var areas: [AreaKey]

        public init(_ key: AreaKey, areas: [AreaKey] = []) {
            self.key = key
            self.areas = areas
        }
    }

    public var municipalities: [Municipality]
    public var categories: [Category]

    public init(municipalities: [Municipality], categories: [Category]) {
        self.municipalities = municipalities
        self.categories = categories
    }

    /// The municipality of a row, −1 for none, and where its area stands among that one's; the rest stands last.
    func place(_ municipality: Int32, _ area: Int32) -> (municipality: Int32, area: Int) {
        guard municipalities.indices.contains(Int(municipality)) else { return (-1, 0) }
        let areas = municipalities[Int(municipality)].areas
        return (municipality, areas.indices.contains(Int(area)) ? Int(area) : areas.count)
    }

    /// How many areas a municipality has, the rest among them.
    func areaCount(of municipality: Int32) -> Int {
        municipalities.indices.contains(Int(municipality)) ? municipalities[Int(municipality)].areas.count + 1 : 1
    }
}

/// Incidents as the gate needs them: a row each, in columns of indexes into ``LatticeAxes``; −1, or beyond them, is none.
public struct LatticeColumns: Sendable {
    public var municipality: [Int32] = []
    /// Index into the areas of the row's municipality.
    public var area: [Int32] = []
    public var category: [Int32] = []
    /// Months since January 1970, as ``CivilTime/Period`` counts them.
    public var month: [Int32] = []

    public init() {}

    public init(municipality: [Int32], area: [Int32], category: [Int32], month: [Int32]) {
        self.municipality = municipality
        self.area = area
        self.category = category
        self.month = month
    }

    public var count: Int { month.count }

    func check() throws(PrivacyError) {
        for (name, column) in [("municipality", municipality), ("area", area), ("category", category)]
        where column.count != count {
            throw .columnsDiffer(name, column.count, expected: count)
        }
    }
}
