public import CivilTime

/// Every count that is public, decided once for a revision of the store: what all public answers are summed from.
///
/// ## What is in it
/// Incidents of sensitive categories and all others are two releases that share no incident. In each:
///
/// 1. *Municipality and month*: the total stands alone: shown where it is 0 or at least k.
/// 2. *Municipality, month and category*: the parts of a total that is shown, by ``ComplementarySuppression``.
/// 3. *Area and year*, of all ordinary offences together: only of years that are over and that the incidents span, and only
///    where all twelve totals of the municipality are shown; the parts of their sum, by ``ComplementarySuppression``.
///
/// ## Why nothing else can be found
/// The parts of 2 are of one month each, and nothing published joins two months but 3. Of a municipality and year, 2 divides
/// the incidents by (month, category) and 3 by area: two margins of one table with the same sum. Whatever 2 and 3 leave open
/// each by itself, there is a table of whole numbers with both margins (the north-west corner rule fills one), so together
/// they tell no more than each alone; and that neither tells a small count is ``ComplementarySuppression``'s rule. A third
/// cut, another level, weeks, hours, categories by area, would break this, and is not published.
///
/// A month is decided from its own incidents, a year from its own, so a later month changes no earlier choice.
public struct PublicRelease: Sendable {
    public let axes: LatticeAxes
    public let rule: SmallCounts
    /// The first and last month with public figures; nil where there is none.
    public let months: ClosedRange<Period>?

    /// A total and its parts; a nil count is suppressed.
    struct Month: Hashable, Sendable {
        var total: Int?
        /// By category in the order of the axes, the rest last; empty where the total is 0 or suppressed.
        var parts: [Int?]
    }

    struct MonthKey: Hashable, Sendable {
        /// −1 is no municipality.
        var municipality: Int32
        var month: Int32
        var isSensitive: Bool
    }

    struct YearKey: Hashable, Sendable {
        var municipality: Int32
        var year: Int32
    }

    /// Months without an incident are not in it.
    let byMonth: [MonthKey: Month]
    /// By area in the order of the axes, the rest last; nil is suppressed. Of years that are over, those without an
    /// ordinary offence are not in it.
    let byYear: [YearKey: [Int?]]
    /// The last month that is published, whether or not it has an incident.
    let last: Period?
    /// Whether something is left out because it is withheld; not how much.
    let withholds: Bool

    func month(_ municipality: Int32, _ month: Int32, sensitive: Bool) -> Month {
        byMonth[MonthKey(municipality: municipality, month: month, isSensitive: sensitive)]
            ?? Month(total: 0, parts: [])
    }

    /// The count of one area and year; nil is suppressed.
    func area(_ area: Int, of municipality: Int32, year: Int32) -> Int? {
        guard isWhole(year: year) else { return nil }
        guard let parts = byYear[YearKey(municipality: municipality, year: year)] else { return 0 }
        return parts.indices.contains(area) ? parts[area] : nil
    }

    /// The years whose areas and cells are public: those that are over, and of which every month is.
    public var wholeYears: [Period] {
        guard let months else { return [] }
        return Period(.year, containing: months.lowerBound.first).through(
            Period(.year, containing: months.upperBound.first)
        ).filter { isWhole(year: $0.index) }
    }

    /// Whether all months of a year are public: not where the incidents begin or end within it.
    func isWhole(year: Int32) -> Bool {
        guard let months else { return false }
        let first = Period(.year, index: year).firstMonth
        return months.lowerBound.index <= first && months.upperBound.index >= first + 11
    }
}
