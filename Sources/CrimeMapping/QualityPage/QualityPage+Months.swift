import Indicators

extension QualityPage {
    /// The hit rate month by month as columns, with the interval and the gate.
    var months: String {
        let months = report.byMonth.suffix(Self.longestSeries)
        guard months.count > 1 else { return "" }
        let (width, height, left, bottom) = (960.0, 190.0, 44.0, 24.0)
        let step = (width - left) / Double(months.count)
        let bar = min(64, step * 0.72)
        func y(_ share: Double) -> Double { 8 + (height - bottom - 8) * (1 - share) }
        var parts: [String] = []
        for share in [0, 0.5, 1] {
            parts.append(line(left, y(share), width, y(share), "stroke:var(--line)"))
            parts.append(text(left - 6, y(share) + 4, "\(Int(share * 100)) %", "end"))
        }
        for (index, month) in months.enumerated() {
            let (x, rate) = (left + step * Double(index), month.rate.rate ?? 0)
            let colour =
                switch month.rate.standing {
                case .reached: "--hit"
                case .missed: "--miss"
                case .tooFew: "--unsure"
                }
            let title =
                "\(month.key ?? ""): \(say.percent(rate)) (\(say.count(month.rate.hits)) / \(say.count(month.rate.incidents)))"
            parts.append(
                "<rect x=\"\(short(x + (step - bar) / 2))\" y=\"\(short(y(rate)))\" width=\"\(short(bar))\" "
                    + "height=\"\(short(y(0) - y(rate)))\" rx=\"2\" style=\"fill:var(\(colour))\"><title>\(title)</title></rect>"
            )
            if let low = month.rate.low, let high = month.rate.high {
                let centre = x + step / 2
                parts.append(line(centre, y(low), centre, y(high), "stroke:var(--ink);opacity:.7"))
            }
            let every = max(1, Int((Double(months.count) * 62 / (width - left)).rounded(.up)))
            if index.isMultiple(of: every) { parts.append(text(x + step / 2, height - 6, month.key ?? "", "middle")) }
        }
        parts.append(line(left, y(HitRate.gate), width, y(HitRate.gate), "stroke:var(--ink);stroke-dasharray:4 4"))
        parts.append(text(width - 2, y(HitRate.gate) - 4, "85 %", "end"))
        let label = say("Parte en el mapa, mes por mes", "Share on the map, month by month")
        return heading(say("Mes por mes", "Month by month"))
            + "<svg viewBox=\"0 0 \(Int(width)) \(Int(height))\" role=\"img\" aria-label=\"\(label)\">\(parts.joined())</svg>"
    }

    /// Ten years.
    private static let longestSeries = 120

    private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> String {
        "<line x1=\"\(short(x1))\" y1=\"\(short(y1))\" x2=\"\(short(x2))\" y2=\"\(short(y2))\" style=\"\(style)\"/>"
    }

    private func text(_ x: Double, _ y: Double, _ text: String, _ anchor: String) -> String {
        "<text x=\"\(short(x))\" y=\"\(short(y))\" text-anchor=\"\(anchor)\">\(HTMLText.escaped(text))</text>"
    }

    private func short(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
