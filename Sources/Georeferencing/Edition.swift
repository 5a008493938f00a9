import Boundaries
import Geodesy
import Incidents
import SimpleFeatures

/// The boundaries that hold at the same time, and what words mean among them.
final class Edition {
    private let layers: [BoundaryLayer]
    private let geodesic: Geodesic
    private let gazetteer: Gazetteer
    private var search: GazetteerSearch
    private var nearest: [Level: NearestNames] = [:]
    private var circles: [AreaReference: PositionalUncertainty?] = [:]
    private var locators: [PointLocator]?
    private var memory: [PlaceWords: PlaceFinding] = [:]

    /// So many answers are remembered; a city has fewer labels.
    private static let memoryLimit = 200_000

    /// - Parameter layers: one version of each level.
    init(layers: [BoundaryLayer], aliases: [PlaceAlias], geodesic: Geodesic) {
        self.layers = layers
        self.geodesic = geodesic
        gazetteer = Gazetteer(layers: layers, aliases: aliases)
        search = gazetteer.search()
    }

    /// The answer to words asked before, or a new one. Free text hardly repeats and is not remembered.
    func remembered(_ words: PlaceWords, _ find: () -> PlaceFinding) -> PlaceFinding {
        guard words.place == nil else { return find() }
        if let known = memory[words] { return known }
        let finding = find()
        if memory.count < Self.memoryLimit { memory[words] = finding }
        return finding
    }

    func find(_ query: PlaceQuery) -> PlaceAnswer { search.find(query) }

    func findMunicipality(_ text: String) -> PlaceAnswer {
        search.findMunicipality(text)
    }

    /// The areas whose names look most like one that none has.
    func nearest(to name: String, in level: Level, municipality: AreaReference?, limit: Int) -> [NearName] {
        let names = nearest[level] ?? NearestNames(gazetteer, level)
        nearest[level] = names
        return names?.nearest(to: name, municipality: municipality, limit: limit) ?? []
    }

    func has(_ level: Level) -> Bool { layers.contains { $0.version.level == level } }

    func area(_ reference: AreaReference) -> Area? {
        let layer = layers.first { $0.version.level == reference.level && $0.version.number == reference.version }
        guard let areas = layer?.areas, areas.indices.contains(Int(reference.index)) else { return nil }
        return areas[Int(reference.index)]
    }

    /// Place and radius of an area that stands for a point nobody knows.
    func circle(of reference: AreaReference) -> PositionalUncertainty? {
        if let known = circles[reference] { return known }
        let circle = area(reference).flatMap { PositionalUncertainty(of: $0.geometry, geodesic: geodesic) }
        circles[reference] = circle
        return circle
    }

    /// Place and radius of several areas of which one is meant.
    func circle(of references: [AreaReference]) -> PositionalUncertainty? {
        if references.count == 1 { return circle(of: references[0]) }
        return PositionalUncertainty(of: references.compactMap { area($0)?.geometry }, geodesic: geodesic)
    }

    /// One area a level, of those levels that have one there.
    func areas(around place: LonLat) -> [AreaReference] {
        let locators = locators ?? layers.map { PointLocator($0.areas) }
        self.locators = locators
        return zip(layers, locators).compactMap { layer, locator in
            let index = locator.locate(place).index
            guard layer.areas.indices.contains(Int(index)) else { return nil }
            return AreaReference(
                level: layer.version.level, version: layer.version.number, index: index,
                id: layer.areas[Int(index)].id)
        }
    }
}
