import Bytes
import CivilTime
import Incidents
import Indicators
import Privacy

/// Of which published categories each indicator is the sum.
///
/// Decided by the store's rules alone, never by its incidents: which labels and modalities occur is not public. A category
/// belongs to an indicator where it does under every modality, source and day that a rule tells apart; where it does under
/// some only, the indicator is finer than what is published.
struct PublicIndicators {
    /// By indicator, indexes into the release's categories; empty where it is no sum of them.
    private(set) var categories: [[Int]]
    /// The indicators that are finer than what is published.
    private(set) var tooFine: [Int] = []

    private struct Origin: Hashable {
        var profile: String
        var source: String
    }

    private let mapping: TaxonomyMapping
    private var origins: [Origin] = []
    private var days: [CalendarDate] = []

    /// - Parameter reports: the imports that incidents came with.
    /// - Throws: `TaxonomyError` where the store's rules name what is not there.
    /// - Complexity: O(categories · modalities that rules name · sources that rules tell apart · days on which rules change).
    init(_ indicators: [Indicator], of city: PublicCity, reports: [ImportRecord]) throws {
        mapping = try TaxonomyCatalogue(of: city.snapshot).mapping
        categories = indicators.map { _ in [] }
        guard let months = city.release.months else { return }
        origins = Self.origins(reports, mapping)
        let (first, last) = (months.lowerBound.first, months.upperBound.last)
        days = [first] + mapping.edges.filter { $0 > first && $0 <= last }
        let modalities = Self.modalities(indicators, mapping)
        var isPartial = indicators.map { _ in false }
        for (place, category) in city.release.axes.categories.enumerated() where category.treatment != .withheld {
            let belongs = belongs(category.label, to: indicators, modalities)
            for (indicator, (some, all)) in belongs.enumerated() where some {
                if all { categories[indicator].append(place) } else { isPartial[indicator] = true }
            }
        }
        tooFine = indicators.indices.filter { isPartial[$0] }
        for indicator in tooFine { categories[indicator] = [] }
    }

    /// By indicator, whether a label counts for it in some case, and in every case.
    private func belongs(
        _ label: String, to indicators: [Indicator], _ modalities: [String?]
    ) -> [(some: Bool, all: Bool)] {
        var found = indicators.map { _ in (some: false, all: true) }
        for origin in origins {
            for day in days {
                for modality in modalities {
                    let source = SourceLabel(
                        profile: origin.profile, source: origin.source, category: label, modality: modality)
                    for (index, indicator) in indicators.enumerated() {
                        let counts = indicator.counts(source, on: day, by: mapping)
                        found[index] = (found[index].some || counts, found[index].all && counts)
                    }
                }
            }
        }
        return found
    }

    /// The sources that some rule tells apart, one of each kind.
    private static func origins(_ imports: [ImportRecord], _ mapping: TaxonomyMapping) -> [Origin] {
        let names = Set(mapping.rules.map(\.source))
        var known: [Set<String>: Origin] = [:]
        for record in imports {
            let origin = Origin(profile: SourceLabel.profileName(record.profile), source: record.source)
            let matching = names.filter { name in
                [origin.profile, origin.source].contains { own in
                    let (own, rule) = (LabelFolding.fold(own), LabelFolding.fold(name))
                    return name.hasSuffix("*") ? own.hasPrefix(rule) : own == rule
                }
            }
            if known[matching] == nil { known[matching] = origin }
        }
        return known.values.sorted { ($0.profile, $0.source) < ($1.profile, $1.source) }
    }

    /// Every modality that a rule, a scheme of a source's own labels or an indicator names, and none.
    private static func modalities(_ indicators: [Indicator], _ mapping: TaxonomyMapping) -> [String?] {
        var names = mapping.rules.compactMap(\.modality) + indicators.flatMap(\.labels).compactMap(\.modality)
        for scheme in Set(mapping.rules.filter(\.isNative).map(\.scheme)) {
            names += (mapping.schemes[scheme]?.classes ?? []).filter { $0.level == .modality }.map(\.spanishLabel)
        }
        let folded = Dictionary(names.map { (LabelFolding.fold($0), $0) }, uniquingKeysWith: min)
        return [nil] + folded.values.sorted()
    }

    /// The breaks that the schemes and rules declare. When a source begins is not looked at: that is a day of an incident.
    func breaks(over span: ClosedRange<CalendarDate>) -> [SeriesBreak] {
        var series: [SeriesOrigin] = []
        for origin in origins {
            for (index, day) in days.enumerated() {
                let end = days.indices.contains(index + 1) ? days[index + 1].adding(days: -1) : span.upperBound
                guard let end, day <= end else { continue }
                let native = mapping.nativeScheme(profile: origin.profile, source: origin.source, on: day)
                series.append(
                    SeriesOrigin(
                        catalogue: native ?? origin.profile, schemes: Set([native].compactMap { $0 }), countUnits: [],
                        days: day...end))
            }
        }
        return SeriesBreak.inSeries(of: series, over: span, schemes: Array(mapping.schemes.values))
    }
}
