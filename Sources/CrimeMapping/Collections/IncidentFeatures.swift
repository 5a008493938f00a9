import Bytes
public import CQL2
import CivilTime
import Geodesy
import Incidents
public import SimpleFeatures

/// The incidents of one revision of a store, page by page.
///
/// Pages follow the table: neighbours stand together, and incidents without a place come last, so that clients who look at the
/// first features see what these are. A cursor says after which cell and key to go on, so it also holds in a later revision.
public struct IncidentFeatures: FeatureCollection {
    private let snapshot: StoreSnapshot
    private let writer: IncidentFeatureWriter

    private var table: IncidentTable { snapshot.table }

    public init(_ snapshot: StoreSnapshot) {
        self.snapshot = snapshot
        writer = IncidentFeatureWriter(snapshot)
    }

    public var id: String { "incidents" }
    public var title: String { "Incidents" }
    public var summary: String {
        "Reported incidents as they are held, placed or not; those that the area boundaries know carry the keys of their areas."
    }
    public var queryables: [Queryable] { Queryable.ofIncidents(levels: table.areas.map(\.level)) }
    public var bounds: Envelope<LonLat> { snapshot.places.bounds }
    public var interval: (first: Int64?, last: Int64?) { (table.instant.min(), table.instant.max()) }

    public func condition(at time: TimeSpan) -> CQL2Condition {
        if let from = time.from, from == time.to { return .comparison("occurred_at", .equal, from.literal) }
        return .all(
            (time.from.map { [.comparison("occurred_at", .greaterOrEqual, $0.literal)] } ?? [])
                + (time.to.map { [.comparison("occurred_at", .lessOrEqual, $0.literal)] } ?? []))
    }

    /// - Complexity: O(rows of the tiles that the box meets · predicates); without a box, of all.
    public func matches(_ question: FeatureQuestion) throws -> FeatureMatches {
        var question = question
        if let box = question.box, box.isAcrossAntimeridian {
            question.conditions.append(.intersects("geometry", box.shape))
            question.box = nil
        }
        var filter = question.filter
        filter.condition = question.condition(of: self).map { CQL2Filter($0) }
        let keys = try IncidentSelection.keys(
            of: Set(filter.areas.map(\.level)), snapshot.boundaryVersions(), asked: filter, in: snapshot)
        let box = question.box.map {
            (Envelope<FilePosition>(minX: $0.west, minY: $0.south, maxX: $0.east, maxY: $0.north), CRS.wgs84)
        }
        let rows = try IncidentSelection.rows(
            of: table, filter: filter, areaKeys: keys, box: box, crs: snapshot.settings.crs, index: snapshot.places)
        let placed = Self.first(of: rows.count) { rows[$0] >= snapshot.places.firstPlaced }
        return FeatureMatches(rows: (rows[placed...] + rows[..<placed]).map { Int32(truncatingIfNeeded: $0) })
    }

    public func page(of matches: FeatureMatches, after cursor: String?, limit: Int) throws -> FeaturePage {
        let rows = matches.rows
        var first = 0
        if let cursor {
            let last = try Self.place(cursor)
            first = Self.first(of: rows.count) { place(ofRow: Int(rows[$0])) > last }
        }
        let end = min(rows.count, first + max(0, min(limit, rows.count)))
        var buffer = ByteWriter(capacity: 600 * (end - first) + 64)
        for number in first..<end {
            if number > first { buffer.text(",\n" as StaticString) }
            writer.write(Int(rows[number]), into: &buffer)
        }
        let isLast = end >= rows.count
        return FeaturePage(
            features: buffer.bytes, count: end - first,
            next: isLast || end == first ? nil : self.cursor(Int(rows[end - 1])))
    }

    public func feature(_ id: String) -> [UInt8]? {
        guard let key = Int64(id), String(key) == id, let row = table.id.firstIndex(of: key) else { return nil }
        var buffer = ByteWriter(capacity: 600)
        writer.write(row, into: &buffer)
        return buffer.bytes
    }

    // MARK: Cursors

    /// Where a feature stands among all; those without a place behind the others.
    private func place(ofRow row: Int) -> (Int64, Int64) {
        (table.cell[row] < 0 ? .max : table.cell[row], table.id[row])
    }

    private func cursor(_ row: Int) -> String {
        let (cell, id) = place(ofRow: row)
        return String(cell, radix: 36) + "." + String(id, radix: 36)
    }

    private static func place(_ cursor: String) throws -> (Int64, Int64) {
        let parts = cursor.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let cell = Int64(parts[0], radix: 36), let id = Int64(parts[1], radix: 36), cell >= 0
        else {
            throw JobError.usage("a cursor must be one that a page gave, but is \"\(cursor.prefix(40))\"")
        }
        return (cell, id)
    }

    /// The first of so many numbers of which something is true, and of all behind it; the count where it is of none.
    private static func first(of count: Int, _ isTrue: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if isTrue(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
