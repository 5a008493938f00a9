import CQL2
import Geodesy
public import Incidents
public import SimpleFeatures

/// A filter's condition over the columns of an incident table.
///
/// Every predicate runs over its column once, categories and keys over their distinct texts, so that a condition costs a few
/// nanoseconds a row and predicate. Truth has three values, as in SQL: 0 false, 1 unknown, 2 true; then AND is the lesser, OR the
/// greater, and NOT the distance from 2.
///
/// Shapes are decided in degrees, where their edges are straight, as `--bbox` is: a place within a ten-billionth of a degree of a
/// box, a line or a point counts as on it, which is what going to the plane and back may cost.
struct IncidentCondition {
    private let table: IncidentTable
    private let rows: [Int]
    private let degrees: () throws -> DegreeColumns

    static let (no, unknown, yes): (UInt8, UInt8, UInt8) = (0, 1, 2)

    /// - Parameter degrees: where the incidents lie, one place per row of the table.
    init(over rows: [Int], of table: IncidentTable, degrees: @escaping () throws -> DegreeColumns) {
        self.table = table
        self.rows = rows
        self.degrees = degrees
    }

    /// The rows of which the condition is true.
    /// - Throws: `FilterError/unknownProperty(_:known:)`, `FilterError/badComparison(property:wanted:found:)`,
    ///   `FilterError/costlyShape(comparisons:most:)`, `GeodesyError`.
    /// - Complexity: O(rows · predicates); a shape adds the edges at a place's latitude for each row near it.
    func rows(where condition: CQL2Condition) throws -> [Int] {
        let truth = try truth(of: condition)
        return rows.indices.lazy.filter { truth[$0] == Self.yes }.map { rows[$0] }
    }

    private func truth(of condition: CQL2Condition) throws -> [UInt8] {
        switch condition {
        case .constant(let value): return [UInt8](repeating: value ? Self.yes : Self.no, count: rows.count)
        case .not(let inner): return try truth(of: inner).map { Self.yes - $0 }
        case .all(let parts): return try joined(parts) { $1 < $0 }
        case .any(let parts): return try joined(parts) { $1 > $0 }
        case .comparison(let name, let comparison, let literal):
            return try column(name).truth(rows) { column throws(FilterError) in try column.test(comparison, literal) }
        case .between(let name, let lower, let upper):
            return try joined([.comparison(name, .greaterOrEqual, lower), .comparison(name, .lessOrEqual, upper)]) {
                $1 < $0
            }
        case .isIn(let name, let literals):
            return try column(name).truth(rows) { column throws(FilterError) in try column.test(isIn: literals) }
        case .like(let name, let pattern):
            return try column(name).truth(rows) { column throws(FilterError) in try column.test(like: pattern) }
        case .isNull(let name): return try isNull(name)
        case .intersects(let name, let shape): return try intersects(name, shape)
        }
    }

    private func joined(_ parts: [CQL2Condition], replaces: (UInt8, UInt8) -> Bool) throws -> [UInt8] {
        guard let first = parts.first else { return [UInt8](repeating: Self.yes, count: rows.count) }
        var result = try truth(of: first)
        for part in parts.dropFirst() {
            let other = try truth(of: part)
            for index in result.indices where replaces(result[index], other[index]) { result[index] = other[index] }
        }
        return result
    }

    private func column(_ name: String) throws(FilterError) -> ConditionColumn {
        guard let column = ConditionColumn(name, of: table) else {
            throw .unknownProperty(name, known: Queryable.ofIncidents(levels: table.areas.map(\.level)).map(\.name))
        }
        return column
    }

    private func isNull(_ name: String) throws(FilterError) -> [UInt8] {
        let column = try column(name)
        return rows.map { column.isAbsent($0) ? Self.yes : Self.no }
    }

    private func intersects(_ name: String, _ shape: CQL2Shape) throws -> [UInt8] {
        guard case .place = try column(name) else {
            throw FilterError.badComparison(property: name, wanted: "values", found: "a shape; ask geometry for it")
        }
        return try ShapeTest(shape).truth(of: rows, at: degrees())
    }
}

/// Longitudes and latitudes of a table's incidents; NaN in both where there is no place.
public struct DegreeColumns: Sendable {
    public let longitudes: [Double]
    public let latitudes: [Double]

    /// Brings the places of a table from the plane to degrees.
    /// - Throws: `GeodesyError`.
    /// - Complexity: O(rows), about 0.3 µs each.
    public init(of table: IncidentTable, crs: CRS) throws {
        var (x, y) = (table.x, table.y)
        _ = try Transformation(from: crs, to: .wgs84).transform(x: &x, y: &y)
        longitudes = x
        latitudes = y
    }
}
