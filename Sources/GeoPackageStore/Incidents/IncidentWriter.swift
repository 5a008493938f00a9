import Bytes
import CivilTime
import GRDB
import Incidents
import SimpleFeatures

/// Writes batches into `incidents` through prepared statements: the path that every imported row takes.
///
/// One statement writes several rows, which spares SQLite a seventh of its work. Texts are handed to SQLite where they
/// lie; nothing is allocated per row.
struct IncidentWriter {
    private let db: Database
    private let importID: Int64
    private let columns: [String]
    private let keys: [PackedTexts]
    /// Per level and key: the version of the boundaries in which it means an area.
    private let versions: [[Int64]]
    private let outcomes = PackedTexts(Outcome.allCases.map(\.name))
    private let methods = PackedTexts(PlacementMethod.allCases.map(\.name))
    private let grades = PackedTexts(PrecisionGrade.allCases.map(\.name))

    private static let rowsPerStatement = 10

    /// - Parameter areas: per level, in the order of a batch's `areas`, the keys that its indexes mean.
    init(_ db: Database, importID: Int64, areas: [AreaKeys]) {
        self.db = db
        self.importID = importID
        columns = ["fid"] + IncidentTables.columns.map(\.name) + IncidentTables.columns(of: areas.map(\.level))
        keys = areas.map { PackedTexts($0.keys) }
        versions = areas.map { $0.versions.map { Int64($0) } }
    }

    /// Writes all rows of a batch whose shape ``BatchCheck`` has found right.
    ///
    /// Where it throws, rows may have been written: the transaction around it has to be taken back.
    /// - Returns: the box around their places.
    func write(_ batch: IncidentBatch) throws -> GeoPackageGeometry.Bounds {
        let inGroups = batch.count - batch.count % Self.rowsPerStatement
        var extent = GeoPackageGeometry.Bounds.empty
        try Self.withBytes(of: Self.texts(of: batch).map(\.column)) { texts in
            try write(batch, 0..<inGroups, Self.rowsPerStatement, texts, &extent)
            try write(batch, inGroups..<batch.count, 1, texts, &extent)
        }
        return extent
    }

    /// Writes rows whose number is a multiple of `group`, so many with each run of a statement.
    private func write(
        _ batch: IncidentBatch, _ rows: Range<Int>, _ group: Int, _ texts: [UnsafePointer<UInt8>],
        _ extent: inout GeoPackageGeometry.Bounds
    ) throws {
        guard !rows.isEmpty else { return }
        let statement = try PreparedStatement(db, insertion(ofRows: group))
        var slots = (0..<group).map { RowSlot(statement, offset: Int32(truncatingIfNeeded: $0 * columns.count)) }
        defer { for slot in slots { slot.deallocate() } }
        for slot in slots {
            slot.bind(importID, at: Parameter.importID)
            slot.bind(0 as Int64, at: Parameter.isArtefact)
        }
        for first in stride(from: rows.lowerBound, to: rows.upperBound, by: group) {
            for index in 0..<group {
                let row = first + index
                if slots[index].bindPoint(batch.longitude[row], batch.latitude[row]) {
                    extent.expand(toInclude: FilePosition(x: batch.longitude[row], y: batch.latitude[row]))
                }
                slots[index].bindMoment(instant: batch.instant[row], day: batch.localDay[row])
                bind(batch, row, after: first > rows.lowerBound ? row - group : nil, texts, to: slots[index])
            }
            try statement.run()
        }
    }

    /// Without FAIL SQLite would keep a journal of its own for each statement of several rows, to take back that one.
    private func insertion(ofRows count: Int) -> String {
        let row = "(" + Array(repeating: "?", count: columns.count).joined(separator: ",") + ")"
        return "INSERT OR FAIL INTO \(IncidentTables.current) (\(columns.joined(separator: ","))) VALUES "
            + Array(repeating: row, count: count).joined(separator: ",")
    }

    /// - Parameter previous: the row bound to the same slot before; what this one shares with it stays bound.
    private func bind(
        _ batch: IncidentBatch, _ row: Int, after previous: Int?, _ texts: [UnsafePointer<UInt8>], to slot: RowSlot
    ) {
        slot.bind(importID << 32 | batch.sourceRow[row], at: Parameter.fid)
        slot.bind(batch.sourceRow[row], at: Parameter.sourceRow)
        bindTexts(batch, row, previous, texts, slot)
        bindTime(batch.localMinute[row], day: batch.localDay[row], slot)
        bindPlace(batch, row, previous, slot)
        bindAreas(batch, row, previous, slot)
    }

