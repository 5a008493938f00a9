import Compression
import Foundation
import TestSupport
import Testing

/// Three entries, as Python's zipfile writes them: `datos/reportes.csv` stored, `../../evil.txt` deflated from 1,000
/// times "x", and `año.txt` with "ñ".
private let archive = [UInt8](
    Data(
        base64Encoded: """
            UEsDBBQAAAAAAAAAIVjytNnvCgAAAAoAAAASAAAAZGF0b3MvcmVwb3J0ZXMuY3N2YSxiDQoxLDINClBLAwQUAAAACAAAACFY5slBOwsAAADoAwAA\
            DgAAAC4uLy4uL2V2aWwudHh0q6gYBaNgFAx3AABQSwMEFAAACAAAAAAhWGgVaB0CAAAAAgAAAAgAAABhw7FvLnR4dMOxUEsBAhQDFAAAAAAAAAAh\
            WPK02e8KAAAACgAAABIAAAAAAAAAAAAAAIABAAAAAGRhdG9zL3JlcG9ydGVzLmNzdlBLAQIUAxQAAAAIAAAAIVjmyUE7CwAAAOgDAAAOAAAAAAAA\
            AAAAAACAAToAAAAuLi8uLi9ldmlsLnR4dFBLAQIUAxQAAAgAAAAAIVhoFWgdAgAAAAIAAAAIAAAAAAAAAAAAAACAAXEAAABhw7FvLnR4dFBLBQYA\
            AAAAAwADALIAAACZAAAAAAA=
            """) ?? Data())

/// Runs `body` with a file that holds `bytes` and is removed afterwards.
private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "faro-zip-\(UUID().uuidString).zip"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
}

@Suite struct ZipArchiveTests {
    @Test func `An archive of Python's lists its entries and gives their bytes`() throws {
        try withFile(archive) { path in
            let zip = try ZipArchive(path: path)
            #expect(zip.entries.map(\.name) == ["datos/reportes.csv", "../../evil.txt", "año.txt"])
            #expect(zip.entries.map(\.uncompressedSize) == [10, 1_000, 2])
            #expect(try zip.read(named: "datos/reportes.csv") == Array("a,b\r\n1,2\r\n".utf8))
            #expect(try zip.read(zip.entries[2]) == Array("ñ".utf8))
        }
    }

    @Test func `A name that climbs out of its folder is read like any other and written nowhere`() throws {
        try withFile(archive) { path in
            let zip = try ZipArchive(path: path)
            #expect(try zip.read(named: "../../evil.txt") == [UInt8](repeating: UInt8(ascii: "x"), count: 1_000))
            #expect(!FileManager.default.fileExists(atPath: path + "/../../../evil.txt"))
            #expect(!FileManager.default.fileExists(atPath: "../../evil.txt"))
        }
    }

    @Test func `An entry above the limit is refused by name`() throws {
        try withFile(archive) { path in
            let zip = try ZipArchive(path: path)
            #expect(try zip.read(zip.entries[1], limit: 1_000).count == 1_000)
            #expect(throws: CompressionError.entryTooLarge(path: path, name: "../../evil.txt", limit: 999)) {
                try zip.read(zip.entries[1], limit: 999)
            }
        }
    }

    @Test func `An entry that is larger than the archive says is not let through`() throws {
        // The directory's record of the second entry begins at 217; its size, 1,000, stands 24 bytes further.
        var lying = archive
        lying[217 + 24] = 100
        lying[217 + 25] = 0
        try withFile(lying) { path in
            let zip = try ZipArchive(path: path)
            #expect(zip.entries[1].uncompressedSize == 100)
            #expect(throws: CompressionError.self) { try zip.read(zip.entries[1], limit: 500) }
        }
    }

    @Test func `An archive of too many entries is refused`() throws {
        try withFile(archive) { path in
            let zip = try ZipArchive(path: path, entryLimit: 3)
            #expect(zip.entries.count == 3)
            #expect(throws: CompressionError.tooManyEntries(path: path, count: 3, limit: 2)) {
                try ZipArchive(path: path, entryLimit: 2)
            }
        }
        #expect(ZipArchive.entryLimit == 100_000)
    }

    @Test func `A missing entry, a missing file and a file of another kind are told apart`() throws {
        try withFile(archive) { path in
            let zip = try ZipArchive(path: path)
            let missing = CompressionError.entryMissing(path: path, name: "nada.csv")
            #expect(throws: missing) { try zip.read(named: "nada.csv") }
        }
        #expect(throws: CompressionError.archiveUnreadable(path: "/nowhere/a.zip", reason: "No such file")) {
            try ZipArchive(path: "/nowhere/a.zip")
        }
        try withFile(Array("fecha,delito\n".utf8)) { path in
            #expect(throws: CompressionError.notZip(path: path)) { try ZipArchive(path: path) }
        }
        try withFile([]) { path in #expect(throws: CompressionError.notZip(path: path)) { try ZipArchive(path: path) } }
    }

    @Test func `A flipped byte of the content is noticed by its checksum`() throws {
        var damaged = archive
        damaged[48] ^= 1  // the "a" of "a,b"
        try withFile(damaged) { path in
            let zip = try ZipArchive(path: path)
            let name = "datos/reportes.csv"
            #expect(throws: CompressionError.entryUnreadable(path: path, name: name, reason: "CRC error")) {
                try zip.read(named: name)
            }
        }
    }

    @Test func `Random damage and truncation never trap`() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2_000 {
            var damaged = archive
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let index = Int.random(in: damaged.indices, using: &generator)
                damaged[index] = .random(in: .min ... .max, using: &generator)
            }
            if Bool.random(using: &generator) {
                damaged.removeLast(Int.random(in: 0..<damaged.count, using: &generator))
            }
            try withFile(damaged) { path in
                guard let zip = try? ZipArchive(path: path) else { return }
                for entry in zip.entries { _ = try? zip.read(entry, limit: 1 << 20) }
            }
        }
    }
}
