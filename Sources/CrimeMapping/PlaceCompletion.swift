import Boundaries
import Geodesy
import Georeferencing
import Incidents
import SimpleFeatures

/// Gives the incidents of a batch what their file does not say: WGS 84 for metres, metres for degrees, the tile key.
final class PlaceCompletion {
    private let toWGS84: Transformation
    private let toPlane: Transformation
    /// Whether the file's degrees are WGS 84 already.
    private let isWGS84: Bool
    /// Whether the file's metres are those of the store.
    private let isStoreCRS: Bool

    init(from file: CRS, to store: CRS) throws(GeodesyError) {
        toWGS84 = try Transformation(from: file, to: .wgs84)
        toPlane = try Transformation(from: .wgs84, to: store)
        isWGS84 = file == .wgs84
        isStoreCRS = file == store
    }

    /// Completes every row. A place that has no image in the store's CRS loses its coordinates and is unplaced.
    /// - Returns: the rows that lost their place.
    func complete(_ batch: inout IncidentBatch) -> [Int] {
        for row in batch.uncertainty.indices where batch.uncertainty[row] == 0 {
            batch.uncertainty[row] = uncertainty(batch.longitude[row], batch.latitude[row])
        }
        if batch.longitude.allSatisfy(\.isNaN) { fillDegrees(&batch) } else { convertDegrees(&batch) }
        if !(isStoreCRS && batch.x.contains { !$0.isNaN }) {
            batch.x = batch.longitude
            batch.y = batch.latitude
            transform(toPlane, &batch.x, &batch.y)
        }
        var lost: [Int] = []
        for row in 0..<batch.count {
            let placed = batch.x[row].isFinite && batch.longitude[row].isFinite
            if placed {
                batch.cell[row] = WebMercator.cellKey(longitude: batch.longitude[row], latitude: batch.latitude[row])
            } else if batch.outcome[row] == .placed {
                lose(row, of: &batch)
                lost.append(row)
            }
        }
        return lost
    }

    /// Completes rows that words have placed: these are on WGS 84, whatever the file's coordinates are.
    func complete(_ rows: [Int], of batch: inout IncidentBatch) {
        var (x, y) = (rows.map { batch.longitude[$0] }, rows.map { batch.latitude[$0] })
        transform(toPlane, &x, &y)
        for (index, row) in rows.enumerated() where x[index].isFinite && y[index].isFinite {
            (batch.x[row], batch.y[row]) = (x[index], y[index])
            batch.cell[row] = WebMercator.cellKey(longitude: batch.longitude[row], latitude: batch.latitude[row])
        }
    }

    /// Where the file's coordinates are expected, in its own CRS: around the store's boundaries, or Mexico without any.
    func expectedEnvelope(layers: [BoundaryLayer], unit: CoordinateCheck.Unit) throws -> Envelope<FilePosition>? {
        var box = Envelope<LonLat>.empty
        for layer in layers { for area in layer.areas { box = box.union(area.geometry.envelope) } }
        guard unit == .degrees else { return nil }
        guard !box.isEmpty else { return CoordinateCheck.mexico }
        // A city's reports reach into its neighbours; a degree is about 110 km.
        let margin = 0.25
        return Envelope(
            minX: box.minX - margin, minY: box.minY - margin, maxX: box.maxX + margin, maxY: box.maxY + margin)
    }

    /// What the digits of the finer coordinate leave open: a number forgets the zeros at its end, hardly those of both.
    /// Metres are written to the metre or closer.
    private func uncertainty(_ longitude: Double, _ latitude: Double) -> Double {
        guard longitude.isFinite, latitude.isFinite else { return PositionalUncertainty.floor.metres }
        let decimals = max(
            PositionalUncertainty.decimals(of: longitude), PositionalUncertainty.decimals(of: latitude))
        return PositionalUncertainty.radius(decimals: decimals, latitude: latitude).metres
    }

    private func fillDegrees(_ batch: inout IncidentBatch) {
        batch.longitude = batch.x
        batch.latitude = batch.y
        transform(toWGS84, &batch.longitude, &batch.latitude)
    }

    private func convertDegrees(_ batch: inout IncidentBatch) {
        guard !isWGS84 else { return }
        transform(toWGS84, &batch.longitude, &batch.latitude)
    }

    private func transform(_ transformation: Transformation, _ x: inout [Double], _ y: inout [Double]) {
        _ = x.withUnsafeMutableBufferPointer { x in
            y.withUnsafeMutableBufferPointer { y in
                guard let xs = x.baseAddress, let ys = y.baseAddress else { return 0 }
                return transformation.transform(x: xs, y: ys, count: min(x.count, y.count))
            }
        }
    }

    private func lose(_ row: Int, of batch: inout IncidentBatch) {
        batch.outcome[row] = .unplaced
        batch.method[row] = .outOfRange
        batch.grade[row] = .none
        batch.uncertainty[row] = .nan
        (batch.longitude[row], batch.latitude[row]) = (.nan, .nan)
        (batch.x[row], batch.y[row]) = (.nan, .nan)
    }
}
