import Formats
import SimpleFeatures
import TestSupport
import Testing

private typealias Fixture = ShapefileFixture

private func at(_ x: Double, _ y: Double) -> FilePosition { FilePosition(x: x, y: y) }

private func read(
    _ shp: [UInt8], _ dbf: [UInt8]? = nil
) throws -> (features: [Feature<FilePosition>], notes: ShapefileReader.Notes) {
    var features: [Feature<FilePosition>] = []
    let notes = try ShapefileReader(shp: shp, dbf: dbf).features { features.append($0) }
    return (features, notes)
}

private func error(_ shp: [UInt8], _ dbf: [UInt8]? = nil) -> ShapefileError? {
    do {
        _ = try read(shp, dbf)
        return nil
    } catch { return error as? ShapefileError }
}

/// The file with a little-endian word put in its place.
private func damaged(_ shp: [UInt8], at offset: Int, _ word: Int32) -> [UInt8] {
    var bytes = shp
    bytes.replaceSubrange(offset..<(offset + 4), with: Fixture.littleEndian(word))
    return bytes
}

@Suite struct ShapefileReaderTests {
    // MARK: Shapes

    @Test(arguments: [(1, 0), (11, 2), (21, 1)] as [(Int32, Int)])
    func `Points of all kinds are read in two dimensions`(type: Int32, extra: Int) throws {
        let shp = Fixture.shp(
            type: type, [Fixture.point(at(485_000.5, -2), type: type, extra: extra), Fixture.null])
        let (features, notes) = try read(shp)
        #expect(features == [Feature(geometry: .point(at(485_000.5, -2))), Feature(geometry: nil)])
        #expect(notes.features == 2)
        #expect(notes.nullShapes == 1)
        #expect(notes.shapesWithExtraCoordinates == (extra > 0 ? 1 : 0))
        #expect(notes.envelope == Envelope(minX: 485_000.5, minY: -2, maxX: 485_000.5, maxY: -2))
    }

    @Test(arguments: [8, 18, 28] as [Int32])
    func `Multipoints are read`(type: Int32) throws {
        let contents = [Fixture.multiPoint([at(1, 2), at(3, 4)], type: type), Fixture.multiPoint([], type: type)]
        let (features, notes) = try read(Fixture.shp(type: type, contents))
        #expect(features == [Feature(geometry: .multiPoint([at(1, 2), at(3, 4)])), Feature(geometry: nil)])
        #expect(notes.emptyGeometries == 1)
    }

    @Test(arguments: [(3, 0), (13, 14), (23, 7)] as [(Int32, Int)])
    func `Lines of one and more parts are read`(type: Int32, extra: Int) throws {
        let (one, two) = ([at(0, 0), at(1, 1), at(2, 0)], [at(5, 5), at(6, 6)])
        let contents = [
            Fixture.parts([one], type: type, extra: extra), Fixture.parts([one, two], type: type),
            Fixture.parts([one, [at(5, 5)]], type: type),
        ]
        let (features, notes) = try read(Fixture.shp(type: type, contents))
        #expect(features.map(\.geometry) == [.lineString(one), .multiLineString([one, two]), .lineString(one)])
        #expect(notes.degenerateParts == 1)
    }

    @Test(arguments: [(5, 0), (15, 20), (25, 10)] as [(Int32, Int)])
    func `A polygon with a hole is read`(type: Int32, extra: Int) throws {
        let exterior = Fixture.square(0, 0, size: 10)
        let hole = Array(Fixture.square(2, 2, size: 3).reversed())
        let content = Fixture.parts([exterior, hole], type: type, extra: extra)
        let (features, notes) = try read(Fixture.shp(type: type, [content]))
        #expect(features.map(\.geometry) == [.polygon(Polygon(exterior: exterior, holes: [hole]))])
        #expect(notes.misorientedRings == 0)
    }

    @Test func `Open rings are closed, rings that enclose nothing left out`() throws {
        let square = Fixture.square(0, 0, size: 1)
        let flat = [at(5, 5), at(6, 6), at(5, 5)]
        let contents = [Fixture.parts([square.dropLast(), flat], type: 5), Fixture.parts([flat], type: 5)]
        let (features, notes) = try read(Fixture.shp(type: 5, contents))
        #expect(features.map(\.geometry) == [.polygon(Polygon(exterior: square)), nil])
        #expect(notes.closedRings == 1)
        #expect(notes.degenerateParts == 2)
        #expect(notes.emptyGeometries == 1)
    }

    @Test func `A coordinate that is not finite leaves the feature without geometry`() throws {
        let content = Fixture.parts([Fixture.square(0, .nan, size: 1)], type: 5)
        let (features, notes) = try read(Fixture.shp(type: 5, [content]))
        #expect(features == [Feature(geometry: nil)])
        #expect(notes.notFiniteGeometries == 1)
    }

    // MARK: Tables

    @Test func `Attributes come with their shapes, and deleted records not at all`() throws {
        let shp = Fixture.shp(type: 1, (0..<3).map { Fixture.point(at(Double($0), 0)) })
        let dbf = Fixture.dbf([("ID", "N", 3)], ["1", "2", "3"].map { [Array($0.utf8)] }, deleted: [1])
        let (features, notes) = try read(shp, dbf)
        #expect(features.map(\.properties) == [[Property("ID", .integer(1))], [Property("ID", .integer(3))]])
        #expect(features.map(\.geometry) == [.point(at(0, 0)), .point(at(2, 0))])
        #expect(notes.deletedRecords == 1)
        #expect(notes.features == 2)
    }

