import GRDB
import Incidents

/// Writes one batch of figures through prepared statements, its places and classes once each.
final class SeriesWriter {
    private let importID: Int64
    private let places: KeyTable
    private let classes: KeyTable
    private let count: PreparedStatement
    private let population: PreparedStatement

    init(_ db: Database, importID: Int64) throws {
        self.importID = importID
        places = try KeyTable(
            db, table: "series_place",
            columns: ["level", "area_id", "version", "state_id", "label", "outcome", "candidates"])
        classes = try KeyTable(db, table: "series_class", columns: ["legal_good", "type", "subtype", "modality"])
        count = try PreparedStatement(
            db,
            """
            INSERT INTO monthly_count (import_id, source_row, place_id, class_id, month, count) VALUES (?, ?, ?, ?, ?, ?)
            """)
        population = try PreparedStatement(
            db,
            """
            INSERT INTO population (level, area_id, year, kind, value, import_id, source_row, place_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
    }

    func write(_ batch: SeriesBatch) throws {
        try check(batch)
        var placeIDs: [Int32: Int64] = [:]
        var classIDs: [Int32: Int64] = [:]
        func placeID(_ index: Int32) throws -> Int64 {
            if let id = placeIDs[index] { return id }
            let id = try places.id(of: Self.values(of: batch.places[Int(index)]))
            placeIDs[index] = id
            return id
        }
        func classID(_ index: Int32) throws -> Int64 {
            if let id = classIDs[index] { return id }
            let value = batch.classes[Int(index)]
            let id = try classes.id(of: [value.legalGood, value.type, value.subtype, value.modality])
            classIDs[index] = id
            return id
        }
        for figure in batch.counts {
            count.bind(importID, at: 1)
            count.bind(figure.sourceRow, at: 2)
            count.bind(try placeID(figure.place), at: 3)
            count.bind(try classID(figure.seriesClass), at: 4)
            count.bind(Int64(figure.month), at: 5)
            count.bind(figure.count, at: 6)
            try count.run()
        }
        for figure in batch.populations {
            let place = batch.places[Int(figure.place)]
            population.bind(place.level, at: 1)
            population.bind(place.areaKey, at: 2)
            population.bind(Int64(figure.year), at: 3)
            population.bind(figure.kind, at: 4)
            population.bind(Double(figure.value), at: 5)
            population.bind(importID, at: 6)
            population.bind(figure.sourceRow, at: 7)
            population.bind(try placeID(figure.place), at: 8)
            try population.run()
        }
    }

    private func check(_ batch: SeriesBatch) throws {
        for (row, figure) in batch.counts.enumerated() {
            try check(batch.places.indices.contains(Int(figure.place)), "place", row, figure.place)
            try check(batch.classes.indices.contains(Int(figure.seriesClass)), "class", row, figure.seriesClass)
            try check((1...12).contains(figure.month % 100) && figure.month > 0, "month", row, figure.month)
        }
        for (row, figure) in batch.populations.enumerated() {
            try check(batch.places.indices.contains(Int(figure.place)), "place", row, figure.place)
        }
    }

    private func check(_ holds: Bool, _ column: String, _ row: Int, _ value: Int32) throws {
        guard holds else { throw StoreError.valueOutOfRange(column: column, row: row, value: "\(value)") }
    }

    private static func values(of place: SeriesPlace) -> [String?] {
        [
            place.level, place.areaKey, place.version.map(String.init), place.state, place.label, place.outcome.name,
            place.candidates.isEmpty ? nil : place.candidates.joined(separator: " "),
        ]
    }
}

/// A table of distinct rows, each with the number under which others refer to it.
private final class KeyTable {
    private let find: PreparedStatement
    private let insert: PreparedStatement
    private let width: Int
    private let db: Database

    init(_ db: Database, table: String, columns: [String]) throws {
        self.db = db
        width = columns.count
        find = try PreparedStatement(
            db, "SELECT id FROM \(table) WHERE \(columns.map { "\($0) IS ?" }.joined(separator: " AND "))")
        insert = try PreparedStatement(
            db,
            """
            INSERT INTO \(table) (\(columns.joined(separator: ", ")))
            VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
            """)
    }

    func id(of values: [String?]) throws -> Int64 {
        for (index, value) in values.prefix(width).enumerated() { find.bind(value, at: Int32(index + 1)) }
        let found: Int64? = try find.step() ? find.integer(0) : nil
        find.reset()
        if let found { return found }
        for (index, value) in values.prefix(width).enumerated() { insert.bind(value, at: Int32(index + 1)) }
        try insert.run()
        return db.lastInsertedRowID
    }
}
