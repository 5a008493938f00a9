/// A strict pull parser of JSON (RFC 8259): the caller asks for what it expects, in the order of the text.
///
/// It builds no tree and copies nothing that is not asked for. It borrows the bytes: they must outlive it.
/// No input makes it trap: what is not JSON is a ``JSONError`` with its byte and line. A byte order mark in front is
/// skipped.
///
/// ## Rules where the standard leaves room
/// Nesting is at most ``depthLimit`` deep. Strings must be UTF-8, their escapes proper, surrogates paired. Names may
/// repeat; what that means is the caller's to say.
///
/// ## Example
/// ```swift
/// var scanner = JSONScanner(bytes)
/// try scanner.beginObject()
/// while let name = try scanner.nextName() {
///     if scanner.text(name, equals: "count") { count = try scanner.number() } else { try scanner.skipValue() }
/// }
/// try scanner.finish()
/// ```
public struct JSONScanner {
    /// How deep objects and arrays may lie inside one another.
    public static let depthLimit = 128

    /// A byte of the text, with the line it lies on. Both are counted for people: the first byte is 0, the first line 1.
    public struct Place: Hashable, Sendable, CustomStringConvertible {
        /// Bytes before it, a byte order mark included.
        public var offset: Int
        /// Its line, from 1.
        public var line: Int

        /// Both as given; nothing is checked.
        public init(offset: Int, line: Int) {
            self.offset = offset
            self.line = line
        }

        /// `byte 120 (line 7)`.
        public var description: String { "byte \(offset) (line \(line))" }
    }

    /// What a value is, known by its first byte.
    public enum Kind: Hashable, Sendable {
        case object, array, string, number, bool, null
    }

    let bytes: UnsafeBufferPointer<UInt8>
    /// Where the next byte lies.
    public internal(set) var offset = 0
    /// Whether a comma must come before the next member or element.
    var followsValue = false
    private var depth = 0

