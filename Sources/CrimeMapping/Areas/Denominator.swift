public import Boundaries
public import Incidents

/// What counts by area are divided by: the figures of one kind and year.
public struct Denominator: Sendable {
    public var kind: String
    public var year: Int
    /// Per area key.
    public var byArea: [String: Double]

    /// The last year's figures of a kind; without a kind, residents where there are any, otherwise the first kind by name.
    /// - Returns: nil where the store has none for the level.
    /// - Throws: the store's errors.
    public init?(for level: Level, kind: String? = nil, in store: any PopulationSource) throws {
        let found = try store.populations(asOf: nil).filter { $0.level == level.name }
        let kinds = Set(found.map(\.kind))
        let usual = ["residents", "population"].first(where: kinds.contains) ?? kinds.min()
        guard let chosen = kind ?? usual, let year = found.filter({ $0.kind == chosen }).map(\.year).max() else {
            return nil
        }
        self.kind = chosen
        self.year = year
        byArea = [:]
        for figure in found where figure.kind == chosen && figure.year == year && figure.value > 0 {
            byArea[figure.areaKey] = figure.value
        }
    }

    /// Incidents per 100,000 and year.
    func rate(_ count: Int, _ key: String, days: Int) -> Double? {
        byArea[key].map { Double(count) / $0 * 100_000 * 365.2425 / Double(max(1, days)) }
    }
}
