import SimpleFeatures

extension GeoPackageLayerFile.Column.Kind {
    /// The column's type, in the words of the standard.
    var sql: String {
        switch self {
        case .text, .json: "TEXT"
        case .integer: "INTEGER"
        case .number: "REAL"
        case .bool: "BOOLEAN"
        case .dateTime: "DATETIME"
        }
    }

    /// - Returns: whether the column can hold the value.
    func bind(_ value: PropertyValue, to statement: PreparedStatement, at index: Int32) -> Bool {
        switch (self, value) {
        case (_, .null): statement.bind(nil as Int64?, at: index)
        case (.bool, .bool(let flag)): statement.bind(flag ? 1 : 0 as Int64, at: index)
        case (.integer, .integer(let integer)): statement.bind(integer, at: index)
        case (.number, .number(let number)): statement.bind(number, at: index)
        case (.number, .integer(let integer)): statement.bind(Double(integer), at: index)
        case (.text, .text(let text)), (.json, .json(let text)), (.text, .json(let text)):
            statement.bind(text, at: index)
        case (.dateTime, .text(let text)):
            guard let instant = Instant.withMilliseconds(text) else { return false }
            statement.bind(instant, at: index)
        default: return false
        }
        return true
    }
}

extension Geometry {
    /// The name of the geometry's type, in the words of the standard.
    var geoPackageType: String {
        switch self {
        case .point: "POINT"
        case .multiPoint: "MULTIPOINT"
        case .lineString: "LINESTRING"
        case .multiLineString: "MULTILINESTRING"
        case .polygon: "POLYGON"
        case .multiPolygon: "MULTIPOLYGON"
        case .collection: "GEOMETRYCOLLECTION"
        }
    }
}
