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
    private let source: NameSource
    private var circles: [AreaReference: PositionalUncertainty?] = [:]
    private lazy var locators = layers.map { PointLocator($0.areas) }
    private var memory: [PlaceWords: PlaceFinding] = [:]

    /// So many answers are remembered, of so long texts; a city has fewer labels, and longer text hardly repeats.
    private static let (memoryLimit, longestRemembered) = (100_000, 64)

    /// - Parameter layers: one version of each level.
    init(layers: [BoundaryLayer], gazetteer: Gazetteer, source: NameSource, geodesic: Geodesic) {
        self.layers = layers
        self.geodesic = geodesic
        self.gazetteer = gazetteer
        self.source = source
        search = gazetteer.search(for: source)
    }

    /// The answer to words asked before, or a new one.
    func remembered(_ words: PlaceWords, _ find: () -> PlaceFinding) -> PlaceFinding {
        guard words.place?.utf8.count ?? 0 <= Self.longestRemembered else { return find() }
        if let known = memory[words] { return known }
        let finding = find()
        if memory.count < Self.memoryLimit { memory[words] = finding }
        return finding
    }

    func find(_ query: PlaceQuery) -> PlaceAnswer {
        let answer = search.find(query)
        return source == .otherCatalogue ? doubted(answer) : answer
    }

    /// In another catalogue a name proves an area only where it is the area's, and hardly any of the area lies along its
    /// border. Otherwise the areas around it may be meant as well.
    private func doubted(_ answer: PlaceAnswer) -> PlaceAnswer {
        guard answer.status == .match, answer.rule >= .sameName, answer.rule.mayMatch, let reference = answer.area,
            let area = area(reference)
        else { return answer }
        let strip = BorderStrip(of: area)
        if answer.rule <= .sameWords, strip.share <= BorderStrip.largestShare { return answer }
        let others = neighbours(of: reference, strip)
            .map { PlaceCandidate(area: $0, score: Double(PlaceRule.bordersDiffer.score), rule: .bordersDiffer) }
        var doubted = answer
        doubted.status = .ambiguous
        doubted.method = .severalPlaces
        doubted.rule = .bordersDiffer
        doubted.area = nil
        doubted.candidateCount = 1 + others.count
        doubted.candidates += others.prefix(PlaceAnswer.longestList - 1)
        return doubted
    }

    private func neighbours(of area: AreaReference, _ strip: BorderStrip) -> [AreaReference] {
        guard let layer = layers.firstIndex(where: { $0.version.level == area.level }) else { return [] }
        let locator = locators[layer]
        return strip.neighbours { locator.locate($0).index }.filter { $0 != area.index }
            .compactMap { reference($0, in: layer) }
    }

    func findMunicipality(_ text: String) -> PlaceAnswer {
        search.findMunicipality(text)
    }

    /// The areas whose names look most like one that none has.
    func nearest(to name: String, in level: Level, municipality: AreaReference?, limit: Int) -> [NearName] {
        let names = nearest[level] ?? NearestNames(gazetteer, level)
        nearest[level] = names
        return names?.nearest(to: name, municipality: municipality, limit: limit) ?? []
    }

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
        layers.indices.compactMap { reference(locators[$0].locate(place).index, in: $0) }
    }

    private func reference(_ index: Int32, in layer: Int) -> AreaReference? {
        let (version, areas) = (layers[layer].version, layers[layer].areas)
        guard areas.indices.contains(Int(index)) else { return nil }
        return AreaReference(level: version.level, version: version.number, index: index, id: areas[Int(index)].id)
    }
}
