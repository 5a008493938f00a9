import Foundation
import Grids
public import Pictures
import SimpleFeatures

/// A result of places as a map that explains itself: cells, areas, clusters or corners, coloured as their method asks.
public struct TablePicture {
    public var table: FeatureTable
    public var subject: PictureSubject
    /// Of the words the picture adds itself; categories and source stay as given.
    public var language: PictureLanguage

    public init(_ table: FeatureTable, subject: PictureSubject, language: PictureLanguage = .spanish) {
        self.table = table
        self.subject = subject
        self.language = language
    }

    /// - Parameter level: how hard to compress, as `PNGEncoder.level`.
    /// - Returns: the bytes of a PNG file.
    /// - Throws: `PictureError`.
    public func png(level: Int = 6) throws -> [UInt8] {
        let style = table.style ?? .init(.none, spanish: "Lugares", english: "Places")
        var picture = MapPicture(title: subject.title(orElse: isSpanish ? "Delitos" : "Crimes"), crs: table.crs)
        let words = table.panels.map { ($0.spanish, $0.english) } ?? (style.spanish, style.english)
        picture.subtitles = [isSpanish ? words.0 : words.1, account].map {
            $0.prefix(1).uppercased() + $0.dropFirst()
        }
        picture.notes = [method]
        picture.attribution = subject.credit(language)
        picture.language = language
        if let panels = table.panels {
            picture.extent = table.rows.reduce(.empty) { $0.union($1.outline?.envelope ?? .empty) }
            picture.panels = panels.frames.map { .init($0.label, layers: layers($0.kinds, panels)) }
        } else {
            picture.layers = try layers(style)
        }
        if table.showsRowsOnly {
            let extent = table.rows.reduce(Envelope<PlanarPoint>.empty) { $0.union($1.outline?.envelope ?? .empty) }
            if !extent.isEmpty { picture.extent = extent.grown(by: 0.3 * max(extent.width, extent.height)) }
        }
        let borders = subject.outlines.flatMap { $0.polygons.flatMap(\.rings) }
        if !borders.isEmpty { picture.layers.append(.lines(.init(borders))) }
        return try picture.png(level: level)
    }

    private var isSpanish: Bool { language == .spanish }

    private func count(_ member: String) -> Int? {
        guard case .integer(let count)? = table.members.first(where: { $0.name == member })?.value else { return nil }
        return Int(count)
    }

    private var account: String {
        subject.account(
            counted: count("incidents_counted") ?? count("incidents") ?? 0,
            withoutPlace: count("incidents_without_place") ?? 0, language)
    }

    /// What a methods line needs of the members, in a few words.
    private var method: String {
        let parts: [(member: String, spanish: String, english: String)] = [
            ("method", "método", "method"), ("cell_size_m", "celdas en metros", "cells in metres"),
            ("level", "nivel", "level"), ("neighbours", "vecindad", "neighbours"),
            ("permutations", "permutaciones", "permutations"), ("seed", "semilla", "seed"),
            ("study_area", "área de estudio", "study area"),
        ]
        return parts.compactMap { member, spanish, english in
            let words = isSpanish ? spanish : english
            switch table.members.first(where: { $0.name == member })?.value {
            case .text(let text)?: return "\(words): \(isSpanish ? MethodWords.spanish(text) : text)"
            case .number(let number)?: return "\(words): \(number.inWords)"
            case .integer(let integer)?: return "\(words): \(integer)"
            default: return nil
            }
        }.joined(separator: " · ")
    }

    // MARK: Layers

