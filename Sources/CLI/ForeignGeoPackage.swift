import CrimeMapping
import GeoPackageStore
import SimpleFeatures

/// Lets boundary imports read a layer of somebody else's GeoPackage, which only the store's own floor can open.
enum ForeignGeoPackage {
    /// - Throws: ``JobError/usage(_:)`` where the file holds several layers and none was named.
    static func read(_ path: String, layer: String?) throws -> FeatureFile {
        let reader = try GeoPackageFeatureReader(path: path)
        let names = reader.layers.map(\.name)
        let wanted = layer.map { name in reader.layers.filter { $0.name == name } } ?? reader.layers
        guard wanted.count == 1, let chosen = wanted.first else {
            throw JobError.usage(
                "\(path) holds \(names.count) layers; say which with --layer: \(names.joined(separator: ", "))")
        }
        var features: [Feature<FilePosition>] = []
        try reader.features(of: chosen.name) { features.append($0) }
        return FeatureFile(kind: "GeoPackage layer \(chosen.name)", features: features, declaredCRS: chosen.crs)
    }
}
