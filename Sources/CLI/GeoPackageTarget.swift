import CrimeMapping
import GeoPackageStore
import SimpleFeatures

/// A GeoPackage as a place where features go: the store's room writes it, and sees no job.
final class GeoPackageTarget: FeatureSink {
    private let file: GeoPackageLayerFile
    private var hasID = false

    init(path: String, overwrite: Bool) throws { file = try GeoPackageLayerFile(path: path, overwrite: overwrite) }

    func begin(_ schema: FeatureSchema) throws {
        hasID = schema.leading.contains(.id)
        let id = hasID ? [GeoPackageLayerFile.Column("id", .text)] : []
        try file.begin(
            layer: schema.layer, columns: id + schema.columns.map { .init($0.name, $0.kind.inGeoPackage) },
            members: schema.members, changed: Self.changed)
    }

    /// The standard asks for an instant of the last change; that of the run would make equal results unequal files.
    private static let changed = "1970-01-01T00:00:00Z"

    func append(_ feature: Feature<LonLat>) throws {
        var feature = feature
        if hasID, let id = feature.id { feature.properties.insert(Property("id", .text(id)), at: 0) }
        try file.append(feature)
    }

    func finish() throws { try file.finish() }
}

extension FeatureSchema.Kind {
    fileprivate var inGeoPackage: GeoPackageLayerFile.Column.Kind {
        switch self {
        case .text: .text
        case .integer: .integer
        case .number: .number
        case .bool: .bool
        case .json: .json
        }
    }
}