    private func bindTexts(
        _ batch: IncidentBatch, _ row: Int, _ previous: Int?, _ texts: [UnsafePointer<UInt8>], _ slot: RowSlot
    ) {
        func bind(_ column: TextColumn, _ start: UnsafePointer<UInt8>, _ index: Int32) {
            if let range = column.range(ofRow: row) {
                slot.bind(staticText: start + range.lowerBound, count: range.count, at: index)
            } else if previous.map({ column.range(ofRow: $0) != nil }) ?? true {
                slot.bind(nil as Int64?, at: index)
            }
        }
        bind(batch.recordID, texts[0], Parameter.recordID)
        bind(batch.category, texts[1], Parameter.category)
        bind(batch.modality, texts[2], Parameter.modality)
        bind(batch.coloniaLabel, texts[3], Parameter.coloniaLabel)
        bind(batch.municipalityLabel, texts[4], Parameter.municipalityLabel)
        bind(batch.placeText, texts[5], Parameter.placeText)
    }

    private func bindTime(_ minute: Int16, day: Int32, _ slot: RowSlot) {
        slot.bind(minute < 0 ? nil : Int64(minute / 60), at: Parameter.localHour)
        slot.bind(minute < 0 ? nil : Int64(minute), at: Parameter.localMinute)
        slot.bind(Int64(CalendarDate(daysSince1970: day).isoWeekday), at: Parameter.localDow)
    }

    private func bindPlace(_ batch: IncidentBatch, _ row: Int, _ previous: Int?, _ slot: RowSlot) {
        // SQLite stores NaN as NULL, which is what a missing coordinate is.
        slot.bind(batch.x[row], at: Parameter.x)
        slot.bind(batch.y[row], at: Parameter.y)
        let cell = batch.cell[row]
        slot.bind(cell < 0 ? nil : cell, at: Parameter.cell)
        func changes<T: Equatable>(_ column: [T]) -> Bool { previous.map { column[$0] != column[row] } ?? true }
        if changes(batch.outcome) {
            bind(outcomes, Outcome.position(batch.outcome[row]), Parameter.outcome, slot)
        }
        if changes(batch.method) {
            bind(methods, PlacementMethod.position(batch.method[row]), Parameter.method, slot)
        }
        if changes(batch.grade) {
            bind(grades, batch.grade[row].rawValue, Parameter.precision, slot)
        }
        if changes(batch.uncertainty) {
            slot.bind(batch.uncertainty[row], at: Parameter.uncertainty)
        }
        if changes(batch.isDuplicate) {
            slot.bind(batch.isDuplicate[row] ? 1 as Int64 : 0, at: Parameter.isDuplicate)
        }
        if changes(batch.weight) {
            slot.bind(batch.weight[row], at: Parameter.weight)
        }
    }

    private func bindAreas(_ batch: IncidentBatch, _ row: Int, _ previous: Int?, _ slot: RowSlot) {
        for level in keys.indices {
            let area = Int(batch.areas[level][row])
            let index = Parameter.firstLevel + IncidentTables.columnsPerLevel * Int32(truncatingIfNeeded: level)
            if area < 0 { slot.bind(nil as Int64?, at: index) } else { bind(keys[level], area, index, slot) }
            let version = version(of: area, level)
            if previous.map({ version != self.version(of: Int(batch.areas[level][$0]), level) }) ?? true {
                slot.bind(version < 0 ? nil : version, at: index + 2)
            }
            let agrees = batch.labelAgrees[level][row]
            if previous.map({ agrees != batch.labelAgrees[level][$0] }) ?? true {
                slot.bind(agrees < 0 ? nil : Int64(agrees), at: index + 1)
            }
        }
    }

    /// −1 where there is no area.
    @inline(__always)
    private func version(of area: Int, _ level: Int) -> Int64 { area < 0 ? -1 : versions[level][area] }

    private func bind(_ texts: PackedTexts, _ position: Int, _ index: Int32, _ slot: RowSlot) {
        let (start, count) = texts[position]
        slot.bind(staticText: start, count: count, at: index)
    }
}

extension IncidentWriter {
    /// The text columns of a batch in the order in which they are written.
    static func texts(of batch: IncidentBatch) -> [(name: String, column: TextColumn)] {
        [
            ("recordID", batch.recordID), ("category", batch.category), ("modality", batch.modality),
            ("coloniaLabel", batch.coloniaLabel), ("municipalityLabel", batch.municipalityLabel),
            ("placeText", batch.placeText),
        ]
    }

    /// Lends the bytes of several columns at once.
    private static func withBytes<R>(of columns: [TextColumn], _ body: ([UnsafePointer<UInt8>]) throws -> R) rethrows
        -> R
    {
        func next(_ index: Int, _ found: [UnsafePointer<UInt8>]) throws -> R {
            guard index < columns.count else { return try body(found) }
            return try columns[index].bytes.withUnsafeBufferPointer { bytes in
                try next(index + 1, found + [bytes.baseAddress ?? PreparedStatement.empty])
            }
        }
        return try next(0, [])
    }
}

