import Boundaries
import SimpleFeatures

/// W1: in which polygon of a layer does each of *n* points lie? Timed from the rings to one index per point.
struct PointsInAreas {
    private let layer: String
    private let pointCount: Int

    init(_ arguments: [String]) throws {
        guard arguments.count == 2, let count = Int(arguments[1]) else {
            throw BenchError("usage: faro-bench bench w1 <layer> <n>, layer colonias or municipios")
        }
        (layer, pointCount) = (arguments[0], count)
    }

    func run() throws {
        let areas = try areas()
        let points = try BenchInput.positions("pts_\(pointCount).lonlat.f64")
        var buildSeconds: [Double] = []
        let (measurement, found) = Measurement.of {
            let (build, locator) = Measurement.of(repetitions: 1) {
                PointLocator(areas, squareMetres: [], expectedPoints: points.count)
            }
            buildSeconds.append(build.cpu)
            return self.indices(of: points, in: locator)
        }
        let build = buildSeconds.sorted()[buildSeconds.count / 2]
        measurement.report(
            "W1", case: "\(layer) n=\(pointCount)", check: check(found.indices),
            note: "build \(build) s of it; \(found.notes) notes")
    }

    private func indices(of points: [LonLat], in locator: PointLocator) -> (indices: [Int32], notes: Int) {
        var notes: [PointLocator.Note] = []
        let indices = [Int32](unsafeUninitializedCapacity: points.count) { indices, count in
            points.withUnsafeBufferPointer { locator.locate($0, into: indices, notes: &notes) }
            count = points.count
        }
        return (indices, notes.count)
    }

    /// The generator's polygons have one ring each.
    private func areas() throws -> [MultiPolygon<LonLat>] {
        let positions = try BenchInput.positions("\(layer).coords.f64")
        let offsets = try BenchInput.column("\(layer).offsets.i64", of: Int64.self)
        return zip(offsets, offsets.dropFirst()).map { start, end in
            MultiPolygon([Polygon(exterior: Array(positions[Int(start)..<Int(end)]))])
        }
    }

    /// How many points lie in a polygon, and the peers' checksum: Σ (index + 2)·(i mod 1000003 + 1) modulo 2⁶³.
    private func check(_ indices: [Int32]) -> String {
        var sum: UInt64 = 0
        for (point, index) in indices.enumerated() {
            sum &+= UInt64(Int64(index) + 2) &* UInt64(point % 1_000_003 + 1)
        }
        return "{\"matched\":\(indices.count { $0 >= 0 }),\"sum\":\(sum & 0x7FFF_FFFF_FFFF_FFFF)}"
    }
}
