import Grids
import SimpleFeatures

/// Draws a picture whose layout is settled.
struct PicturePainter {
    let picture: SurfacePicture
    let surface: Surface
    let classes: ClassBreaks
    let layout: PictureLayout
    let canvas: Canvas

    func paint() {
        paintMap()
        paintTexts()
        paintLegend()
        paintScaleBar()
        paintNorthArrow()
    }

    private var colours: [Colour] { picture.ramp.colours(count: classes.count) }

    private func paintMap() {
        let isPaper = picture.background == .paper
        let raster = SurfaceRaster(
            surface: surface, breaks: classes, colours: colours, none: isPaper ? Palette.none : nil)
        let pixels = raster.pixels(
            width: Int(layout.map.width), height: Int(layout.map.height), isSmooth: picture.cells == .smooth)
        canvas.clipped(to: layout.panel) {
            if isPaper { canvas.fill(layout.panel, with: Palette.ground) }
            canvas.fill(rings: placed(picture.water), with: Palette.water)
            canvas.paint(
                pixels, width: Int(layout.map.width), height: Int(layout.map.height), x: Int(layout.map.x),
                y: Int(layout.map.y))
            paintLines()
        }
        canvas.stroke(layout.panel, with: Palette.frame, width: max(1, layout.scale))
    }

    /// A light seam under each dark line keeps it visible over dark cells.
    private func paintLines() {
        let scale = layout.scale
        canvas.stroke(lines: placed(picture.water), with: Palette.shore, width: scale)
        let outlines = placed(picture.outlines)
        canvas.stroke(lines: outlines, with: Palette.paper, opacity: 0.35, width: 2 * scale)
        canvas.stroke(lines: outlines, with: Palette.outline, opacity: 0.45, width: 0.8 * scale)
        let area = placed(picture.studyArea)
        canvas.stroke(lines: area, with: Palette.paper, opacity: 0.6, width: 4.5 * scale)
        canvas.stroke(lines: area, with: Palette.outline, opacity: 0.9, width: 2 * scale)
    }

    private func placed(_ lines: [[PlanarPoint]]) -> [[(x: Double, y: Double)]] {
        lines.map { $0.map { layout.place($0) } }
    }

    private func paintTexts() {
        for line in layout.titles {
            canvas.write(line.text, x: layout.panel.x, y: line.y, font: layout.titleFont, colour: Palette.ink)
        }
        for line in layout.subtitles {
            canvas.write(line.text, x: layout.panel.x, y: line.y, font: layout.subtitleFont, colour: Palette.softInk)
        }
        for line in layout.footers {
            canvas.write(line.text, x: layout.panel.x, y: line.y, font: layout.footerFont, colour: Palette.softInk)
        }
    }

    /// Most at the top, as on the map's own scale of attention.
    private func paintLegend() {
        let scale = layout.scale
        var y = layout.legend.y
        for line in layout.legendTitles {
            canvas.write(
                line, x: layout.legend.x, y: y + layout.legendTitleFont.size * 0.8, font: layout.legendTitleFont,
                colour: Palette.ink)
            y += 26 * scale
        }
        y += 10 * scale
        guard surface.range != nil else {
            return paintLegendText(picture.language.nothingToShow, x: layout.legend.x, y: y)
        }
        for (colour, label) in zip(colours, classLabels).reversed() {
            paintSwatch(colour, label, y: y)
            y += 31 * scale
        }
        if picture.background == .paper, surface.values.contains(0) {
            paintSwatch(Palette.none, picture.language.noEvents, y: y)
            y += 31 * scale
        }
        paintMaximum(y: y + 8 * scale)
    }

    private func paintSwatch(_ colour: Colour, _ label: String, y: Double) {
        let scale = layout.scale
        canvas.fill(Box(x: layout.legend.x, y: y, width: 44 * scale, height: 27 * scale), with: colour)
        paintLegendText(label, x: layout.legend.x + 58 * scale, y: y)
    }

    private func paintLegendText(_ text: String, x: Double, y: Double, colour: Colour = Palette.ink) {
        canvas.write(text, x: x, y: y + 20 * layout.scale, font: layout.legendFont, colour: colour)
    }

    private func paintMaximum(y: Double) {
        guard let greatest = surface.range?.upperBound, greatest > 0 else { return }
        let number = PictureLanguage.number(greatest, decimals: min(decimals + 1, 9))
        paintLegendText("\(picture.language.maximum) \(number)", x: layout.legend.x, y: y, colour: Palette.softInk)
    }

    private var decimals: Int { PictureLanguage.decimals(for: classes.borders) }

    private var classLabels: [String] {
        let texts = classes.borders.map { PictureLanguage.number($0, decimals: decimals) }
        let isOpen = (surface.range?.upperBound ?? 0) > (classes.borders.last ?? 0)
        return (0..<classes.count).map { index in
            index == classes.count - 1 && isOpen ? "≥ \(texts[index])" : "\(texts[index]) – \(texts[index + 1])"
        }
    }

    /// Of a round length, at the foot of the legend: over the map it would hide cells.
    private func paintScaleBar() {
        let scale = layout.scale
        let most = min(layout.legend.width * 0.8, layout.panel.width / 2) / layout.pixelsPerMetre
        let metres = roundNumber(atMost: most)
        let bar = metres * layout.pixelsPerMetre
        let (x, y) = (layout.legend.x, layout.legend.maxY - 12 * scale)
        canvas.fill(Box(x: x, y: y, width: bar, height: 6 * scale), with: Palette.ink)
        canvas.fill(
            Box(x: x + bar / 2, y: y + 1.5 * scale, width: bar / 2 - 1.5 * scale, height: 3 * scale),
            with: Palette.paper)
        let label = metres >= 1000 ? "\(PictureLanguage.short(metres / 1000)) km" : "\(PictureLanguage.short(metres)) m"
        canvas.write("0", x: x, y: y - 9 * scale, font: layout.footerFont, colour: Palette.ink)
        canvas.write(
            label, x: x + bar, y: y - 9 * scale, font: layout.footerFont, colour: Palette.ink, anchor: .right)
    }

    /// Towards grid north, which is what the map's upper edge faces.
    private func paintNorthArrow() {
        let scale = layout.scale
        let (x, foot) = (layout.legend.x + 14 * scale, layout.legend.maxY - 62 * scale)
        let (width, height) = (11 * scale, 40 * scale)
        let tip = (x: x, y: foot - height)
        let notch = (x: x, y: foot - height * 0.24)
        canvas.fill(rings: [[tip, (x: x - width, y: foot), notch]], with: Palette.ink)
        canvas.fill(rings: [[tip, (x: x + width, y: foot), notch]], with: Palette.frame)
        canvas.stroke(
            lines: [[tip, (x: x - width, y: foot), notch, (x: x + width, y: foot), tip]], with: Palette.ink,
            width: 1.2 * scale)
        canvas.write(
            "N", x: x, y: tip.y - 7 * scale, font: .init(size: 16 * scale, bold: true), colour: Palette.ink,
            anchor: .middle
        )
    }
}
