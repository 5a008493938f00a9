import Bytes
import CivilTime
import GRDB
import Incidents
import SimpleFeatures

/// Writes batches into `incidents` through one prepared statement: the path that every imported row takes.
///
/// Texts are handed to SQLite where they lie; nothing is allocated per row.
struct IncidentWriter {
    private let statement: PreparedStatement
    private let importID: Int64
    private let keys: [PackedTexts]
    private let outcomes = PackedTexts(Outcome.allCases.map(\.name))
    private let methods = PackedTexts(PlacementMethod.allCases.map(\.name))

    /// - Parameter areas: per level, in the order of a batch's `areas`, the keys that its indexes mean.
    init(_ db: Database, importID: Int64, areas: [AreaKeys]) throws {
        let columns =
            ["fid"] + IncidentTables.columns.map(\.name) + IncidentTables.columns(of: areas.map(\.level))
        let places = columns.indices.map { "?\($0 + 1)" }.joined(separator: ",")
        statement = try PreparedStatement(
            db, "INSERT INTO \(IncidentTables.current) (\(columns.joined(separator: ","))) VALUES (\(places))")
        self.importID = importID
        keys = areas.map { PackedTexts($0.keys) }
    }

    /// Writes all rows of a batch whose shape ``BatchCheck`` has found right.
    /// - Returns: the box around their places.
    func write(_ batch: IncidentBatch) throws -> GeoPackageGeometry.Bounds {
        var instant = InstantBuffer()
        var date = InstantBuffer()
        let point = PointBlob()
        defer {
            instant.deallocate()
            date.deallocate()
            point.deallocate()
        }
        statement.bind(importID, at: Parameter.importID)
        // The blob stays bound while its bytes change from row to row. At first NULL is, as to every parameter.
        var hasPoint = false
        var extent = GeoPackageGeometry.Bounds.empty
        try Self.withBytes(of: Self.texts(of: batch).map(\.column)) { texts in
            for row in 0..<batch.count {
                bindKeys(batch, row)
                if point.write(batch.longitude[row], batch.latitude[row]) {
                    if !hasPoint { statement.bind(staticBlob: point.bytes, count: PointBlob.size, at: Parameter.geom) }
                    hasPoint = true
                    extent.expand(toInclude: FilePosition(x: batch.longitude[row], y: batch.latitude[row]))
                } else {
                    if hasPoint { statement.bind(nil as Int64?, at: Parameter.geom) }
                    hasPoint = false
                }
                bindTexts(batch, row, texts)
                instant.write(seconds: batch.instant[row])
                date.write(day: batch.localDay[row])
                statement.bind(staticText: instant.bytes, count: 24, at: Parameter.occurredAt)
                statement.bind(staticText: date.bytes, count: 10, at: Parameter.localDate)
                bindTime(batch.localMinute[row], day: batch.localDay[row])
                bindPlace(batch, row)
                bindAreas(batch, row)
                try statement.run()
            }
        }
        return extent
    }

    private func bindKeys(_ batch: IncidentBatch, _ row: Int) {
        let sourceRow = batch.sourceRow[row]
        statement.bind(importID << 32 | sourceRow, at: Parameter.fid)
        statement.bind(sourceRow, at: Parameter.sourceRow)
    }

    private func bindTexts(_ batch: IncidentBatch, _ row: Int, _ texts: [UnsafePointer<UInt8>]) {
        func bind(_ column: TextColumn, _ start: UnsafePointer<UInt8>, _ index: Int32) {
            if let range = column.range(ofRow: row) {
                statement.bind(staticText: start + range.lowerBound, count: range.count, at: index)
            } else if row == 0 || column.range(ofRow: row - 1) != nil {
                statement.bind(nil as Int64?, at: index)
            }
        }
        bind(batch.recordID, texts[0], Parameter.recordID)
        bind(batch.category, texts[1], Parameter.category)
        bind(batch.modality, texts[2], Parameter.modality)
        bind(batch.coloniaLabel, texts[3], Parameter.coloniaLabel)
        bind(batch.municipalityLabel, texts[4], Parameter.municipalityLabel)
        bind(batch.placeText, texts[5], Parameter.placeText)
    }

