public import Boundaries
public import CivilTime
public import Incidents
import Bytes

extension PublicLattice {
    /// The question that a filter asks of the lattice.
    ///
    /// What the lattice cannot answer is refused and never widened: an answer to another question than the one asked is
    /// wrong, and one to a narrower one exposes.
    /// - Parameters:
    ///   - level: that rows are of; nil is the territory.
    ///   - axes: those of the release.
    /// - Throws: ``PrivacyError/notPublic(_:)`` naming the condition.
    public func query(
        _ filter: IncidentFilter, by level: Level?, period: PeriodLength?, byCategory: Bool = false,
        on axes: LatticeAxes
    ) throws(PrivacyError) -> PublicQuery {
        try refuseFineConditions(filter)
        var query = PublicQuery(period: period, byCategory: byCategory)
        switch level {
        case nil: query.ground = .territory
        case coarse?: query.ground = .municipalities
        case let level? where level == finest: query.ground = .areas
        case let level?: throw .notPublic("counts are by \(levels), not by \(level)")
        }
        query.months = try months(filter)
        query.municipalities = try municipalities(filter, axes)
        if !filter.categories.isEmpty { query.categories = try categories(filter.categories, axes) }
        return query
    }

    private var levels: String { ([coarse] + (finest.map { [$0] } ?? [])).map(\.name).joined(separator: " or ") }

    private func refuseFineConditions(_ filter: IncidentFilter) throws(PrivacyError) {
        if filter.hours != nil { throw .notPublic("hours of the day cannot be asked for") }
        if filter.days != nil { throw .notPublic("days of the week cannot be asked for") }
        if filter.condition != nil { throw .notPublic("conditions of one's own cannot be asked for") }
        if filter.box != nil { throw .notPublic("a box cannot be asked for; ask for areas") }
        if !filter.modalities.isEmpty { throw .notPublic("modalities cannot be asked for; ask for categories") }
        if filter.placedOnly || filter.grades != nil || filter.includesArtefacts {
            throw .notPublic("how incidents were placed cannot be asked for")
        }
    }

    /// Whole months; an end that is left open is the first or last that there is.
    private func months(_ filter: IncidentFilter) throws(PrivacyError) -> ClosedRange<Period>? {
        guard filter.from != nil || filter.to != nil else { return nil }
        let first = filter.from.map { Period(.month, containing: $0) }
        let last = filter.to.map { Period(.month, containing: $0) }
        if let first, first.first != filter.from { throw .notPublic("the first day must be the first of a month") }
        if let last, last.last != filter.to { throw .notPublic("the last day must be the last of a month") }
        let low = first ?? Period(.month, index: .min)
        let high = last ?? Period(.month, index: .max)
        guard low <= high else { throw .notPublic("the first day must not come after the last") }
        return low...high
    }

    private func municipalities(_ filter: IncidentFilter, _ axes: LatticeAxes) throws(PrivacyError) -> [Int]? {
        guard !filter.areas.isEmpty else { return nil }
        var found: Set<Int> = []
        for area in filter.areas {
            guard area.level == coarse.name else { throw .notPublic("areas to ask for are those of \(coarse)") }
            let matches = axes.municipalities.indices.filter {
                let key = axes.municipalities[$0].key
                return key.key == area.key && (area.version == nil || area.version == key.version)
            }
            guard !matches.isEmpty else { throw .notPublic("\(area) must be one of the areas published") }
            found.formUnion(matches)
        }
        return found.sorted()
    }

    private func categories(_ names: [String], _ axes: LatticeAxes) throws(PrivacyError) -> [Int] {
        let known = axes.categories.map { LabelFolding.fold($0.label) }
        var found: Set<Int> = []
        for name in names {
            let wanted = LabelFolding.fold(name)
            // A withheld category is answered as one that does not exist.
            let matches = known.indices.filter { known[$0] == wanted && axes.categories[$0].treatment != .withheld }
            guard !matches.isEmpty else { throw .notPublic("a category must be one of those published") }
            found.formUnion(matches)
        }
        return found.sorted()
    }
}
