import Foundation
import Geodesy
import SimpleFeatures
import TestSupport
import Testing

@Suite(.enabled(if: ProcessInfo.processInfo.environment["FARO_TIMINGS"] != nil, "FARO_TIMINGS is not set"))
struct TransformationSpeedTests {
    @Test(arguments: ["EPSG:32614", "EPSG:6372", "EPSG:3857", "EPSG:26714"])
    func `A million points are transformed in a fraction of a second`(name: String) throws {
        var generator = SeededGenerator(seed: 1)
        var x = (0..<1_000_000).map { _ in Double.random(in: -101 ... -99, using: &generator) }
        var y = (0..<1_000_000).map { _ in Double.random(in: 24...26, using: &generator) }
        let transformation = try Transformation(from: .wgs84, to: CRS(name))
        let clock = ContinuousClock()
        var failed = 0
        let forward = try clock.measure { failed += try transformation.transform(x: &x, y: &y) }
        let inverse = try clock.measure { failed += try transformation.transform(x: &x, y: &y, direction: .inverse) }
        #expect(failed == 0)
        print("\(name): 1e6 points forward \(forward), inverse \(inverse)")
        // Four times what a quiet machine needs in debug, where PROJ does the work either way.
        #expect(forward < .seconds(2) && inverse < .seconds(4))
    }

    @Test func `The keys of a million points are made in a fraction of a second`() {
        var generator = SeededGenerator(seed: 1)
        let x = (0..<1_000_000).map { _ in Double.random(in: -101 ... -99, using: &generator) }
        let y = (0..<1_000_000).map { _ in Double.random(in: 24...26, using: &generator) }
        var keys: [Int64] = []
        let time = ContinuousClock().measure { keys = WebMercator.cellKeys(longitudes: x, latitudes: y) }
        #expect(keys.count == 1_000_000)
        print("keys of 1e6 points: \(time)")
    }
}
