import Compression
import SimpleFeatures
import TestSupport
import Testing

@testable import Tiles

@Suite struct TileContentTests {
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let end: [UInt8] = [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]
    /// Signature, header of 256 × 256 pixels in eight bits with opacity, end; the checksums are those that every such
    /// picture has.
    private let picture: [UInt8] =
        signature
        + [0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 1, 0, 0, 0, 1, 0, 8, 6, 0, 0, 0, 0x5C, 0x72, 0xA8, 0x66] + end

    private func fault(_ bytes: [UInt8], pixels: Int?) -> String? {
        var set = TileFixture.set(zooms: 0...0)
        (set.format, set.pixels) = (.png, pixels)
        return TileContent.fault(in: bytes, of: set)
    }

    @Test func `A picture of the right size is right`() {
        #expect(fault(picture, pixels: 256) == nil)
        #expect(fault(picture, pixels: nil) == nil)
        #expect(fault(picture, pixels: 512) == "must be 512 × 512 pixels, but is 256 × 256")
    }

    @Test func `What is no whole picture is told`() {
        #expect(fault([], pixels: nil) == "must be a PNG, but does not begin like one")
        #expect(fault(Self.signature + Self.end, pixels: nil) == "must begin with a header, but does not")
        #expect(fault(picture + [0], pixels: nil) == "must end with its last chunk, but goes on")
        for count in 8..<picture.count {
            #expect(fault(Array(picture[..<count]), pixels: nil) == "must be a complete PNG, but is cut short")
        }
        for index in picture.indices {
            var damaged = picture
            damaged[index] ^= 0x40
            #expect(fault(damaged, pixels: 256) != nil)
        }
    }

    @Test func `A vector tile keeps to its specification and to the layers that the archive names`() throws {
        let set = TileFixture.set(zooms: 0...0)
        #expect(TileContent.fault(in: TileFixture.point, of: set) == nil)
        #expect(TileContent.fault(in: try Gzip.compress(TileFixture.point), of: set) == nil)
        var other = TileFixture.point
        other[6] = UInt8(ascii: "q")
        #expect(
            TileContent.fault(in: other, of: set) == "must have the layers that the archive names, but has q")
        #expect(TileContent.fault(in: [0x1A, 0x05], of: set)?.hasPrefix("breaks Mapbox Vector Tile 2.1: ") == true)
        #expect(TileContent.fault(in: [0x1F, 0x8B], of: set)?.hasPrefix("cannot be uncompressed: ") == true)
    }

    @Test func `Tiles that are slow to fetch are counted, and many violations are not all listed`() {
        var auditor = TileAuditor(
            TileFixture.set(zooms: 0...9, bounds: Envelope(minX: 10, minY: 10, maxX: 20, maxY: 20)))
        for number in 0..<UInt64(400) {
            if let tile = TileID(number: number) { auditor.count(tile, bytes: number < 3 ? 500_001 : 7) }
        }
        let check = auditor.finish(distinct: nil, storedBytes: 0)
        #expect(check.violations.count == 100 && check.violationCount > 100 && !check.isValid)
        #expect(check.warnings == ["3 tiles have more than 500000 bytes: slow to fetch and to draw"])
        #expect(check.zooms.first?.largest == .world && check.zooms.first?.largestBytes == 500_001)
    }
}
