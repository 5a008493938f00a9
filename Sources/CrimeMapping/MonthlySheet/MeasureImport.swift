public import Boundaries
import CivilTime
import Files
import Formats
public import Incidents
import Indicators

/// Brings in quantities that authorities publish beside crimes: police, plated cars, detentions. The job behind
/// `faro series measures`.
///
/// A CSV with a row an indicator, area and month: `indicator,area,month,value` and, for shares, `whole`: 350 of 5,000. The file again
/// changes nothing; a corrected one of the same source replaces it.
public struct MeasureImport: Sendable {
    /// A CSV, plain or gzip.
    public var path: String
    public var level: Level
    /// Columns named by hand, field by field.
    public var columns: [String: String] = [:]
    /// A later file of the same name replaces this one; nil is the file's name.
    public var source: String?
    /// What is said of the file's time.
    public var dates = FileDates()

    public init(path: String, level: Level) {
        self.path = path
        self.level = level
    }

    private static let fields: [(field: String, accepted: [String])] = [
        ("indicator", ["indicator", "indicador"]), ("area", ["area", "area_id", "cvegeo", "clave", "cve_mun"]),
        ("month", ["month", "mes", "period", "periodo"]), ("value", ["value", "valor", "cifra"]),
        ("whole", ["whole", "total", "de", "of"]),
    ]

    /// - Parameter onIssue: is told of every row with something wrong.
    /// - Throws: `FileError`, `CSVError`, the store's errors, ``JobError``.
    /// - Complexity: O(rows), in memory as well.
    public func run(
        into store: any IndicatorStore & StoreSource, onIssue: (ImportIssue) throws -> Void = { _ in }
    ) throws -> CouncilSummary {
        let name = source ?? String(path.split(separator: "/").last ?? Substring(path))
        let areas = Set(
            try store.boundaryVersions().filter { $0.level == level }
                .flatMap { try store.boundaryLayer(level, number: $0.number).areas.map(\.id) })
        var table = try CouncilTable(path: path, names: Self.fields, named: columns, areas: areas)
        try table.require(["indicator", "area", "month", "value"])
        let catalogue = try SheetDocuments.catalogue(in: store, asOf: nil)
        let ticket = try store.beginSeries(
            source: name, sha256: FileDigest.sha256(ofFileAt: path), profile: "measures 1",
            settings: JSONText.of(columns.merging(["level": level.name]) { $1 }),
            description: SeriesDescription(kind: .measures, countUnit: .report, publisher: ""), dates: dates,
            at: UTCText.now)
        let record: ImportRecord
        switch ticket {
        case .new(let new), .resume(let new): record = new
        case .alreadyImported(let known):
            return CouncilSummary(source: known.source, counts: known.counts, figures: [:], alreadyImported: true)
        }
        var figures: [MeasureFigure] = []
        var seen: Set<String> = []
        while try table.reader.next() {
            guard let figure = take(&table, catalogue, &seen) else { continue }
            figures.append(figure)
        }
        for issue in table.issues { try onIssue(issue) }
        try store.append(figures, issues: table.issues, counts: table.counts, to: record.id)
        let sums = Dictionary(grouping: figures, by: \.indicator).mapValues(\.count)
        let finished = try store.finishSeries(record.id, account: JSONText.of(sums), at: UTCText.now)
        return CouncilSummary(source: finished.source, counts: finished.counts, figures: sums, alreadyImported: false)
    }

    private func take(
        _ table: inout CouncilTable, _ catalogue: IndicatorCatalogue, _ seen: inout Set<String>
    ) -> MeasureFigure? {
        guard let id = table.text("indicator"), let indicator = catalogue.indicators.first(where: { $0.id == id }),
            indicator.kind != .crime
        else {
            table.reject("indicator", "unknown_indicator", "the indicator must be a measure or share of the catalogue")
            return nil
        }
        guard let month = table.text("month").flatMap({ Period($0) }), month.length == .month else {
            table.reject("month", "month_unreadable", "the month must be written yyyy-mm")
            return nil
        }
        guard let value = table.number("value"), value >= 0 else {
            table.reject("value", "value_unreadable", "the value must be a number of 0 or more")
            return nil
        }
        let whole = table.number("whole")
        if indicator.kind == .share, !(whole.map { $0 > 0 && $0 >= value } ?? false) {
            table.reject("whole", "whole_missing", "the whole of a share must be at least its part")
            return nil
        }
        guard let area = table.text("area"), table.isKnown(area: area) else {
            table.leaveUnplaced("area", "\(table.text("area") ?? "the area") is no \(level) of the store; not kept")
            return nil
        }
        guard seen.insert("\(id)\u{0}\(area)\u{0}\(month)").inserted else {
            table.reject("month", "month_twice", "an indicator and area must have one row a month")
            return nil
        }
        table.accept()
        return MeasureFigure(
            indicator: id, level: level.name, areaKey: area, month: month, value: value, whole: whole,
            sourceRow: table.reader.rowNumber)
    }
}