/// One row's place among the parameters of a statement, and the bytes that stay bound there while they change.
private struct RowSlot {
    private let statement: PreparedStatement
    private let offset: Int32
    private var instant = InstantBuffer()
    private var date = InstantBuffer()
    private let point = PointBlob()
    /// At first NULL is bound, as to every parameter.
    private var hasPoint = false

    /// - Parameter offset: how many parameters come before those of the row.
    init(_ statement: PreparedStatement, offset: Int32) {
        self.statement = statement
        self.offset = offset
    }

    func deallocate() {
        instant.deallocate()
        date.deallocate()
        point.deallocate()
    }

    /// - Returns: whether there is a point.
    mutating func bindPoint(_ longitude: Double, _ latitude: Double) -> Bool {
        let had = hasPoint
        hasPoint = point.write(longitude, latitude)
        if hasPoint, !had { bind(staticBlob: point.bytes, count: PointBlob.size, at: Parameter.geom) }
        if had, !hasPoint { bind(nil as Int64?, at: Parameter.geom) }
        return hasPoint
    }

    mutating func bindMoment(instant seconds: Int64, day: Int32) {
        instant.write(seconds: seconds)
        date.write(day: day)
        bind(staticText: instant.bytes, count: 24, at: Parameter.occurredAt)
        bind(staticText: date.bytes, count: 10, at: Parameter.localDate)
    }

    func bind(_ value: Int64?, at index: Int32) { statement.bind(value, at: offset + index) }

    func bind(_ value: Double, at index: Int32) { statement.bind(value, at: offset + index) }

    func bind(staticText start: UnsafePointer<UInt8>, count: Int, at index: Int32) {
        statement.bind(staticText: start, count: count, at: offset + index)
    }

    private func bind(staticBlob start: UnsafeRawPointer, count: Int, at index: Int32) {
        statement.bind(staticBlob: start, count: count, at: offset + index)
    }
}

/// Positions of a row's values in a statement: `fid`, then ``IncidentTables/columns``, then the levels.
private enum Parameter {
    static let fid: Int32 = 1
    static let geom: Int32 = 2
    static let recordID: Int32 = 3
    static let category: Int32 = 4
    static let modality: Int32 = 5
    static let occurredAt: Int32 = 6
    static let localDate: Int32 = 7
    static let localHour: Int32 = 8
    static let localMinute: Int32 = 9
    static let localDow: Int32 = 10
    static let coloniaLabel: Int32 = 11
    static let municipalityLabel: Int32 = 12
    static let placeText: Int32 = 13
    static let x: Int32 = 14
    static let y: Int32 = 15
    static let cell: Int32 = 16
    static let outcome: Int32 = 17
    static let method: Int32 = 18
    static let isDuplicate: Int32 = 19
    static let weight: Int32 = 20
    static let importID: Int32 = 21
    static let sourceRow: Int32 = 22
    static let precision: Int32 = 23
    static let uncertainty: Int32 = 24
    static let isArtefact: Int32 = 25
    static let firstLevel: Int32 = 26
}

/// Texts that stay in one place for as long as they are needed, to be bound without a copy.
final class PackedTexts {
    private let bytes: UnsafeMutablePointer<UInt8>
    private let ends: [Int]

    init(_ texts: [String]) {
        let count = texts.reduce(0) { $0 + $1.utf8.count }
        bytes = .allocate(capacity: max(count, 1))
        bytes.initialize(to: 0)
        var ends: [Int] = [0]
        ends.reserveCapacity(texts.count + 1)
        for text in texts {
            var end = ends[ends.count - 1]
            for byte in text.utf8 {
                (bytes + end).initialize(to: byte)
                end += 1
            }
            ends.append(end)
        }
        self.ends = ends
    }

    deinit { bytes.deallocate() }

    var count: Int { ends.count - 1 }

    subscript(index: Int) -> (start: UnsafePointer<UInt8>, count: Int) {
        (UnsafePointer(bytes + ends[index]), ends[index + 1] - ends[index])
    }
}

extension Outcome {
    /// Where a case stands in `allCases`.
    static func position(_ outcome: Outcome) -> Int { outcome.rawValue }
}

extension PlacementMethod {
    /// Where a case stands in `allCases`.
    static func position(_ method: PlacementMethod) -> Int { positions[method.rawValue] }

    private static let positions: [Int] = {
        var positions = [Int](repeating: 0, count: (allCases.map(\.rawValue).max() ?? 0) + 1)
        for (position, method) in allCases.enumerated() { positions[method.rawValue] = position }
        return positions
    }()
}
