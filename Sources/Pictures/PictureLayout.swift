import Grids
import SimpleFeatures

/// Where everything stands on a picture, in pixels. Sizes are those of a picture 1600 pixels wide, scaled.
struct PictureLayout {
    /// 1 for a picture of 1600 pixels; never so small that letters cannot be read.
    let scale: Double
    let height: Int
    let titleFont: Canvas.Font
    let subtitleFont: Canvas.Font
    let legendTitleFont: Canvas.Font
    let legendFont: Canvas.Font
    let footerFont: Canvas.Font
    /// Lines that fit the width, with the baseline of each.
    let titles: [(text: String, y: Double)]
    let subtitles: [(text: String, y: Double)]
    let footers: [(text: String, y: Double)]
    let legendTitles: [String]
    /// The frame of the map.
    let panel: Box
    /// The grid inside the frame, at whole pixels.
    let map: Box
    let legend: Box
    let pixelsPerMetre: Double
    let origin: PlanarPoint

    init(picture: SurfacePicture, surface: Surface, classes: ClassBreaks) throws(PictureError) {
        let scale = max(0.5, Double(picture.width) / 1600)
        // A canvas of one pixel, to measure text with.
        let ruler = try Canvas(width: 1, height: 1, paper: nil)
        self.scale = scale
        titleFont = .init(size: 38 * scale, bold: true)
        subtitleFont = .init(size: 21 * scale)
        legendTitleFont = .init(size: 19 * scale, bold: true)
        legendFont = .init(size: 18 * scale)
        footerFont = .init(size: 15 * scale)

        let margin = 56 * scale
        let inner = Double(picture.width) - 2 * margin
        var y = margin
        titles = Self.lines([picture.title], ruler, titleFont, inner, most: 2, step: 48 * scale, y: &y)
        y += titles.isEmpty ? 0 : 4 * scale
        subtitles = Self.lines(picture.subtitles, ruler, subtitleFont, inner, most: 2, step: 31 * scale, y: &y)
        y += titles.isEmpty && subtitles.isEmpty ? 0 : 22 * scale

        let column = 250 * scale
        legendTitles = ruler.wrapped(
            picture.unit ?? picture.language.unit, font: legendTitleFont, width: column, most: 3)
        let legendHeight = (Double(legendTitles.count) * 26 + Double(classes.count + 1) * 31 + 210) * scale
        let (columns, rows) = (Double(surface.grid.columns), Double(surface.grid.rows))
        let panelWidth = inner - column - 36 * scale
        // Neither a strip nor a tower: a long grid stands in the middle of its frame.
        let shape = min(max(rows / columns, 0.4), 1.3)
        panel = Box(
            x: margin, y: y.rounded(), width: panelWidth, height: max((panelWidth * shape).rounded(), legendHeight))
        legend = Box(x: panel.maxX + 36 * scale, y: panel.y, width: column, height: panel.height)
        // A little air, so that a study area does not touch its frame.
        let cell = min(panel.width / columns, panel.height / rows) * 0.97
        let mapWidth = max(1, (columns * cell).rounded())
        let mapHeight = max(1, (rows * cell).rounded())
        pixelsPerMetre = cell / surface.grid.cellSize.metres
        map = Box(
            x: (panel.x + (panel.width - mapWidth) / 2).rounded(),
            y: (panel.y + (panel.height - mapHeight) / 2).rounded(),
            width: mapWidth, height: mapHeight)
        origin = surface.grid.origin

        y = panel.maxY + 26 * scale
        let size = PictureLanguage.short(surface.grid.cellSize.metres)
        let cells = picture.language.cells("\(size) m", crs: surface.grid.crs.name)
        footers = Self.lines(picture.footer + [cells], ruler, footerFont, inner, most: 3, step: 23 * scale, y: &y)
        height = Int((y + margin * 0.6).rounded(.up))
    }

    /// A point of the plane on the picture.
    func place(_ point: PlanarPoint) -> (x: Double, y: Double) {
        (map.x + (point.x - origin.x) * pixelsPerMetre, map.maxY - (point.y - origin.y) * pixelsPerMetre)
    }

    /// Breaks texts into lines and sets them one under the other, moving `y` to the end of the last.
    private static func lines(
        _ texts: [String], _ ruler: Canvas, _ font: Canvas.Font, _ width: Double, most: Int, step: Double,
        y: inout Double
    ) -> [(text: String, y: Double)] {
        var lines: [(text: String, y: Double)] = []
        for text in texts {
            for line in ruler.wrapped(text, font: font, width: width, most: most) {
                lines.append((line, y + font.size * 0.8))
                y += step
            }
        }
        return lines
    }
}

extension Canvas {
    /// A text in lines that fit a width, broken at blanks; what does not fit into `most` lines is cut with an ellipsis.
    func wrapped(_ text: String, font: Font, width: Double, most: Int) -> [String] {
        let words = text.split { $0.isWhitespace || $0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 } }
        var lines: [String] = []
        for word in words.map(String.init) {
            let longer = lines.last.map { $0 + " " + word } ?? word
            if !lines.isEmpty, self.width(of: longer, font: font) <= width {
                lines[lines.count - 1] = longer
            } else if lines.count < most {
                lines.append(shortened(word, font: font, width: width))
            } else {
                lines[lines.count - 1] = shortened(longer, font: font, width: width, always: true)
                break
            }
        }
        return lines
    }

    private func shortened(_ text: String, font: Font, width: Double, always: Bool = false) -> String {
        guard always || self.width(of: text, font: font) > width else { return text }
        // No line has room for more letters than this; it also bounds the work on a text without blanks.
        var kept = String(text.prefix(500))
        while !kept.isEmpty, self.width(of: kept + "…", font: font) > width { kept.removeLast() }
        return kept + "…"
    }
}
