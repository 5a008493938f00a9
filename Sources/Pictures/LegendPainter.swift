/// Draws the column beside the map: the legend, and at its foot north and the scale. Over the map they would hide what
/// it shows.
struct LegendPainter {
    let layout: MapLayout
    let canvas: Canvas

    private var scale: Double { layout.scale }

    func paint() {
        for item in layout.legend.items {
            if let symbol = item.symbol { paint(symbol, y: layout.column.y + item.y) }
            for line in item.lines {
                var line = line
                line.x += layout.column.x
                line.y += layout.column.y
                canvas.write(line)
            }
        }
        paintScaleBar()
        paintNorthArrow()
    }

    private func paint(_ symbol: LegendSection.Symbol, y: Double) {
        let (width, height) = layout.legend.symbolSize
        let box = Box(x: layout.column.x, y: y, width: width, height: height)
        let middle = (x: box.x + width / 2, y: y + height / 2)
        switch symbol {
        case .box(let colour, let opacity):
            if opacity < 1 { canvas.fill(box, with: Palette.ground) }
            canvas.fill(box, with: colour, opacity: opacity)
            canvas.stroke(box, with: Palette.outline, opacity: 0.25, width: 0.8 * scale)
        case .line(let colour, let line):
            let ends = [[(x: box.x, y: middle.y), (x: box.maxX, y: middle.y)]]
            canvas.stroke(lines: ends, with: colour, opacity: line.opacity, width: max(line.line, 1.2) * scale)
        case .dot(let colour, let radius, let opacity):
            canvas.fillCircles(
                at: [middle], radius: min(radius * scale, height / 2), with: colour, opacity: max(opacity, 0.5))
        }
    }

    /// Of a round length.
    private func paintScaleBar() {
        let most = min(layout.column.width * 0.8, layout.panel.width / 2) / layout.pixelsPerMetre
        let metres = roundNumber(atMost: most)
        let bar = metres * layout.pixelsPerMetre
        let (x, y) = (layout.column.x, layout.column.maxY - 7 * scale)
        canvas.fill(Box(x: x, y: y, width: bar, height: 6 * scale), with: Palette.ink)
        canvas.fill(
            Box(x: x + bar / 2, y: y + 1.5 * scale, width: bar / 2 - 1.5 * scale, height: 3 * scale),
            with: Palette.paper)
        let font = Canvas.Font(size: 15 * scale)
        let half = metres / 2
        let label = metres >= 1000 ? "\(PictureLanguage.short(metres / 1000)) km" : "\(PictureLanguage.short(metres)) m"
        let middle = PictureLanguage.short(metres >= 1000 ? half / 1000 : half)
        var texts: [(String, Double, Canvas.Anchor)] = [("0", x, .left), (label, x + bar, .right)]
        let room = bar / 2 - canvas.width(of: label, font: font) - canvas.width(of: middle, font: font) / 2
        if room > 8 * scale { texts.append((middle, x + bar / 2, .middle)) }
        for (text, x, anchor) in texts {
            canvas.write(
                Canvas.Line(text: text, x: x, y: y - 8 * scale, font: font, colour: Palette.ink), anchor: anchor)
        }
    }

    /// Towards grid north, which is what the map's upper edge faces.
    private func paintNorthArrow() {
        let (x, foot) = (layout.column.x + 12 * scale, layout.column.maxY - 52 * scale)
        let (width, height) = (11 * scale, 38 * scale)
        let tip = (x: x, y: foot - height)
        let notch = (x: x, y: foot - height * 0.24)
        canvas.fill(rings: [[tip, (x: x - width, y: foot), notch]], with: Palette.ink)
        canvas.fill(rings: [[tip, (x: x + width, y: foot), notch]], with: Palette.frame)
        canvas.stroke(
            lines: [[tip, (x: x - width, y: foot), notch, (x: x + width, y: foot), tip]], with: Palette.ink,
            width: 1.2 * scale)
        let font = Canvas.Font(size: 16 * scale, bold: true)
        canvas.write(
            Canvas.Line(text: "N", x: x, y: tip.y - 7 * scale, font: font, colour: Palette.ink), anchor: .middle)
    }
}
