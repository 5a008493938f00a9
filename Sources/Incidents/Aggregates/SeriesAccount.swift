/// What an import of aggregates found: how many figures, of which months and areas, what is missing, how totals compare.
public struct SeriesAccount: Hashable, Sendable, Codable {
    /// How many figures one month has, and how many cells are blank.
    public struct Month: Hashable, Sendable, Codable {
        public var figures = 0
        public var blanks = 0
    }

    /// A row that is the sum of others, held against it.
    public struct Total: Hashable, Sendable, Codable {
        /// The state's code; nil for the nation.
        public var state: String?
        public var kind: String
        public var stated: Int64
        public var summed: Int64

        public init(state: String?, kind: String, stated: Int64, summed: Int64) {
            self.state = state
            self.kind = kind
            self.stated = stated
            self.summed = summed
        }
    }

    public var countUnit: CountUnit
    public var publisher: String
    /// Figures kept.
    public var figures = 0
    /// Cells without a figure: not yet published, which is not zero.
    public var blanks = 0
    /// The sum of all counts kept, and of those whose row is placed. Of populations, see ``sums``.
    public var sum: Int64 = 0
    public var placedSum: Int64 = 0
    /// Of populations: the sum of each kind.
    public var sums: [String: Int64] = [:]
    /// By `2024-03`, the months that the file has rows or columns for.
    public var months: [String: Month] = [:]
    public var years: [Int] = []
    /// Areas that some row is placed in.
    public var areas = 0
    /// Places that are none, or not known: label, state and rows, by label.
    public var unplaced: [String: Int] = [:]
    public var totals: [Total] = []

    public init(countUnit: CountUnit, publisher: String) {
        self.countUnit = countUnit
        self.publisher = publisher
    }

    /// The last month with a figure: where the data are cut.
    public var cut: String? { months.filter { $0.value.figures > 0 }.keys.max() }

    /// From the first month of the file to its last, those without any figure; a year's months that nobody has published yet too.
    public var missingMonths: [String] { months.filter { $0.value.figures == 0 }.keys.sorted() }

    /// Months that some rows have a figure for and others leave blank.
    public var partialMonths: [String] {
        months.filter { $0.value.figures > 0 && $0.value.blanks > 0 }.keys.sorted()
    }

    public var differingTotals: [Total] { totals.filter { $0.stated != $0.summed } }
}
