import Grids
import SimpleFeatures

/// Draws a map whose layout is settled.
struct MapPainter {
    let picture: MapPicture
    let layout: MapLayout
    let canvas: Canvas

    func paint() throws(PictureError) {
        if layout.panels.isEmpty { try paintMap(picture.layers) }
        for (panel, box) in zip(picture.panels, layout.panels) {
            try MapPainter(picture: picture, layout: layout.inside(box), canvas: canvas)
                .paintMap(panel.layers + picture.layers)
            let font = Canvas.Font(size: 17 * layout.scale, bold: true)
            let label = canvas.wrapped(panel.label, font: font, width: box.width, most: 1).first ?? ""
            canvas.write(
                .init(text: label, x: box.x, y: box.y - 8 * layout.scale, font: font, colour: Palette.ink))
        }
        for line in layout.lines { canvas.write(line) }
        LegendPainter(layout: layout, canvas: canvas).paint()
        guard let charts = picture.charts, let box = layout.charts else { return }
        TemporalChartsPainter(
            charts: charts, box: box, scale: layout.scale, language: picture.language, canvas: canvas
        ).paint()
    }

    private func paintMap(_ layers: [MapLayer]) throws(PictureError) {
        let isPaper = picture.background == .paper
        var failure: PictureError?
        canvas.clipped(to: layout.panel) {
            if isPaper { canvas.fill(layout.panel, with: Palette.ground) }
            for layer in layers {
                do throws(PictureError) { try paint(layer) } catch { failure = error }
            }
        }
        if let failure { throw failure }
        // Around the whole pixels of the panel, so that a line of one pixel is sharp.
        let frame = max(1, layout.scale.rounded())
        canvas.stroke(layout.panel.grown(by: frame / 2), with: Palette.frame, width: frame)
    }

    private func paint(_ layer: MapLayer) throws(PictureError) {
        switch layer {
        case .surface(let layer): try paint(layer)
        case .areas(let layer): paint(layer)
        case .lines(let layer): paint(layer)
        case .points(let layer): paint(layer)
        case .labels(let labels): paint(labels)
        case .water(let lines):
            let rings = placed(lines)
            canvas.fill(rings: rings, with: Palette.water)
            canvas.stroke(lines: rings, with: Palette.shore, width: layout.scale)
        }
    }

    private func placed(_ lines: [[PlanarPoint]]) -> [[(x: Double, y: Double)]] {
        lines.map { $0.map(layout.place) }
    }

    // MARK: Layers

    private func paint(_ layer: MapLayer.SurfaceLayer) throws(PictureError) {
        let classes = try layer.classes
        let grid = layer.surface.grid
        let raster = SurfaceRaster(
            surface: layer.surface, breaks: classes, colours: layer.ramp.colours(count: classes.count),
            none: picture.background == .paper ? Palette.none : nil)
        let northWest = layout.place(PlanarPoint(x: grid.origin.x, y: grid.envelope.maxY))
        let across = PixelAxis(
            pixels: Int(layout.panel.x)..<Int(layout.panel.maxX), cells: grid.columns, start: northWest.x,
            pixelsPerCell: grid.cellSize.metres * layout.pixelsPerMetre)
        let down = PixelAxis(
            pixels: Int(layout.panel.y)..<Int(layout.panel.maxY), cells: grid.rows, start: northWest.y,
            pixelsPerCell: grid.cellSize.metres * layout.pixelsPerMetre)
        canvas.paint(
            raster.pixels(across: across, down: down, isSmooth: layer.cells == .smooth), width: across.spans.count,
            height: down.spans.count, x: across.firstPixel, y: down.firstPixel)
    }

    private func paint(_ layer: MapLayer.AreaLayer) {
        let areas = layer.areas.compactMap { area -> (rings: [[(x: Double, y: Double)]], colour: Colour)? in
            guard layer.legend.entries.indices.contains(area.classIndex) else { return nil }
            return (placed(area.rings), layer.legend.entries[area.classIndex].colour)
        }
        canvas.faded(to: layer.opacity) {
            for area in areas {
                canvas.fill(rings: area.rings, with: area.colour)
                // Where two areas meet, each covers a part of a pixel, and the ground would shine through.
                canvas.stroke(lines: area.rings, with: area.colour, width: 0.7)
            }
        }
        guard layer.hasSeams, isRoomForSeams(areas.map(\.rings)) else { return }
        for area in areas {
            canvas.stroke(lines: area.rings, with: Palette.paper, opacity: 0.75, width: 0.8 * layout.scale)
        }
    }

    /// Whether the typical area is large enough to be told from its neighbours by a line.
    private func isRoomForSeams(_ areas: [[[(x: Double, y: Double)]]]) -> Bool {
        let widths = areas.map { rings in
            let x = rings.joined().lazy.map(\.x)
            return (x.max() ?? 0) - (x.min() ?? 0)
        }
        let middle = widths.sorted().dropFirst(widths.count / 2).first ?? 0
        return middle >= 9 * layout.scale
    }

    private func paint(_ layer: MapLayer.LineLayer) {
        let width = LineWidth(layer.weight)
        let lines = placed(layer.lines)
        canvas.stroke(
            lines: lines, with: Palette.paper, opacity: width.seamOpacity, width: width.seam * layout.scale)
        let colour = layer.colour ?? Palette.outline
        canvas.stroke(lines: lines, with: colour, opacity: width.opacity, width: width.line * layout.scale)
    }

    private func paint(_ layer: MapLayer.PointLayer) {
        let places = layer.points.map(layout.place)
        let radius = layer.radius * layout.scale
        // Single marks are kept apart from dark cells; small ones are a cloud, which rims would hide.
        if layer.radius >= 3.5 {
            canvas.fillCircles(at: places, radius: radius + 1.3 * layout.scale, with: Palette.paper, opacity: 0.7)
        }
        canvas.fillCircles(at: places, radius: radius, with: layer.colour, opacity: layer.opacity)
    }

    private func paint(_ labels: [MapLayer.MapLabel]) {
        var taken: [Box] = []
        for label in labels {
            let font = Canvas.Font(size: (label.isBold ? 17 : 15) * layout.scale, bold: label.isBold)
            let text = canvas.wrapped(label.text, font: font, width: 300 * layout.scale, most: 1).first ?? ""
            let (x, y) = layout.place(label.place)
            let width = canvas.width(of: text, font: font)
            let box = Box(x: x - width / 2, y: y - font.size * 0.6, width: width, height: font.size * 1.2)
            let air = box.grown(by: 3 * layout.scale)
            guard !text.isEmpty, layout.panel.contains(air), !taken.contains(where: { $0.intersects(air) }) else {
                continue
            }
            taken.append(box)
            canvas.write(
                Canvas.Line(text: text, x: box.x, y: y + font.size * 0.36, font: font, colour: Palette.ink),
                halo: 3.5 * layout.scale)
        }
    }
}
