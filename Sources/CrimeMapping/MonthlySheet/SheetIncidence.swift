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
        if let id = question.indicator {
            parts = figures.indicators.filter { $0.indicator.id == id }
            indicator = parts.first?.indicator
        } else {
            let judged = figures.indicators.filter(\.indicator.isJudged)
            // A sum in which an offence counts twice is none.
            let overlaps = judged.indices.contains { place in
                judged[..<place].contains { $0.indicator.sharesOffences(with: judged[place].indicator) }
            }
            parts = overlaps ? [] : judged
            indicator = nil
        }
        per = indicator?.per ?? 100_000
    }

    /// Whether there is anything to stand beside the question.
    var isKnown: Bool { !parts.isEmpty }

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
