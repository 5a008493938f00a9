import Boundaries
import Formats
import Geodesy
import Incidents
public import SimpleFeatures
import Topology

/// An area as a person names it: `colonia:009010005` of a store, the file `zone.geojson`, or of a file the features of which
/// an attribute is `zona`, as `zone.geojson#zona`. Lines and points of a file become what lies within ``reach`` of them.
public struct NamedArea: Hashable, Sendable {
    /// As written.
    public let words: String
    /// Of the corridor around lines, and of the disc around points; nil where the file must hold areas.
    public var reach: Length?

    /// Nothing is read yet.
    public init(_ words: String, reach: Length? = nil) {
        self.words = words
        self.reach = reach
    }

    /// The area on the plane, its parts joined.
    /// - Parameter selection: whose days say which version of a level is meant.
    /// - Throws: `FilterError`, `GeodesyError`, `TopologyError`, the readers' errors, ``JobError`` where there is no area.
    func shape(
        for selection: IncidentSelection, in store: any IncidentSource & BoundarySource
    ) throws -> MultiPolygon<PlanarPoint> {
        let parts = isFile ? try fileParts(crs: selection.crs) : try storedParts(selection, store)
        let shape = try Overlay().union(parts)
        guard !shape.polygons.isEmpty else { throw JobError.badData("\(words) must be an area, but covers nothing") }
        return shape
    }

    /// A level's name has no dot, and a file's name one before its key.
    private var isFile: Bool { words.prefix { $0 != ":" }.contains(".") }

    private func storedParts(
        _ selection: IncidentSelection, _ store: any IncidentSource & BoundarySource
    ) throws -> [MultiPolygon<PlanarPoint>] {
        var filter = IncidentFilter()
        (filter.from, filter.to) = (selection.filter.from, selection.filter.to)
        filter.areas = [try AreaSelector(words)]
        let found = try IncidentSelection(from: store, filter: filter).studyArea(in: store)
        return found?.polygons ?? []
    }

    private func fileParts(crs: CRS) throws -> [MultiPolygon<PlanarPoint>] {
        let hash = words.lastIndex(of: "#")
        let path = hash.map { String(words[..<$0]) } ?? words
        let key = hash.map { String(words[words.index(after: $0)...]) }
        let file = try FeatureFile.read(path)
        let features = file.features.filter { feature in
            guard let key else { return true }
            return feature.id == key || feature.properties.contains { $0.value.keyText == key }
        }
        guard !features.isEmpty else {
            throw JobError.usage(
                "an attribute of a feature of \(path) must be \(key ?? "there"), but none of \(file.features.count) is")
        }
        let shapes = try PlaneShapes(of: features, declaredCRS: file.declaredCRS, crs: crs)
        return try shapes.areas(reach: reach, in: path)
    }
}

/// Geometries of a file on the plane of a working system.
struct PlaneShapes {
    let shapes: [Geometry<PlanarPoint>]

    init(of features: [Feature<FilePosition>], declaredCRS: CRS?, crs: CRS) throws {
        let toWGS84 = try FileTransformation(from: declaredCRS ?? .wgs84)
        let plane = try ProjectedTransformation(crs)
        shapes = try features.compactMap { feature in
            try feature.geometry.map { try plane.forward(toWGS84.lonLat($0)) }
        }
    }

    /// Areas as they are; what lies within reach of lines and points.
    /// - Throws: ``JobError/usage(_:)`` for a line without a reach, `TopologyError`.
    func areas(reach: Length?, in path: String) throws -> [MultiPolygon<PlanarPoint>] {
        let overlay = try Overlay()
        return try shapes.map { shape in
            if let area = shape.asMultiPolygon { return area }
            guard let reach else {
                throw JobError.usage("\(path) holds lines or points; say with --reach how far around them counts")
            }
            return try overlay.buffer(shape, by: reach)
        }
    }
}

extension PropertyValue {
    /// As a key is written: a text as it is, a number without a point.
    fileprivate var keyText: String? {
        switch self {
        case .text(let text): text
        case .integer(let number): String(number)
        case .number(let number): number.inWords
        default: nil
        }
    }
}