    private func layers(_ style: FeatureTable.Style) throws -> [MapLayer] {
        let words = isSpanish ? style.spanish : style.english
        let title = words.prefix(1).uppercased() + words.dropFirst()
        switch style.colours {
        case .amounts(let values):
            guard let greatest = values.filter(\.isFinite).max(),
                let ladder = RoundBreaks.ladder(above: greatest, count: 7)
            else { return drawn(by: MapLegend(title: title, entries: []), seams: false) { _ in nil } }
            let borders = [0] + ladder
            let legend = try MapLegend(title: title, borders: borders)
            return drawn(by: legend, seams: true) { row in
                values[row] > 0 ? MapLegend.index(of: values[row], in: borders) : nil
            }
        case .classes(let indexes, let borders):
            // Entries stand from the greatest down.
            return drawn(by: try MapLegend(title: title, borders: borders), seams: true) {
                borders.count - 2 - indexes[$0]
            }
        case .hotSpots:
            let words = ["hot 99 %", "hot 95 %", "hot 90 %", "not significant", "cold 90 %", "cold 95 %", "cold 99 %"]
            return drawn(by: .hotSpots(language, title: title), seams: true) { row in
                table.text("class", row: row).flatMap { words.firstIndex(of: $0) }
            }
        case .localAssociation:
            let words = ["HH", "HL", "LH", "LL", "not significant"]
            return drawn(by: .localAssociation(language, title: title), seams: true) { row in
                table.text("class", row: row).flatMap { words.firstIndex(of: $0) }
            }
        case .kinds(let kinds, let names):
            // Kinds that no row is of need no place in the legend.
            let present = Set(kinds.compactMap { $0 }).sorted().filter(names.indices.contains)
            let entries = present.map {
                MapLegend.Entry(isSpanish ? names[$0].spanish : names[$0].english, names[$0].colour)
            }
            return drawn(by: MapLegend(title: title, entries: entries), seams: true) { row in
                kinds.indices.contains(row) ? kinds[row].flatMap { present.firstIndex(of: $0) } : nil
            }
        case .none:
            let legend = MapLegend(title: "", entries: [.init(title, MapLegend.kindColours[3])])
            return drawn(by: legend, seams: true) { _ in 0 }
        }
    }

    /// Of one panel; every panel has the whole legend, since the first one explains them all.
    private func layers(_ kinds: [Int?], _ panels: FeatureTable.Panels) -> [MapLayer] {
        let words = isSpanish ? panels.spanish : panels.english
        let entries = panels.names.map { MapLegend.Entry(isSpanish ? $0.spanish : $0.english, $0.colour) }
        let legend = MapLegend(title: words.prefix(1).uppercased() + words.dropFirst(), entries: entries)
        return drawn(by: legend, seams: false) { kinds.indices.contains($0) ? kinds[$0] : nil }
    }

    /// Rows with an area are painted; points of the same class are one layer of dots, and lines are lines.
    private func drawn(by legend: MapLegend, seams: Bool, classOf: (Int) -> Int?) -> [MapLayer] {
        var areas: [MapLayer.AreaLayer.Area] = []
        var points: [Int: [PlanarPoint]] = [:]
        var lines: [[PlanarPoint]] = []
        for (index, row) in table.rows.enumerated() {
            guard let place = classOf(index) else { continue }
            switch row.outline {
            case .point(let point)?: points[place, default: []].append(point)
            case .multiPoint(let found)?: points[place, default: []] += found
            case .lineString(let line)?: lines.append(line)
            case .multiLineString(let found)?: lines += found
            case .polygon(let polygon)?: areas.append(.init(rings: polygon.rings, classIndex: place))
            case .multiPolygon(let polygons)?:
                areas.append(.init(rings: polygons.polygons.flatMap(\.rings), classIndex: place))
            case .collection?, nil: break
            }
        }
        var layers: [MapLayer] = []
        if !areas.isEmpty || points.isEmpty {
            var layer = MapLayer.AreaLayer(areas, legend: legend)
            layer.hasSeams = seams
            layers.append(.areas(layer))
        }
        if !lines.isEmpty { layers.append(.lines(.init(lines, weight: .strong))) }
        // Entries stand from the greatest down: the greatest is painted last, over the others.
        for place in points.keys.sorted(by: >) {
            let entry = legend.entries.indices.contains(place) ? legend.entries[place] : nil
            layers.append(
                .points(
                    .init(
                        points[place] ?? [], colour: entry?.colour ?? MapLegend.kindColours[0],
                        label: areas.isEmpty ? entry?.label : nil)))
        }
        return layers
    }
}
