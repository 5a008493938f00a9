import CQL2
import CivilTime
import Incidents

/// A column of an incident table as a condition sees it.
enum ConditionColumn {
    /// A text per code; −1 is no text.
    case text(name: String, code: (Int) -> Int, texts: [String])
    /// NaN is no number.
    case number(name: String, value: (Int) -> Double)
    /// −1 is neither.
    case bool(name: String, value: (Int) -> Int8)
    /// Days since 1970-01-01; nil is no day.
    case date(name: String, day: (Int) -> Int32?)
    /// Seconds since 1970-01-01 UTC, and the local day.
    case timestamp(name: String, second: (Int) -> Int64, day: (Int) -> Int32)
    case place(name: String, isAbsent: (Int) -> Bool)

    /// nil where no property has the name.
    init?(_ name: String, of table: IncidentTable) {
        func words(_ texts: [(code: Int, text: String)], _ code: @escaping (Int) -> Int) -> ConditionColumn {
            var all = [String](repeating: "", count: (texts.map(\.code).max() ?? -1) + 1)
            for (code, text) in texts { all[code] = text }
            return .text(name: name, code: code, texts: all)
        }
        switch name {
        case "id": self = .number(name: name) { Double(table.id[$0]) }
        case "category": self = .text(name: name, code: { Int(table.category[$0]) }, texts: table.categories)
        case "modality": self = .text(name: name, code: { Int(table.modality[$0]) }, texts: table.modalities)
        case "occurred_at": self = .timestamp(name: name, second: { table.instant[$0] }, day: { table.localDay[$0] })
        case "local_date": self = .date(name: name) { table.localDay[$0] }
        case "local_hour":
            self = .number(name: name) { table.localMinute[$0] < 0 ? .nan : Double(table.localMinute[$0] / 60) }
        case "local_dow":
            self = .number(name: name) { Double(CalendarDate(daysSince1970: table.localDay[$0]).isoWeekday) }
        case "outcome": self = words(Outcome.allCases.map { ($0.rawValue, $0.name) }) { table.outcome[$0].rawValue }
        case "method":
            self = words(PlacementMethod.allCases.map { ($0.rawValue, $0.name) }) { table.method[$0].rawValue }
        case "precision":
            self = words(PrecisionGrade.allCases.map { ($0.rawValue, $0.name) }) { table.grade[$0].rawValue }
        case "is_artefact": self = .bool(name: name) { table.isArtefact[$0] ? 1 : 0 }
        case "weight": self = .number(name: name) { table.weight[$0] }
        case "x": self = .number(name: name) { table.x[$0] }
        case "y": self = .number(name: name) { table.y[$0] }
        case "geometry": self = .place(name: name) { !(table.x[$0].isFinite && table.y[$0].isFinite) }
        default:
            guard let column = Self.ofLevel(name, table) else { return nil }
            self = column
        }
    }

    private static func ofLevel(_ name: String, _ table: IncidentTable) -> ConditionColumn? {
        for column in table.areas where name.hasPrefix(column.level + "_") {
            let (keys, versions, index) = (column.keys, column.versions.map(Double.init), column.index)
            switch name.dropFirst(column.level.count) {
            case "_id": return .text(name: name, code: { Int(index[$0]) }, texts: keys)
            case "_version":
                return .number(name: name) {
                    let code = Int(index[$0])
                    return versions.indices.contains(code) ? versions[code] : .nan
                }
            default: continue
            }
        }
        return nil
    }

    /// Whether a row has no value.
    func isAbsent(_ row: Int) -> Bool {
        switch self {
        case .text(_, let code, _): code(row) < 0
        case .number(_, let value): value(row).isNaN
        case .bool(_, let value): value(row) < 0
        case .date(_, let day): day(row) == nil
        case .timestamp: false
        case .place(_, let isAbsent): isAbsent(row)
        }
    }

    // MARK: Tests

