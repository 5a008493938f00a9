import CrimeMapping
import Incidents
import Indicators
import Privacy

/// What a person is told of a sheet that was written.
enum SheetText {
    static func of(_ figures: SheetFigures) -> String {
        let judged = figures.indicators.filter(\.indicator.isJudged)
        let lights = judged.flatMap(\.lines)
        let lit = lights.filter { $0.level != nil }
        let counts = LightLevel.allCases.compactMap { level -> String? in
            let number = lit.count { $0.level == level }
            return number > 0 ? "\(number.grouped) \(level.englishName)" : nil
        }
        var lines = [
            "\(figures.month): \(figures.indicators.count) indicators on \(figures.areas.count.grouped) areas, "
                + "\(figures.origin == .incidents ? "from incidents" : "from published counts")",
            "  lights       \(lit.count.grouped): \(counts.isEmpty ? "none" : counts.joined(separator: ", ")); "
                + "\(lit.count { $0.light.chance != .within }.grouped) beyond chance; \((lights.count - lit.count).grouped) without",
        ]
        let short = lit.filter(\.isShortBase)
        if let least = short.map(\.light.baseMonths).min() {
            lines.append(
                "  short base   \(short.count.grouped) lights are of fewer than \(figures.rule.baseMonths) months, the least of \(least)"
            )
        }
        if !figures.restatements.isEmpty {
            lines.append(
                "  restated     \(figures.restatements.count.grouped) figures have moved since \(figures.earlierEdition ?? "")"
            )
        }
        if let suppression = figures.suppression, !suppression.reasons.isEmpty {
            let held = ([] + figures.indicators.map(\.total) + lights).count { $0.withheld.contains(.count) }
            lines.append(
                "  public       \(held.grouped) figures of the month are withheld, \(figures.withheldIndicators.count) indicators wholly"
            )
        }
        let questions = ([] + figures.indicators.map(\.total) + lights).reduce(0) { $0 + $1.questions.count }
        if questions > 0 {
            lines.append("  questions    \(questions.grouped) figures are doubtful; see the column questions")
        }
        for note in figures.notes { lines.append("  note         \(note.english)") }
        for part in figures.indicators {
            for seriesBreak in part.breaks.prefix(1) {
                lines.append("  break        \(part.indicator.id): \(seriesBreak.englishSentence)")
            }
        }
        return lines.joined(separator: "\n")
    }
}
