import Geodesy
public import Georeferencing
public import Incidents
public import SimpleFeatures

/// The stored incidents as the checks of places look at them, with their keys in the store.
public struct StoredPlaceColumns: Sendable {
    /// A row per incident, those without a place included.
    public var columns = PlaceColumns()
    /// Per row: the incident's key.
    public var incidents: [Int64] = []

    /// Only places given as coordinates: what Faro itself put in the middle of an area would look like an artefact.
    ///
    /// - Parameter level: whose areas the columns hold; nil for none.
    public init(of store: any IncidentStore, level: String? = nil) throws {
        let table = try store.incidentTable(levels: level.map { [$0] } ?? [], asOf: nil)
        try self.init(of: table, crs: store.settings.crs, level: level)
    }

    /// The same of a table that is loaded already. Its metres are brought back to degrees, which keeps equal places equal
    /// and costs less than a ten-thousandth of the metre that the checks round to.
    /// - Parameter crs: in which the table's metres are.
    /// - Throws: `GeodesyError`.
    public init(of table: IncidentTable, crs: CRS, level: String? = nil) throws {
        incidents = table.id
        var (x, y) = (table.x, table.y)
        for row in table.method.indices where !table.method[row].isCoordinates { (x[row], y[row]) = (.nan, .nan) }
        _ = try Transformation(from: crs, to: .wgs84).transform(x: &x, y: &y)
        columns.longitude = x.map { $0.isFinite ? $0 : .nan }
        columns.latitude = y.map { $0.isFinite ? $0 : .nan }
        columns.category = table.category
        columns.localMinute = table.localMinute
        columns.area =
            level.flatMap { table.areas(of: $0)?.index } ?? Array(repeating: -1, count: table.count)
    }
}