    @Test func `The text of the reference system is handed on`() throws {
        let shp = Fixture.shp(type: 1, [])
        #expect(try ShapefileReader(shp: shp, dbf: nil, prj: "PROJCS[\"x\"]").prj == "PROJCS[\"x\"]")
        #expect(try ShapefileReader(shp: shp, dbf: nil, prj: " \n").prj == nil)
        #expect(try ShapefileReader(shp: shp, dbf: nil).prj == nil)
    }

    // MARK: Damage

    @Test func `Damaged files are refused with what is wrong`() {
        let good = Fixture.shp(type: 5, [Fixture.parts([Fixture.square(0, 0, size: 1)], type: 5)])
        #expect(error(good) == nil)
        #expect(error([]) == .notAShapefile(fileCode: nil))
        #expect(error([UInt8](repeating: 0, count: 100)) == .notAShapefile(fileCode: 0))
        #expect(error(Array(good.dropLast(2))) == .truncated(file: .shp, needed: good.count, found: good.count - 2))
        #expect(error(Fixture.shp(type: 31, [])) == .unsupportedShapeType(31, record: nil))
        #expect(error(Fixture.shp(type: 5, [Fixture.littleEndian(31)])) == .unsupportedShapeType(31, record: 1))
        #expect(
            error(Fixture.shp(type: 1, [Fixture.littleEndian(1)]))
                == .countPastRecord(record: 1, what: .points, count: 1, length: 4))
        #expect(
            error(Fixture.shp(type: 8, [Fixture.littleEndian(8)])) == .recordTooShort(record: 1, needed: 40, length: 4))
        var absurd = good
        absurd.replaceSubrange(104..<108, with: [0x7F, 255, 255, 255])
        #expect(
            error(absurd) == .recordPastEnd(record: 1, offset: 100, length: 8 + 2 * 0x7FFF_FFFF, end: good.count))
    }

    @Test func `Counts that do not fit are refused before anything is allocated`() {
        // The record's content starts at byte 108: type, box, parts at 144, points at 148, where the part starts at 152.
        let good = Fixture.shp(type: 5, [Fixture.parts([Fixture.square(0, 0, size: 1)], type: 5)])
        func refusal(_ what: ShapefileError.Count, _ count: Int) -> ShapefileError {
            .countPastRecord(record: 1, what: what, count: count, length: 128)
        }
        #expect(error(damaged(good, at: 144, .max)) == refusal(.parts, 0x7FFF_FFFF))
        #expect(error(damaged(good, at: 144, -1)) == refusal(.parts, -1))
        #expect(error(damaged(good, at: 148, .max)) == refusal(.points, 0x7FFF_FFFF))
        #expect(error(damaged(good, at: 148, .min)) == refusal(.points, -0x8000_0000))
        #expect(error(damaged(good, at: 152, 6)) == .partOutOfOrder(record: 1, part: 1, start: 6))
        #expect(error(damaged(good, at: 152, -1)) == .partOutOfOrder(record: 1, part: 1, start: -1))
    }

    @Test func `Files that do not belong together are refused`() {
        let refusal = error(Fixture.shp(type: 1, []), Fixture.dbf([("ID", "N", 3)], [[Array("1".utf8)]]))
        #expect(refusal == .recordCountMismatch(shapes: 0, rows: 1))
        #expect(
            refusal?.description
                == "the .shp and .dbf files must have equally many records, but have 0 and 1: "
                + "they do not belong together, or one is damaged")
    }

    @Test func `Bytes behind the end are counted`() throws {
        let shp = Fixture.shp(type: 1, [Fixture.point(at(1, 2))])
        #expect(try read(shp + [0, 0, 0]).notes.trailingBytes == 3)
    }

    @Test func `Mutated and truncated files are read or refused`() {
        var generator = SeededGenerator(seed: 29)
        let nested = [Fixture.square(0, 0, size: 9), Fixture.square(1, 1, size: 2)]
        let shapes = [
            Fixture.shp(
                type: 5,
                [
                    Fixture.parts(nested, type: 5), Fixture.null,
                    Fixture.parts([Fixture.square(0, 0, size: 1)], type: 15, extra: 10),
                ]),
            Fixture.shp(
                type: 8, [Fixture.multiPoint([at(1, 2), at(3, 4)]), Fixture.point(at(1, 2)), Fixture.null]),
        ]
        let row = ["Peñón", "12.5", "T", "20240301", "\u{1}"].map { Array($0.utf8) }
        let table = Fixture.dbf(
            [("NOMBRE", "C", 12), ("N", "N", 6), ("L", "L", 1), ("D", "D", 8), ("I", "I", 4)], [row, row, row])
        var refused = 0
        for round in 0..<20_000 {
            var (shp, dbf) = (shapes[round % 2], table)
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let extremes: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF, .random(in: 0...255, using: &generator)]
                let byte = extremes.randomElement(using: &generator) ?? 0
                if Bool.random(using: &generator) {
                    // Headers and counts lie in front, so that is where most of the damage is done.
                    let end = Bool.random(using: &generator) ? shp.count : 160
                    shp[Int.random(in: 0..<end, using: &generator)] = byte
                } else {
                    dbf[Int.random(in: 0..<dbf.count, using: &generator)] = byte
                }
            }
            switch Int.random(in: 0...7, using: &generator) {
            case 0: shp.removeLast(Int.random(in: 0...shp.count, using: &generator))
            case 1: dbf.removeLast(Int.random(in: 0...dbf.count, using: &generator))
            default: break
            }
            do { _ = try read(shp, dbf) } catch { refused += 1 }
        }
        #expect((3_000..<20_000).contains(refused))
    }
}
