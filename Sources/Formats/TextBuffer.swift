import Files
import Glibc

/// The part of a text that is being read, in memory that grows where a row needs it.
///
/// After the last byte there are always ``CSVScanner/padding`` line feeds, as the scanner wants it.
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
        bytes.initialize(repeating: 0x0A, count: CSVScanner.padding)
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
        (bytes + end).initialize(repeating: 0x0A, count: CSVScanner.padding)
    }

    /// The index of the first zero byte at or after `start`.
    func firstZero(from start: Int) -> Int? {
        memchr(bytes + start, 0, end - start).map { $0 - UnsafeMutableRawPointer(bytes) }
    }

    private func makeRoom() {
        let count = end - position
        if count > capacity / 2 {
            let larger = Self.allocate(capacity * 2)
            larger.initialize(from: bytes + position, count: count)
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
        .allocate(capacity: capacity + CSVScanner.padding)
    }
}
