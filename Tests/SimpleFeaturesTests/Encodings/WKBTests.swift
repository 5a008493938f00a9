import SimpleFeatures
import TestSupport
import Testing

/// Bytes from their hexadecimal spelling.
private func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

private func decode(_ bytes: [UInt8]) throws -> Geometry<PlanarPoint> {
    try bytes.withUnsafeBytes { try WKB.decode($0) }
}

private func point(_ x: Double, _ y: Double) -> PlanarPoint { PlanarPoint(x: x, y: y) }

private func ring(_ numbers: [(Double, Double)]) -> [PlanarPoint] { numbers.map { point($0.0, $0.1) } }

/// A geometry with what GEOS 3.11 (through shapely 2) writes for it, little and big endian.
private let references: [(geometry: Geometry<PlanarPoint>, little: String, big: String)] = [
    (
        .polygon(
            Polygon(
                exterior: ring([(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)]), holes: [ring([(1, 1), (1, 2), (2, 2), (2, 1), (1, 1)])])),
        """
        010300000002000000050000000000000000000000000000000000000000000000000010400000000000000000000000000000104000000000
        00001040000000000000000000000000000010400000000000000000000000000000000005000000000000000000F03F000000000000F03F00
        0000000000F03F0000000000000040000000000000004000000000000000400000000000000040000000000000F03F000000000000F03F0000
        00000000F03F
        """,
        """
        000000000300000002000000050000000000000000000000000000000040100000000000000000000000000000401000000000000040100000
        000000000000000000000000401000000000000000000000000000000000000000000000000000053FF00000000000003FF00000000000003F
        F000000000000040000000000000004000000000000000400000000000000040000000000000003FF00000000000003FF00000000000003FF0
        000000000000
        """
    ),
    (
        .multiPoint([point(1, 2), point(3, 4)]),
        "0104000000020000000101000000000000000000F03F0000000000000040010100000000000000000008400000000000001040",
        "00000000040000000200000000013FF00000000000004000000000000000000000000140080000000000004010000000000000"
    ),
    (
        .multiLineString([ring([(0, 0), (1, 1)]), ring([(2, 2), (3, 3), (4, 4)])]),
        """
        01050000000200000001020000000200000000000000000000000000000000000000000000000000F03F000000000000F03F01020000000300
        0000000000000000004000000000000000400000000000000840000000000000084000000000000010400000000000001040
        """,
        """
        000000000500000002000000000200000002000000000000000000000000000000003FF00000000000003FF000000000000000000000020000
        0003400000000000000040000000000000004008000000000000400800000000000040100000000000004010000000000000
        """
    ),
    (
        .multiPolygon(
            MultiPolygon([
                Polygon(exterior: ring([(0, 0), (1, 0), (0, 1), (0, 0)])), Polygon(exterior: ring([(5, 5), (6, 5), (5, 6), (5, 5)])),
            ])),
        """
        0106000000020000000103000000010000000400000000000000000000000000000000000000000000000000F03F0000000000000000000000
        0000000000000000000000F03F0000000000000000000000000000000001030000000100000004000000000000000000144000000000000014
        40000000000000184000000000000014400000000000001440000000000000184000000000000014400000000000001440
        """,
        """
        00000000060000000200000000030000000100000004000000000000000000000000000000003FF00000000000000000000000000000000000
        00000000003FF00000000000000000000000000000000000000000000000000000030000000100000004401400000000000040140000000000
        00401800000000000040140000000000004014000000000000401800000000000040140000000000004014000000000000
        """
    ),
    (
        .collection([.point(point(1, 2)), .lineString(ring([(0, 0), (1, 1)]))]),
        """
        0107000000020000000101000000000000000000F03F0000000000000040010200000002000000000000000000000000000000000000000000
        00000000F03F000000000000F03F
        """,
        """
        00000000070000000200000000013FF0000000000000400000000000000000000000020000000200000000000000000000000000000000
        3FF00000000000003FF0000000000000
        """
    ),
]

@Suite struct WKBTests {
    @Test(arguments: references.indices) func `A geometry is written as GEOS writes it`(index: Int) {
        #expect(WKB.encode(references[index].geometry) == bytes(references[index].little))
    }

    @Test(arguments: references.indices) func `What GEOS writes is read in both byte orders`(index: Int) throws {
        #expect(try decode(bytes(references[index].little)) == references[index].geometry)
        #expect(try decode(bytes(references[index].big)) == references[index].geometry)
    }

