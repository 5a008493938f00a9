import Geodesy
import SimpleFeatures
public import Tiles

extension FeatureTable {
    /// The rows as vector tiles: areas and cells in a layer of their own, places in another, each row under its number as id.
    ///
    /// A row whose outline is a line, such as a cluster along a street, is drawn as a place in the line's middle; one without
    /// an outline cannot be drawn, and is counted in the member `rows_without_outline`.
    ///
    /// - Parameter layer: what the rows are, in one word: `clusters`. Places beside areas are in *layer*`_places`.
    /// - Throws: ``JobError/usage(_:)`` where nothing has an outline, ``JobError/interrupted(_:)``, `GeodesyError`, the
    ///   archive's errors.
    public func writeTiles(
        layer: String, name: String, zooms: ClosedRange<Int> = 0...14, to archive: any TileArchiveWriter,
        control: JobControl = .silent
    ) throws -> TilePyramidAccount {
        let plane = try ProjectedTransformation(crs)
        var (areas, areaRows): ([MultiPolygon<LonLat>], [Int]) = ([], [])
        var (places, placeRows): ([LonLat], [Int]) = ([], [])
        for (index, row) in rows.enumerated() {
            guard let outline = row.outline else { continue }
            if let area = outline.asMultiPolygon {
                areas.append(try plane.inverse(area.roundedToMillimetres))
                areaRows.append(index)
            } else if let place = plane.inverse(outline.envelope.middle) {
                places.append(place)
                placeRows.append(index)
            }
        }
        var sources: [any TileLayerSource] = []
        if !areas.isEmpty {
            let columns = attributes(of: areaRows)
            sources.append(
                AreaPyramid(
                    layer: TileLayer(
                        id: layer, summary: "The rows of the result", shape: .polygon, zooms: zooms,
                        fields: columns.map { .init($0.name, $0.kind) }),
                    areas: areas, ids: areaRows.map(UInt64.init), columns: columns))
        }
        if !places.isEmpty {
            var merging = PointPyramid.Merging(below: 0)
            merging.countName = "rows"  // a corner has a count of its own
            sources.append(
                try PointPyramid(
                    layer: areas.isEmpty ? layer : layer + "_places", summary: "The rows of the result", zooms: zooms,
                    points: MercatorPoints(
                        longitudes: places.map(\.longitude), latitudes: places.map(\.latitude),
                        ids: placeRows.map(Int64.init), attributes: attributes(of: placeRows)), merging: merging))
        }
        let bounds = areas.reduce(Envelope(places)) { $0.union($1.envelope) }
        let without = rows.count - areas.count - places.count
        let record = members + [Property("rows_without_outline", .integer(Int64(without)))]
        return try TileDrawingResult(sources, CityTiles(zooms: zooms), name: name, bounds: bounds, members: record)
            .write(to: archive, control: control)
    }

    /// The columns of some rows; what is no number or text of a tile is written as its text.
    private func attributes(of rows: [Int]) -> [AttributeColumn] {
        columns.enumerated().map { column, name in
            let values = rows.map {
                self.rows[$0].values.indices.contains(column) ? self.rows[$0].values[column] : .null
            }
            var (integers, numbers, texts): ([Int64], [Double], [String?]) = ([], [], [])
            for value in values {
                switch value {
                case .integer(let integer):
                    integers.append(integer)
                    numbers.append(Double(integer))
                case .number(let number): numbers.append(number)
                case .null:
                    numbers.append(.nan)
                    texts.append(nil)
                case .text(let text), .json(let text): texts.append(text)
                case .bool(let flag): texts.append(flag ? "true" : "false")
                }
            }
            if integers.count == values.count { return AttributeColumn(name: name, values: .integers(integers)) }
            if numbers.count == values.count { return AttributeColumn(name: name, values: .numbers(numbers)) }
            return .texts(name, values.map { value in if case .null = value { nil } else { value.words } })
        }
    }
}

extension AttributeColumn {
    /// Texts held once each, in their order; nil for none.
    static func texts(_ name: String, _ values: [String?]) -> AttributeColumn {
        let distinct = Set(values.compactMap(\.self)).sorted()
        let codes = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
        return AttributeColumn(name: name, values: .codes(values.map { $0.flatMap { codes[$0] } ?? -1 }, of: distinct))
    }
}

extension PropertyValue {
    fileprivate var words: String {
        switch self {
        case .null: ""
        case .text(let text), .json(let text): text
        case .integer(let integer): "\(integer)"
        case .number(let number): "\(number)"
        case .bool(let flag): flag ? "true" : "false"
        }
    }
}

extension MultiPolygon<PlanarPoint> {
    /// So that neighbours have their common corners to the last bit.
    fileprivate var roundedToMillimetres: MultiPolygon {
        func rounded(_ ring: [PlanarPoint]) -> [PlanarPoint] {
            ring.map { PlanarPoint(x: ($0.x * 1000).rounded() / 1000, y: ($0.y * 1000).rounded() / 1000) }
        }
        return MultiPolygon(polygons.map { Polygon(exterior: rounded($0.exterior), holes: $0.holes.map(rounded)) })
    }
}
