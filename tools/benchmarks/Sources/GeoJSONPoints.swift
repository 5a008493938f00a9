import Bytes
import Files
import Formats
import Foundation
import SimpleFeatures

/// W6g: *n* points with a number and a category each as GeoJSON. Timed from columns in memory to a closed file, which
/// lies on the disk then.
struct GeoJSONPoints {
    private let pointCount: Int

    init(_ arguments: [String]) throws {
        guard arguments.count == 1, let count = Int(arguments[0]) else {
            throw BenchError("usage: faro-bench bench w6g <n>")
        }
        pointCount = count
    }

    func run() throws {
        let points = try points()
        let path = BenchInput.scratch.appending(path: "w6g_faro.geojson").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let (measurement, _) = try Measurement.of(
            repetitions: 5, preparing: { try? FileManager.default.removeItem(atPath: path) },
            { try write(points, to: path) })
        measurement.report("W6g", case: "n=\(pointCount)", check: try check(path))
    }

    private func points() throws -> PointColumns {
        let positions = try BenchInput.column("pts_\(pointCount).lonlat.f64", of: Double.self)
        let rows = 0..<positions.count / 2
        return try PointColumns(
            longitudes: rows.map { positions[2 * $0] }, latitudes: rows.map { positions[2 * $0 + 1] },
            attributes: [
                AttributeColumn(name: "id", values: .integers(rows.map(Int64.init))),
                AttributeColumn(name: "cat", values: .integers(rows.map { Int64($0 * 37 % 12) })),
            ])
    }

    private func write(_ points: PointColumns, to path: String) throws {
        let file = try AtomicFile(path: path, overwrite: true)
        var writer = GeoJSONWriter(.collection)
        var buffer = ByteWriter()
        try writer.begin(into: &buffer)
        try file.write(buffer.bytes)
        try writer.points(points) { try file.write($0) }
        buffer.removeAll()
        writer.end(into: &buffer)
        try file.write(buffer.bytes)
        try file.commit()
    }

    /// What is read back: features, and the sums of their numbers and coordinates.
    private func check(_ path: String) throws -> String {
        var (features, numbers, sum) = (0, Int64(0), 0.0)
        let bytes = try ByteSource.readAll(path: path, limit: 1 << 30)
        _ = try GeoJSONReader(bytes).features { feature in
            features += 1
            for case .integer(let value) in feature.properties.map(\.value) { numbers += value }
            if case .point(let place) = feature.geometry { sum += place.x + place.y }
        }
        return "{\"features\":\(features),\"numbers\":\(numbers),\"sum\":\(sum)}"
    }
}
