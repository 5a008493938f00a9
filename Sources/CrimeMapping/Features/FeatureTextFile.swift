import Bytes
public import Files
public import SimpleFeatures

/// Writes features as one of the text formats: GeoJSON in its three forms, or CSV with its `.csvt`.
///
/// A megabyte at a time: memory does not grow with the features, unless the output is memory.
public final class FeatureTextFile: FeatureSink {
    private let file: any ByteOutput
    /// A CSV cannot say what its columns hold; GDAL and QGIS look for it in a file beside it.
    private let types: (any ByteOutput)?
    private var writer: GeoJSONWriter?
    /// nil for CSV.
    private let form: GeoJSONWriter.Form?
    private var schema = FeatureSchema(layer: "", columns: [], members: [])
    private var buffer = ByteWriter(capacity: 1 << 20)

    /// GeoJSON.
    /// - Throws: `FileError`.
    public init(_ form: GeoJSONWriter.Form, path: String, overwrite: Bool) throws {
        file = try AtomicFile(path: path, overwrite: overwrite)
        self.form = form
        types = nil
    }

    /// CSV.
    /// - Throws: `FileError`.
    public init(csv path: String, overwrite: Bool) throws {
        file = try AtomicFile(path: path, overwrite: overwrite)
        form = nil
        types = path.hasSuffix(".csv") ? try AtomicFile(path: path + "t", overwrite: overwrite) : nil
    }

    /// To any output.
    /// - Parameter form: the form of GeoJSON; nil for CSV, without its `.csvt`.
    public init(_ form: GeoJSONWriter.Form?, to output: any ByteOutput) {
        file = output
        self.form = form
        types = nil
    }

    public var wantsGeometry: Bool { form != nil || !schema.leading.isEmpty }

    /// - Throws: `GeoJSONError` for a member that JSON cannot hold.
    public func begin(_ schema: FeatureSchema) throws {
        self.schema = schema
        if let form {
            writer = GeoJSONWriter(form, members: schema.members)
            try writer?.begin(into: &buffer)
        } else {
            buffer.text((schema.leading.map(\.rawValue) + schema.columns.map(\.name)).joined(separator: ","))
            buffer.byte(UInt8(ascii: "\n"))
        }
    }

    public func append(_ feature: Feature<LonLat>) throws {
        if form == nil { appendCSV(feature) } else { try writer?.feature(feature, into: &buffer) }
        if buffer.count > 1 << 20 { try drain() }
    }

    public func finish() throws {
        writer?.end(into: &buffer)
        try drain()
        try types?.write(Array((columnTypes.joined(separator: ",") + "\n").utf8))
        try file.commit()
        try types?.commit()
    }

    private func drain() throws {
        try file.write(buffer.bytes)
        buffer.removeAll()
    }

    /// Keys stand in quotes, which says that they are text to readers that look at quotes; others see the `.csvt` or must be
    /// told.
    private func appendCSV(_ feature: Feature<LonLat>) {
        var isFirst = true
        func separate() {
            if !isFirst { buffer.byte(UInt8(ascii: ",")) }
            isFirst = false
        }
        for column in schema.leading {
            separate()
            append(column, of: feature)
        }
        for (column, property) in zip(schema.columns, feature.properties) {
            separate()
            append(property.value, column)
        }
        buffer.byte(UInt8(ascii: "\n"))
    }

    private func append(_ column: FeatureSchema.LeadingColumn, of feature: Feature<LonLat>) {
        if column == .id { return buffer.csvField(feature.id ?? "") }
        guard case .point(let place)? = feature.geometry else { return }
        buffer.fixed(column == .longitude ? place.longitude : place.latitude, decimals: 7)
    }

    private func append(_ value: PropertyValue, _ column: FeatureSchema.Column) {
        switch value {
        case .null: break
        case .bool(let flag): buffer.text(flag ? "true" : "false")
        case .integer(let integer): buffer.integer(integer)
        case .number(let number): buffer.shortest(number)
        case .text(let text), .json(let text):
            if column.isKey { buffer.quotedCSVField(text) } else { buffer.csvField(text) }
        }
    }

    /// GDAL's words for them.
    private var columnTypes: [String] {
        schema.leading.map { column in
            switch column {
            case .longitude: "CoordX"
            case .latitude: "CoordY"
            case .id: "String"
            }
        }
            + schema.columns.map { column in
                switch column.kind {
                case .text, .json: "String"
                case .integer: "Integer64"
                case .number: "Real"
                case .bool: "Integer(Boolean)"
                }
            }
    }
}