    /// - Parameter bytes: the whole text, which must stay valid for as long as the scanner is used.
    public init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { offset = 3 }
    }

    // MARK: Structure

    /// What the next value is.
    public mutating func kind() throws(JSONError) -> Kind {
        skipWhitespace()
        guard offset < bytes.count else { throw unexpected(.value) }
        switch bytes[offset] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        default: throw unexpected(.value)
        }
    }

    /// Enters the object that must be next; ``nextName()`` then goes through its members.
    public mutating func beginObject() throws(JSONError) { try begin(UInt8(ascii: "{"), .object) }

    /// The name of the object's next member; nil once the object has ended.
    public mutating func nextName() throws(JSONError) -> Text? {
        skipWhitespace()
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "}") {
            end()
            return nil
        }
        if followsValue {
            try expect(UInt8(ascii: ","), .commaOrEnd)
            skipWhitespace()
        }
        return try nameAndColon()
    }

    /// Enters the array that must be next; ``nextElement()`` then goes through its elements.
    public mutating func beginArray() throws(JSONError) { try begin(UInt8(ascii: "["), .array) }

    /// Whether the array has another element, which is then next; false once the array has ended.
    public mutating func nextElement() throws(JSONError) -> Bool {
        skipWhitespace()
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "]") {
            end()
            return false
        }
        if followsValue { try expect(UInt8(ascii: ","), .commaOrEnd) }
        followsValue = false
        return true
    }

    /// Makes sure that nothing but white space follows.
    public mutating func finish() throws(JSONError) {
        skipWhitespace()
        guard offset == bytes.count else { throw unexpected(.end) }
    }

    // MARK: Values

    /// The next value, which must be `true` or `false`.
    public mutating func bool() throws(JSONError) -> Bool {
        skipWhitespace()
        let value = offset < bytes.count && bytes[offset] == UInt8(ascii: "t")
        try literal(value ? "true" : "false")
        return value
    }

    /// Goes past the next value, which must be `null`.
    public mutating func null() throws(JSONError) {
        skipWhitespace()
        try literal("null")
    }

    /// Goes past one value of any kind, holding it to the grammar.
    /// - Returns: where the value lies.
    /// - Complexity: O(bytes of the value); no allocation and no recursion.
    @discardableResult
    public mutating func skipValue() throws(JSONError) -> Range<Int> {
        skipWhitespace()
        let start = offset
        var containers: UInt128 = 0  // one bit per open container, 1 for an object; the innermost is the lowest
        var open = 0
        while true {
            if try skipScalarOrOpen(&containers, &open) { continue }
            while true {
                guard open > 0 else {
                    followsValue = true
                    return start..<offset
                }
                skipWhitespace()
                let isObject = containers & 1 == 1
                if offset < bytes.count, bytes[offset] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                    offset += 1
                    containers >>= 1
                    open -= 1
                    continue
                }
                try expect(UInt8(ascii: ","), .commaOrEnd)
                skipWhitespace()
                if isObject { _ = try nameAndColon() }
                break
            }
        }
    }

    /// Goes past a scalar or an empty container, or into a container that holds something.
    /// - Returns: whether a container was entered, so that a value comes next.
    private mutating func skipScalarOrOpen(_ containers: inout UInt128, _ open: inout Int) throws(JSONError) -> Bool {
        skipWhitespace()
        guard offset < bytes.count else { throw unexpected(.value) }
        switch bytes[offset] {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let isObject = bytes[offset] == UInt8(ascii: "{")
            guard depth + open < Self.depthLimit else { throw .tooDeep(limit: Self.depthLimit, at: place(offset)) }
            offset += 1
            skipWhitespace()
            if offset < bytes.count, bytes[offset] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                offset += 1
                return false
            }
            containers = containers << 1 | (isObject ? 1 : 0)
            open += 1
            if isObject { _ = try nameAndColon() }
            return true
        case UInt8(ascii: "t"): try literal("true")
        case UInt8(ascii: "f"): try literal("false")
        case UInt8(ascii: "n"): try literal("null")
        default: _ = try numberExtent()
        }
        return false
    }

    // MARK: Places

    /// The place of a byte, with its line.
    /// - Complexity: O(offset): for messages only.
    public func place(_ offset: Int) -> Place {
        let before = bytes[0..<max(0, min(offset, bytes.count))]
        return Place(offset: offset, line: 1 + before.reduce(0) { $1 == 0x0A ? $0 + 1 : $0 })
    }

    /// Goes back or forth to where a value is known to start, at the nesting the scanner has now.
    mutating func seek(_ offset: Int) {
        self.offset = offset
        followsValue = false
    }

    func unexpected(_ expected: JSONError.Expectation) -> JSONError {
        .unexpected(found: offset < bytes.count ? bytes[offset] : nil, expected: expected, at: place(offset))
    }

    @inline(__always)
    mutating func skipWhitespace() {
        while offset < bytes.count {
            let byte = bytes[offset]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            offset += 1
        }
    }

    // MARK: Steps

    private mutating func begin(_ bracket: UInt8, _ expected: JSONError.Expectation) throws(JSONError) {
        skipWhitespace()
        guard depth < Self.depthLimit else { throw .tooDeep(limit: Self.depthLimit, at: place(offset)) }
        try expect(bracket, expected)
        depth += 1
        followsValue = false
    }

    private mutating func end() {
        offset += 1
        depth -= 1
        followsValue = true
    }

    private mutating func nameAndColon() throws(JSONError) -> Text {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else { throw unexpected(.name) }
        let name = try string()
        skipWhitespace()
        try expect(UInt8(ascii: ":"), .colon)
        followsValue = false
        return name
    }

    @inline(__always)
    private mutating func expect(_ byte: UInt8, _ expected: JSONError.Expectation) throws(JSONError) {
        guard offset < bytes.count, bytes[offset] == byte else { throw unexpected(expected) }
        offset += 1
    }

    private mutating func literal(_ text: StaticString) throws(JSONError) {
        let count = text.utf8CodeUnitCount
        guard bytes.count - offset >= count else { throw unexpected(.value) }
        for index in 0..<count where bytes[offset + index] != text.utf8Start[index] { throw unexpected(.value) }
        offset += count
        followsValue = true
    }
}
