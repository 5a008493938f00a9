import Compression
import Testing

@Suite struct GzipTests {
    @Test(arguments: [-1, 0, 1, 6, 9, 12, 99])
    func `What is compressed comes back at every level`(level: Int) throws {
        for count in [0, 1, 2, 1_000, 300_000] {
            let text = someText(count, seed: UInt64(count))
            let packed = try Gzip.compress(text, level: level)
            #expect(packed.starts(with: [0x1F, 0x8B]))
            #expect(try Gzip.decompress(packed) == text)
        }
    }

    @Test func `Equal bytes become equal data, and smaller ones`() throws {
        let text = someText(100_000, seed: 3)
        let packed = try Gzip.compress(text)
        let again = try Gzip.compress(text)
        #expect(packed == again)
        // Eight letters at random carry 3 of 8 bits each.
        #expect(packed.count > 37_500 && packed.count < 45_000)
    }

    @Test func `A file of GNU gzip is read, and so are several in one`() throws {
        #expect(try Gzip.decompress(helloGzip) == hello)
        #expect(try Gzip.decompress(helloGzip + helloGzip) == hello + hello)
    }

    @Test func `The limit lets exactly that many bytes out`() throws {
        let packed = try Gzip.compress([UInt8](repeating: 0, count: 1_000_000))
        #expect(packed.count < 2_000)
        #expect(try Gzip.decompress(packed, limit: 1_000_000).count == 1_000_000)
        #expect(throws: CompressionError.tooLarge(limit: 999_999)) { try Gzip.decompress(packed, limit: 999_999) }
    }

    @Test func `A bomb that lies about its size is stopped at the limit`() throws {
        // The second member announces 12 bytes for the whole.
        let bomb = try Gzip.compress([UInt8](repeating: 0, count: 20_000_000)) + helloGzip
        #expect(throws: CompressionError.tooLarge(limit: 1_000_000)) { try Gzip.decompress(bomb, limit: 1_000_000) }
    }

    @Test func `What is cut short says so whatever size its last bytes seem to announce`() throws {
        let packed = try Gzip.compress(someText(10_000, seed: 4))
        for removed in [1, 2, 3, 4, 5, 100, packed.count] {
            #expect(throws: CompressionError.truncated) { try Gzip.decompress(packed.dropLast(removed), limit: 20_000) }
        }
    }

    @Test func `Text is no gzip data`() {
        #expect(throws: CompressionError.corrupt(reason: "incorrect header check")) {
            try Gzip.decompress(Array("fecha,delito\n".utf8))
        }
    }

    @Test func `Errors are one sentence with the figures`() {
        #expect(
            CompressionError.tooLarge(limit: 1_048_576).description
                == "gzip data must hold at most 1048576 bytes when uncompressed, but hold more")
        #expect(CompressionError.notZip(path: "a.zip").description == "a.zip must be a ZIP archive, but is none")
    }
}
