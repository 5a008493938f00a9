/// Points with their attributes, held as columns.
public struct PointColumns: Sendable, Equatable {
    /// Degrees; NaN in both columns stands for a feature without a place.
    public let longitudes: [Double]
    /// Degrees, one per longitude.
    public let latitudes: [Double]
    /// The features' own keys, one per longitude; nil where they have none.
    public let ids: [Int64]?
    /// In the order in which a feature lists them.
    public let attributes: [AttributeColumn]

    /// - Throws: ``PointColumnsError`` where the columns are not of one length, or a code has no text.
    /// - Complexity: O(codes).
    public init(
        longitudes: [Double], latitudes: [Double], ids: [Int64]? = nil, attributes: [AttributeColumn] = []
    ) throws(PointColumnsError) {
        let count = longitudes.count
        let own = [("latitude", latitudes.count), ("id", ids?.count ?? count)]
        let lengths = own + attributes.map { ($0.name, $0.count) }
        for (name, length) in lengths where length != count {
            throw .lengthsDiffer(column: name, values: length, points: count)
        }
        for attribute in attributes {
            guard case .codes(let codes, of: let texts) = attribute.values,
                let wrong = codes.first(where: { $0 < -1 || Int($0) >= texts.count })
            else { continue }
            throw .codeWithoutText(column: attribute.name, code: wrong, texts: texts.count)
        }
        self.longitudes = longitudes
        self.latitudes = latitudes
        self.ids = ids
        self.attributes = attributes
    }

    /// How many points there are.
    public var count: Int { longitudes.count }
}

/// Why columns do not describe points.
public enum PointColumnsError: Error, Hashable, CustomStringConvertible {
    case lengthsDiffer(column: String, values: Int, points: Int)
    case codeWithoutText(column: String, code: Int32, texts: Int)

    /// One sentence: what must hold, what was found, and where.
    public var description: String {
        switch self {
        case .lengthsDiffer(let column, let values, let points):
            "a column must have one value per point, but column \"\(column)\" has \(values) for \(points) points"
        case .codeWithoutText(let column, let code, let texts):
            "a code must be −1 or the place of a text, but column \"\(column)\" has \(code) with \(texts) texts"
        }
    }
}
