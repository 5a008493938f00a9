import Compression
import TestSupport
import Testing

@Suite struct ZlibTests {
    @Test func `What is compressed comes back`() throws {
        var generator = SeededGenerator(seed: 1)
        for count in [0, 1, 1000, 200_000] {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0..<8, using: &generator) }
            let packed = try Zlib.compress(bytes)
            #expect(packed.first == 0x78)
            #expect(try Zlib.decompress(packed, count: count) == bytes)
        }
    }

    @Test func `A stream of zlib is read`() throws {
        // python3 -c "import zlib; print(zlib.compress(b'hola', 0).hex())"
        let stored: [UInt8] = [
            0x78, 0x01, 0x01, 0x04, 0x00, 0xFB, 0xFF, 0x68, 0x6F, 0x6C, 0x61, 0x04, 0x2A, 0x01, 0xA5,
        ]
        #expect(try Zlib.decompress(stored, count: 4) == Array("hola".utf8))
    }

    @Test func `Another length, a flipped byte and a cut end are errors`() throws {
        let bytes = (0..<500).map { UInt8($0 % 7) }
        let packed = try Zlib.compress(bytes)
        for count in [-1, 0, 499, 501] {
            #expect(throws: CompressionError.notZlib(of: count)) { try Zlib.decompress(packed, count: count) }
        }
        for index in packed.indices {
            var flipped = packed
            flipped[index] ^= 0x55
            #expect(throws: CompressionError.self) { try Zlib.decompress(flipped, count: 500) }
            #expect(throws: CompressionError.self) { try Zlib.decompress(Array(packed[..<index]), count: 500) }
        }
    }
}
