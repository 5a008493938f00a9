import Boundaries
import Bytes
public import CQL2
import CivilTime
import Incidents
public import SimpleFeatures
import Topology

/// The areas of a level, page by page, sorted by key and version.
///
/// A question that names no time and no version is about the version that holds last, as `faro export` is; one that does is about
/// all. The id of a feature is its key with its version, `09015@1`, since a key may mean another area in each.
public struct AreaFeatures: FeatureCollection {
    private let level: Level
    private let layers: [BoundaryLayer]
    /// Layer and place in it, by key and version.
    private let rows: [(layer: Int, area: Int)]
    private let last: Int?

    /// - Returns: nil for a level that the store has not.
    public init?(_ level: String, of snapshot: StoreSnapshot) {
        let layers = snapshot.layers.filter { $0.version.level.name == level }
        guard let first = layers.first else { return nil }
        self.level = first.version.level
        self.layers = layers
        last = layers.map(\.version).last?.number
        let all = layers.indices.flatMap { layer in layers[layer].areas.indices.map { (layer, $0) } }
        // One version is sorted by key already.
        rows =
            layers.count == 1
            ? all
            : all.sorted { a, b in
                let (left, right) = (layers[a.0].areas[a.1].id, layers[b.0].areas[b.1].id)
                return left == right ? layers[a.0].version.number < layers[b.0].version.number : left < right
            }
    }

    public var id: String { level.name }
    public var title: String { "Areas: \(level.name)" }
    public var summary: String {
        "The areas of the level \(level.name); those of the version that holds last, unless a time or a version is asked for."
    }
    public var queryables: [Queryable] { Queryable.ofAreas }
    public var bounds: Envelope<LonLat> {
        layers.reduce(.empty) { $1.areas.reduce($0) { $0.union($1.geometry.envelope) } }
    }
    public var interval: (first: Int64?, last: Int64?) {
        let starts = layers.map(\.version.validity.from)
        let first = starts.contains(nil) ? nil : starts.compactMap { $0 }.min()
        return (first.map { Int64($0.daysSince1970) * 86_400 }, nil)
    }

    public func condition(at time: TimeSpan) -> CQL2Condition {
        let from = time.from.map {
            CQL2Condition.any([.isNull("valid_to"), .comparison("valid_to", .greater, .date($0.day))])
        }
        let to = time.to.map {
            CQL2Condition.any([.isNull("valid_from"), .comparison("valid_from", .lessOrEqual, .date($0.day))])
        }
        // What is open on both sides still asks for all versions.
        return .all([.comparison("version", .greaterOrEqual, .number(1))] + [from, to].compactMap { $0 })
    }

    /// - Complexity: O(areas · predicates); a box or a shape adds the edges of the areas that it is near.
    public func matches(_ question: FeatureQuestion) throws -> FeatureMatches {
        let condition = question.condition(of: self)
        var asked = Array(rows.indices)
        let named = condition.map { CQL2Filter($0).properties } ?? []
        if !["version", "valid_from", "valid_to"].contains(where: named.contains) {
            asked.removeAll { layers[rows[$0].layer].version.number != last }
        }
        if let box = question.box { asked = try met(by: box.shape, asked) }
        if let condition { asked = try evaluation(asked).rows(where: condition) }
        return FeatureMatches(rows: asked.map { Int32(truncatingIfNeeded: $0) })
    }

    public func page(of matches: FeatureMatches, after cursor: String?, limit: Int) throws -> FeaturePage {
        var first = 0
        if let cursor {
            guard let last = Int32(cursor, radix: 36), last >= 0 else {
                throw JobError.usage("a cursor must be one that a page gave, but is \"\(cursor.prefix(40))\"")
            }
            first = matches.rows.firstIndex { $0 > last } ?? matches.count
        }
        let end = min(matches.count, first + max(0, min(limit, matches.count)))
        var features: [UInt8] = []
        for (place, row) in matches.rows[first..<end].enumerated() {
            if place > 0 { features.append(UInt8(ascii: ",")) }
            features += try bytes(Int(row))
        }
        let next = end < matches.count && end > first ? String(matches.rows[end - 1], radix: 36) : nil
        return FeaturePage(features: features, count: end - first, next: next)
    }

