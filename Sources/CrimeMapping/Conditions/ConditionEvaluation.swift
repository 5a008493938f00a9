import CQL2
import Incidents
import SimpleFeatures

/// A filter's condition over columns.
///
/// Every predicate runs over its column once, and over texts that repeat once each, so that a condition costs a few nanoseconds
/// a row and predicate. Truth has three values, as in SQL: 0 false, 1 unknown, 2 true; then AND is the lesser, OR the greater,
/// and NOT the distance from 2.
struct ConditionEvaluation {
    /// The rows that are asked about.
    let rows: [Int]
    /// nil where no property has the name.
    let column: (String) -> ConditionColumn?
    /// Every property that can be asked about.
    let known: [String]
    /// What a shape says of each row.
    let intersects: ([Int], CQL2Shape) throws -> [UInt8]

    /// The most rows times predicates of one question.
    static let mostTests = 300_000_000

    static let (no, unknown, yes): (UInt8, UInt8, UInt8) = (0, 1, 2)

    /// The rows of which the condition is true.
    /// - Throws: `FilterError/costlyCondition(tests:most:)` before any work, `FilterError/unknownProperty(_:known:)`, `FilterError/badComparison(property:wanted:found:)`, and what
    ///   ``intersects`` throws.
    /// - Complexity: O(rows · predicates), without shapes.
    func rows(where condition: CQL2Condition) throws -> [Int] {
        let (tests, overflow) = rows.count.multipliedReportingOverflow(by: condition.tests)
        guard !overflow, tests <= Self.mostTests else {
            throw FilterError.costlyCondition(tests: overflow ? .max : tests, most: Self.mostTests)
        }
        let truth = try truth(of: condition)
        return rows.indices.lazy.filter { truth[$0] == Self.yes }.map { rows[$0] }
    }

    private func truth(of condition: CQL2Condition) throws -> [UInt8] {
        switch condition {
        case .constant(let value): return [UInt8](repeating: value ? Self.yes : Self.no, count: rows.count)
        case .not(let inner): return try truth(of: inner).map { Self.yes - $0 }
        case .all(let parts): return try joined(parts, empty: Self.yes) { $1 < $0 }
        case .any(let parts): return try joined(parts, empty: Self.no) { $1 > $0 }
        case .comparison(let name, let comparison, let literal):
            return try rows.map(find(name).test(comparison, literal))
        case .between(let name, let lower, let upper):
            return try truth(
                of: .all([.comparison(name, .greaterOrEqual, lower), .comparison(name, .lessOrEqual, upper)]))
        case .isIn(let name, let literals): return try rows.map(find(name).test(isIn: literals))
        case .like(let name, let pattern): return try rows.map(find(name).test(like: pattern))
        case .isNull(let name):
            let column = try find(name)
            return rows.map { column.isAbsent($0) ? Self.yes : Self.no }
        case .intersects(let name, let shape):
            guard case .place = try find(name) else {
                throw FilterError.badComparison(property: name, wanted: "values", found: "a shape; ask geometry for it")
            }
            return try intersects(rows, shape)
        }
    }

    private func joined(
        _ parts: [CQL2Condition], empty: UInt8, replaces: (UInt8, UInt8) -> Bool
    ) throws -> [UInt8] {
        guard let first = parts.first else { return [UInt8](repeating: empty, count: rows.count) }
        var result = try truth(of: first)
        for part in parts.dropFirst() {
            let other = try truth(of: part)
            for index in result.indices where replaces(result[index], other[index]) { result[index] = other[index] }
        }
        return result
    }

    private func find(_ name: String) throws(FilterError) -> ConditionColumn {
        guard let column = column(name) else { throw .unknownProperty(name, known: known) }
        return column
    }
}

extension ConditionEvaluation {
    /// Over incidents. Shapes are decided in degrees, where their edges are straight, as `--bbox` is.
    init(over rows: [Int], of table: IncidentTable, degrees: @escaping () throws -> DegreeColumns) {
        self.init(
            rows: rows, column: { ConditionColumn($0, of: table) },
            known: Queryable.ofIncidents(levels: table.areas.map(\.level)).map(\.name)
        ) { rows, shape in try ShapeTest(shape).truth(of: rows, at: degrees()) }
    }
}

extension CQL2Condition {
    /// How often a row is looked at. A list of texts or numbers is one look, whatever its length.
    fileprivate var tests: Int {
        switch self {
        case .not(let inner): inner.tests
        case .all(let parts), .any(let parts): parts.reduce(1) { $0 + $1.tests }
        case .between: 2
        case .isIn(_, let literals):
            literals.allSatisfy { literal in
                switch literal {
                case .text, .number: true
                default: false
                }
            } ? 1 : literals.count
        default: 1
        }
    }
}
