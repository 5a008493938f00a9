import Foundation
import Geodesy
public import Grids
import Hotspots
public import Pictures
public import SimpleFeatures
public import Tiles

/// A density surface as picture tiles, one legend for all zooms.
///
/// The surface is estimated once, in metres, and every tile is coloured from it, so that tiles fit without a seam; where
/// pixels are wider than cells, they show the means of the cells under them.
public struct HeatmapTiles: Sendable {
    public var legend: HeatmapLegend
    /// Width of a tile in pixels: 256, or 512 for screens of twice the density.
    public var pixels: Int
    public var zooms: ClosedRange<Int>
    private let pyramid: SurfacePyramid
    /// West, south, east and north of the surface.
    public let bounds: Envelope<LonLat>
    private let crs: CRS

    /// - Throws: ``JobError/usage(_:)`` for a width that no map asks for, `GeodesyError`.
    /// - Complexity: O(cells).
    public init(_ surface: Surface, legend: HeatmapLegend, zooms: ClosedRange<Int>, pixels: Int = 256) throws {
        guard pixels == 256 || pixels == 512 else {
            throw JobError.usage("a tile must have 256 or 512 pixels, but has \(pixels)")
        }
        self.legend = legend
        self.pixels = pixels
        self.zooms = zooms.clamped(to: 0...TileID.deepestZoom)
        pyramid = SurfacePyramid(surface)
        crs = surface.grid.crs
        let box = surface.grid.envelope
        let degrees = try IncidentSelection.planar(
            Envelope<FilePosition>(minX: box.minX, minY: box.minY, maxX: box.maxX, maxY: box.maxY), from: crs,
            to: .wgs84)
        bounds = Envelope(minX: degrees.minX, minY: degrees.minY, maxX: degrees.maxX, maxY: degrees.maxY)
    }

    /// The tiles of a zoom that the surface reaches, in the order of `TileID`.
    public func tiles(zoom: Int) -> [TileID] {
        guard let northWest = MercatorPosition(LonLat(longitude: bounds.minX, latitude: bounds.maxY))?.tile(zoom: zoom),
            let southEast = MercatorPosition(LonLat(longitude: bounds.maxX, latitude: bounds.minY))?.tile(zoom: zoom),
            northWest.x <= southEast.x, northWest.y <= southEast.y
        else { return [] }
        return (northWest.y...southEast.y).flatMap { y in
            (northWest.x...southEast.x).compactMap { TileID(zoom: zoom, x: $0, y: y) }
        }.sorted()
    }

    /// Draws tiles; belongs to one thread.
    /// - Throws: `GeodesyError`.
    public func painter() throws -> Painter { try Painter(self) }

    /// Every tile on which something is to be seen into an archive, which is finished.
    ///
    /// - Returns: how many tiles.
    /// - Throws: ``JobError/interrupted(_:)``, the archive's errors.
    public func write(
        to archive: any TileArchiveWriter, name: String, members: [Property], control: JobControl = .silent
    ) throws -> Int {
        let painter = try painter()
        let all = zooms.flatMap { tiles(zoom: $0) }
        var written = 0
        for (index, tile) in all.enumerated() {
            if let png = try painter.png(tile, level: 6) {
                try archive.append(tile, png)
                written += 1
            }
            control.progress("drawing tiles", fraction: Double(index + 1) / Double(all.count))
            try control.stopIfCancelled("nothing was written")
        }
        try archive.finish(tileSet(name: name, members: members))
        return written
    }

    /// What the tiles say of themselves, legend included.
    public func tileSet(name: String, members: [Property]) -> TileSet {
        let stops = legend.stops.map { stop in
            let colour = String(format: "#%02x%02x%02x", stop.colour.red, stop.colour.green, stop.colour.blue)
            return
                "{\"from\":\(stop.value),\"colour\":\"\(colour)\",\"opacity\":\((stop.opacity * 1000).rounded() / 1000)}"
        }
        let own = [
            Property("legend_unit", .text(legend.unit)), Property("legend_kind", .text(legend.kind.rawValue)),
            Property("legend", .json("[\(stops.joined(separator: ","))]")),
            Property("legend_rule", .text(legend.statement(in: .english))),
        ]
        return TileSet(
            name: name, summary: "Density surface, \(legend.unit), by Faro \(FaroVersion.current)", format: .png,
            pixels: pixels, zooms: zooms, bounds: bounds, members: members + own)
    }