    /// Under its key with its version, or under its key alone in the version that holds last.
    public func feature(_ id: String) throws -> [UInt8]? {
        let named = rows.indices.first { name(of: $0) == id }
        let found = named ?? rows.indices.first { area($0).id == id && layers[rows[$0].layer].version.number == last }
        return try found.map { try bytes($0) }
    }

    private func area(_ row: Int) -> Area { layers[rows[row].layer].areas[rows[row].area] }

    private func name(of row: Int) -> String { "\(area(row).id)@\(layers[rows[row].layer].version.number)" }

    private func bytes(_ row: Int) throws -> [UInt8] {
        var feature = IncidentExport.feature(of: area(row), in: layers[rows[row].layer].version)
        feature.id = name(of: row)
        var writer = GeoJSONWriter(.lines)
        var buffer = ByteWriter(capacity: 1 << 12)
        try writer.feature(feature, into: &buffer)
        // A line ends with a break, a feature does not.
        return Array(buffer.bytes.dropLast())
    }

    // MARK: Conditions

    private func evaluation(_ asked: [Int]) -> ConditionEvaluation {
        ConditionEvaluation(rows: asked, column: column, known: Queryable.ofAreas.map(\.name)) { rows, shape in
            let met = Set(try self.met(by: shape, rows))
            return rows.map { met.contains($0) ? ConditionEvaluation.yes : ConditionEvaluation.no }
        }
    }

    private func column(_ name: String) -> ConditionColumn? {
        func text(_ value: (Int) -> String?) -> ConditionColumn {
            let values = rows.indices.map(value)
            return .text(name: name, code: { values[$0] == nil ? -1 : $0 }, texts: values.map { $0 ?? "" })
        }
        func day(_ value: @escaping (BoundaryVersion) -> CalendarDate?) -> ConditionColumn {
            .date(name: name) { value(layers[rows[$0].layer].version)?.daysSince1970 }
        }
        switch name {
        case "level": return text { _ in level.name }
        case "area_id": return text { area($0).id }
        case "area_name": return text { area($0).name }
        case "parent_id": return text { area($0).parentID }
        case "version": return .number(name: name) { Double(layers[rows[$0].layer].version.number) }
        case "valid_from": return day(\.validity.from)
        case "valid_to": return day(\.validity.to)
        case "area_km2": return .number(name: name) { area($0).squareMetres / 1e6 }
        case "geometry": return .place(name: name) { _ in false }
        default: return nil
        }
    }

    /// The areas among some that share a position with a shape.
    private func met(by shape: CQL2Shape, _ asked: [Int]) throws -> [Int] {
        switch shape {
        case .box(let west, let south, let east, let north) where west > east:
            let left = Set(try met(by: .box(west: west, south: south, east: 180, north: north), asked))
            let right = Set(try met(by: .box(west: -180, south: south, east: east, north: north), asked))
            return asked.filter { left.contains($0) || right.contains($0) }
        case .box(let west, let south, let east, let north):
            let box = Envelope<LonLat>(minX: west, minY: south, maxX: east, maxY: north)
            let test = try ShapeIntersections(with: box.geometry)
            return try asked.filter { row in
                let area = area(row).geometry
                return try box.contains(area.envelope) || test.meets(area)
            }
        case .geometry(let geometry):
            let test = try ShapeIntersections(with: geometry)
            return try asked.filter { try test.meets(area($0).geometry) }
        }
    }
}

extension Envelope<LonLat> {
    /// A point or a line where it has no width or height: rings of these enclose nothing.
    fileprivate var geometry: Geometry<LonLat> {
        let (a, c) = (LonLat(x: minX, y: minY), LonLat(x: maxX, y: maxY))
        if width == 0, height == 0 { return .point(a) }
        if width == 0 || height == 0 { return .lineString([a, c]) }
        let (b, d) = (LonLat(x: maxX, y: minY), LonLat(x: minX, y: maxY))
        return .polygon(Polygon(exterior: [a, b, c, d, a]))
    }
}
