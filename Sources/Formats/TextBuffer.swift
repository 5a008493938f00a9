import Glibc

/// The part of a text that is being read, in memory that grows where a row needs it.
///
/// After the last byte there is always a line feed and more readable bytes, as ``CSVScanner`` wants it.
final class TextBuffer {
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    /// Where the bytes at hand end.
    private(set) var end = 0
    /// Whether nothing comes after these bytes.
    private(set) var isLast = false
    /// The first byte that is still needed.
    var position = 0
    private let source: ByteSource
    private var capacity: Int

    init(source: ByteSource, capacity: Int) {
        self.source = source
        self.capacity = max(capacity, 1)
        bytes = Self.allocate(self.capacity)
    }

    deinit { bytes.deallocate() }

    /// What is at hand and not yet passed.
    var rest: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: bytes + position, count: end - position) }

    /// Adds bytes after those that are still needed, as many as there is room for; doubles the room where they fill
    /// more than half of it. So a row is looked at again only after its bytes have doubled. ``position`` becomes 0.
    func refill() throws(FileError) {
        makeRoom()
        while !isLast, end < capacity {
            let room = UnsafeMutableRawBufferPointer(start: bytes + end, count: capacity - end)
            let count = try source.read(into: room)
            end += count
            isLast = count == 0
        }
        bytes[end] = 0x0A
    }

    /// The index of the first zero byte at or after `start`.
    func firstZero(from start: Int) -> Int? {
        memchr(bytes + start, 0, end - start).map { $0 - UnsafeMutableRawPointer(bytes) }
    }

    private func makeRoom() {
        let count = end - position
        if count > capacity / 2 {
            let larger = Self.allocate(capacity * 2)
            larger.update(from: bytes + position, count: count)
            bytes.deallocate()
            bytes = larger
            capacity *= 2
        } else {
            memmove(bytes, bytes + position, count)
        }
        position = 0
        end = count
    }

    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + CSVScanner.padding)
        // Only the padding is read before it is written, but pages that nobody touches cost nothing.
        bytes.initialize(repeating: 0, count: capacity + CSVScanner.padding)
        return bytes
    }
}
