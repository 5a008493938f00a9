import Grids
import SimpleFeatures

/// Where everything stands on a picture, in pixels. Sizes are those of a picture 1600 pixels wide, scaled.
struct MapLayout {
    /// 1 for a picture of 1600 pixels; never so small that letters cannot be read.
    let scale: Double
    let height: Int
    /// Title, subtitles, notes and attribution.
    let lines: [Canvas.Line]
    /// The frame of the map, at whole pixels.
    private(set) var panel: Box
    /// Those of the small maps; empty for one map.
    let panels: [Box]
    let legend: LegendLayout
    /// The column of the legend, beside the frame and as high.
    let column: Box
    /// The strip under the map; nil where there are no charts.
    let charts: Box?
    let pixelsPerMetre: Double
    /// What the middle of the frame shows.
    private let middle: PlanarPoint

    init(picture: MapPicture, sections: [LegendSection]) throws(PictureError) {
        let scale = max(0.5, Double(picture.width) / 1600)
        // A canvas of one pixel, to measure text with.
        let ruler = try Canvas(width: 1, height: 1, paper: nil)
        self.scale = scale
        let margin = (56 * scale).rounded()
        let inner = Double(picture.width) - 2 * margin
        var setter = TextSetter(ruler: ruler, x: margin, width: inner, y: margin)
        setter.addTitle(picture.title, scale: scale)
        if !setter.lines.isEmpty { setter.y += 6 * scale }
        for text in picture.subtitles {
            setter.add(text, .init(size: 21 * scale), step: 30 * scale, most: 2, Palette.softInk)
        }
        if !setter.lines.isEmpty { setter.y += 20 * scale }

        let gap = 36 * scale
        let columnWidth = 280 * scale
        legend = LegendLayout(sections, width: columnWidth, scale: scale, ruler: ruler)
        let extent = try Self.extent(of: picture)
        let panelWidth = (inner - columnWidth - gap).rounded()
        // Neither a strip nor a tower: a long map stands in the middle of its frame.
        let shape = min(max(extent.height / extent.width, 0.4), 1.3)
        let mosaic = PanelMosaic(count: picture.panels.count, width: panelWidth, shape: shape, scale: scale)
        // Under the legend there is room for north and the scale.
        let least = legend.height + 150 * scale
        let panelHeight = max(mosaic?.height ?? panelWidth * shape, least).rounded()
        panel = Box(x: margin, y: setter.y.rounded(), width: panelWidth, height: panelHeight)
        panels = mosaic?.boxes(x: panel.x, y: panel.y) ?? []
        column = Box(x: (panel.maxX + gap).rounded(), y: panel.y, width: columnWidth, height: panel.height)
        // A little air, so that a study area does not touch its frame.
        let frame = panels.first ?? panel
        pixelsPerMetre = min(frame.width / extent.width, frame.height / extent.height) * 0.97
        middle = extent.middle

        setter.y = panel.maxY + 20 * scale
        if picture.charts == nil {
            charts = nil
        } else {
            let height = TemporalChartsPainter.height * scale
            charts = Box(x: margin, y: panel.maxY + 30 * scale, width: inner, height: height)
            setter.y += height + 30 * scale
        }
        for text in picture.notes + [picture.gridNote] {
            setter.add(text, .init(size: 15 * scale), step: 22 * scale, most: 3, Palette.softInk)
        }
        if let attribution = picture.attribution {
            setter.y += 4 * scale
            setter.add(attribution, .init(size: 15 * scale), step: 22 * scale, most: 3, Palette.ink)
        }
        lines = setter.lines
        height = Int((setter.y + margin * 0.6).rounded(.up))
    }

    /// The same with one of the small maps as the map.
    func inside(_ box: Box) -> MapLayout {
        var layout = self
        layout.panel = box
        return layout
    }

    /// A point of the plane on the picture.
    func place(_ point: PlanarPoint) -> (x: Double, y: Double) {
        (
            panel.x + panel.width / 2 + (point.x - middle.x) * pixelsPerMetre,
            panel.y + panel.height / 2 - (point.y - middle.y) * pixelsPerMetre
        )
    }

    /// What is shown, with a width and a height.
    private static func extent(of picture: MapPicture) throws(PictureError) -> Envelope<PlanarPoint> {
        let layers = picture.panels.flatMap(\.layers) + picture.layers
        let found = picture.extent ?? layers.reduce(Envelope.empty) { $0.union($1.envelope) }
        // Beyond this neither the Earth nor the arithmetic reaches.
        let limit = 1e9
        let extent = Envelope<PlanarPoint>(
            minX: max(found.minX, -limit), minY: max(found.minY, -limit), maxX: min(found.maxX, limit),
            maxY: min(found.maxY, limit))
        guard !extent.isEmpty else { throw .nothingToPaint }
        // A single place is shown with its surroundings, a line with some of its sides.
        let least = max(extent.width, extent.height) > 0 ? max(extent.width, extent.height) / 1000 : 1000
        return extent.grown(by: min(extent.width, extent.height) < least ? least / 2 : 0)
    }
}

extension MapPicture {
    /// How large the cells are, where there are any, and the reference system.
    fileprivate var gridNote: String {
        for layer in (panels.first?.layers ?? []) + layers {
            guard case .surface(let layer) = layer else { continue }
            let size = PictureLanguage.short(layer.surface.grid.cellSize.metres)
            return language.cells("\(size) m", crs: crs.name)
        }
        return language.projection(crs: crs.name)
    }
}

/// Sets texts one under the other, broken into lines that fit.
private struct TextSetter {
    let ruler: Canvas
    let x: Double
    let width: Double
    /// The end of the last line.
    var y: Double
    var lines: [Canvas.Line] = []

    /// Large where two lines hold it, else smaller.
    mutating func addTitle(_ text: String, scale: Double) {
        let font = Canvas.Font(size: 38 * scale, bold: true)
        if ruler.wrapped(text, font: font, width: width, most: 3).count < 3 {
            add(text, font, step: 46 * scale, most: 2, Palette.ink)
        } else {
            add(text, .init(size: 29 * scale, bold: true), step: 37 * scale, most: 3, Palette.ink)
        }
    }

    mutating func add(_ text: String, _ font: Canvas.Font, step: Double, most: Int, _ colour: Colour) {
        for line in ruler.wrapped(text, font: font, width: width, most: most) {
            lines.append(Canvas.Line(text: line, x: x, y: y + font.size * 0.8, font: font, colour: colour))
            y += step
        }
    }
}
