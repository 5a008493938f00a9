import Files
import Formats
public import SimpleFeatures

/// Writes features as FlatGeobuf, with its index.
///
/// The features wait in a file beside the output until the index is known; memory grows by their boxes, 40 bytes each.
public final class FlatGeobufFile: FeatureSink {
    private let file: AtomicFile
    private var writer: FlatGeobufWriter?
    private var leading: [FeatureSchema.LeadingColumn] = []

    /// - Throws: `FileError`.
    public init(path: String, overwrite: Bool) throws { file = try AtomicFile(path: path, overwrite: overwrite) }

    public func begin(_ schema: FeatureSchema) throws {
        leading = schema.leading
        // A feature's own id has no place in the format; results repeat theirs in no column, and need it in none.
        let id = leading.contains(.id) ? [FlatGeobufWriter.Column("id", .text)] : []
        writer = try FlatGeobufWriter(
            to: file, layer: schema.layer, columns: id + schema.columns.map { .init($0.name, $0.kind.inFlatGeobuf) },
            isMulti: false, members: schema.members)
    }

    public func append(_ feature: Feature<LonLat>) throws {
        guard leading.contains(.id), let id = feature.id else { return try writer?.feature(feature) ?? () }
        var feature = feature
        feature.properties.insert(Property("id", .text(id)), at: 0)
        try writer?.feature(feature)
    }

    public func finish() throws {
        try writer?.end()
        try file.commit()
    }
}

extension FeatureSchema.Kind {
    fileprivate var inFlatGeobuf: FlatGeobufWriter.Column.Kind {
        switch self {
        case .text: .text
        case .integer: .integer
        case .number: .number
        case .bool: .bool
        case .json: .json
        }
    }
}