    func test(_ comparison: CQL2Operator, _ literal: CQL2Literal) throws(FilterError) -> (Int) -> UInt8 {
        switch (self, literal) {
        case (.text, .text(let bound)): return ofTexts { comparison.holds($0, bound) }
        case (.number(_, let value), .number(let bound)):
            return { row in
                let value = value(row)
                return value.isNaN ? ConditionEvaluation.unknown : Self.truth(comparison.holds(value, bound))
            }
        case (.bool(_, let value), .bool(let bound)) where comparison == .equal || comparison == .notEqual:
            return { row in
                let value = value(row)
                return value < 0
                    ? ConditionEvaluation.unknown : Self.truth(((value == 1) == bound) == (comparison == .equal))
            }
        case (.date(_, let day), .date(let date)):
            let bound = date.daysSince1970
            return { row in day(row).map { Self.truth(comparison.holds($0, bound)) } ?? ConditionEvaluation.unknown }
        case (.timestamp(_, _, let day), .date(let date)):
            let bound = date.daysSince1970
            return { Self.truth(comparison.holds(day($0), bound)) }
        case (.timestamp(_, let second, _), .timestamp(let bound)):
            return { Self.truth(comparison.holds(CQL2Timestamp(seconds: second($0)), bound)) }
        case (.date, .text(let text)), (.timestamp, .text(let text)):
            // Clients that know no literals of time write '2024-03-01'.
            guard let instant = Self.instant(text) else { throw mismatch("the text '\(text)'") }
            return try test(comparison, instant)
        default: throw mismatch("\(comparison.rawValue) \(literal.kind)")
        }
    }

    func test(isIn literals: [CQL2Literal]) throws(FilterError) -> (Int) -> UInt8 {
        if case .text = self {
            var wanted: Set<String> = []
            for literal in literals {
                guard case .text(let text) = literal else { throw mismatch(literal.kind) }
                wanted.insert(text)
            }
            return ofTexts { wanted.contains($0) }
        }
        if case .number(_, let value) = self {
            var wanted: Set<Double> = []
            for literal in literals {
                guard case .number(let number) = literal else { throw mismatch(literal.kind) }
                wanted.insert(number)
            }
            return { row in
                let value = value(row)
                return value.isNaN ? ConditionEvaluation.unknown : Self.truth(wanted.contains(value))
            }
        }
        var tests: [(Int) -> UInt8] = []
        for literal in literals { tests.append(try test(.equal, literal)) }
        return { row in tests.reduce(ConditionEvaluation.no) { max($0, $1(row)) } }
    }

    func test(like pattern: CQL2Pattern) throws(FilterError) -> (Int) -> UInt8 {
        guard case .text = self else { throw mismatch("LIKE") }
        return ofTexts { pattern.matches($0) }
    }

    /// Asks every distinct text once.
    private func ofTexts(_ holds: (String) -> Bool) -> (Int) -> UInt8 {
        guard case .text(_, let code, let texts) = self else { return { _ in ConditionEvaluation.unknown } }
        let truth = texts.map { Self.truth(holds($0)) }
        return { row in
            let code = code(row)
            return truth.indices.contains(code) ? truth[code] : ConditionEvaluation.unknown
        }
    }

    private static func truth(_ holds: Bool) -> UInt8 { holds ? ConditionEvaluation.yes : ConditionEvaluation.no }

    private static func instant(_ text: String) -> CQL2Literal? {
        CalendarDate(text).map(CQL2Literal.date) ?? CQL2Timestamp(text).map(CQL2Literal.timestamp)
    }

    private func mismatch(_ found: String) -> FilterError {
        let (name, kind): (String, Queryable.Kind) =
            switch self {
            case .text(let name, _, _): (name, .text)
            case .number(let name, _): (name, .number)
            case .bool(let name, _): (name, .bool)
            case .date(let name, _): (name, .date)
            case .timestamp(let name, _, _): (name, .timestamp)
            case .place(let name, _): (name, .geometry)
            }
        return .badComparison(property: name, wanted: kind.literals, found: found)
    }
}
