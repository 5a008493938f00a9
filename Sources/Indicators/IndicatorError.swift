/// Why a table cannot be made, or what an indicator, rule, goal or survey must be and is not.
public enum IndicatorError: Error, Hashable, CustomStringConvertible {
    case unknownLevel(String, known: [String])
    case rowBeyondTable(Int, count: Int)
    case spanOfOtherLength(span: String, period: String)
    case tooManyRows(Int, limit: Int)
    /// A figure of a series that is no count.
    case negativeCount(Int, indicator: String, area: String, month: String)
    /// A month that a series does not have.
    case monthOutsideSeries(String, first: String, last: String)
    case notAMonth(String)
    case twoFigures(indicator: String, area: String, month: String, first: Int, second: Int)
    case unknownArea(String, near: [String])
    case unknownIndicator(String, known: [String])
    /// A document (catalogue, rule, goals, questions) that cannot be read or contradicts itself.
    case badDocument(kind: String, reason: String)
    /// A sample without what an estimate needs.
    case badSample(String)

    /// One sentence: what must hold, what was found, and what to do where something helps.
    public var description: String {
        switch self {
        case .unknownLevel(let name, let known):
            "\"\(name)\" is no level of the table; it has \(known.isEmpty ? "none" : known.joined(separator: ", "))"
        case .rowBeyondTable(let row, let count):
            "rows must lie in the table of \(count) incidents, but one is \(row)"
        case .spanOfOtherLength(let span, let period):
            "the periods to fill must be of length \(period), but \(span) is not"
        case .tooManyRows(let rows, let limit):
            "a table filled with zeros may have \(limit) rows, but would have \(rows); "
                + "take longer periods, fewer categories or a coarser level"
        case .negativeCount(let count, let indicator, let area, let month):
            "a count must be 0 or more, but \(indicator) in \(area) in \(month) is \(count)"
        case .monthOutsideSeries(let month, let first, let last):
            "the month must be one of the series, \(first) to \(last), but is \(month)"
        case .notAMonth(let text):
            "a month must be written yyyy-mm, as 2024-03, but is \"\(text)\""
        case .twoFigures(let indicator, let area, let month, let first, let second):
            "a series has one figure a month, but \(indicator) in \(area) in \(month) is given as \(first) and as \(second)"
        case .unknownArea(let area, let near):
            "\(area) must be an area of the series, but it has no such area"
                + (near.isEmpty ? "" : "; near are \(near.joined(separator: ", "))")
        case .unknownIndicator(let name, let known):
            "\"\(name)\" is no indicator of the catalogue; it has \(known.joined(separator: ", "))"
        case .badDocument(let kind, let reason): "\(kind): \(reason)"
        case .badSample(let reason): reason
        }
    }
}
