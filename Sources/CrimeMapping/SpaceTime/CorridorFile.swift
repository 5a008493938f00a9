import Formats
import Geodesy
public import SimpleFeatures
import Topology

/// Areas around the lines of a file, a secured street or a perimeter: the job behind `faro boundaries corridor`.
///
/// The areas keep the attributes of their lines, so that they can be brought into a store as a level, or be compared
/// before and after.
public struct CorridorFile: Sendable {
    /// GeoJSON, or a Shapefile (plain or in a zip).
    public var path: String
    /// How far from a line its corridor reaches, on either side and around its ends.
    public var reach: Length
    /// In which is measured; nil for the UTM zone of the lines.
    public var workingCRS: CRS?
    /// Whether all lines together are one area.
    public var isOne: Bool

    /// All fields as given; ``run()`` checks them.
    public init(path: String, reach: Length, workingCRS: CRS? = nil, isOne: Bool = false) {
        self.path = path
        self.reach = reach
        self.workingCRS = workingCRS
        self.isOne = isOne
    }

    /// - Returns: one row an area.
    /// - Throws: as ``FeatureFile/read(_:layer:geoPackage:)``, `GeodesyError`, `TopologyError`, and ``JobError`` for a file
    ///   without geometries or a reach that is not above 0.
    public func run() throws -> FeatureTable {
        guard reach.metres > 0, reach.metres <= 100_000 else {
            throw JobError.usage("the reach of a corridor must be above 0 and at most 100000 m, but is \(reach)")
        }
        let file = try FeatureFile.read(path)
        let features = file.features.filter { $0.geometry != nil }
        let crs = try workingCRS ?? zone(of: features, declaredCRS: file.declaredCRS)
        let overlay = try Overlay()
        let shapes = try PlaneShapes(of: features, declaredCRS: file.declaredCRS, crs: crs).shapes
        let areas = try shapes.map { try overlay.buffer($0, by: reach) }
        guard !areas.isEmpty else { throw JobError.badData("\(path) must hold lines, but holds no geometry") }
        let names = isOne ? [] : Self.names(features)
        let members = [
            Property("method", .text("corridor")), Property("reach_m", .number(reach.metres)),
            Property("lines", .integer(Int64(areas.count))), Property("crs", .text(crs.name)),
        ]
        var table = FeatureTable(crs: crs, columns: ["corridor", "km2"] + names, members: members)
        let wholes = isOne ? [try overlay.union(areas)] : areas
        for (index, area) in wholes.enumerated() {
            let own = isOne ? [] : names.map { features[index][$0] ?? .null }
            let key = isOne ? nil : features[index].id
            table.append(
                .multiPolygon(area), [.text(key ?? "\(index + 1)"), .number(try overlay.area(area) / 1e6)] + own)
        }
        return table
    }

    /// The attributes of all features, in the order in which they first stand.
    private static func names(_ features: [Feature<FilePosition>]) -> [String] {
        var names: [String] = []
        var isKnown: Set<String> = ["corridor", "km2"]
        for property in features.flatMap(\.properties) where isKnown.insert(property.name).inserted {
            names.append(property.name)
        }
        return names
    }

    private func zone(of features: [Feature<FilePosition>], declaredCRS: CRS?) throws -> CRS {
        let door = try FileTransformation(from: declaredCRS ?? .wgs84)
        let box = try features.compactMap(\.geometry).reduce(Envelope<LonLat>.empty) {
            $0.union(try door.lonLat($1).envelope)
        }
        guard !box.isEmpty else { throw JobError.badData("\(path) must hold lines, but holds no geometry") }
        guard let zone = CRS.metric(covering: box) else {
            throw JobError.usage(
                "\(path) must lie in one UTM zone, or its working system be given, but spans \(box.width) degrees")
        }
        return zone
    }
}
