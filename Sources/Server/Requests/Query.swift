import Bytes
public import CivilTime
import HTTPTypes

/// The parameters of an address, decoded.
///
/// Bytes that are no UTF-8, characters that end texts elsewhere (NUL) and half percent signs are refused, so that no two
/// readers see different texts.
public struct Query: Sendable {
    public let items: [(name: String, value: String)]

    /// - Parameter text: what stands behind the question mark; nil for nothing.
    public init(_ text: String?, caps: Caps = Caps()) throws {
        guard let text, !text.isEmpty else {
            items = []
            return
        }
        let parts = text.utf8.split(separator: UInt8(ascii: "&"))
        try caps.check(Double(parts.count), caps.parameters, "parameters", "ask for fewer things at once")
        items = try parts.map { part in
            let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = sides.first else { return ("", "") }
            return (try Self.decode(name), try sides.count > 1 ? Self.decode(sides[1]) : "")
        }
    }

    /// Of parameters that are decoded already.
    init(_ items: [(name: String, value: String)]) { self.items = items }

    /// Equal for questions that mean the same: sorted, with the lengths of the parts, so that no part runs into another.
    public var canonical: String {
        items.map { "\($0.name.utf8.count):\($0.name)=\($0.value.utf8.count):\($0.value)" }.sorted()
            .joined(separator: "&")
    }

    /// - Parameter more: further ones, which are worked out only where a parameter is none of the others.
    /// - Throws: ``Problem`` for a parameter that is none of these.
    public func require(only known: Set<String>, or more: () -> Set<String> = { [] }) throws {
        guard items.contains(where: { !known.contains($0.name) }) else { return }
        let known = known.union(more())
        for item in items where !known.contains(item.name) {
            throw Problem(
                .badRequest, "unknown-parameter",
                "parameters must be among \(known.sorted().joined(separator: ", ")), but one is \"\(item.name.prefix(40))\""
            )
        }
    }

    /// - Parameter plusIsBlank: as forms write it; in a path a plus is a plus.
    static func decode(_ bytes: some Collection<UInt8>, plusIsBlank: Bool = true) throws -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else {
                    throw Problem(
                        .badRequest, "bad-encoding", "a percent sign must be followed by two hexadecimal digits")
                }
                decoded.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsBlank: decoded.append(UInt8(ascii: " "))
            default: decoded.append(byte)
            }
        }
        guard let text = String(validating: decoded, as: UTF8.self), !decoded.contains(0) else {
            throw Problem(.badRequest, "bad-encoding", "an address must be UTF-8 without NUL when decoded")
        }
        return text
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

// MARK: - Values

extension Query {
    /// Every value of a parameter that may be repeated.
    public func texts(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }

    /// - Throws: ``Problem`` where it stands twice.
    public func text(_ name: String) throws -> String? {
        let found = texts(name)
        guard found.count < 2 else {
            throw Problem.badParameter(name, "must be given once, but is given \(found.count) times")
        }
        return found.first
    }

    public func number(_ name: String, in range: ClosedRange<Double>) throws -> Double? {
        guard let text = try text(name) else { return nil }
        guard let number = Self.decimal(text), range.contains(number) else {
            throw Problem.badParameter(
                name, "must be a number from \(range.lowerBound) to \(range.upperBound), but is \"\(text.prefix(40))\"")
        }
        return number
    }

    /// A finite number as people write it: no hexadecimal digits, no words.
    static func decimal(_ text: some StringProtocol) -> Double? {
        guard text.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) }) else { return nil }
        return Double(text).flatMap { $0.isFinite ? $0 : nil }
    }

    public func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = try text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Problem.badParameter(
                name,
                "must be a whole number from \(range.lowerBound) to \(range.upperBound), but is \"\(text.prefix(40))\"")
        }
        return number
    }

    /// `true` and `1`, or the bare name; `false` and `0`.
    public func flag(_ name: String) throws -> Bool {
        guard let text = try text(name) else { return false }
        switch text {
        case "", "true", "1": return true
        case "false", "0": return false
        default: throw Problem.badParameter(name, "must be true or false, but is \"\(text.prefix(40))\"")
        }
    }

    public func day(_ name: String) throws -> CalendarDate? {
        guard let text = try text(name) else { return nil }
        guard let day = CalendarDate(text) else {
            throw Problem.badParameter(name, "must be a day written yyyy-mm-dd, but is \"\(text.prefix(40))\"")
        }
        return day
    }

    public func choice<Choice: RawRepresentable<String> & CaseIterable>(_ name: String, _: Choice.Type) throws
        -> Choice?
    {
        guard let text = try text(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem.badParameter(name, "must be one of \(known), but is \"\(text.prefix(40))\"")
        }
        return choice
    }
}
