public import Boundaries
import Geodesy
public import Incidents
import SimpleFeatures

/// The areas of a level without their figures: what a page needs to name them, find them and write their names on a map.
/// Columns, in the order of the layer.
public struct AreaIndex: Hashable, Sendable, Encodable {
    public var level: String
    public var version: Int
    public var ids: [String] = []
    public var names: [String] = []
    public var parents: [String?] = []
    public var km2: [Double] = []
    /// Of a place within or near the area, in degrees.
    public var longitudes: [Double] = []
    public var latitudes: [Double] = []
    /// West, south, east and north, in degrees.
    public var boxes: [[Double]] = []
    /// nil where the store has no figure.
    public var population: [Double?]?

    private enum CodingKeys: String, CodingKey {
        case level, version, ids, names, parents, km2, population, boxes
        case longitudes = "lon"
        case latitudes = "lat"
    }

    /// - Returns: nil for a level that the store has not.
    /// - Throws: the store's errors.
    /// - Complexity: O(vertices).
    public init?(of level: Level, in store: any BoundarySource & PopulationSource) throws {
        guard let version = try store.boundaryVersions().filter({ $0.level == level }).last else { return nil }
        self.level = level.name
        self.version = version.number
        let denominator = try Denominator(for: level, in: store)
        for area in try store.boundaryLayer(level, number: version.number).areas {
            ids.append(area.id)
            names.append(area.name)
            parents.append(area.parentID)
            km2.append((area.squareMetres / 100).rounded() / 10_000)
            let box = area.geometry.envelope
            let middle = area.geometry.centreOfMass ?? box.middle
            longitudes.append(Self.rounded(middle.longitude))
            latitudes.append(Self.rounded(middle.latitude))
            boxes.append([box.minX, box.minY, box.maxX, box.maxY].map(Self.rounded))
        }
        population = denominator.map { figures in ids.map { figures.byArea[$0] } }
    }

    private static func rounded(_ degrees: Double) -> Double {
        degrees.isFinite ? (degrees * 1e5).rounded() / 1e5 : 0
    }
}
