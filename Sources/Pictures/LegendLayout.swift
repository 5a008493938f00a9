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
        symbolSize = (width: 36 * scale, height: 28 * scale)
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
        let font = Canvas.Font(size: 17 * scale)
        let labels = section.entries.map { entry in
            let x = entry.symbol == nil ? 0 : symbolSize.width + 12 * scale
            return (entry.symbol, x, ruler.wrapped(entry.label, font: font, width: width - x, most: 3))
        }
        // Classes touch, as on a scale, unless their labels would run into one another.
        let gap = labels.contains { $0.2.count > 1 } ? 8 * scale : 0
        for (symbol, x, lines) in labels {
            // The middle of a label is that of its symbol.
            let (start, step) = (height, 21 * scale)
            let room = max(symbolSize.height, Double(lines.count) * step)
            height += (room - Double(lines.count) * step) / 2
            let top = start + (room - symbolSize.height) / 2
            addLines(lines, symbol: symbol, top: top, font: font, x: x, step: step, colour: Palette.ink)
            height = start + room + gap
        }
        if let remark = section.remark {
            height += 10 * scale
            let font = Canvas.Font(size: 16 * scale)
            let lines = ruler.wrapped(remark, font: font, width: width, most: 2)
            addLines(lines, symbol: nil, font: font, x: 0, step: 21 * scale, colour: Palette.softInk)
        }
    }

    private mutating func addLines(
        _ texts: [String], symbol: LegendSection.Symbol?, top: Double? = nil, font: Canvas.Font, x: Double,
        step: Double, colour: Colour
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
