import Bytes
public import Files
import Geodesy
public import SimpleFeatures

/// The result of an analysis that gives figures to places: one row a cell, area, cluster or line, with its outline.
///
/// Written as CSV (the columns), as GeoJSON (outlines in longitude and latitude, the columns as properties) or as one JSON
/// object of the members alone.
public struct FeatureTable {
    /// The formats of a table, by the suffix of the file.
    public enum Format: String, SuffixFormat {
        case geoJSON = "geojson"
        case csv

        public static let subject = "a table of places"
    }

    /// The projected system of the outlines.
    public var crs: CRS
    /// Names of the columns, in order.
    public var columns: [String]
    /// Per row: its outline on the plane, nil for a row without; and a value per column.
    public var rows: [(outline: Geometry<PlanarPoint>?, values: [PropertyValue])] = []
    /// Method, parameters and provenance.
    public var members: [Property]

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

    /// In the format that the file's suffix asks for.
    public func write(_ format: Format, to file: AtomicFile, control: JobControl = .silent) throws {
        switch format {
        case .csv: try writeCSV(to: file, control: control)
        case .geoJSON: try writeGeoJSON(to: file, control: control)
        }
    }

    private func writeCSV(to file: AtomicFile, control: JobControl) throws {
        var buffer = ByteWriter(capacity: 1 << 20)
        buffer.text(columns.joined(separator: ",") + "\n")
        for (index, row) in rows.enumerated() {
            for (place, value) in row.values.enumerated() {
                if place > 0 { buffer.byte(UInt8(ascii: ",")) }
                switch value {
                case .null: break
                case .text(let text): buffer.csvField(text)
                case .integer(let integer): buffer.integer(Int(integer))
                case .number(let number): buffer.shortest(number)
                case .bool(let flag): buffer.text(flag ? "true" : "false")
                case .json(let json): buffer.csvField(json)
                }
            }
            buffer.byte(UInt8(ascii: "\n"))
            try drain(&buffer, to: file, control: control, row: index)
        }
        try file.write(buffer.bytes)
    }

    private func writeGeoJSON(to file: AtomicFile, control: JobControl) throws {
        let plane = try ProjectedTransformation(crs)
        var writer = GeoJSONWriter(.collection, members: members)
        var buffer = ByteWriter(capacity: 1 << 20)
        try writer.begin(into: &buffer)
        for (index, row) in rows.enumerated() {
            try writer.feature(
                Feature(
                    id: String(index), geometry: try row.outline.map { try plane.inverse($0) },
                    properties: zip(columns, row.values).map { Property($0, $1) }), into: &buffer)
            try drain(&buffer, to: file, control: control, row: index)
        }
        writer.end(into: &buffer)
        try file.write(buffer.bytes)
    }

    private func drain(_ buffer: inout ByteWriter, to file: AtomicFile, control: JobControl, row: Int) throws {
        guard buffer.count > 1 << 20 else { return }
        try file.write(buffer.bytes)
        buffer.removeAll()
        control.progress("writing \(file.path)", fraction: Double(row + 1) / Double(rows.count))
        try control.stopIfCancelled("nothing was written")
    }
}

extension PropertyValue {
    /// Itself, or none in place of a number that JSON has no word for.
    public var finite: PropertyValue {
        if case .number(let number) = self, !number.isFinite { return .null }
        return self
    }
}
