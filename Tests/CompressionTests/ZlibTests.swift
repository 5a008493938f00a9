import Compression
import Foundation
import TestSupport
import Testing

private let hasPython = ConditionTrait.enabled(
    if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "python3 is not installed")

@Suite struct ZlibTests {
    @Test(hasPython, arguments: [-1, 0, 1, 6, 9, 12, 99])
    func `What is compressed comes back from Python at every level`(level: Int) throws {
        let text = someText(20_000, seed: UInt64(bitPattern: Int64(level)))
        let packed = try Zlib.compress(text, level: level)
        #expect(try python(packed) == text)
        let again = try Zlib.compress(text, level: level)
        #expect(packed == again)
    }

    @Test(hasPython)
    func `Nothing is a stream too`() throws {
        let packed = try Zlib.compress([])
        // The checksum of nothing is 1 (RFC 1950).
        #expect(packed.suffix(4) == [0, 0, 0, 1])
        #expect((Int(packed[0]) << 8 | Int(packed[1])) % 31 == 0)
        #expect(try python(packed) == [])
    }

    @Test func `The checksum of 123456789 is the published one, whole and in pieces`() {
        let digits = Array("123456789".utf8)
        #expect(CRC32.checksum(of: digits) == 0xCBF4_3926)
        #expect(CRC32.checksum(of: digits[4...], following: CRC32.checksum(of: digits[..<4])) == 0xCBF4_3926)
        #expect(CRC32.checksum(of: digits.lazy.map { $0 }) == 0xCBF4_3926)
        #expect(CRC32.checksum(of: [UInt8]()) == 0)
    }

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

    private func python(_ packed: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "zlib-\(UUID().uuidString)")
        try Data(packed).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [
            "-c", "import sys, zlib; sys.stdout.buffer.write(zlib.decompress(open(sys.argv[1], 'rb').read()))",
            file.path,
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return Array(bytes)
    }
}
