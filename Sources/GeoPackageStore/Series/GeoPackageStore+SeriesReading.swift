import CivilTime
import GRDB
public import Incidents

extension GeoPackageStore {
    /// Visits the counts that hold, by class, place and month.
    /// - Complexity: O(*n* log *n*) in the counts of one class at a time, which it holds in memory.
    public func monthlyCounts(asOf: String?, each body: (MonthlyCount) throws -> Void) throws {
        let asOf = try asOf.map(Instant.checked)
        try read { db in
            let imports = try currentSeries(db, asOf: asOf)
            let places = try SeriesPlaces(db, path: path)
            let counts = try PreparedStatement(
                db, "SELECT place_id, month, import_id, count, source_row FROM monthly_count WHERE class_id = ?")
            let classes = try PreparedStatement(
                db, "SELECT id, legal_good, type, subtype, modality FROM series_class ORDER BY id")
            while try classes.step() {
                let seriesClass = SeriesClass(
                    legalGood: classes.text(1), type: classes.text(2), subtype: classes.text(3),
                    modality: classes.text(4))
                counts.bind(classes.integer(0), at: 1)
                var rows: [CountRow] = []
                while try counts.step() {
                    guard let unit = imports[counts.integer(2)] else { continue }
                    rows.append(
                        CountRow(
                            place: try places.rank(of: counts.integer(0)), placeID: counts.integer(0),
                            month: counts.integer(1), unit: unit, importID: counts.integer(2),
                            count: counts.integer(3), sourceRow: counts.integer(4)))
                }
                counts.reset()
                rows.sort()
                for row in CountRow.holding(rows) {
                    try body(try row.count(of: seriesClass, at: places.place(row.placeID), path: path))
                }
            }
        }
    }

    /// The population figures that hold, by level, area, year and kind; those without an area are left out.
    public func populations(asOf: String?) throws -> [PopulationFigure] {
        let asOf = try asOf.map(Instant.checked)
        return try read { db in
            let imports = try currentSeries(db, asOf: asOf)
            let statement = try PreparedStatement(
                db,
                """
                SELECT level, area_id, year, kind, value, import_id FROM population WHERE area_id NOTNULL
                ORDER BY level, area_id, year, kind, import_id
                """)
            var figures: [PopulationFigure] = []
            while try statement.step() {
                let importID = statement.optionalInteger(5)
                if let importID, imports[importID] == nil { continue }
                let figure = PopulationFigure(
                    level: statement.text(0) ?? "", areaKey: statement.text(1) ?? "",
                    year: Int(clamping: statement.integer(2)), kind: statement.text(3) ?? "",
                    value: statement.double(4), importID: importID)
                if let last = figures.last, last.isOf(figure) {
                    figures[figures.count - 1] = figure
                    if last.importID == importID { figures[figures.count - 1].value += last.value }
                } else {
                    figures.append(figure)
                }
            }
            return figures
        }
    }

    /// The imports of aggregates whose figures hold, with the unit they count in.
    func currentSeries(_ db: Database, asOf: String?) throws -> [Int64: CountUnit] {
        var units: [Int64: CountUnit] = [:]
        let statement = try PreparedStatement(db, "SELECT import_id, count_unit FROM series_import")
        while try statement.step() {
            guard let unit = CountUnit(rawValue: statement.text(1) ?? "") else {
                throw StoreError.damaged(
                    path: path, detail: "import \(statement.integer(0)) counts in no unit that is known")
            }
            units[statement.integer(0)] = unit
        }
        for row in try ImportRow.all(db, where: "1", []) {
            let record = row.record
            let holds: Bool
            if let asOf {
                holds =
                    record.state != .incomplete && record.knownFrom.map { $0 <= asOf } ?? false
                    && row.supersededAt.map { $0 > asOf } ?? true
            } else {
                holds = record.state == .complete
            }
            if !holds { units[record.id] = nil }
        }
        return units
    }
}

