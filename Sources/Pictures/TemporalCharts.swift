/// When events happen, under a map of where: a week by hours, and the months.
public struct TemporalCharts: Hashable, Sendable {
    /// One month's events.
    public struct Month: Hashable, Sendable {
        /// `2024-03`.
        public var period: String
        public var count: Int

        public init(period: String, count: Int) {
            self.period = period
            self.count = count
        }
    }

    /// Monday to Sunday, 24 hours each; what is missing counts 0.
    public var hourOfWeek: [[Int]]
    /// Events without a time of day, which no hour shows.
    public var withoutHour: Int
    /// In order, without gaps.
    public var months: [Month]

    public init(hourOfWeek: [[Int]], withoutHour: Int, months: [Month]) {
        self.hourOfWeek = hourOfWeek
        self.withoutHour = withoutHour
        self.months = months
    }

    func count(day: Int, hour: Int) -> Int {
        guard hourOfWeek.indices.contains(day), hourOfWeek[day].indices.contains(hour) else { return 0 }
        return hourOfWeek[day][hour]
    }
}

/// Draws the charts into a strip.
struct TemporalChartsPainter {
    /// Of a picture 1600 pixels wide.
    static let height = 330.0

    let charts: TemporalCharts
    let box: Box
    let scale: Double
    let language: PictureLanguage
    let canvas: Canvas

    func paint() {
        let gap = 56 * scale
        let width = (box.width - gap) / 2
        paintWeek(Box(x: box.x, y: box.y, width: width, height: box.height))
        paintMonths(Box(x: box.x + width + gap, y: box.y, width: width, height: box.height))
    }

    private var isSpanish: Bool { language == .spanish }
    private var small: Canvas.Font { .init(size: 14 * scale) }

    private func write(_ text: String, _ x: Double, _ y: Double, _ anchor: Canvas.Anchor = .left) {
        canvas.write(.init(text: text, x: x, y: y, font: small, colour: Palette.softInk), anchor: anchor)
    }

    private func title(_ text: String, _ box: Box) {
        canvas.write(
            .init(
                text: text, x: box.x, y: box.y + 18 * scale, font: .init(size: 17 * scale, bold: true),
                colour: Palette.ink))
    }

    // MARK: The week

    private func paintWeek(_ box: Box) {
        let greatest = (0..<7).flatMap { day in (0..<24).map { charts.count(day: day, hour: $0) } }.max() ?? 0
        var words =
            isSpanish ? "Por hora de la semana, máximo \(greatest)" : "By hour of the week, greatest \(greatest)"
        if charts.withoutHour > 0 {
            words += isSpanish ? "; \(charts.withoutHour) sin hora" : "; \(charts.withoutHour) without an hour"
        }
        title(words, box)
        let left = box.x + 44 * scale
        let top = box.y + 34 * scale
        let cell = (width: (box.maxX - left) / 24, height: (box.maxY - top - 26 * scale) / 7)
        let days =
            isSpanish
            ? ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"] : ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        for (day, name) in days.enumerated() {
            let y = top + Double(day) * cell.height
            write(name, box.x, y + cell.height / 2 + 5 * scale)
            for hour in 0..<24 {
                let count = charts.count(day: day, hour: hour)
                let colour =
                    count == 0
                    ? Palette.none : ColourRamp.magma.colour(at: 0.03 + 0.87 * Double(count) / Double(max(1, greatest)))
                canvas.fill(
                    Box(
                        x: left + Double(hour) * cell.width, y: y, width: cell.width - scale,
                        height: cell.height - scale),
                    with: colour)
            }
        }
        for hour in stride(from: 0, to: 24, by: 6) {
            write("\(hour) h", left + Double(hour) * cell.width, box.maxY - 6 * scale)
        }
    }

    // MARK: The months

    private func paintMonths(_ box: Box) {
        let greatest = charts.months.map(\.count).max() ?? 0
        title(isSpanish ? "Por mes, máximo \(greatest)" : "By month, greatest \(greatest)", box)
        guard let first = charts.months.first, let last = charts.months.last, greatest > 0 else { return }
        let top = box.y + 34 * scale
        let floor = box.maxY - 26 * scale
        let step = box.width / Double(charts.months.count)
        for (index, month) in charts.months.enumerated() {
            let height = (floor - top) * Double(month.count) / Double(greatest)
            canvas.fill(
                Box(
                    x: box.x + Double(index) * step, y: floor - height,
                    width: max(1, step - (step > 4 ? 1.5 * scale : 0)),
                    height: height), with: ColourRamp.magma.colour(at: 0.6))
        }
        canvas.fill(Box(x: box.x, y: floor, width: box.width, height: max(1, scale)), with: Palette.frame)
        write(first.period, box.x, box.maxY - 6 * scale)
        if charts.months.count > 1 { write(last.period, box.maxX, box.maxY - 6 * scale, .right) }
    }
}
