import Files
import Compression
import Formats
import Foundation
import Grids
import SimpleFeatures
import TestSupport
import Testing

private func grid(_ columns: Int, _ rows: Int, crs: CRS = CRS("EPSG:32614")) throws -> Grid {
    try Grid(
        crs: crs, origin: PlanarPoint(x: 480_000, y: 2_130_000.5), cellSize: .metres(125), columns: columns, rows: rows)
}

private func write(_ tiff: GeoTIFF, to folder: TemporaryFolder, _ name: String = "a.tif") throws -> String {
    let file = try AtomicFile(path: folder.file(name), overwrite: true)
    try tiff.write(to: file)
    try file.commit()
    return folder.file(name)
}

/// Values of every kind; one cell in ten has none.
private func someSurface(_ columns: Int, _ rows: Int, seed: UInt64) throws -> Surface {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<columns * rows).map { _ -> Double in
        switch generator.next() % 10 {
        case 0: .nan
        case 1: [0, -0.0, 1e-45, 3.4e38, -1e-38, 1 / 3][Int(generator.next() % 6)]
        default: .random(in: -1e4...1e4, using: &generator)
        }
    }
    return Surface(grid: try grid(columns, rows), values: values)
}

/// Equal as numbers, NaN to NaN.
private func agree(_ found: [Double], _ expected: [Double]) -> Bool {
    found.count == expected.count
        && zip(found, expected).allSatisfy { $0.isNaN && $1.isNaN || $0 == Double(Float($1)) }
}

@Suite struct GeoTIFFTests {
    @Test func `Two cells, worked by hand`() throws {
        let folder = try TemporaryFolder()
        let surface = Surface(grid: try grid(2, 1), values: [1, 2])
        let path = try write(GeoTIFF(surface: surface, valueName: "v"), to: folder)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(bytes[..<10] == [0x49, 0x49, 42, 0, 8, 0, 0, 0, 17, 0])
        #expect(bytes[10..<22] == [0, 1, 4, 0, 1, 0, 0, 0, 2, 0, 0, 0], "ImageWidth is a LONG, 2")
        // 3F800000 and 40000000: most significant bytes first, then each less the one before.
        let packed = try Zlib.compress([0x3F, 0x01, 0x40, 0x80, 0, 0, 0, 0])
        #expect(bytes.suffix(packed.count) == packed[...])
    }

    @Test func `The cells and what is known about them come back`() throws {
        let folder = try TemporaryFolder()
        for (columns, rows) in [(1, 1), (7, 3), (512, 2), (513, 40), (30, 1100)] {
            let surface = try someSurface(columns, rows, seed: UInt64(columns))
            let path = try write(GeoTIFF(surface: surface, valueName: "v", title: "Peñón"), to: folder)
            let reader = try GeoTIFFReader(path: path)
            try reader.validate()
            let read = try reader.surface()
            #expect(read.grid == surface.grid && agree(read.values, surface.values))
            #expect(reader.title == "Peñón" && reader.metadata?.contains(">v</Item>") == true)
            #expect(reader.images.count == (max(columns, rows) <= 512 ? 1 : max(columns, rows) <= 1024 ? 2 : 3))
        }
        #expect(folder.names == ["a.tif"])
    }

    @Test func `Equal surfaces become equal bytes`() throws {
        let folder = try TemporaryFolder()
        let tiff = GeoTIFF(surface: try someSurface(520, 20, seed: 4), valueName: "v")
        let (first, second) = (try write(tiff, to: folder, "1"), try write(tiff, to: folder, "2"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: first)) == Data(contentsOf: URL(fileURLWithPath: second)))
    }

    @Test func `A system without an EPSG code is refused, and nothing is left`() throws {
        let folder = try TemporaryFolder()
        for name in ["+proj=laea +lat_0=19", "EPSG:0", "EPSG:102008", "ESRI:102008"] {
            let surface = Surface(grid: try grid(1, 1, crs: CRS(name)), values: [1])
            #expect(throws: GeoTIFFError.crsWithoutCode(CRS(name))) {
                try write(GeoTIFF(surface: surface, valueName: "v"), to: folder)
            }
        }
        #expect(folder.names == [])
        #expect(
            "\(GeoTIFFError.crsWithoutCode(CRS("ESRI:1")))"
                == "a GeoTIFF must name its reference system by an EPSG code from 1024 to 32766, but it is ESRI:1; "
                + "choose such a system, or write an ASCII grid")
    }

    @Test func `Whoever stops the writing leaves nothing`() throws {
        struct Stopped: Error {}
        let folder = try TemporaryFolder()
        let file = try AtomicFile(path: folder.file("a.tif"), overwrite: false)
        var shares: [Double] = []
        #expect(throws: Stopped.self) {
            try GeoTIFF(surface: try someSurface(20, 1100, seed: 1), valueName: "v").write(to: file) {
                shares.append($0)
                if shares.count == 3 { throw Stopped() }
            }
        }
        #expect(shares == shares.sorted() && shares.count == 3 && shares[2] < 1)
        file.abort()
        #expect(folder.names == [])
    }

    @Test func `Damaged files are refused with a sentence, or read as something else`() throws {
        let folder = try TemporaryFolder()
        let path = try write(GeoTIFF(surface: try someSurface(530, 3, seed: 8), valueName: "v"), to: folder)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        var generator = SeededGenerator(seed: 3)
        var refused = 0
        func attempt(_ damaged: [UInt8]) throws {
            let path = try folder.write("damaged.tif", damaged)
            do {
                let reader = try GeoTIFFReader(path: path)
                try reader.validate()
                _ = try reader.surface()
            } catch let error as GeoTIFFError {
                refused += 1
                #expect("\(error)".hasPrefix(path + " must be a"))
            }
        }
        for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 60)) {
            try attempt(Array(bytes.prefix(length)))
        }
        #expect(refused >= 60)
        for _ in 0..<300 {
            var damaged = bytes
            // Mostly in the directories, where numbers mean something.
            let end = generator.next() % 4 == 0 ? bytes.count : 900
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                damaged[Int.random(in: 0..<end, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            try attempt(damaged)
        }
        #expect(refused > 150)
    }

    @Test func `What is no GeoTIFF of this kind is told apart from what is damaged`() throws {
        let folder = try TemporaryFolder()
        let text = try folder.write("a.txt", Array("ncols 3".utf8))
        #expect(
            throws: GeoTIFFError.unsupported(
                path: text, reason: "it does not begin as a little-endian TIFF does")
        ) { try GeoTIFFReader(path: text) }
        #expect(throws: FileError.missing(path: folder.file("b"))) { try GeoTIFFReader(path: folder.file("b")) }
        #expect(throws: FileError.isDirectory(path: folder.path)) { try GeoTIFFReader(path: folder.path) }
    }
}
