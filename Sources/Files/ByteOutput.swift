/// Where a writer's bytes go, one piece after the other: a file, or memory.
public protocol ByteOutput: AnyObject {
    /// Appends bytes.
    func write(_ bytes: [UInt8]) throws
    /// Completes the output; comes once, after the last piece.
    func commit() throws
}

extension AtomicFile: ByteOutput {}

/// An output in memory, for answers that go over a network.
public final class MemoryOutput: ByteOutput {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []
    private let limit: Int

    /// - Parameter limit: the most bytes that are taken.
    public init(limit: Int = .max) { self.limit = limit }

    /// - Throws: ``FileError/tooLarge(path:limit:)`` beyond the limit; the rest is not taken.
    public func write(_ bytes: [UInt8]) throws(FileError) {
        guard bytes.count <= limit - self.bytes.count else {
            throw .tooLarge(path: "the answer", limit: limit)
        }
        self.bytes += bytes
    }

    /// Nothing is left to be done.
    public func commit() {}
}
