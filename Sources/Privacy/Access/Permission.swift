/// What a role gets of a resource.
public enum Permission: String, Hashable, Sendable, Codable {
    /// It has no incident in it: everybody gets it as it is.
    case open
    /// What the gate publishes of it, and nothing else.
    case published
    /// As it is, without the incidents of sensitive offences; the answer says that they are left out.
    case withoutSensitivePlaces = "without_sensitive_places"
    /// As it is.
    case full
    /// Nothing: 401 without a token, 403 with one.
    case refused
}

/// What can be asked of the server, by what is in it rather than by address.
public enum Resource: String, Hashable, Sendable, Codable, CaseIterable {
    /// Landing page, conformance, OpenAPI, queryables, TileJSON without counts, health.
    case description
    /// Borders and names of areas, also as tiles.
    case boundaries
    /// `/collections/incidents/items`, also `numberMatched`.
    case incidents
    /// Vector tiles with a point for an incident or a corner.
    case incidentTiles = "incident_tiles"
    /// Raster and vector tiles of heat.
    case heatTiles = "heat_tiles"
    /// Tiles with counts by area.
    case areaTiles = "area_tiles"
    /// Tiles with everything that the role sees: areas, cells, and incidents.
    case cityTiles = "city_tiles"
    /// `/summary`, `/indicators`.
    case summary
    /// `/report/{month}`.
    case report
    /// `/hotspots/count` and `/hotspots/kde` on the public grid.
    case surfaces
    /// Every other `/hotspots/…`: statistics on counts give the counts away.
    case statistics
    /// `/districts/{id}/heatmap`: an area of any level, hours and days.
    case districtHeatmap = "district_heatmap"
    /// Imports and their issues, raw rows.
    case imports
    /// `/metrics`: how many incidents there are, and how many were asked for.
    case metrics
}

extension Gate {
    /// The table of roles and resources: the only place that decides who gets what.
    ///
    /// | | public | planner | researcher | admin |
    /// |---|---|---|---|---|
    /// | description, boundaries | open | open | open | open |
    /// | summary, report, area tiles | published | full | full | full |
    /// | surfaces, heat and city tiles | published | without sensitive places | full | full |
    /// | incidents, incident tiles | refused | without sensitive places | full | full |
    /// | statistics, district heatmap | refused | without sensitive places | full | full |
    /// | imports, metrics | refused | refused | refused | full |
    ///
    /// - Parameter hasOwnPlaces: whether the question draws places of its own, a box or a shape: counts in small ones are
    ///   places.
    public func permits(_ role: Role, _ resource: Resource, hasOwnPlaces: Bool = false) -> Permission {
        switch (resource, role) {
        case (.description, _), (.boundaries, _): .open
        case (.imports, .admin), (.metrics, .admin): .full
        case (.imports, _), (.metrics, _): .refused
        case (.summary, .public), (.report, .public), (.surfaces, .public), (.heatTiles, .public),
            (.areaTiles, .public), (.cityTiles, .public):
            .published
        case (_, .public): .refused
        case (.summary, .planner), (.report, .planner), (.areaTiles, .planner):
            hasOwnPlaces ? .withoutSensitivePlaces : .full
        case (_, .planner): .withoutSensitivePlaces
        case (_, .researcher), (_, .admin): .full
        }
    }
}
