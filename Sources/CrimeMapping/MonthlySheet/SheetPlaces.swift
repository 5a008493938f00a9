import Boundaries
import CivilTime
import Geodesy
import Hotspots
import Incidents
import Indicators
import SimpleFeatures

/// Where indicators concentrate: by each finer level the areas with most incidents of twelve months, the balloon check among
/// them, and what a small map of them needs.
struct SheetPlaces {
    private let most: Int
    private let levels: [FinerLevel]
    private let canvas: SheetMap.Canvas?
    private let borders: [MultiPolygon<PlanarPoint>]

    /// - Throws: the store's errors, `GeodesyError`, `HotspotError`.
    init(builder: SheetBuilder, in store: any SheetSource) throws {
        most = max(0, builder.sheet.places)
        // The public has no count by a finer level and indicator, and published counts have no finer level.
        guard builder.figures.origin == .incidents, builder.publishing == nil,
            let version = builder.figures.boundaryVersion
        else {
            (levels, canvas, borders) = ([], nil, [])
            return
        }
        let wanted = Set(builder.figures.series.areas.map(\.key))
        let layer = try store.boundaryLayer(version.level, number: version.number)
        let plane = try ProjectedTransformation(store.settings.crs)
        let outlines = try store.outlines(version.level, number: version.number, on: plane)
        borders = zip(layer.areas, outlines).filter { wanted.contains($0.0.id) }.map(\.1)
        canvas = SheetMap.Canvas(around: borders)
        let known = Set(try store.boundaryVersions().map(\.level))
        levels = try Self.finer(than: version.level).filter(known.contains).map { level in
            try FinerLevel(
                level, builder, in: store, plane: plane,
                within: builder.sheet.areas.isEmpty
                    ? nil : (version.level, layer.areas.filter { wanted.contains($0.id) }))
        }
    }

    /// Colonias and districts lie across each other, so neither is finer than the other on both sides.
    private static func finer(than level: Level) -> [Level] {
        switch level {
        case .colonia: []
        case .district: [.colonia]
        default: [.colonia, .district]
        }
    }

    /// The lists of an indicator, of the levels on which it has some incident.
    func lists(of indicator: Indicator) throws -> [SheetPlaceList] {
        try levels.compactMap { try $0.list(of: indicator, most: most) }
    }

    /// The borders of the sheet's areas and of every place that stands in a list.
    func map(of lists: [SheetPlaceList]) -> SheetMap? {
        guard let canvas, !lists.isEmpty else { return nil }
        var map = SheetMap(width: canvas.width, height: canvas.height, borders: borders.map(canvas.path).joined())
        for list in lists {
            guard let level = levels.first(where: { $0.level.name == list.level }) else { continue }
            for place in list.places {
                let key = SheetMap.Key(level: list.level, area: place.key)
                guard map.places[key] == nil, let outline = level.outline(of: place.key) else { continue }
                map.places[key] = canvas.path(outline)
            }
        }
        return map
    }
}

/// One finer level with its series.
private struct FinerLevel {
    let level: Level
    private let series: MonthlySeries
    private let month: Int
    private let populations: SheetPopulations
    private let outlines: [MultiPolygon<PlanarPoint>]
    private let neighbours: [[Int]]
    /// By area, whether it lies in the sheet's areas.
    private let isWithin: [Bool]

