import Hotspots
import SimpleFeatures
import Topology

extension PointPattern {
    /// The incidents in a study area, and the area as one, its parts joined; all of them, and the box around them, without one.
    ///
    /// - Throws: `HotspotError`, `TopologyError`.
    func within(_ studyArea: StudyArea?) throws -> (pattern: PointPattern, area: AreaChoice) {
        guard let studyArea else { return (self, .boundingBox) }
        let union = try Overlay().union(studyArea.polygons)
        return (try inside(union), .polygon(union))
    }
}

extension StudyArea? {
    /// As a result's record writes it.
    var words: String { self?.name ?? "the box around the incidents" }
}
