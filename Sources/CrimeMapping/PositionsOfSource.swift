import Boundaries
public import Georeferencing
import Incidents
import SimpleFeatures

/// What the coordinates of one source stand for.
public struct PositionsOfSource: Sendable {
    /// The figures without the rows.
    public struct Summary: Hashable, Sendable, Encodable {
        public var importID: Int64
        public var source: String
        /// `points`, `corners` or `areas`.
        public var kind: PositionalVerdict.Kind
        public var incidents: Int
        public var distinctPlaces: Int
        /// The chance that the next incident falls on a place already seen.
        public var coverage: Double
        /// The median distance from a place to the fourth nearest, in metres; nil where places hardly repeat.
        public var spacing: Double?
        /// One sentence with the figures.
        public var explanation: String

        private enum CodingKeys: String, CodingKey {
            case source, kind, incidents, coverage, explanation
            case importID = "import_id"
            case distinctPlaces = "distinct_places"
            case spacing = "spacing_m"
        }
    }

    public var summary: Summary
    public var verdict: PositionalVerdict
    /// The rows of the columns that the verdict's own rows are.
    var rows: [Int]

    /// The level whose areas tell whether coordinates stand for areas: the colonias, where the table has them.
    static func level(of table: IncidentTable) -> String? {
        table.areas(of: Level.colonia.name).map(\.level)
    }

    /// One for each import that has coordinates.
    static func all(in places: StoredPlaceColumns, of imports: [ImportRecord]) -> [PositionsOfSource] {
        var rows: [Int64: [Int]] = [:]
        for (row, incident) in places.incidents.enumerated() where places.columns.longitude[row].isFinite {
            rows[incident >> 32, default: []].append(row)
        }
        return imports.compactMap { record in
            guard let rows = rows[record.id] else { return nil }
            let verdict = PositionalDiversity().verdict(on: places.columns.taking(rows))
            return PositionsOfSource(
                summary: Summary(
                    importID: record.id, source: record.source, kind: verdict.kind, incidents: verdict.incidents,
                    distinctPlaces: verdict.distinctPlaces, coverage: verdict.coverage,
                    spacing: verdict.spacing.map { $0.metres.rounded() }, explanation: verdict.explanation),
                verdict: verdict, rows: rows)
        }
    }
}

extension PlaceColumns {
    fileprivate func taking(_ rows: [Int]) -> PlaceColumns {
        if rows.count == count { return self }
        var columns = PlaceColumns()
        columns.longitude = rows.map { longitude[$0] }
        columns.latitude = rows.map { latitude[$0] }
        columns.category = rows.map { category[$0] }
        columns.localMinute = rows.map { localMinute[$0] }
        columns.area = rows.map { area[$0] }
        return columns
    }
}
