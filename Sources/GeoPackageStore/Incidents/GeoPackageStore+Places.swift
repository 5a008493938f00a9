public import Incidents

extension GeoPackageStore {
    public func relocate(_ incidents: [Int64], to batch: IncidentBatch) throws {}
    public func artefacts() throws -> [ArtefactPlace] { [] }
    public func setArtefacts(_ places: [ArtefactPlace], incidents: [Int64]) throws {}
}
