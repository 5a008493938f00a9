public import SimpleFeatures

extension PointPattern {
    /// The incidents in an area; its border belongs to it. Those outside are not counted as dropped: how many they are is
    /// the difference of the two ``count``s.
    ///
    /// ## Example
    /// ```swift
    /// let inCity = try robberies.inside(city)
    /// let outside = robberies.count - inCity.count
    /// ```
    ///
    /// - Parameter area: in the pattern's reference system; its parts must not overlap.
    /// - Throws: ``HotspotError/studyAreaWithoutArea``, ``HotspotError/coordinatesTooLarge(method:)``.
    /// - Complexity: O(*n*) where few edges are near each place.
    public func inside(_ area: MultiPolygon<PlanarPoint>) throws(HotspotError) -> PointPattern {
        let window = try StudyWindow(area, method: "a study area")
        let kept = x.indices.filter { window.contains(x: x[$0] - window.origin.x, y: y[$0] - window.origin.y) }
        return PointPattern(places: kept, of: self)
    }

    /// A part of a pattern is in canonical order already.
    private init(places kept: [Int], of whole: PointPattern) {
        crs = whole.crs
        x = kept.map { whole.x[$0] }
        y = kept.map { whole.y[$0] }
        weight = kept.map { whole.weight[$0] }
        multiplicity = kept.map { whole.multiplicity[$0] }
        count = multiplicity.reduce(0) { $0 + Int($1) }
        dropped = whole.dropped
    }
}
