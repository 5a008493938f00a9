public import CivilTime
public import SimpleFeatures

/// What must hold of a feature.
///
/// A property without a value makes a predicate on it neither true nor false, as in SQL: `NOT` leaves that so, and a feature is
/// taken only where the whole is true.
public indirect enum CQL2Condition: Hashable, Sendable {
    case constant(Bool)
    case comparison(String, CQL2Operator, CQL2Literal)
    /// Both ends belong to it.
    case between(String, CQL2Literal, CQL2Literal)
    case isIn(String, [CQL2Literal])
    case like(String, CQL2Pattern)
    case isNull(String)
    /// Whether the geometry that the property holds shares a position with the shape.
    case intersects(String, CQL2Shape)
    case not(CQL2Condition)
    case all([CQL2Condition])
    case any([CQL2Condition])

    /// Visits the names of properties in the order of the text, as often as they stand there.
    func forEachProperty(_ body: (String) -> Void) {
        switch self {
        case .constant: break
        case .comparison(let name, _, _), .between(let name, _, _), .isIn(let name, _), .like(let name, _),
            .isNull(let name), .intersects(let name, _):
            body(name)
        case .not(let condition): condition.forEachProperty(body)
        case .all(let conditions), .any(let conditions): for condition in conditions { condition.forEachProperty(body) }
        }
    }
}

/// How a property is compared with a literal.
public enum CQL2Operator: String, Hashable, Sendable {
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case greater = ">"
    case lessOrEqual = "<="
    case greaterOrEqual = ">="

    /// The same comparison with its sides exchanged.
    var mirrored: CQL2Operator {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .greater: .less
        case .lessOrEqual: .greaterOrEqual
        case .greaterOrEqual: .lessOrEqual
        }
    }

    /// Whether it holds between a value and a bound.
    @inlinable public func holds<Value: Comparable>(_ value: Value, _ bound: Value) -> Bool {
        switch self {
        case .equal: value == bound
        case .notEqual: value != bound
        case .less: value < bound
        case .greater: value > bound
        case .lessOrEqual: value <= bound
        case .greaterOrEqual: value >= bound
        }
    }
}

/// A value as a filter writes it.
public enum CQL2Literal: Hashable, Sendable {
    case text(String)
    case number(Double)
    case bool(Bool)
    case date(CalendarDate)
    case timestamp(CQL2Timestamp)

    /// What kind of value it is, for a sentence: `a text`.
    public var kind: String {
        switch self {
        case .text: "a text"
        case .number: "a number"
        case .bool: "TRUE or FALSE"
        case .date: "a DATE"
        case .timestamp: "a TIMESTAMP"
        }
    }
}

/// An instant: seconds since 1970-01-01 UTC, and the nanoseconds beyond them.
public struct CQL2Timestamp: Hashable, Comparable, Sendable {
    public var seconds: Int64
    /// 0 to 999,999,999.
    public var nanoseconds: Int32

    /// Both as given.
    public init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// The earlier is the lesser.
    public static func < (a: Self, b: Self) -> Bool {
        (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds)
    }
}

/// Where a feature is to lie, in degrees on WGS 84 with straight edges between positions.
public enum CQL2Shape: Hashable, Sendable {
    /// A western border east of the eastern one says that the box lies across the antimeridian.
    case box(west: Double, south: Double, east: Double, north: Double)
    case geometry(Geometry<LonLat>)
}