    init(
        _ level: Level, _ builder: SheetBuilder, in store: any SheetSource, plane: ProjectedTransformation,
        within: (level: Level, areas: [Area])?
    ) throws {
        self.level = level
        let sheet = builder.sheet
        let figures = try IndicatorSeries(level: level, catalogue: builder.catalogue, origin: .incidents)
            .run(in: store, on: sheet.month.last, asOf: sheet.asOf)
        series = figures.series
        month = figures.series.place(of: sheet.month) ?? 0
        populations = SheetPopulations(
            try store.populations(asOf: sheet.asOf), level: level.name, year: sheet.month.first.components.year)
        guard let version = figures.boundaryVersion else {
            (outlines, neighbours, isWithin) = ([], [], series.areas.map { _ in true })
            return
        }
        outlines = try store.outlines(level, number: version.number, on: plane)
        let weights = try SpatialWeights(.queen(), of: outlines)
        neighbours = (0..<weights.count).map { unit in
            weights.neighbours[weights.starts[unit]..<weights.starts[unit + 1]].map(Int.init)
        }
        let layer = try store.boundaryLayer(level, number: version.number)
        isWithin = within.map { Self.areas(of: layer, within: $0.areas, of: $0.level) } ?? layer.areas.map { _ in true }
    }

    /// By their parents where the layer knows them, otherwise by a point inside each.
    private static func areas(of layer: BoundaryLayer, within areas: [Area], of level: Level) -> [Bool] {
        let keys = Set(areas.map(\.id))
        let locator = PointLocator(areas)
        return layer.areas.map { area in
            if layer.version.parentLevel == level, let parent = area.parentID { return keys.contains(parent) }
            return area.geometry.interiorPoint.map { locator.locate($0).index >= 0 } ?? false
        }
    }

    func outline(of key: String) -> MultiPolygon<PlanarPoint>? {
        series.place(ofArea: key).flatMap { outlines.indices.contains($0) ? outlines[$0] : nil }
    }

    /// nil where the indicator has no incident here.
    func list(of indicator: Indicator, most: Int) throws -> SheetPlaceList? {
        guard let place = series.place(ofIndicator: indicator.id) else { return nil }
        let before = series.areas.indices.map { series.sum(place, $0, from: month - 23, through: month - 12) }
        let now = series.areas.indices.map { series.sum(place, $0, from: month - 11, through: month) }
        let total = now.indices.reduce(0) { $0 + (isInside($1) ? now[$1] ?? 0 : 0) }
        guard total > 0 else { return nil }
        let people = series.areas.map { populations.figure(of: indicator, area: $0.key)?.value ?? 0 }
        let bayes = try EmpiricalBayes().rates(of: now.map { $0.map(Double.init) ?? -1 }, population: people)
        let places = series.areas.indices.compactMap { area -> SheetPlace? in
            guard isInside(area), let count = now[area], count > 0 else { return nil }
            return SheetPlace(
                key: series.areas[area].key, name: series.areas[area].label, count: count,
                share: Double(count) / Double(total),
                rate: people[area] > 0 ? Double(count) / people[area] * Double(indicator.per) : nil,
                bayesRate: bayes.rates[area].map { $0 * Double(indicator.per) },
                change: Change(from: before[area], to: count))
        }
        let (balloons, checked) = balloons(before, now)
        return SheetPlaceList(
            level: level.name, total: total, areas: series.areas.indices.count(where: isInside),
            places: Array(places.sorted { ($1.count, $0.key) < ($0.count, $1.key) }.prefix(most)),
            checked: checked, balloons: balloons)
    }

    private func isInside(_ area: Int) -> Bool { !isWithin.indices.contains(area) || isWithin[area] }

    /// Where it fell beyond chance and rose beyond chance next door, the greatest falls first; and how many were looked at.
    private func balloons(_ before: [Int?], _ now: [Int?]) -> (found: [SheetBalloon], checked: Int) {
        guard !neighbours.isEmpty else { return ([], 0) }
        let checks = BalloonCheck.all(from: before, to: now, neighbours: neighbours).enumerated()
            .filter { isInside($0.offset) && $0.element != nil }
        let found = checks.compactMap { area, check -> SheetBalloon? in
            guard let check, check.verdict == .balloon else { return nil }
            return SheetBalloon(
                level: level.name, key: series.areas[area].key, name: series.areas[area].label, check: check)
        }
        return (
            found.sorted { ($0.check.here.difference, $0.key) < ($1.check.here.difference, $1.key) }, checks.count
        )
    }
}