    /// Draws the tiles of a map one after the other.
    public final class Painter {
        private let tiles: HeatmapTiles
        private let plane: ProjectedTransformation
        private var rasters: [Int: HeatmapRaster] = [:]

        fileprivate init(_ tiles: HeatmapTiles) throws {
            self.tiles = tiles
            plane = try ProjectedTransformation(tiles.crs)
        }

        /// The picture of a tile; nil where nothing is to be seen on it.
        /// - Parameter level: of compression, 1 for tiles that are asked for once, 6 for those that are kept.
        /// - Throws: `PictureError`.
        public func png(_ tile: TileID, level: Int) throws -> [UInt8]? {
            try raster(zoom: tile.zoom).png(of: mesh(of: tile), encoder: PNGEncoder(level: level))
        }

        /// Which entry of the legend's palette each pixel of a tile has.
        public func pixels(_ tile: TileID) throws -> HeatmapRaster.Pixels {
            try raster(zoom: tile.zoom).pixels(of: mesh(of: tile))
        }

        private func mesh(of tile: TileID) throws -> PixelMesh {
            let side = 4_294_967_296.0 / Double(1 << tile.zoom)
            let nowhere = PlanarPoint(x: .nan, y: .nan)
            // PixelMesh says how far off its pixels are: a step of 16 is too wide for the curved world of zooms 0 to 2.
            return try PixelMesh(width: tiles.pixels, height: tiles.pixels, step: tile.zoom < 3 ? 4 : 16) { x, y in
                let across = (Double(tile.x) + Double(x) / Double(tiles.pixels)) * side
                let down = (Double(tile.y) + Double(y) / Double(tiles.pixels)) * side
                return plane.forward(MercatorPosition.lonLat(x: across, y: down)) ?? nowhere
            }
        }

        private func raster(zoom: Int) -> HeatmapRaster {
            if let raster = rasters[zoom] { return raster }
            let pixel = GridPyramid.metresPerPixel(zoom: zoom, latitude: tiles.bounds.middle.latitude)
            let raster = HeatmapRaster(
                pyramid: tiles.pyramid, legend: tiles.legend, pixelSize: .metres(pixel * 512 / Double(tiles.pixels)))
            rasters[zoom] = raster
            return raster
        }
    }
}

extension DensityMapResult {
    /// The surface as picture tiles, with the legend that the picture of it has. One without a value above 0 has tiles on which
    /// nothing is to be seen.
    /// - Parameter legendTop: where the legend ends, so that maps of several surfaces compare; nil for where the surface's own
    ///   does.
    /// - Throws: ``JobError/usage(_:)`` for a comparison with values below 0, which a legend from 0 up cannot show.
    public func tiles(
        zooms: ClosedRange<Int>, pixels: Int = 256, language: PictureLanguage = .spanish, legendTop: Double? = nil
    ) throws -> HeatmapTiles {
        if let comparison = comparison?.comparison, comparison == .logRatio || comparison == .difference {
            throw JobError.usage("a heatmap shows values of 0 and more, but a \(valueName) has others")
        }
        // The legend ends with the step above its greatest value.
        let greatest = legendTop.map { $0 * 0.999 }
        let legend =
            try HeatmapLegend.automatic(for: surface, greatest: greatest, language: language)
            ?? HeatmapLegend(kind: .continuous, values: [1, 2, 5], ramp: .magma, unit: language.unit)
        return try HeatmapTiles(surface, legend: legend, zooms: zooms, pixels: pixels)
    }
}
