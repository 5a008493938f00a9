/// Where the lines of a legend stand: in pixels from its upper left corner.
struct LegendLayout {
    struct Item {
        var symbol: LegendSection.Symbol?
        /// The upper edge of the symbol.
        var y: Double
        var lines: [Canvas.Line]
    }

    /// Titles, entries and remarks, from the top down.
    private(set) var items: [Item] = []
    private(set) var height = 0.0
    let symbolSize: (width: Double, height: Double)

    private let scale: Double
    private let width: Double
    private let ruler: Canvas

    init(_ sections: [LegendSection], width: Double, scale: Double, ruler: Canvas) {
        self.scale = scale
        self.width = width
        self.ruler = ruler
        symbolSize = (width: 40 * scale, height: 28 * scale)
        for section in sections { add(section) }
    }

    private mutating func add(_ section: LegendSection) {
        // Lines and points under each other are one group.
        if height > 0 { height += (section.title == nil ? 8 : 30) * scale }
        if let title = section.title, !title.isEmpty {
            let font = Canvas.Font(size: 19 * scale, bold: true)
            let lines = ruler.wrapped(title, font: font, width: width, most: 3)
            addLines(lines, symbol: nil, font: font, x: 0, step: 25 * scale, colour: Palette.ink)
            height += 12 * scale
        }
        for entry in section.entries {
            let x = entry.symbol == nil ? 0 : symbolSize.width + 14 * scale
            let font = Canvas.Font(size: 17 * scale)
            let lines = ruler.wrapped(entry.label, font: font, width: width - x, most: 3)
            let start = height
            // Classes touch, as on a scale; the label's middle is that of its symbol.
            let step = 22 * scale
            let block = Double(max(lines.count, 1)) * step
            height += max(0, (symbolSize.height - block) / 2)
            addLines(lines, symbol: entry.symbol, top: start, font: font, x: x, step: step, colour: Palette.ink)
            height = max(height, start + symbolSize.height)
        }
        if let remark = section.remark {
            height += 10 * scale
            let font = Canvas.Font(size: 16 * scale)
            let lines = ruler.wrapped(remark, font: font, width: width, most: 2)
            addLines(lines, symbol: nil, font: font, x: 0, step: 21 * scale, colour: Palette.softInk)
        }
    }

    private mutating func addLines(
        _ texts: [String], symbol: LegendSection.Symbol?, top: Double? = nil, font: Canvas.Font, x: Double, step: Double,
        colour: Colour
    ) {
        let lines = texts.enumerated().map { index, text in
            // Capitals are about 0.73 of the size high; so their middle is that of the line.
            Canvas.Line(
                text: text, x: x, y: height + Double(index) * step + step / 2 + font.size * 0.365, font: font,
                colour: colour)
        }
        items.append(Item(symbol: symbol, y: top ?? height, lines: lines))
        height += Double(texts.count) * step
    }
}
