/// Why a table cannot be made.
public enum IndicatorError: Error, Hashable, CustomStringConvertible {
    case unknownLevel(String, known: [String])
    case rowBeyondTable(Int, count: Int)
    case spanOfOtherLength(span: String, period: String)
    case tooManyRows(Int, limit: Int)

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
        }
    }
}