    private func bindTime(_ minute: Int16, day: Int32) {
        statement.bind(minute < 0 ? nil : Int64(minute / 60), at: Parameter.localHour)
        statement.bind(minute < 0 ? nil : Int64(minute), at: Parameter.localMinute)
        statement.bind(Int64(CalendarDate(daysSince1970: day).isoWeekday), at: Parameter.localDow)
    }

    private func bindPlace(_ batch: IncidentBatch, _ row: Int) {
        // SQLite stores NaN as NULL, which is what a missing coordinate is.
        statement.bind(batch.x[row], at: Parameter.x)
        statement.bind(batch.y[row], at: Parameter.y)
        let cell = batch.cell[row]
        statement.bind(cell < 0 ? nil : cell, at: Parameter.cell)
        // What nearly every row shares with the one before stays bound.
        if row == 0 || batch.outcome[row] != batch.outcome[row - 1] {
            bind(outcomes, Outcome.position(batch.outcome[row]), Parameter.outcome)
        }
        if row == 0 || batch.method[row] != batch.method[row - 1] {
            bind(methods, PlacementMethod.position(batch.method[row]), Parameter.method)
        }
        if row == 0 || batch.isDuplicate[row] != batch.isDuplicate[row - 1] {
            statement.bind(batch.isDuplicate[row] ? 1 as Int64 : 0, at: Parameter.isDuplicate)
        }
        if row == 0 || batch.weight[row] != batch.weight[row - 1] {
            statement.bind(batch.weight[row], at: Parameter.weight)
        }
    }

    private func bindAreas(_ batch: IncidentBatch, _ row: Int) {
        for level in keys.indices {
            let area = Int(batch.areas[level][row])
            let index = Parameter.firstLevel + 2 * Int32(truncatingIfNeeded: level)
            if area < 0 { statement.bind(nil as Int64?, at: index) } else { bind(keys[level], area, index) }
            let agrees = batch.labelAgrees[level][row]
            if row == 0 || agrees != batch.labelAgrees[level][row - 1] {
                statement.bind(agrees < 0 ? nil : Int64(agrees), at: index + 1)
            }
        }
    }

    private func bind(_ texts: PackedTexts, _ position: Int, _ index: Int32) {
        let (start, count) = texts[position]
        statement.bind(staticText: start, count: count, at: index)
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

    /// Positions of the statement's values: `fid`, then ``IncidentTables/columns``, then the levels.
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
        static let firstLevel: Int32 = 23
    }
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

/// One point on WGS 84 as a GeoPackage blob, filled anew for each row: header without a box, then WKB.
struct PointBlob {
    static let size = 29
    let bytes: UnsafeMutableRawPointer

    init() {
        bytes = .allocate(byteCount: Self.size, alignment: 8)
        bytes.copyMemory(from: Self.prefix, byteCount: Self.prefix.count)
    }

    /// "GP", version, little endian without a box, 4326; then WKB's byte order and the type of a point.
    static let prefix: [UInt8] = [0x47, 0x50, 0, 1, 0xE6, 0x10, 0, 0, 1, 1, 0, 0, 0]

    func deallocate() { bytes.deallocate() }

    /// - Returns: whether there is a point: both degrees are finite.
    @inline(__always)
    func write(_ longitude: Double, _ latitude: Double) -> Bool {
        guard longitude.isFinite, latitude.isFinite else { return false }
        bytes.storeBytes(of: longitude.bitPattern.littleEndian, toByteOffset: 13, as: UInt64.self)
        bytes.storeBytes(of: latitude.bitPattern.littleEndian, toByteOffset: 21, as: UInt64.self)
        return true
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
