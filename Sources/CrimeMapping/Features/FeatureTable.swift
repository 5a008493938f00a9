import Geodesy
public import SimpleFeatures

/// The result of an analysis that gives figures to places: one row a cell, area, cluster or line, with its outline.
///
/// Written to any ``FeatureSink``: outlines in longitude and latitude, the columns as attributes.
public struct FeatureTable: Sendable {
    /// The projected system of the outlines.
    public var crs: CRS
    /// Names of the columns, in order.
    public var columns: [String]
    /// Per row: its outline on the plane, nil for a row without; and a value per column.
    public var rows: [(outline: Geometry<PlanarPoint>?, values: [PropertyValue])] = []
    /// Method, parameters and provenance.
    public var members: [Property]
    /// How a map shows it; nil for no way of its own.
    public var style: Style?

    /// A small map for each period in place of one map; nil for one map.
    public var panels: Panels?

    /// Whether a map shows the rows with their surroundings, and not the whole study area.
    public var showsRowsOnly = false

    /// A table without rows yet. A member that is not finite stands for none.
    public init(crs: CRS, columns: [String], members: [Property]) {
        self.crs = crs
        self.columns = columns
        self.members = members.map { Property($0.name, $0.value.finite) }
    }

    /// A value that is not finite stands for none.
    public mutating func append(_ outline: Geometry<PlanarPoint>?, _ values: [PropertyValue]) {
        rows.append(
            (
                outline,
                values.map { value in
                    if case .number(let number) = value {
                        return number.isFinite ? .number(SurfaceFile.rounded(number)) : .null
                    }
                    return value
                }
            ))
    }

    /// To a sink that has been opened, which it completes.
    /// - Parameter layer: what the rows are, in the plural: `cells`.
    /// - Throws: the sink's errors, ``JobError/interrupted(_:)``.
    /// - Complexity: O(rows); the sink's memory is constant.
    public func write(layer: String = "result", to sink: any FeatureSink, control: JobControl = .silent) throws {
        let plane = sink.wantsGeometry ? try ProjectedTransformation(crs) : nil
        let schema = FeatureSchema(layer: layer, columns: schemaColumns, members: members)
        try sink.begin(schema)
        for (index, row) in rows.enumerated() {
            try sink.append(
                Feature(
                    id: String(index), geometry: try row.outline.flatMap { try plane?.inverse($0) },
                    properties: zip(columns, row.values).map { Property($0, $1) }))
            guard index % 4096 == 4095 else { continue }
            control.progress("writing", fraction: Double(index + 1) / Double(rows.count))
            try control.stopIfCancelled("nothing was written")
        }
        try sink.finish()
    }

    /// What each column holds: what its values are, none of them left aside; whole numbers among others are numbers.
    private var schemaColumns: [FeatureSchema.Column] {
        columns.enumerated().map { index, name in
            var kinds: Set<FeatureSchema.Kind> = []
            for row in rows where row.values.indices.contains(index) {
                switch row.values[index] {
                case .null: break
                case .text: kinds.insert(.text)
                case .integer: kinds.insert(.integer)
                case .number: kinds.insert(.number)
                case .bool: kinds.insert(.bool)
                case .json: kinds.insert(.json)
                }
            }
            if kinds == [.integer, .number] { return .init(name, .number) }
            return .init(name, kinds.count == 1 ? kinds.first ?? .text : .text)
        }
    }
}

extension PropertyValue {
    /// Itself, or none in place of a number that JSON has no word for.
    public var finite: PropertyValue {
        if case .number(let number) = self, !number.isFinite { return .null }
        return self
    }
}
