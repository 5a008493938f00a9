import GRDB
public import Incidents

extension GeoPackageStore {
    /// All current incidents as columns, sorted along the cell key.
    ///
    /// Current are the rows of complete imports that no later one has replaced. Rows are read in the order in which they
    /// lie in the file and sorted in memory, which costs a fraction of walking an index.
    /// - Parameters:
    ///   - levels: the levels whose area columns are wanted.
    ///   - asOf: an instant, `2024-03-01T12:00:00Z`: the incidents as they were known then; nil for now.
    /// - Throws: ``StoreError/unknownLevel(_:)``, ``StoreError/invalidInstant(_:)``,
    ///   ``StoreError/damaged(path:detail:)`` where a row holds what no import writes.
    public func incidentTable(levels: [String], asOf: String?) throws -> IncidentTable {
        if let asOf { _ = try Instant.stored(asOf) }
        return try read { db in
            let known = try Self.levels(db)
            for level in levels where !known.contains(level) { throw StoreError.unknownLevel(level) }
            var loader = IncidentTableLoader(path: path, levels: levels)
            for part in try Self.parts(db, asOf: asOf) { try loader.load(db, part) }
            return loader.table(revision: try Self.revision(db))
        }
    }

    /// Where the rows of one import lie.
    struct Part {
        var importID: Int64
        var source: String
        var table: String
        /// How many rows to expect, as far as the file can hold them.
        var rows: Int
    }

    /// The imports whose rows hold at an instant, in the order of their keys.
    ///
    /// An import holds from the day it was published, or else from its end, until the one that replaced it does: until it is complete none of its rows count,
    /// so that a corrected file never counts beside the one it corrects.
    static func parts(_ db: Database, asOf: String?) throws -> [Part] {
        let most = try Int((db.firstInteger("PRAGMA page_count") ?? 0) * rowsPerPage)
        return try ImportRow.all(db, where: "1", []).compactMap { row in
            let record = row.record
            if let asOf {
                guard let known = record.knownFrom, known <= asOf else { return nil }
                if let superseded = row.supersededAt, superseded <= asOf { return nil }
            } else if record.state != .complete {
                return nil
            }
            let table = record.state == .superseded ? IncidentTables.superseded : IncidentTables.current
            return Part(importID: record.id, source: record.source, table: table, rows: min(record.counts.kept, most))
        }
    }

    /// More rows than this no page of the size that stores have can hold.
    private static let rowsPerPage: Int64 = 96
}

/// Collects the columns of an ``IncidentTable`` row by row.
private struct IncidentTableLoader {
    let path: String
    let levels: [String]
    private var table = IncidentTable()
    private var categories = TextInterner()
    private var modalities = TextInterner()
    private var areas: [VersionedKeys]

    init(path: String, levels: [String]) {
        self.path = path
        self.levels = levels
        areas = levels.map { _ in VersionedKeys() }
        table.areas = levels.map { AreaColumn(level: $0, keys: [], index: []) }
        table.labelAgrees = levels.map { _ in [] }
    }

    mutating func load(_ db: Database, _ part: GeoPackageStore.Part) throws {
        table.reserve(part.rows)
        let columns =
            [
                "fid", "category", "modality", "occurred_at", "local_date", "local_minute", "x", "y", "cell_z14",
                "outcome", "weight", "precision", "is_artefact", "method",
            ]
            + levels.flatMap {
                [
                    IncidentTables.column(of: $0), IncidentTables.versionColumn(of: $0),
                    IncidentTables.agreementColumn(of: $0),
                ]
                .map { "\"\($0)\"" }
            }
        let statement = try PreparedStatement(
            db,
            """
            SELECT \(columns.joined(separator: ", ")) FROM \(part.table)
            WHERE \(IncidentTables.rows(of: part.importID)) ORDER BY fid
            """)
        var day = DayMemory()
        while try statement.step() {
            try appendRow(statement, &day)
            for level in levels.indices {
                let column = 14 + 3 * Int32(truncatingIfNeeded: level)
                guard let number = areas[level].number(statement, column) else { throw damaged(statement.integer(0)) }
                table.areas[level].index.append(number)
                table.labelAgrees[level].append(
                    statement.isNull(column + 2) ? -1 : statement.integer(column + 2) == 0 ? 0 : 1)
            }
        }
    }

