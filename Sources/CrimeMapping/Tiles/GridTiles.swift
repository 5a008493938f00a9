import Geodesy
import Grids
import SimpleFeatures
import Tiles

extension [GridPyramid.Level] {
    /// The levels as a layer of vector tiles, `grid`: cells with `count`, `weight`, `per_km2`, `cell_m`, and of those in the
    /// study area `z`, `p`, `q` and `class` of Gi*.
    ///
    /// A cell on the border of tiles is in each of them under one id: sums are over distinct ids.
    /// - Parameter crs: of the rings.
    /// - Throws: `GeodesyError`.
    func tileLayer(crs: CRS) throws -> CellPyramid {
        let plane = try ProjectedTransformation(crs)
        let levels = map { level in
            // Rounded to a millimetre, so that neighbours have their common corners to the last bit.
            let outlines = level.cells.map { cell in
                cell.ring.compactMap {
                    plane.inverse(PlanarPoint(x: ($0.x * 1000).rounded() / 1000, y: ($0.y * 1000).rounded() / 1000))
                }
            }
            return CellPyramid.Level(
                zooms: level.zooms, outlines: outlines, ids: level.cells.indices.map(UInt64.init),
                columns: level.columns)
        }
        return CellPyramid(
            layer: TileLayer(
                id: "grid", summary: "Cells with counts, densities and Gi*", shape: .polygon,
                zooms: (first?.zooms.lowerBound ?? 0)...(last?.zooms.upperBound ?? 0),
                fields: first?.columns.map { .init($0.name, $0.kind) } ?? []), levels: levels)
    }

    /// Which cells which zoom has, and the borders of classes that serve all of them, in crimes per square kilometre.
    var members: [Property] {
        let sizes = map { level in
            "{\"zooms\":[\(level.zooms.lowerBound),\(level.zooms.upperBound)],\"cell_size_m\":\(level.cellSize.metres.inWords),"
                + "\"cells\":\(level.cells.count),\"incidents\":\(level.cells.reduce(0) { $0 + $1.incidents }),"
                + "\"incidents_beyond_study_area\":\(level.beyond)}"
        }
        // A few cells hold so much more than all others that classes up to the greatest would show little else: the last
        // class is open, and holds the densest twentieth of the cells that have incidents, or less.
        let densities = (last?.densities ?? []).filter { $0 > 0 }.sorted()
        let dense = densities.isEmpty ? 0 : densities[densities.count * 19 / 20]
        let ladder = RoundBreaks.ladder(above: dense, count: 7) ?? []
        return [
            Property("grid_levels", .json("[\(sizes.joined(separator: ","))]")),
            Property("grid_per_km2_breaks", .json("[\(ladder.map { "\($0)" }.joined(separator: ","))]")),
        ]
    }
}

extension GridPyramid.Level {
    fileprivate var densities: [Double] {
        cells.map { cellAreaKm2 > 0 ? SurfaceFile.rounded($0.weight / cellAreaKm2) : .nan }
    }

    fileprivate var columns: [AttributeColumn] {
        let classes = Set(cells.compactMap(\.hotSpot)).sorted()
        let codes = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, Int32($0)) })
        func numbers(_ name: String, _ values: [Double]) -> AttributeColumn {
            AttributeColumn(name: name, values: .numbers(values.map(SurfaceFile.rounded)))
        }
        return [
            AttributeColumn(name: "count", values: .integers(cells.map { Int64($0.incidents) })),
            numbers("weight", cells.map(\.weight)), numbers("per_km2", densities),
            numbers("cell_m", cells.map { _ in cellSize.metres }),
            numbers("z", cells.map(\.z)), numbers("p", cells.map(\.p)), numbers("q", cells.map(\.q)),
            AttributeColumn(
                name: "class", values: .codes(cells.map { $0.hotSpot.flatMap { codes[$0] } ?? -1 }, of: classes)),
        ]
    }
}
