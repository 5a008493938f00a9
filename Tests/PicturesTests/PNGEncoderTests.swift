import Foundation
import TestSupport
import Testing

@testable import Pictures

private let hasPython = ConditionTrait.enabled(
    if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "python3 is not installed")

@Suite struct PNGEncoderTests {
    /// A decoder of another make: Python's zlib and the rules of the specification, written down once more.
    private static let decoder = """
        import struct, sys, zlib
        data = open(sys.argv[1], 'rb').read()
        assert data[:8] == b'\\x89PNG\\r\\n\\x1a\\n'
        at, out = 8, []
        while at < len(data):
            n, kind = struct.unpack('>I4s', data[at:at + 8])
            body = data[at + 8:at + 8 + n]
            assert struct.unpack('>I', data[at + 8 + n:at + 12 + n])[0] == zlib.crc32(kind + body)
            at += 12 + n
            if kind == b'IHDR':
                w, h, depth, colour = struct.unpack('>IIBB', body[:10])
                per = {2: 3, 3: 1, 6: 4}[colour]
            if kind == b'IDAT':
                raw = zlib.decompress(body)
                line = w * per + 1
                assert len(raw) == h * line and all(raw[y * line] == 0 for y in range(h))
                body = b''.join(raw[y * line + 1:(y + 1) * line] for y in range(h))
            out.append(kind.decode() + ' ' + body.hex())
        print('\\n'.join(out), end='')
        """

    private func run(_ tool: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return output
    }

    private func chunks(_ png: [UInt8]) throws -> [String] {
        let folder = try TemporaryFolder()
        try Data(png).write(to: URL(fileURLWithPath: folder.file("a.png")))
        return try run("/usr/bin/python3", ["-c", Self.decoder, folder.file("a.png")]).split(separator: "\n").map(
            String.init)
    }

    private static let palette = [
        PNGEncoder.Entry(Colour(0x010203), alpha: 0), .init(Colour(0xFFFFFF), alpha: 128), .init(Colour(0x0A0B0C)),
        .init(Colour(0xABCDEF), alpha: 7),
    ]

    @Test(hasPython)
    func `A palette ends with its last entry in use, its transparency with the last that is not opaque`() throws {
        let png = try PNGEncoder().indexed([0, 1, 2, 2, 1, 0], width: 3, height: 2, palette: Self.palette)
        let found = try chunks(png)
        #expect(
            found == [
                "IHDR 00000003000000020803000000", "PLTE 010203ffffff0a0b0c", "tRNS 0080", "IDAT 000102020100", "IEND ",
            ])
    }

    @Test(hasPython, arguments: [0, 1, 6, 12])
    func `Pixels at random come back from another decoder`(level: Int) throws {
        var random = SeededGenerator(seed: 11)
        let (width, height) = (61, 17)
        func hex(_ bytes: [UInt8]) -> String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
        for perPixel in [3, 4] {
            let pixels = (0..<(width * height * perPixel)).map { _ in UInt8.random(in: 0...255, using: &random) }
            let encoder = PNGEncoder(level: level)
            let png =
                try perPixel == 3
                ? encoder.rgb(pixels, width: width, height: height)
                : encoder.rgba(pixels, width: width, height: height)
            #expect(try chunks(png)[1] == "IDAT " + hex(pixels))
        }
    }

    @Test(hasPython)
    func `Notes and the size on paper are chunks of their own`() throws {
        let encoder = PNGEncoder(
            dotsPerInch: 254, notes: [.init(.software, "Faro 1"), .init(.title, "Ñandú"), .init(.source, "a\u{0}b")])
        let found = try chunks(encoder.rgb([1, 2, 3], width: 1, height: 1))
        #expect(found[1] == "pHYs 000027100000271001")
        // "Software", 0, "Faro 1"; "Title", five zeros, "Ñandú" in UTF-8; "Source", 0, "ab".
        #expect(found[2] == "tEXt 536f667477617265004661726f2031")
        #expect(found[3] == "iTXt 5469746c650000000000c391616e64c3ba")
        #expect(found[4] == "tEXt 536f75726365006162")
        #expect(try chunks(PNGEncoder(dotsPerInch: .nan).rgb([1, 2, 3], width: 1, height: 1))[1] == "IDAT 010203")
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/gdalinfo"), "gdalinfo is not installed"))
    func `GDAL reads palette, transparency and notes`() throws {
        let folder = try TemporaryFolder()
        let encoder = PNGEncoder(notes: [.init(.description, "Hurto en la vía pública")])
        let png = try encoder.indexed([0, 1, 2, 3, 3, 2], width: 2, height: 3, palette: Self.palette)
        try Data(png).write(to: URL(fileURLWithPath: folder.file("a.png")))
        let text = try run("/usr/bin/gdalinfo", ["-stats", folder.file("a.png")])
        #expect(text.contains("Size is 2, 3"))
        #expect(text.contains("3: 171,205,239,7"))
        #expect(text.contains("1: 255,255,255,128"))
        #expect(text.contains("Hurto en la vía pública"))
        #expect(text.contains("STATISTICS_MAXIMUM=3"))
    }

    /// By the third edition: acTL before the first picture, fcTL before each, numbers one after another, and the same bytes of
    /// pixels as a picture that stands still.
    @Test(hasPython)
    func `An animation has its frames in order, each with its time, the last one longest`() throws {
        let frames: [[UInt8]] = [[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12], [0, 0, 0, 0, 0, 0]]
        let found = try chunks(PNGEncoder().animated(frames, width: 2, height: 1, milliseconds: 500))
        let size = "0000000200000001" + "0000000000000000"
        #expect(found.map { $0.prefix(4) } == ["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"])
        #expect(found[1] == "acTL 0000000300000000")
        #expect(found[2] == "fcTL 00000000" + size + "01f403e8" + "0000")
        #expect(found[3] == "IDAT 010203040506")
        #expect(found[4] == "fcTL 00000001" + size + "01f403e8" + "0000")
        #expect(found[5].hasPrefix("fdAT 00000002"))
        #expect(found[6] == "fcTL 00000003" + size + "05dc03e8" + "0000")
        #expect(found[7].hasPrefix("fdAT 00000004"))
        #expect(throws: PictureError.nothingToPaint) {
            try PNGEncoder().animated([], width: 2, height: 1, milliseconds: 500)
        }
        #expect(throws: PictureError.self) {
            try PNGEncoder().animated([frames[0], [1]], width: 2, height: 1, milliseconds: 500)
        }
    }

    @Test func `Pixels that do not fit their picture or their palette are refused`() throws {
        func error(_ work: () throws -> [UInt8]) -> PictureError? {
            do { _ = try work() } catch { return error as? PictureError }
            return nil
        }
        let encoder = PNGEncoder()
        for (width, height) in [(0, 0), (2, 3), (-2, -2), (Int.max, 2), (1 << 32, 1 << 32), (4, 0)] {
            let expected = PictureError.pixelsMisshapen(width: width, height: height, count: 4)
            #expect(
                error { try encoder.indexed([0, 0, 0, 0], width: width, height: height, palette: Self.palette) }
                    == expected)
        }
        #expect(error { try encoder.rgb([1, 2, 3, 4], width: 1, height: 1) } != nil)
        #expect(error { try encoder.rgba([1, 2, 3], width: 1, height: 1) } != nil)
        #expect(
            error { try encoder.indexed([4], width: 1, height: 1, palette: Self.palette) }
                == .colourMissing(index: 4, palette: 4))
        #expect(
            PictureError.colourMissing(index: 4, palette: 4).description
                == "pixels must name entries of the palette, which has 4, but one names entry 4")
    }
}
