public import CivilTime

/// A question of the public: whole months, whole areas, whole categories.
public struct PublicQuery: Hashable, Sendable {
    /// What a row of the answer is about.
    public enum Ground: Hashable, Sendable {
        /// All municipalities together.
        case territory
        case municipalities
        /// Areas of the finest level: whole years, all ordinary offences together.
        case areas
    }

    public var ground: Ground
    /// `month`, `quarter` or `year`; nil is the whole time.
    public var period: PeriodLength?
    /// Whether each category has rows of its own.
    public var byCategory: Bool
    /// First and last month; nil is all that is published.
    public var months: ClosedRange<Period>?
    /// Indexes into ``LatticeAxes/municipalities``; nil takes all, with the incidents that lie in none.
    public var municipalities: [Int]?
    /// Indexes into ``LatticeAxes/categories``; nil takes all, with the incidents that have none.
    public var categories: [Int]?

    public init(
        ground: Ground = .municipalities, period: PeriodLength? = .month, byCategory: Bool = false,
        months: ClosedRange<Period>? = nil, municipalities: [Int]? = nil, categories: [Int]? = nil
    ) {
        self.ground = ground
        self.period = period
        self.byCategory = byCategory
        self.months = months
        self.municipalities = municipalities
        self.categories = categories
    }
}

/// A public figure: the sum of those published figures that it is made of.
public struct PublicCount: Hashable, Sendable {
    /// The sum of what is shown.
    public var shown: Int = 0
    /// How many figures are suppressed that belong to the sum.
    public var suppressed: Int = 0

    public init(shown: Int = 0, suppressed: Int = 0) {
        self.shown = shown
        self.suppressed = suppressed
    }

    /// The count where it is known whole; nil where it, or a part of it, is suppressed.
    public var exact: Int? { suppressed == 0 ? shown : nil }

    /// What stands in the place of a number: `24`, `suprimido`, `al menos 120`.
    public var spanish: String { suppressed == 0 ? "\(shown)" : shown == 0 ? "suprimido" : "al menos \(shown)" }
    /// `24`, `suppressed`, `at least 120`.
    public var english: String { suppressed == 0 ? "\(shown)" : shown == 0 ? "suppressed" : "at least \(shown)" }

    mutating func add(_ count: Int?) {
        if let count { shown += count } else { suppressed += 1 }
    }
}

/// One row of a public answer; nil stands for all, or, beside rows with a name, for none.
public struct PublicRow: Hashable, Sendable {
    public var area: AreaKey?
    public var period: Period?
    public var category: String?
    public var count: PublicCount
}
