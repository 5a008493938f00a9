import Boundaries
import Bytes
import CivilTime
import Incidents
import Indicators

/// Which indicators count which published classes.
struct PublishedClasses {
    private let indicators: [Indicator]
    private let catalogue: TaxonomyCatalogue
    private let imports: [Int64: ImportRecord]
    private struct Key: Hashable {
        var importID: Int64
        var year: Int
        var seriesClass: SeriesClass
        var unit: CountUnit
    }
    private var known: [Key: [Int]] = [:]
    private var paths: [String: [[String]: String]] = [:]
    private var days: [String: ClosedRange<CalendarDate>] = [:]
    private var otherUnits: Set<CountUnit> = []
    /// Labels of tables that follow no scheme, and that no indicator counts.
    private var strayLabels: Set<String> = []

    init(_ indicators: [Indicator], of store: any SheetSource) throws {
        self.indicators = indicators
        catalogue = try TaxonomyCatalogue(of: store)
        imports = Dictionary(try store.imports().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for scheme in catalogue.mapping.schemes.values { paths[scheme.scheme] = Self.paths(of: scheme) }
    }

    mutating func indicators(of count: MonthlyCount) -> [Int] {
        let year = count.month.first.components.year
        let key = Key(
            importID: count.importID, year: year, seriesClass: count.seriesClass, unit: count.countUnit)
        if let found = known[key] { return found }
        let found = find(count)
        known[key] = found
        return found
    }

    private mutating func find(_ count: MonthlyCount) -> [Int] {
        guard let record = imports[count.importID] else { return [] }
        let day = count.month.first
        let profile = SourceLabel.profileName(record.profile)
        guard let scheme = catalogue.mapping.nativeScheme(profile: profile, source: record.source, on: day) else {
            let counting = byLabel(count, profile: profile, source: record.source)
            if counting.isEmpty { strayLabels.insert(count.seriesClass.subtype ?? count.seriesClass.type ?? "") }
            return taken(counting, of: count)
        }
        guard let code = paths[scheme]?[Self.words(count.seriesClass)],
            let entry = catalogue.mapping.schemes[scheme]?[code]
        else { return [] }
        let taken = taken(indicators.indices.filter { indicators[$0].contains(entry, of: scheme) }, of: count)
        if !taken.isEmpty {
            let year = CalendarDate(year: day.components.year, month: 12, day: 31) ?? day
            let old = days[scheme]
            days[scheme] = min(old?.lowerBound ?? day, day)...max(old?.upperBound ?? year, year)
        }
        return taken
    }

    /// In a table that follows no scheme: the indicator of that name, or those that count the label.
    private func byLabel(_ count: MonthlyCount, profile: String, source: String) -> [Int] {
        guard let category = count.seriesClass.subtype ?? count.seriesClass.type else { return [] }
        let word = LabelFolding.fold(category)
        let named = indicators.indices.filter { index in
            let indicator = indicators[index]
            return [indicator.id, indicator.spanishName, indicator.englishName].contains {
                LabelFolding.fold($0) == word
            }
        }
        guard named.isEmpty else { return named }
        let label = SourceLabel(
            profile: profile, source: source, category: category, modality: count.seriesClass.modality)
        return indicators.indices.filter { indicators[$0].counts(label, on: count.month.first, by: catalogue.mapping) }
    }

    /// Numbers of different units are never added.
    private mutating func taken(_ counting: [Int], of count: MonthlyCount) -> [Int] {
        if counting.contains(where: { indicators[$0].countUnit != count.countUnit }) {
            otherUnits.insert(count.countUnit)
        }
        return counting.filter { indicators[$0].countUnit == count.countUnit }
    }

    /// The breaks of each indicator, of the schemes that its figures are of.
    func breaks(over span: ClosedRange<CalendarDate>) -> [[SeriesBreak]] {
        let origins = days.map { scheme, days in
            SeriesOrigin(catalogue: scheme, schemes: [scheme], countUnits: [], days: days)
        }
        let breaks = SeriesBreak.inSeries(
            of: origins, over: span, schemes: Array(catalogue.mapping.schemes.values))
        return indicators.map { _ in breaks }
    }

    var notes: [IndicatorSeries.Note] { uncounted.map { [$0] } ?? [] }

    /// What there is and is counted by no indicator: figures in other units, and labels that none names.
    var uncounted: IndicatorSeries.Note? {
        var (spanish, english): ([String], [String]) = ([], [])
        let units = otherUnits.sorted { $0.rawValue < $1.rawValue }
        if !units.isEmpty {
            spanish.append("hay cifras en \(units.map(\.spanishLabel).joined(separator: ", ")), que aquí no se suman")
            english.append(
                "there are figures in \(units.map(\.englishLabel).joined(separator: ", ")), which are not added here")
        }
        if !strayLabels.isEmpty {
            let names = strayLabels.sorted().prefix(5).map { "«\($0)»" }.joined(separator: ", ")
            let more = strayLabels.count > 5 ? " (\(strayLabels.count))" : ""
            spanish.append("ningún indicador cuenta \(names)\(more)")
            english.append("no indicator counts \(names)\(more)")
        }
        guard !spanish.isEmpty else { return nil }
        func sentence(_ parts: [String]) -> String {
            let text = parts.joined(separator: "; ")
            return text.prefix(1).uppercased() + text.dropFirst() + "."
        }
        return IndicatorSeries.Note(spanish: sentence(spanish), english: sentence(english))
    }

    /// The words of a class from the broadest on, each once where they repeat, folded.
    private static func words(_ value: SeriesClass) -> [String] {
        once([value.legalGood, value.type, value.subtype, value.modality].compactMap { $0 })
    }

    /// The codes by the words of the classes above them; of classes of the same words the finest.
    private static func paths(of scheme: Taxonomy) -> [[String]: String] {
        var paths: [[String]: String] = [:]
        for entry in scheme.classes { paths[once(scheme.path(entry.code).map(\.spanishLabel))] = entry.code }
        return paths
    }

    private static func once(_ labels: [String]) -> [String] {
        var words: [String] = []
        for label in labels.map({ LabelFolding.fold($0) }) where words.last != label { words.append(label) }
        return words
    }
}
