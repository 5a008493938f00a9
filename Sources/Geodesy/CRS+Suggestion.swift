public import SimpleFeatures

extension CRS {
    /// Mexico ITRF2008 / LCC: metres over the whole country, as INEGI publishes it.
    public static let mexico = CRS("EPSG:6372")

    /// The UTM zone on WGS 84 that holds a place; nil off the Earth and beyond 84° north or 80° south, where UTM ends.
    ///
    /// Zones are six degrees wide everywhere; the exceptions of Norway and Svalbard are not made.
    public static func utm(for place: LonLat) -> CRS? {
        guard place.isOnEarth, place.latitude <= 84, place.latitude >= -80 else { return nil }
        let zone = min(60, Int((place.longitude + 180) / 6) + 1)
        return CRS("EPSG:\((place.latitude < 0 ? 32700 : 32600) + zone)")
    }

    /// A system in metres for a study area: its UTM zone, or ``mexico`` for one wider than a zone that lies in Mexico.
    ///
    /// nil where neither fits; then the user must say. In a zone lengths are true to 1 in 2,500, in ``mexico`` to
    /// about 1 in 100.
    public static func metric(covering area: Envelope<LonLat>) -> CRS? {
        guard !area.isEmpty else { return nil }
        let middle = area.middle
        if area.width <= 6 { return utm(for: middle) }
        // The area of use of EPSG:6372.
        let country = Envelope<LonLat>(minX: -122.19, minY: 12.1, maxX: -84.64, maxY: 32.72)
        return area.union(country) == country ? mexico : nil
    }
}