extension Instant {
    /// The instant as given, if it is one.
    static func checked(_ text: String) throws(StoreError) -> String {
        _ = try stored(text)
        return text
    }
}

extension PopulationFigure {
    fileprivate func isOf(_ other: PopulationFigure) -> Bool {
        areaKey == other.areaKey && year == other.year && kind == other.kind && level == other.level
    }
}

/// The places of counts, and which of them are the same: those placed in one area, and those of one label in one state.
private struct SeriesPlaces {
    private var places: [Int64: (place: SeriesPlace, rank: Int)] = [:]
    private let path: String

    init(_ db: Database, path: String) throws {
        self.path = path
        var ranks: [[String]: Int] = [:]
        let statement = try PreparedStatement(
            db,
            """
            SELECT id, level, area_id, version, state_id, label, outcome, candidates FROM series_place
            ORDER BY level, ifnull(substr(area_id, 1, 2), state_id), area_id IS NULL, area_id, label, id
            """)
        while try statement.step() {
            let word = statement.text(6) ?? ""
            guard let outcome = Outcome.allCases.first(where: { $0.name == word }) else {
                throw StoreError.damaged(path: path, detail: "a place of counts has the outcome \"\(word)\"")
            }
            let place = SeriesPlace(
                outcome: outcome, level: statement.text(1) ?? "", areaKey: statement.text(2),
                version: statement.optionalInteger(3).map { Int(clamping: $0) }, state: statement.text(4),
                label: statement.text(5) ?? "",
                candidates: (statement.text(7) ?? "").split(separator: " ").map(String.init))
            let identity = place.areaKey.map { [place.level, $0] } ?? [place.level, place.state ?? "", place.label]
            let rank = ranks[identity] ?? ranks.count
            ranks[identity] = rank
            places[statement.integer(0)] = (place, rank)
        }
    }

    func rank(of id: Int64) throws -> Int {
        guard let found = places[id] else { throw missing(id) }
        return found.rank
    }

    func place(_ id: Int64) throws -> SeriesPlace {
        guard let found = places[id] else { throw missing(id) }
        return found.place
    }

    private func missing(_ id: Int64) -> StoreError {
        .damaged(path: path, detail: "counts are of place \(id), which is not in it")
    }
}

/// One row of `monthly_count`.
private struct CountRow: Comparable {
    var place: Int
    var placeID: Int64
    var month: Int64
    var unit: CountUnit
    var importID: Int64
    var count: Int64
    var sourceRow: Int64

    static func < (a: CountRow, b: CountRow) -> Bool {
        if a.place != b.place { return a.place < b.place }
        if a.month != b.month { return a.month < b.month }
        if a.unit != b.unit { return a.unit.rawValue < b.unit.rawValue }
        return (a.importID, a.sourceRow) < (b.importID, b.sourceRow)
    }

    private func isOf(_ other: CountRow) -> Bool {
        place == other.place && month == other.month && unit == other.unit
    }

    /// Of sorted rows of one class, those of the latest import for each place, month and unit, added up within it.
    static func holding(_ rows: [CountRow]) -> [CountRow] {
        var held: [CountRow] = []
        for row in rows {
            guard let last = held.last, last.isOf(row) else {
                held.append(row)
                continue
            }
            held[held.count - 1] = row
            if last.importID == row.importID { held[held.count - 1].count = row.count &+ last.count }
        }
        return held
    }

    func count(of seriesClass: SeriesClass, at place: SeriesPlace, path: String) throws -> MonthlyCount {
        guard let period = Period(year: Int(clamping: month / 100), month: Int(month % 100)) else {
            throw StoreError.damaged(path: path, detail: "a count is of the month \(month)")
        }
        return MonthlyCount(
            place: place, month: period, seriesClass: seriesClass, count: count, countUnit: unit, importID: importID,
            sourceRow: sourceRow)
    }
}
