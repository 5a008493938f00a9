import Geodesy
public import Incidents
import SimpleFeatures

/// Holds the metres and tiles of stored incidents against their degrees: what a store, which knows no projection, cannot
/// check itself.
public enum PlaceValidation {
    /// How far metres may lie from the image of the degrees: beyond what any way there and back costs.
    static let tolerance = 1.0

    /// One sentence for each rule that is broken.
    /// - Throws: `GeodesyError`, the store's errors.
    /// - Complexity: O(incidents).
    public static func findings(in store: any IncidentStore) throws -> [String] {
        let table = try store.incidentTable(levels: [], asOf: nil)
        let cells = Dictionary(zip(table.id, table.cell)) { first, _ in first }
        var check = MetreCheck(plane: try Transformation(from: .wgs84, to: store.settings.crs))
        try store.places { place in
            guard place.longitude.isFinite, let cell = cells[place.incident] else { return }
            check.countCell(cell, of: place)
        }
        try store.incidents { incident in
            guard let longitude = incident.longitude, let latitude = incident.latitude, let x = incident.x,
                let y = incident.y
            else { return }
            try check.append(longitude, latitude, x, y)
        }
        try check.flush()
        return check.findings
    }
}

/// What has been found so far, and the places that wait to be projected together.
private struct MetreCheck {
    let plane: Transformation
    private var degrees: (x: [Double], y: [Double]) = ([], [])
    private var metres: (x: [Double], y: [Double]) = ([], [])
    private var astray = 0
    private var wrongCells = 0

    init(plane: Transformation) { self.plane = plane }

    mutating func countCell(_ cell: Int64, of place: StoredPlace) {
        wrongCells +=
            cell == WebMercator.cellKey(longitude: place.longitude, latitude: place.latitude) ? 0 : 1
    }

    mutating func append(_ longitude: Double, _ latitude: Double, _ x: Double, _ y: Double) throws {
        degrees.x.append(longitude)
        degrees.y.append(latitude)
        metres.x.append(x)
        metres.y.append(y)
        if degrees.x.count == 50_000 { try flush() }
    }

    mutating func flush() throws {
        _ = try plane.transform(x: &degrees.x, y: &degrees.y)
        for row in metres.x.indices {
            let (dx, dy) = (degrees.x[row] - metres.x[row], degrees.y[row] - metres.y[row])
            // Written so that what is no number is astray.
            astray += dx * dx + dy * dy <= PlaceValidation.tolerance * PlaceValidation.tolerance ? 0 : 1
        }
        degrees = ([], [])
        metres = ([], [])
    }

    var findings: [String] {
        var findings: [String] = []
        if astray > 0 {
            findings.append("place: \(astray) incidents have an x and y that are not where their geometry is")
        }
        if wrongCells > 0 {
            findings.append("place: \(wrongCells) incidents have a cell_z14 that is not that of their geometry")
        }
        return findings
    }
}
