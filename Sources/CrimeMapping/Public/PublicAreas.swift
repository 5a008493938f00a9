public import Boundaries
public import CivilTime
import Geodesy
public import Incidents
public import Privacy
public import SimpleFeatures

extension PublicCity {
    /// The areas of a level with their counts: the public answer to what `faro hotspot count --by` asks.
    ///
    /// Columns `level`, `area_id`, `area_name`, `count` (none where it is suppressed), `at_least`.
    /// - Throws: `PrivacyError` naming what is not public, `GeodesyError`.
    public func table(
        _ filter: IncidentFilter, by level: Level, members: [Property] = []
    ) throws -> Published<FeatureTable> {
        try figures(filter, by: level).map { figures in
            var table = FeatureTable(
                crs: snapshot.settings.crs, columns: ["level", "area_id", "area_name", "count", "at_least"],
                members: [
                    Property("method", .text("count")), Property("support", .text("areas")),
                    Property("level", .text(level.name)),
                    Property("boundary_version", .integer(Int64(figures.version))),
                ] + members)
            var densities: [Double] = []
            for (area, outline) in zip(figures.areas, try outlines(of: level, figures.version)) {
                let count = figures.counts[area.id] ?? PublicCount()
                table.append(
                    .multiPolygon(outline),
                    [
                        .text(level.name), .text(area.id), .text(area.name),
                        count.exact.map { .integer(Int64($0)) } ?? .null, .integer(Int64(count.shown)),
                    ])
                let km2 = area.squareMetres / 1e6
                densities.append(km2 > 0 ? Double(count.shown) / km2 : .nan)
            }
            table.style = .init(
                .amounts(densities), spanish: "incidentes por km², al menos", english: "incidents per km², at least")
            return table
        }
    }

    /// The areas of the version that holds, and what is known of each.
    struct AreaFigures: Sendable {
        var version: Int
        var areas: [Area]
        var counts: [String: PublicCount]
    }

    func figures(_ filter: IncidentFilter, by level: Level) throws(PrivacyError) -> Published<AreaFigures> {
        let query = try gate.lattice.query(filter, by: level, period: nil, on: release.axes)
        let versions = snapshot.layers.map(\.version).filter { $0.level == level }
        let number = versions.holding(from: filter.from, to: filter.to).last?.number ?? versions.last?.number ?? 0
        let layer = snapshot.layers.first { $0.version.level == level && $0.version.number == number }
        return try gate.counts(query, of: release).map { rows in
            var counts: [String: PublicCount] = [:]
            // A colonia stands once under each version of its municipality.
            for row in rows where row.area?.version == number {
                let before = counts[row.area?.key ?? ""] ?? PublicCount()
                counts[row.area?.key ?? ""] = PublicCount(
                    shown: before.shown + row.count.shown, suppressed: before.suppressed + row.count.suppressed)
            }
            // An area of which nobody knows the municipality has no figure.
            for area in layer?.areas ?? [] where counts[area.id] == nil { counts[area.id] = PublicCount(suppressed: 1) }
            return AreaFigures(version: number, areas: layer?.areas ?? [], counts: counts)
        }
    }

    /// What a picture of public figures is about: the days that have figures, as far as the filter asks for them.
    /// - Parameters:
    ///   - year: the one that is shown; nil is all that the filter takes.
    ///   - source: name of the store.
    /// - Throws: `GeodesyError`.
    public func subject(
        _ filter: IncidentFilter, year: Period? = nil, source: String, _ account: SuppressionAccount
    ) throws -> PictureSubject {
        let known = release.months.map { $0.lowerBound.first...$0.upperBound.last }
        var days = year.map { $0.first...$0.last }
        if let known, year == nil {
            let first = max(filter.from ?? known.lowerBound, known.lowerBound)
            let last = min(filter.to ?? known.upperBound, known.upperBound)
            days = first <= last ? first...last : nil
        }
        let borders = try snapshot.layers.filter { $0.version.level == gate.lattice.coarse }.flatMap {
            try outlines(of: $0.version.level, $0.version.number)
        }
        var subject = PictureSubject(categories: filter.categories, days: days, outlines: borders, source: source)
        subject.note = (account.spanish.first ?? "", account.english.first ?? "")
        return subject
    }

    func outlines(of level: Level, _ number: Int) throws -> [MultiPolygon<PlanarPoint>] {
        try snapshot.outlines(level, number: number, on: ProjectedTransformation(snapshot.settings.crs))
    }
}