    @Test(arguments: [
        "01E9030000000000000000F03F00000000000000400000000000002240",  // ISO point Z
        "00A0000001000010E63FF000000000000040000000000000004022000000000000",  // EWKB point Z with its reference system
    ])
    func `The third coordinate and the reference system are dropped`(hex: String) throws {
        #expect(try decode(bytes(hex)) == .point(point(1, 2)))
    }

    @Test(arguments: [
        "01EA03000002000000000000000000000000000000000000000000000000001440000000000000F03F000000000000F03F0000000000001840",
        "00A0000002000010E6000000020000000000000000000000000000000040140000000000003FF00000000000003FF00000000000004018000000000000",
    ])
    func `The third coordinate of a line is dropped`(hex: String) throws {
        #expect(try decode(bytes(hex)) == .lineString(ring([(0, 0), (1, 1)])))
    }

    @Test func `Empty geometries keep that they are empty`() throws {
        #expect(try decode(bytes("0101000000000000000000F87F000000000000F87F")) == .multiPoint([]))
        #expect(try decode(bytes("010300000000000000")) == .polygon(Polygon(exterior: [])))
        #expect(WKB.encode(Geometry<LonLat>.polygon(Polygon(exterior: []))) == bytes("010300000000000000"))
    }

    @Test func `Faults are named with their place`() {
        func error(_ hex: String) -> WKBError? {
            do {
                _ = try decode(bytes(hex))
                return nil
            } catch { return error as? WKBError }
        }
        #expect(error("") == .truncated(needed: 5, remaining: 0, offset: 0))
        #expect(error("0201000000") == .unknownByteOrder(2, offset: 0))
        #expect(error("0108000000") == .unsupportedType(8, offset: 1))
        #expect(error("0102000000FFFFFFFF") == .truncated(needed: 16 * 0xFFFF_FFFF, remaining: 0, offset: 9))
        #expect(error("0101000000000000000000F07F0000000000000000") == .notFinite(offset: 5))
        #expect(error("01010000000000000000000000000000000000000000") == .trailingBytes(1, offset: 21))
        #expect(error("0104000000010000000102000000000000000000000000000000") == .wrongMember(2, of: 4, offset: 9))
        #expect(
            error("0108000000")?.description
                == "a WKB geometry type must be one of 1 (point) to 7 (collection), but is 8 at byte 1")
    }

    @Test func `Collections within collections are read to a limit and refused beyond it`() {
        func nested(_ depth: Int) -> [UInt8] {
            Array(repeatElement(bytes("010700000001000000"), count: depth).joined()) + bytes("010700000000000000")
        }
        #expect(throws: Never.self) { try decode(nested(WKB.depthLimit - 1)) }
        #expect(throws: WKBError.tooDeep(limit: 64, offset: 64 * 9)) { try decode(nested(100_000)) }
    }

    @Test func `Random geometries survive a round trip`() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            let geometry = randomGeometry(depth: 0, using: &generator)
            #expect(try decode(WKB.encode(geometry)) == geometry)
        }
    }

    @Test func `Mutated and truncated bytes are read or refused`() {
        var generator = SeededGenerator(seed: 11)
        var refused = 0
        for _ in 0..<20_000 {
            var damaged = WKB.encode(randomGeometry(depth: 0, using: &generator))
            for _ in 0..<Int.random(in: 1...4, using: &generator) where !damaged.isEmpty {
                damaged[Int.random(in: damaged.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            if Bool.random(using: &generator) { damaged.removeLast(Int.random(in: 0...damaged.count, using: &generator)) }
            do { _ = try decode(damaged) } catch { refused += 1 }
        }
        #expect(refused > 5_000)
        #expect(refused < 20_000)
    }
}

private func randomGeometry(depth: Int, using generator: inout SeededGenerator) -> Geometry<PlanarPoint> {
    func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
    func line() -> [PlanarPoint] {
        (0..<draw(0...5)).map { _ in
            point(.random(in: -1e6...1e6, using: &generator), .random(in: -1e6...1e6, using: &generator))
        }
    }
    func area() -> Polygon<PlanarPoint> { Polygon(exterior: line() + [point(1, 1)], holes: (0..<draw(0...2)).map { _ in line() }) }
    switch draw(0...(depth < 3 ? 6 : 5)) {
    case 0: return .point(point(Double(draw(-9...9)), Double(draw(-9...9))))
    case 1: return .multiPoint(line())
    case 2: return .lineString(line())
    case 3: return .multiLineString((0..<draw(0...3)).map { _ in line() })
    case 4: return .polygon(area())
    case 5: return .multiPolygon(MultiPolygon((0..<draw(0...3)).map { _ in area() }))
    default: return .collection((0..<draw(0...3)).map { _ in randomGeometry(depth: depth + 1, using: &generator) })
    }
}