    private mutating func appendRow(_ statement: PreparedStatement, _ day: inout DayMemory) throws {
        let id = statement.integer(0)
        guard let instant = Instant.seconds(statement.bytes(3)), let localDay = day.day(statement.bytes(4)),
            let outcome = Self.outcome(statement.bytes(9)), let grade = Self.grade(statement.bytes(11)),
            let method = Self.method(statement.bytes(13))
        else { throw damaged(id) }
        let minute = statement.isNull(5) ? -1 : statement.integer(5)
        let cell = statement.isNull(8) ? -1 : statement.integer(8)
        guard (-1...1439).contains(minute), cell >= -1, !statement.isNull(10) else { throw damaged(id) }
        table.id.append(id)
        table.category.append(Self.number(statement, 1, in: &categories))
        table.modality.append(Self.number(statement, 2, in: &modalities))
        table.instant.append(instant)
        table.localDay.append(localDay)
        table.localMinute.append(Int16(truncatingIfNeeded: minute))
        table.x.append(statement.isNull(6) ? .nan : statement.double(6))
        table.y.append(statement.isNull(7) ? .nan : statement.double(7))
        table.cell.append(cell)
        table.outcome.append(outcome)
        table.method.append(method)
        table.weight.append(statement.double(10))
        table.grade.append(grade)
        table.isArtefact.append(statement.integer(12) != 0)
    }

    private func damaged(_ id: Int64) -> StoreError {
        .damaged(path: path, detail: "incident \(id) holds a value that no import writes")
    }

    private static func number(_ statement: PreparedStatement, _ column: Int32, in texts: inout TextInterner) -> Int32 {
        guard let text = statement.optionalBytes(column) else { return -1 }
        return texts.number(of: text)
    }

    private static func outcome(_ word: UnsafeBufferPointer<UInt8>) -> Outcome? {
        for (name, outcome) in outcomes where word.equals(name) { return outcome }
        return nil
    }

    private static let outcomes = Outcome.allCases.map { (Array($0.name.utf8), $0) }

    private static func grade(_ word: UnsafeBufferPointer<UInt8>) -> PrecisionGrade? {
        for (name, grade) in grades where word.equals(name) { return grade }
        return nil
    }

    private static func method(_ word: UnsafeBufferPointer<UInt8>) -> PlacementMethod? {
        for (name, method) in methods where word.equals(name) { return method }
        return nil
    }

    private static let methods = PlacementMethod.allCases.map { (Array($0.name.utf8), $0) }
    private static let grades = PrecisionGrade.allCases.map { (Array($0.name.utf8), $0) }

    /// The finished table: dictionaries sorted, rows in the order (cell, key).
    consuming func table(revision: Int64) -> IncidentTable {
        let order = CellOrder.permutation(of: table.cell)
        (table.categories, table.category) = Self.encode(categories, table.category, order)
        (table.modalities, table.modality) = Self.encode(modalities, table.modality, order)
        for level in levels.indices {
            let (keys, versions, rank) = areas[level].sorted()
            (table.areas[level].keys, table.areas[level].versions) = (keys, versions)
            table.areas[level].index = Self.ranked(table.areas[level].index, rank, order)
            table.labelAgrees[level] = CellOrder.apply(order, to: table.labelAgrees[level])
        }
        table.id = CellOrder.apply(order, to: table.id)
        table.x = CellOrder.apply(order, to: table.x)
        table.y = CellOrder.apply(order, to: table.y)
        table.cell = CellOrder.apply(order, to: table.cell)
        table.instant = CellOrder.apply(order, to: table.instant)
        table.localDay = CellOrder.apply(order, to: table.localDay)
        table.localMinute = CellOrder.apply(order, to: table.localMinute)
        table.weight = CellOrder.apply(order, to: table.weight)
        table.outcome = CellOrder.apply(order, to: table.outcome)
        table.method = CellOrder.apply(order, to: table.method)
        table.grade = CellOrder.apply(order, to: table.grade)
        table.isArtefact = CellOrder.apply(order, to: table.isArtefact)
        table.revision = revision
        return table
    }

