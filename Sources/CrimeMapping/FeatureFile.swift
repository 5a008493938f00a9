import Bytes
import Compression
import Formats
import Geodesy
public import SimpleFeatures

/// The features of one file in the positions it holds, with the reference system it declares.
public struct FeatureFile {
    /// `GeoJSON`, `Shapefile colonias_apodaca`, `GeoPackage layer colonias`.
    public var kind: String
    public var features: [Feature<FilePosition>]
    /// nil where the file says nothing.
    public var declaredCRS: CRS?
    /// What the reader met and how it dealt with it, a sentence each.
    public var notes: [String]

    public init(kind: String, features: [Feature<FilePosition>], declaredCRS: CRS?, notes: [String] = []) {
        self.kind = kind
        self.features = features
        self.declaredCRS = declaredCRS
        self.notes = notes
    }

    /// Reads a GeoPackage, which is a store's business; the command line hands in the one it knows.
    public typealias GeoPackageReader = (_ path: String, _ layer: String?) throws -> FeatureFile

    /// The most a boundary file may hold once unpacked.
    static let byteLimit = 2 << 30

    /// Reads a GeoJSON (also .gz), a Shapefile (plain or in a zip) or a GeoPackage, told apart by content.
    /// - Parameter layer: which one, where a zip or a GeoPackage holds several.
    public static func read(
        _ path: String, layer: String? = nil, geoPackage: GeoPackageReader? = nil
    ) throws -> FeatureFile {
        switch try ByteSource.kind(ofFileAt: path) {
        case .zip: return try shapefile(inZip: path, layer: layer)
        case .sqlite:
            guard let geoPackage else { throw JobError.usage("\(path) is a GeoPackage, which cannot be read here") }
            return try geoPackage(path, layer)
        case .shapefile: return try shapefile(at: path)
        case .gzip, .text: return try geoJSON(path)
        case .empty: throw JobError.badData("\(path) must hold features, but is empty")
        case .other:
            throw JobError.badData(
                "\(path) is neither GeoJSON, Shapefile, zip nor GeoPackage; ogr2ogr converts almost anything into one of them")
        }
    }
}
