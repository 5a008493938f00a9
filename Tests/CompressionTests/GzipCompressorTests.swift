import Compression
import Testing

struct GzipCompressorTests {
    @Test(arguments: [0, 1, 6, 12, 99])
    func `One compressor after the other buffer gives what a new one gives`(level: Int) throws {
        let compressor = try GzipCompressor(level: level)
        for size in [0, 1, 100_000, 10, 70_000] {
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* $0 / 7) }
            let compressed = compressor.compress(bytes)
            #expect(try compressed == Gzip.compress(bytes, level: level))
            #expect(try Gzip.decompress(compressed) == bytes)
        }
    }
}
