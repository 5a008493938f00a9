import Incidents
import SimpleFeatures
import TestSupport
import Testing

struct CoordinateCheckTests {
    private func judge(_ x: String, _ y: String, _ check: CoordinateCheck = CoordinateCheck())
        -> CoordinateCheck.Verdict
    {
        bytes(x) { x in bytes(y) { check.verdict(x: x, y: $0) } }
    }

    @Test(arguments: [
        ("-99.13", "19.43", PlacementMethod.coordinates), ("-99,13", "19,43", .coordinates),
        ("", "19.43", .noCoordinates),
        ("-99.13", "", .noCoordinates), ("", "", .noCoordinates), ("0", "0.000", .zeroCoordinates),
        ("0", "19.43", .zeroCoordinates), ("-99.13", "0", .zeroCoordinates), ("abc", "19.43", .unreadableCoordinates),
        ("99°07'48\"W", "19°25'42\"N", .unreadableCoordinates), ("nan", "inf", .unreadableCoordinates),
        ("-99,13,1", "19.43", .unreadableCoordinates), ("-99.1,3", "19.43", .unreadableCoordinates),
        ("1e400", "19.43", .unreadableCoordinates), ("19.43", "-99.13", .swappedCoordinates),
        ("99.13", "19.43", .signRestored), ("486123.5", "2148000", .wrongUnit), ("-9913", "1943", .wrongUnit),
        ("-99.13", "194300000000", .outOfRange), ("-199.13", "19.43", .outOfRange), ("1e300", "1e300", .outOfRange),
        ("-3.7", "40.4", .coordinates),
    ])
    func `A pair of texts ends as the rules say`(x: String, y: String, method: PlacementMethod) {
        let verdict = judge(x, y)
        #expect(verdict.method == method)
        #expect(verdict.x.isNaN == !method.givesPlace)
        #expect(verdict.y.isNaN == !method.givesPlace)
        #expect(verdict.isFarAway == (x == "-3.7"))
    }

    @Test func `A repaired pair is where it should have been`() {
        #expect(judge("19.43", "-99.13").x == -99.13)
        #expect(judge("19.43", "-99.13").y == 19.43)
        #expect(judge("99.13", "19.43").x == -99.13)
    }

    @Test func `Without an expected envelope nothing is repaired and nothing is far away`() {
        let check = CoordinateCheck(unit: .degrees, expected: nil)
        #expect(judge("19.43", "-89.13", check) == .init(x: 19.43, y: -89.13, method: .coordinates))
        #expect(judge("0", "19.43", check).method == .coordinates)
        #expect(judge("0", "0", check).method == .zeroCoordinates)
        let empty = CoordinateCheck(unit: .degrees, expected: .empty)
        #expect(judge("-3.7", "40.4", empty) == .init(x: -3.7, y: 40.4, method: .coordinates))
    }

    @Test func `In metres a comma is not read, degrees are the wrong unit, and exchange is repaired`() {
        let city = Envelope<FilePosition>(minX: 460_000, minY: 2_100_000, maxX: 520_000, maxY: 2_170_000)
        let check = CoordinateCheck(unit: .metres, expected: city)
        #expect(judge("486123.5", "2148000", check).method == .coordinates)
        #expect(judge("2148000", "486123.5", check) == .init(x: 486_123.5, y: 2_148_000, method: .swappedCoordinates))
        #expect(judge("486,123", "2148000", check).method == .unreadableCoordinates)
        #expect(judge("-99.13", "19.43", check).method == .wrongUnit)
        #expect(judge("486123", "99999999", check).method == .outOfRange)
        #expect(judge("486123", "2999999", check).isFarAway)
    }

    @Test func `The envelope's borders belong to it`() {
        #expect(!judge("-118.6", "14.3").isFarAway)
        #expect(!judge("-86.5", "32.9").isFarAway)
        #expect(judge("-86.4999", "32.9").isFarAway)
    }

    @Test func `Any two doubles and any two texts are judged`() {
        var generator = SeededGenerator(seed: 5)
        let alphabet = Array("0123456789.,-+eE nai°".utf8)
        for unit in [CoordinateCheck.Unit.degrees, .metres] {
            let check = CoordinateCheck(unit: unit)
            for _ in 0..<50_000 {
                let bits = (generator.next(), generator.next())
                let verdict = check.verdict(x: Double(bitPattern: bits.0), y: Double(bitPattern: bits.1))
                #expect(verdict.method.givesPlace == verdict.x.isFinite)
                let text = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                    alphabet.randomElement(using: &generator) ?? 0
                }
                _ = text.withUnsafeBufferPointer { check.verdict(x: $0, y: $0) }
            }
        }
    }
}
