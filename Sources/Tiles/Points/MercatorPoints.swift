public import SimpleFeatures

/// Points with what is known of them, as columns: one entry per point in each.
public struct MercatorPoints: Sendable {
    /// Places on the mercator square, as in ``MercatorPosition``.
    public private(set) var x: [UInt32]
    public private(set) var y: [UInt32]
    /// Whole numbers from 0 that tell points apart; those below 0 are not written. Empty where points have none.
    public private(set) var ids: [Int64]
    public private(set) var attributes: [AttributeColumn]
    /// Weights in units of a millionth; empty where points have none.
    private(set) var millionths: [Int64]
    /// How many points were left out, since they lie beyond the square of web mercator (85.05° N or S) or nowhere.
    public private(set) var leftOut = 0

    /// How many points there are, without those left out.
    public var count: Int { x.count }

    /// - Parameters:
    ///   - weights: what each point counts in sums of weights, rounded to a millionth so that sums do not depend on the
    ///     order of addition; their magnitudes together stay below 9 × 10¹². Empty for none.
    /// - Throws: ``PointPyramidError/columnLength(name:found:expected:)``, ``PointPyramidError/weight(row:)``.
    public init(
        x: [UInt32], y: [UInt32], ids: [Int64] = [], attributes: [AttributeColumn] = [], weights: [Double] = []
    ) throws(PointPyramidError) {
        let expected = x.count
        func check(_ name: String, _ found: Int) throws(PointPyramidError) {
            if found != expected { throw .columnLength(name: name, found: found, expected: expected) }
        }
        try check("y", y.count)
        if !ids.isEmpty { try check("ids", ids.count) }
        if !weights.isEmpty { try check("weights", weights.count) }
        for column in attributes { try check(column.name, column.count) }
        (self.x, self.y, self.ids, self.attributes) = (x, y, ids, attributes)
        millionths = try Self.millionths(weights)
    }

    /// The same from degrees on WGS 84.
    /// - Complexity: O(points).
    public init(
        longitudes: [Double], latitudes: [Double], ids: [Int64] = [], attributes: [AttributeColumn] = [],
        weights: [Double] = []
    ) throws(PointPyramidError) {
        guard longitudes.count == latitudes.count else {
            throw .columnLength(name: "latitudes", found: latitudes.count, expected: longitudes.count)
        }
        var x = [UInt32](repeating: 0, count: longitudes.count)
        var y = x
        var outside: [Int] = []
        for row in longitudes.indices {
            let place = LonLat(longitude: longitudes[row], latitude: latitudes[row])
            if let position = MercatorPosition(place) {
                (x[row], y[row]) = (position.x, position.y)
            } else {
                outside.append(row)
            }
        }
        try self.init(x: x, y: y, ids: ids, attributes: attributes, weights: weights)
        if !outside.isEmpty { leaveOut(outside) }
    }

    private mutating func leaveOut(_ rows: [Int]) {
        var isKept = [Bool](repeating: true, count: x.count)
        for row in rows { isKept[row] = false }
        func kept<Value>(_ values: [Value]) -> [Value] {
            values.isEmpty ? [] : values.indices.filter { isKept[$0] }.map { values[$0] }
        }
        (x, y, ids, millionths) = (kept(x), kept(y), kept(ids), kept(millionths))
        attributes = attributes.map { column in
            switch column.values {
            case .codes(let codes, let texts):
                AttributeColumn(name: column.name, values: .codes(kept(codes), of: texts))
            case .integers(let integers): AttributeColumn(name: column.name, values: .integers(kept(integers)))
            case .numbers(let numbers): AttributeColumn(name: column.name, values: .numbers(kept(numbers)))
            }
        }
        leftOut = rows.count
    }

    private static func millionths(_ weights: [Double]) throws(PointPyramidError) -> [Int64] {
        var total = 0.0
        var millionths: [Int64] = []
        millionths.reserveCapacity(weights.count)
        for (row, weight) in weights.enumerated() {
            total += abs(weight)
            // Also false for what is no number.
            guard total < 9e12, let rounded = Int64(exactly: (weight * 1e6).rounded()) else { throw .weight(row: row) }
            millionths.append(rounded)
        }
        return millionths
    }

    /// Hands a column over and keeps nothing of it, so that it is in memory once.
    mutating func takePlaces() -> (x: [UInt32], y: [UInt32]) {
        defer { (x, y) = ([], []) }
        return (x, y)
    }

    mutating func takeIDs() -> [Int64] {
        defer { ids = [] }
        return ids
    }

    mutating func takeMillionths() -> [Int64] {
        defer { millionths = [] }
        return millionths
    }

    mutating func takeAttribute() -> AttributeColumn? { attributes.isEmpty ? nil : attributes.removeFirst() }
}

/// Why points cannot become a pyramid of tiles.
public enum PointPyramidError: Error, Hashable, Sendable, CustomStringConvertible {
    case columnLength(name: String, found: Int, expected: Int)
    /// Counted from 0.
    case weight(row: Int)
    case tooManyValues(Int)
    case nameTaken(String)
    case noTexts(String)

    public var description: String {
        switch self {
        case .columnLength(let name, let found, let expected):
            "columns must have an entry for each of the \(expected) points, but \(name) has \(found)"
        case .weight(let row):
            "weights must be numbers whose magnitudes sum to less than 9e12, but row \(row) is none or leads beyond"
        case .tooManyValues(let count):
            "points times attributes must be at most \(PointTable.mostCells), but are \(count)"
        case .nameTaken(let name):
            "the properties of merged points must have names of their own, but \(name) stands for two"
        case .noTexts(let name): "counts can be by a column of texts, but there is none named \(name)"
        }
    }
}
