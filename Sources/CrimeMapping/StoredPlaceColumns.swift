public import Georeferencing
public import Incidents

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
        var categories: [String: Int32] = [:]
        var areas: [String: Int32] = [:]
        func code(_ text: String?, in codes: inout [String: Int32]) -> Int32 {
            guard let text else { return -1 }
            let code = codes[text] ?? Int32(clamping: codes.count)
            codes[text] = code
            return code
        }
        try store.incidents { incident in
            let isGiven = incident.method.isCoordinates
            let area = level.flatMap { level in incident.areas.first { $0.level == level }?.key }
            incidents.append(incident.id)
            columns.append(
                longitude: isGiven ? incident.longitude ?? .nan : .nan,
                latitude: isGiven ? incident.latitude ?? .nan : .nan,
                category: code(incident.category, in: &categories), localMinute: Self.minute(of: incident),
                area: code(area, in: &areas))
        }
    }

    /// Zones differ from UTC by whole hours in Mexico, so the minutes of the instant are the local ones.
    private static func minute(of incident: StoredIncident) -> Int16 {
        guard let hour = incident.localHour, (0..<24).contains(hour) else { return -1 }
        let digits = incident.occurredAt.utf8.dropFirst(14).prefix(2).compactMap { Int16(exactly: Int($0) - 48) }
        let minute = digits.reduce(0) { $0 * 10 + ((0...9).contains($1) ? $1 : 0) }
        return Int16(hour) * 60 + minute % 60
    }
}
