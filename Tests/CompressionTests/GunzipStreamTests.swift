import Compression
import TestSupport
import Testing

/// "hello, gzip\n", as GNU gzip 1.12 writes it (`gzip -n -9`).
let helloGzip: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0xD7, 0x51, 0x48, 0xAF,
    0xCA,
    0x2C, 0xE0, 0x02, 0x00, 0x86, 0x1F, 0x82, 0xA4, 0x0C, 0x00, 0x00, 0x00,
]
let hello = Array("hello, gzip\n".utf8)

/// Inflates with inputs of `inputSize` and outputs of `outputSize` bytes.
func gunzip(_ bytes: [UInt8], inputSize: Int, outputSize: Int) throws -> [UInt8] {
    let stream = try GunzipStream()
    var output: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: outputSize)
    var start = 0
    while true {
        let end = min(bytes.count, start + inputSize)
        let progress = try piece.withUnsafeMutableBytes { piece in
            try bytes[start..<end].withUnsafeBytes { try stream.inflate($0, into: piece) }
        }
        start += progress.consumed
        output += piece[..<progress.produced]
        if progress.produced == 0, start == bytes.count { break }
    }
    try stream.finish()
    return output
}

/// Text that repeats itself, but not regularly.
func someText(_ count: Int, seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in UInt8.random(in: 97..<105, using: &generator) }
}

@Suite struct GunzipStreamTests {
    @Test func `A file of GNU gzip is read in pieces of every size`() throws {
        for inputSize in 1...helloGzip.count {
            for outputSize in 1...hello.count + 1 {
                #expect(try gunzip(helloGzip, inputSize: inputSize, outputSize: outputSize) == hello)
            }
        }
    }

    @Test func `Members follow one another, with zero bytes as padding between and after them`() throws {
        let members = helloGzip + helloGzip + [0, 0, 0] + helloGzip + [UInt8](repeating: 0, count: 512)
        for size in [1, 2, 7, 31, 32, 33, 4096] {
            #expect(try gunzip(members, inputSize: size, outputSize: 5) == hello + hello + hello)
        }
    }

    @Test func `Large data come out as they went in`() throws {
        let text = someText(3_000_000, seed: 1)
        let packed = try Gzip.compress(text)
        #expect(try gunzip(packed, inputSize: 65_536, outputSize: 100_000) == text)
    }

    @Test func `A stream cut anywhere is truncated`() throws {
        for end in 0..<helloGzip.count {
            #expect(throws: CompressionError.truncated) {
                _ = try gunzip(Array(helloGzip[..<end]), inputSize: 5, outputSize: 64)
            }
        }
        #expect(throws: CompressionError.truncated) {
            _ = try gunzip(helloGzip + helloGzip.prefix(12), inputSize: 64, outputSize: 64)
        }
    }

    @Test func `No flipped bit gives other content, and none in identification, checksum or length is overlooked`() {
        for index in helloGzip.indices {
            for bit in 0..<8 {
                var damaged = helloGzip
                damaged[index] ^= 1 << bit
                let output = try? gunzip(damaged, inputSize: 64, outputSize: 64)
                // Time, system and the bits that fill the last byte carry no content.
                let mayBeOverlooked = (3..<24).contains(index)
                #expect(output == nil || (mayBeOverlooked && output == hello), "byte \(index), bit \(bit)")
            }
        }
    }

    @Test func `A wrong checksum is told apart from a stream cut short`() throws {
        var damaged = helloGzip
        damaged[24] ^= 0xFF
        #expect(throws: CompressionError.corrupt(reason: "incorrect data check")) {
            _ = try gunzip(damaged, inputSize: 64, outputSize: 64)
        }
    }

    @Test func `Bytes after the last member that are no member are refused`() throws {
        #expect(throws: CompressionError.corrupt(reason: "incorrect header check")) {
            _ = try gunzip(helloGzip + Array("rest".utf8), inputSize: 64, outputSize: 64)
        }
    }

    @Test func `Random damage never traps and always ends`() throws {
        var generator = SeededGenerator(seed: 7)
        let packed = try Gzip.compress(someText(2_000, seed: 2)) + helloGzip
        for _ in 0..<5_000 {
            var damaged = packed
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let index = Int.random(in: damaged.indices, using: &generator)
                damaged[index] = .random(in: .min ... .max, using: &generator)
            }
            damaged.removeLast(Int.random(in: 0..<damaged.count, using: &generator))
            _ = try? gunzip(damaged, inputSize: .random(in: 1...999, using: &generator), outputSize: 512)
        }
    }
}
