/// A column of texts as one run of UTF-8 bytes with an end per row, so that a million texts cost two allocations.
public struct TextColumn: Sendable, Equatable {
    /// All texts, one after the other.
    public private(set) var bytes: [UInt8] = []
    /// Where each row's text ends in `bytes`; it starts where the one before ends. The complement, a negative number,
    /// where the row holds no text at all, as opposed to an empty one.
    @usableFromInline var ends: [Int] = []

    public init() {}

    public var count: Int { ends.count }

    public mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
    }

    public mutating func append(_ text: some StringProtocol) {
        bytes.append(contentsOf: text.utf8)
        ends.append(bytes.count)
    }

    public mutating func appendAbsent() { ends.append(~bytes.count) }

    /// The text of a row; nil where the row holds none.
    public subscript(row: Int) -> String? {
        range(ofRow: row).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// Where a row's text lies in ``bytes``; nil where the row holds none.
    @inlinable public func range(ofRow row: Int) -> Range<Int>? {
        guard ends.indices.contains(row), ends[row] >= 0 else { return nil }
        return start(ofRow: row)..<ends[row]
    }

    @inlinable func start(ofRow row: Int) -> Int {
        guard row > 0 else { return 0 }
        let end = ends[row - 1]
        return end < 0 ? ~end : end
    }

    public mutating func removeAll(keepingCapacity: Bool = true) {
        bytes.removeAll(keepingCapacity: keepingCapacity)
        ends.removeAll(keepingCapacity: keepingCapacity)
    }
}
