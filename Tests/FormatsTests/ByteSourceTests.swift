import Compression
import Files
import Formats
import Foundation
import TestSupport
import Testing

/// Everything a source gives, in pieces of at most `pieceSize` bytes.
private func drain(_ source: ByteSource, pieceSize: Int = 1000) throws -> [UInt8] {
    var piece = [UInt8](repeating: 0, count: pieceSize)
    var bytes: [UInt8] = []
    while true {
        let count = try piece.withUnsafeMutableBytes { try source.read(into: $0) }
        guard count > 0 else { return bytes }
        bytes += piece[..<count]
    }
}

private let text = Array(String(repeating: "fecha,delito,colonia\n", count: 50_000).utf8)

@Suite struct ByteSourceTests {
    @Test func `A file is given as it stands, in pieces of any size`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.csv", text)
        for pieceSize in [1000, 262_144, 5_000_000] {
            let source = try ByteSource(path: path)
            #expect(!source.isGzipped)
            #expect(source.fileSize == Int64(text.count))
            #expect(try drain(source, pieceSize: pieceSize) == text)
            #expect(source.bytesRead == Int64(text.count))
        }
    }

    @Test func `Gzip data are told by their content and uncompressed, whatever the name`() throws {
        let folder = try TemporaryFolder()
        let packed = try Gzip.compress(text)
        let path = try folder.write("a.csv", packed + packed)
        let source = try ByteSource(path: path)
        #expect(source.isGzipped)
        #expect(try drain(source) == text + text)
        #expect(source.bytesRead == Int64(packed.count * 2) && source.fileSize == Int64(packed.count * 2))
        #expect(try drain(ByteSource(path: folder.write("b.gz", text))) == text)
    }

    @Test func `Bytes in memory are read alike, also one at a time`() throws {
        let start = Array(text.prefix(3_000))
        let packed = try Gzip.compress(start)
        for bytes in [start, packed] {
            for chunkSize in [1, 2, 3, 1000, 1 << 20] {
                #expect(try drain(ByteSource(bytes: bytes, name: "memory", chunkSize: chunkSize)) == start)
            }
        }
        for bytes: [UInt8] in [[], [0x1F], [0x61], [0x61, 0x62]] {
            #expect(try drain(ByteSource(bytes: bytes, name: "memory")) == bytes)
        }
    }

    @Test func `Gzip data cut short or damaged are an error that names the file`() throws {
        let folder = try TemporaryFolder()
        let packed = try Gzip.compress(text)
        let cut = try folder.write("cut.gz", packed.dropLast(9))
        #expect(throws: FileError.damaged(path: cut, reason: "\(CompressionError.truncated)")) {
            try drain(ByteSource(path: cut))
        }
        var damaged = packed
        damaged[packed.count - 7] ^= 1
        let bad = try folder.write("bad.gz", damaged)
        let reason = "\(CompressionError.corrupt(reason: "incorrect data check"))"
        #expect(throws: FileError.damaged(path: bad, reason: reason)) { try drain(ByteSource(path: bad)) }
    }

    @Test func `What is not there, a folder and a file without leave are told apart`() throws {
        let folder = try TemporaryFolder()
        let nothing = folder.file("nothing.csv")
        #expect(throws: FileError.missing(path: nothing)) { try ByteSource(path: nothing) }
        #expect(throws: FileError.isDirectory(path: folder.path)) { try ByteSource(path: folder.path) }
        let beneath = try folder.write("file", [1]) + "/beneath.csv"
        #expect(throws: FileError.unreadable(path: beneath, reason: "Not a directory")) {
            try ByteSource(path: beneath)
        }
        #expect("\(FileError.missing(path: "a.csv"))" == "a.csv must be a file, but there is none")
    }

    @Test func `A document is read whole up to its limit`() throws {
        let folder = try TemporaryFolder()
        let packed = try Gzip.compress(text)
        for path in [try folder.write("a", text), try folder.write("b", packed)] {
            #expect(try ByteSource.readAll(path: path, limit: text.count) == text)
            #expect(throws: FileError.tooLarge(path: path, limit: text.count - 1)) {
                try ByteSource.readAll(path: path, limit: text.count - 1)
            }
        }
        #expect(
            "\(FileError.tooLarge(path: "a.geojson", limit: 1000))"
                == "a.geojson must hold at most 1000 bytes when uncompressed, but holds more")
    }

    @Test func `The kind of a file is told by its first bytes`() throws {
        let folder = try TemporaryFolder()
        let cases: [(FileKind, [UInt8])] = [
            (.empty, []), (.gzip, [0x1F, 0x8B, 8, 0]), (.zip, [0x50, 0x4B, 3, 4, 20]), (.zip, [0x50, 0x4B, 5, 6]),
            (.sqlite, Array("SQLite format 3\0".utf8) + [16, 0]), (.shapefile, [0, 0, 0x27, 0x0A, 0, 0]),
            (.text, Array("fecha,delito\r\n\t\u{0C}".utf8)), (.text, [0xEF, 0xBB, 0xBF, 0x61]),
            (.text, [0x61, 0xF1, 0x6F]), (.text, [0x50]), (.text, Array("PK,id\n".utf8)),
            (.other, [0xFF, 0xFE, 0x61, 0]), (.other, [0xFE, 0xFF, 0, 0x61]), (.other, [0x61, 0, 0x62, 0]),
            (.other, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]),
        ]
        for (index, (kind, bytes)) in cases.enumerated() {
            #expect(try ByteSource.kind(ofFileAt: folder.write("\(index)", bytes)) == kind, "case \(index)")
        }
        #expect(throws: FileError.missing(path: "/nowhere/a")) { try ByteSource.kind(ofFileAt: "/nowhere/a") }
    }
}

@Suite struct FileDigestTests {
    /// The examples of FIPS 180-4 (NIST, "SHA256.pdf") and of the empty message.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
    func `The digest is the published one`(message: String, digest: String) throws {
        let folder = try TemporaryFolder()
        #expect(try FileDigest.sha256(ofFileAt: folder.write("message", Array(message.utf8))) == digest)
    }

    @Test func `Gzip data are digested as they stand on disk`() throws {
        let folder = try TemporaryFolder()
        let packed = try Gzip.compress(Array("abc".utf8))
        let one = try FileDigest.sha256(ofFileAt: folder.write("a.gz", packed))
        let other = try FileDigest.sha256(ofFileAt: folder.write("b.gz", Gzip.compress(Array("abc".utf8), level: 0)))
        #expect(one != other)
        #expect(throws: FileError.missing(path: "/nowhere/a")) { try FileDigest.sha256(ofFileAt: "/nowhere/a") }
    }
}