    /// A column of texts with its dictionary sorted and its rows in order.
    private static func encode(_ texts: TextInterner, _ column: [Int32], _ order: [UInt32]) -> ([String], [Int32]) {
        let (sorted, rank) = texts.sorted()
        return (sorted, ranked(column, rank, order))
    }

    private static func ranked(_ column: [Int32], _ rank: [Int32], _ order: [UInt32]) -> [Int32] {
        order.map { index in
            let number = column[Int(index)]
            return number < 0 ? -1 : rank[Int(number)]
        }
    }
}

/// Gives each distinct pair of area key and version a number.
private struct VersionedKeys {
    private struct Pair: Hashable {
        var key: Int32
        var version: Int32
    }

    private var keys = TextInterner()
    private var pairs: [Pair] = []
    private var numbers: [Pair: Int32] = [:]
    /// Per key the number of its last pair: nearly all keys have one version.
    private var last: [Int32] = []

    /// The number of the pair in a column of keys and the column of versions behind it, −1 where there is no key.
    /// - Returns: nil where a key has no version that can be.
    mutating func number(_ row: PreparedStatement, _ column: Int32) -> Int32? {
        guard let text = row.optionalBytes(column) else { return -1 }
        guard let version = row.optionalInteger(column + 1).flatMap({ Int32(exactly: $0) }), version > 0 else {
            return nil
        }
        let pair = Pair(key: keys.number(of: text), version: version)
        if Int(pair.key) == last.count { last.append(-1) }
        let known = last[Int(pair.key)]
        if known >= 0, pairs[Int(known)].version == version { return known }
        let number = numbers[pair] ?? Int32(truncatingIfNeeded: pairs.count)
        if Int(number) == pairs.count {
            pairs.append(pair)
            numbers[pair] = number
        }
        last[Int(pair.key)] = number
        return number
    }

    /// Keys and versions sorted by key, then version, and for each number its place among them.
    func sorted() -> (keys: [String], versions: [Int], rank: [Int32]) {
        let (texts, keyRank) = keys.sorted()
        let places = pairs.map { (keyRank[Int($0.key)], $0.version) }
        let order = pairs.indices.sorted { places[$0] < places[$1] }
        var rank = [Int32](repeating: 0, count: pairs.count)
        for (place, number) in order.enumerated() { rank[number] = Int32(truncatingIfNeeded: place) }
        return (order.map { texts[Int(places[$0].0)] }, order.map { Int(pairs[$0].version) }, rank)
    }
}

/// Reads the days of a column in which most rows say what the row before said.
private struct DayMemory {
    private var last: [UInt8] = []
    private var value: Int32?

    mutating func day(_ text: UnsafeBufferPointer<UInt8>) -> Int32? {
        if text.equals(last) { return value }
        last = Array(text)
        value = Instant.day(text)
        return value
    }
}

extension IncidentTable {
    fileprivate mutating func reserve(_ rows: Int) {
        let capacity = count + rows
        id.reserveCapacity(capacity)
        x.reserveCapacity(capacity)
        y.reserveCapacity(capacity)
        cell.reserveCapacity(capacity)
        instant.reserveCapacity(capacity)
        localDay.reserveCapacity(capacity)
        localMinute.reserveCapacity(capacity)
        category.reserveCapacity(capacity)
        modality.reserveCapacity(capacity)
        weight.reserveCapacity(capacity)
        outcome.reserveCapacity(capacity)
        method.reserveCapacity(capacity)
        grade.reserveCapacity(capacity)
        isArtefact.reserveCapacity(capacity)
        for level in areas.indices {
            areas[level].index.reserveCapacity(capacity)
            labelAgrees[level].reserveCapacity(capacity)
        }
    }
}
