/// Adds up what the rows of a file of aggregates hold.
struct SeriesTally {
    private var sums: SeriesAccount
    private var months: [Int32: SeriesAccount.Month] = [:]
    private var years: Set<Int> = []
    private var areas: Set<String> = []
    private var totals: [SeriesAccount.Total] = []
    /// Of populations, by state and kind.
    private var stateSums: [String: [String: Int64]] = [:]

    /// How many labels without a place an account lists; further ones are counted together.
    private static let listedPlaces = 1000

    init(countUnit: CountUnit, publisher: String) {
        sums = SeriesAccount(countUnit: countUnit, publisher: publisher)
    }

    mutating func add(year: Int) { years.insert(year) }

    mutating func count(rowAt place: SeriesPlace) {
        if let key = place.areaKey {
            areas.insert(key)
            return
        }
        let name = place.label + (place.state.map { ", " + StateNames.name(of: $0) } ?? "")
        let isListed = sums.unplaced[name] != nil || sums.unplaced.count < Self.listedPlaces
        sums.unplaced[isListed ? name : "…", default: 0] += 1
    }

    /// - Parameter month: year and month as one number: 202403.
    mutating func add(_ count: Int64?, month: Int32, isPlaced: Bool) {
        guard let count else {
            months[month, default: .init()].blanks += 1
            sums.blanks += 1
            return
        }
        months[month, default: .init()].figures += 1
        sums.figures += 1
        sums.sum &+= count
        if isPlaced { sums.placedSum &+= count }
    }

    mutating func add(_ value: Int64?, kind: String, state: String?) {
        guard let value else {
            sums.blanks += 1
            return
        }
        sums.figures += 1
        sums.sums[kind, default: 0] &+= value
        stateSums[state ?? "", default: [:]][kind, default: 0] &+= value
    }

    mutating func add(_ total: SeriesAccount.Total) { totals.append(total) }

    /// What has been added up so far.
    var account: SeriesAccount {
        var account = sums
        account.areas = areas.count
        account.years = years.sorted()
        for (month, figures) in months { account.months[Self.label(Int(month))] = figures }
        account.totals = totals.map { total in
            var total = total
            total.summed =
                total.state.map { stateSums[$0]?[total.kind] ?? 0 }
                ?? stateSums.values.reduce(0) { $0 &+ ($1[total.kind] ?? 0) }
            return total
        }
        return account
    }

    private static func label(_ month: Int) -> String {
        let digits = String(month)
        let padded = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        return "\(padded.prefix(4))-\(padded.suffix(2))"
    }
}
