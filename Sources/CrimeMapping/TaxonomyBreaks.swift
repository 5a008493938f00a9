import CivilTime
public import Incidents
public import Indicators

/// Finds where a series of incidents breaks. Every output that puts counts of several periods side by side asks here, and
/// says what it is told: a series that crosses a break is never joined silently.
public enum TaxonomyBreaks {
    /// How the incidents of a series are counted, which decides what breaks it: see `SeriesBreak.inSeries(of:over:schemes:)`.
    public enum Counting: Sendable {
        /// By their sources' own labels, or all together.
        case labels
        /// By the classes of a scheme.
        case classes(scheme: String)
    }

    /// The breaks in the series of a selection's incidents, from their first day to their last.
    ///
    /// Looks at the labels that occur in the selection, wherever in the store they occur: areas and hours do not matter. It
    /// looks at the incidents as they are known now, also where the selection is as of an earlier instant.
    /// - Complexity: O(incidents of the store); where no rule and no second profile can break a series, O(rows selected).
    public static func of(
        _ selection: IncidentSelection, counting: Counting = .labels, in store: any IncidentSource & TaxonomySource
    ) throws -> [SeriesBreak] {
        guard let span = selection.days, span.lowerBound < span.upperBound else { return [] }
        let catalogue = try TaxonomyCatalogue(of: store)
        let imports = try store.imports().filter { $0.state == .complete }
        let profiles = Set(imports.map { SourceLabel.profileName($0.profile) })
        let mayBreak = imports.contains {
            catalogue.mapping.mayBreak(profile: SourceLabel.profileName($0.profile), source: $0.source)
        }
        if case .labels = counting, profiles.count < 2, !mayBreak { return [] }
        let labels = SelectedLabels(selection)
        let counts = try store.labelCounts(splitAt: catalogue.mapping.edges).filter { labels.contains($0.label) }
        return SeriesBreak.inSeries(
            of: origins(of: counts, counting, catalogue.mapping), over: span,
            schemes: Array(catalogue.mapping.schemes.values))
    }

    /// The catalogues of which labels are.
    static func origins(
        of counts: [LabelCount], _ counting: Counting, _ mapping: TaxonomyMapping
    ) -> [SeriesOrigin] {
        var origins: [OriginKey: SeriesOrigin] = [:]
        for count in counts {
            let origin = origin(of: count, counting, mapping)
            let key = OriginKey(catalogue: origin.catalogue, countUnits: origin.countUnits)
            origins[key] = origins[key]?.joined(with: origin) ?? origin
        }
        return origins.values.sorted { ($0.days.lowerBound, $0.catalogue) < ($1.days.lowerBound, $1.catalogue) }
    }

    private struct OriginKey: Hashable {
        var catalogue: String
        var countUnits: Set<CountUnit>
    }

    private static func origin(
        of count: LabelCount, _ counting: Counting, _ mapping: TaxonomyMapping
    ) -> SeriesOrigin {
        let (label, day) = (count.label, count.days.lowerBound)
        let target = mapping.target(of: label, on: day)
        let native = mapping.nativeScheme(profile: label.profile, source: label.source, on: day)
        var schemes = Set([native].compactMap { $0 })
        if case .classes(let scheme) = counting { schemes.insert(scheme) }
        var catalogue = native ?? label.profile
        if native == nil, let rule = target?.rule {
            if let from = rule.validFrom { catalogue += " from \(from)" }
            if let to = rule.validTo { catalogue += " until \(to)" }
        }
        return SeriesOrigin(
            catalogue: catalogue, schemes: schemes, countUnits: Set([target?.countUnit].compactMap { $0 }),
            days: count.days)
    }
}

extension TaxonomyBreaks {
    /// Per row of a table of counts the names of the breaks that come with it, joined by `+`; empty for none.
    ///
    /// In each series, which is one area and category, a break is named in the first row whose period holds its day or comes
    /// after it: the first period of the new way of counting, or the one that holds days of both. A row of the whole time
    /// names every break.
    /// - Parameter rows: periods in order within each series, as `AreaCounts` gives them.
    public static func names(of breaks: [SeriesBreak], in rows: [AreaCount]) -> [String] {
        guard !breaks.isEmpty else { return Array(repeating: "", count: rows.count) }
        var named: [Series: Set<String>] = [:]
        return rows.map { row in
            let last = row.period.flatMap { Period($0)?.last }
            let series = Series(area: row.areaID, category: row.category)
            // A period that cannot be read has no end, so that no break goes unnamed.
            let end = last.map(\.daysSince1970) ?? .max
            let due = breaks.filter { $0.date.daysSince1970 <= end && !named[series, default: []].contains($0.id) }
            named[series, default: []].formUnion(due.map(\.id))
            return due.map(\.id).joined(separator: "+")
        }
    }

    private struct Series: Hashable {
        var area: String?
        var category: String?
    }
}

/// The labels that occur in a selection.
private struct SelectedLabels {
    private var categories: Set<String?> = []
    private var modalities: Set<String?> = []

    init(_ selection: IncidentSelection) {
        let table = selection.table
        categories = Self.texts(table.category, table.categories, selection.rows)
        modalities = Self.texts(table.modality, table.modalities, selection.rows)
    }

    func contains(_ label: SourceLabel) -> Bool {
        categories.contains(label.category) && modalities.contains(label.modality)
    }

    private static func texts(_ column: [Int32], _ texts: [String], _ rows: [Int]) -> Set<String?> {
        Set(Set(rows.map { column[$0] }).map { texts.indices.contains(Int($0)) ? texts[Int($0)] : nil })
    }
}

extension SeriesOrigin {
    fileprivate func joined(with other: SeriesOrigin) -> SeriesOrigin {
        var origin = self
        origin.schemes.formUnion(other.schemes)
        origin.days =
            min(days.lowerBound, other.days.lowerBound)...max(days.upperBound, other.days.upperBound)
        return origin
    }
}
