import Indicators

/// What was reported, to stand beside what a survey's question says: of the crime that the question asks about, or of all judged
/// indicators together.
struct SheetIncidence {
    /// One area's figures of twelve months.
    struct Line: Hashable, Sendable {
        /// nil where a month is missing or withheld.
        var count: Int?
        /// Per as many as ``per``; nil without a count or a population.
        var rate: Double?
    }

    /// The indicator asked about; nil for all together.
    let indicator: Indicator?
    let per: Int
    private let parts: [SheetIndicator]

    init(of question: SurveyQuestion, in figures: SheetFigures) {
        let asked = figures.indicators.first { $0.indicator.id == question.indicator }
        indicator = asked?.indicator
        // Sums of indicators of which each counts offences of its own.
        parts = asked.map { [$0] } ?? figures.indicators.filter(\.indicator.isJudged)
        per = indicator?.per ?? 100_000
    }

    /// - Parameter area: the key; empty for all areas together.
    func line(_ area: String) -> Line? {
        let lines = parts.compactMap { part in
            area.isEmpty ? part.total : part.lines.first { $0.areaID == area }
        }
        guard !lines.isEmpty, lines.count == parts.count else { return nil }
        let counts = lines.compactMap(\.twelveMonths)
        guard counts.count == lines.count else { return Line() }
        let count = counts.reduce(0, +)
        let people = lines.compactMap(\.population)
        guard people.count == lines.count, let first = people.first, first > 0, people.allSatisfy({ $0 == first })
        else {
            return Line(count: count)
        }
        return Line(count: count, rate: Double(count) / first * Double(per))
    }
}
