import Bytes
import CivilTime
import SimpleFeatures

/// Reads a filter by recursive descent, one token ahead.
struct CQL2Parser {
    private var scanner: CQL2Scanner
    private(set) var token = CQL2Scanner.Token.end
    private var depth = 0
    private var terms = 0
    var vertices = 0

    init(_ text: String) { scanner = CQL2Scanner(text) }

    /// The whole of the text.
    mutating func filter() throws(CQL2Error) -> CQL2Condition {
        try advance()
        let condition = try disjunction()
        guard token == .end else { throw error("AND, OR or the end must follow, but \(token.words) does") }
        return condition
    }

    private mutating func disjunction() throws(CQL2Error) -> CQL2Condition {
        var parts = [try conjunction()]
        while try take(keyword: "OR") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction() throws(CQL2Error) -> CQL2Condition {
        var parts = [try factor()]
        while try take(keyword: "AND") { parts.append(try factor()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func factor() throws(CQL2Error) -> CQL2Condition {
        guard depth < CQL2Filter.deepestNesting else {
            throw error("a filter must be nested at most \(CQL2Filter.deepestNesting) deep")
        }
        depth += 1
        defer { depth -= 1 }
        if try take(keyword: "NOT") { return .not(try factor()) }
        if try take(mark: "(") {
            let condition = try disjunction()
            try expect(mark: ")")
            return condition
        }
        return try predicate()
    }

    // MARK: Predicates

    private mutating func predicate() throws(CQL2Error) -> CQL2Condition {
        try countTerm()
        if case .word(let word) = token {
            let name = word.uppercased()
            if name == "S_INTERSECTS" || name == "INTERSECTS" { return try intersects() }
            if let kind = Self.unsupported(name) { throw error("\(word) is \(kind), which is not supported") }
        }
        if let literal = try literal() { return try constantOrMirrored(literal) }
        return try predicate(on: try property())
    }

    private mutating func predicate(on name: String) throws(CQL2Error) -> CQL2Condition {
        if let comparison = try comparison() { return .comparison(name, comparison, try value()) }
        if try take(keyword: "IS") {
            let isNegated = try take(keyword: "NOT")
            guard try take(keyword: "NULL") else { throw error("NULL must follow IS, but \(token.words) does") }
            return isNegated ? .not(.isNull(name)) : .isNull(name)
        }
        let isNegated = try take(keyword: "NOT")
        let condition = try range(on: name)
        return isNegated ? .not(condition) : condition
    }

    private mutating func range(on name: String) throws(CQL2Error) -> CQL2Condition {
        if try take(keyword: "BETWEEN") {
            let lower = try value()
            guard try take(keyword: "AND") else {
                throw error("AND must follow BETWEEN's first value, but \(token.words) does")
            }
            return .between(name, lower, try value())
        }
        if try take(keyword: "LIKE") {
            guard case .text(let pattern) = token else {
                throw error("a text must follow LIKE, but \(token.words) does")
            }
            try advance()
            return .like(name, CQL2Pattern(pattern))
        }
        guard try take(keyword: "IN") else {
            throw error("a comparison, BETWEEN, IN, LIKE or IS NULL must follow \"\(name)\", but \(token.words) does")
        }
        try expect(mark: "(")
        var values = [try value()]
        while try take(mark: ",") {
            try countTerm()
            values.append(try value())
        }
        try expect(mark: ")")
        return .isIn(name, values)
    }

    /// `TRUE`, or a comparison that has its literal on the left.
    private mutating func constantOrMirrored(_ literal: CQL2Literal) throws(CQL2Error) -> CQL2Condition {
        if let comparison = try comparison() { return .comparison(try property(), comparison.mirrored, literal) }
        guard case .bool(let value) = literal else {
            throw error("a comparison must follow \(literal.kind), but \(token.words) does")
        }
        return .constant(value)
    }

    private mutating func intersects() throws(CQL2Error) -> CQL2Condition {
        try advance()
        try expect(mark: "(")
        if let shape = try shape() {
            try expect(mark: ",")
            let name = try property()
            try expect(mark: ")")
            return .intersects(name, shape)
        }
        let name = try property()
        try expect(mark: ",")
        guard let shape = try shape() else {
            throw error("a geometry such as BBOX(w,s,e,n) or POLYGON((…)) must stand here, but \(token.words) does")
        }
        try expect(mark: ")")
        return .intersects(name, shape)
    }

    /// What the standard knows and this reader does not.
    private static func unsupported(_ name: String) -> String? {
        if name.hasPrefix("S_") { return "a spatial function other than S_INTERSECTS" }
        if name.hasPrefix("T_") || name == "INTERVAL" { return "a temporal function; compare with DATE or TIMESTAMP" }
        if name.hasPrefix("A_") { return "an array function" }
        if name == "CASEI" || name == "ACCENTI" { return "a folding function" }
        return nil
    }

    // MARK: Words and values

    private mutating func property() throws(CQL2Error) -> String {
        switch token {
        case .quoted(let name) where !name.isEmpty:
            try advance()
            return name
        case .word(let word) where !Self.reserved.contains(word.uppercased()):
            try advance()
            guard token != .mark("(") else {
                throw error("\(CQL2Scanner.shortened(word)) is no function that is supported")
            }
            return word
        default: throw error("the name of a property must stand here, but \(token.words) does")
        }
    }

    private mutating func value() throws(CQL2Error) -> CQL2Literal {
        guard let literal = try literal() else {
            throw error(
                "a number, a 'text', TRUE, FALSE, DATE('…') or TIMESTAMP('…') must stand here, but \(token.words) does")
        }
        return literal
    }

    private mutating func literal() throws(CQL2Error) -> CQL2Literal? {
        switch token {
        case .text(let text):
            try advance()
            return .text(text)
        case .number(let number):
            try advance()
            return .number(number)
        case .word(let word):
            switch word.uppercased() {
            case "TRUE", "FALSE":
                try advance()
                return .bool(word.uppercased() == "TRUE")
            case "DATE": return try instant { CalendarDate($0).map(CQL2Literal.date) }
            case "TIMESTAMP": return try instant { CQL2Timestamp($0).map(CQL2Literal.timestamp) }
            default: return nil
            }
        default: return nil
        }
    }

    /// `DATE('…')`; where no parenthesis follows the word is a name.
    private mutating func instant(_ read: (String) -> CQL2Literal?) throws(CQL2Error) -> CQL2Literal? {
        let before = self
        try advance()
        guard try take(mark: "(") else {
            self = before
            return nil
        }
        guard case .text(let text) = token, let literal = read(text) else {
            throw error(
                "DATE must hold 'yyyy-mm-dd' and TIMESTAMP 'yyyy-mm-ddThh:mm:ssZ', but \(token.words) stands here")
        }
        try advance()
        try expect(mark: ")")
        return literal
    }

    private mutating func comparison() throws(CQL2Error) -> CQL2Operator? {
        guard case .mark(let mark) = token, let comparison = CQL2Operator(rawValue: mark) else { return nil }
        try advance()
        return comparison
    }

    private mutating func countTerm() throws(CQL2Error) {
        terms += 1
        guard terms <= CQL2Filter.mostTerms else {
            throw error("a filter must have at most \(CQL2Filter.mostTerms) predicates and listed values")
        }
    }

    /// Words that no property is called without quotes.
    static let reserved: Set<String> = [
        "AND", "OR", "NOT", "IN", "LIKE", "BETWEEN", "IS", "NULL", "TRUE", "FALSE",
    ]

    // MARK: Tokens

    func error(_ reason: String) -> CQL2Error { scanner.error(reason) }

    mutating func advance() throws(CQL2Error) { token = try scanner.next() }

    mutating func take(mark: String) throws(CQL2Error) -> Bool {
        guard token == .mark(mark) else { return false }
        try advance()
        return true
    }

    mutating func take(keyword: String) throws(CQL2Error) -> Bool {
        guard case .word(let word) = token, word.uppercased() == keyword else { return false }
        try advance()
        return true
    }

    mutating func expect(mark: String) throws(CQL2Error) {
        guard try take(mark: mark) else { throw error("\"\(mark)\" must stand here, but \(token.words) does") }
    }
}
