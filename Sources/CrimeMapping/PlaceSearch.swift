public import Boundaries
public import Georeferencing
import Incidents
import SimpleFeatures

/// Finds where the words of a report say that it happened, in what a store knows of names: the job behind `faro place`.
public final class PlaceSearch {
    public let georeferencer: Georeferencer

    /// - Throws: the store's errors, and ``JobError/usage(_:)`` for a store without boundaries.
    public init(in store: any BoundarySource & GazetteerSource, source: NameSource = .sameCatalogue) throws {
        let layers = try store.allBoundaryLayers()
        guard !layers.isEmpty else {
            throw JobError.usage("the store has no boundaries; bring some in with faro boundaries import")
        }
        georeferencer = try Georeferencer(layers: layers, store: store, source: source)
    }

    /// By the boundaries that hold longest.
    public func find(_ words: PlaceWords) -> PlaceFinding { georeferencer.find(words) }

    /// The finding as scripts read it.
    public func answer(to finding: PlaceFinding, id: String? = nil) -> PlaceReport {
        PlaceReport(finding, id: id, names: georeferencer)
    }
}

/// One answer of `faro place --json`. Members that do not apply are null.
public struct PlaceReport: Sendable, Encodable {
    /// The key that came with the words; for lines without one, the line's number.
    public var id: String?
    /// `match`: one colonia, or a point; `ambiguous`: any of the candidates; `unmatched`: neither.
    public var status: PlaceStatus
    /// The colonia that is meant, or around the point.
    public var areaID: String?
    public var areaName: String?
    /// In which version of the colonias its key means an area.
    public var boundaryVersion: Int?
    /// The best first, at most twenty.
    public var candidateIDs: [String]
    /// How many there are.
    public var candidateCount: Int
    public var municipalityID: String?
    /// How much of the words the place explains, 0 to 1. It orders answers; it is no probability.
    public var score: Double
    public var method: String
    /// Which rule decided; null where a street table did.
    public var rule: String?
    public var precision: String
    public var uncertaintyMetres: Double?
    public var longitude: Double?
    public var latitude: Double?

    init(_ finding: PlaceFinding, id: String?, names: Georeferencer) {
        self.id = id
        status = Self.status(of: finding)
        let colonia = finding.areas.first(where: { $0.level == Level.colonia })
        areaID = colonia?.id
        areaName = colonia.map { names.name(of: $0) }
        let candidates = status == .ambiguous ? finding.colonia?.candidates ?? [] : []
        boundaryVersion = colonia?.version ?? candidates.first?.area.version
        candidateIDs = candidates.map(\.area.id)
        candidateCount = candidates.isEmpty ? 0 : finding.colonia?.candidateCount ?? 0
        municipalityID = finding.areas.first(where: { $0.level == Level.municipality })?.id
        let isStreet = finding.street?.verdict == .match
        let found: Double? = isStreet ? finding.street?.score : finding.colonia?.score
        score = status == .unmatched ? 0 : ((found ?? 0) * 1e4).rounded() / 1e4
        method = finding.method.name
        let asked = finding.colonia ?? finding.municipality
        rule = isStreet ? nil : asked.map(\.rule.name)
        precision = finding.grade.name
        uncertaintyMetres = finding.uncertainty.isFinite ? finding.uncertainty.rounded() : nil
        longitude = finding.place?.longitude
        latitude = finding.place?.latitude
    }

    /// A municipality is no answer to where; a postal code leaves the choice among its colonias.
    private static func status(of finding: PlaceFinding) -> PlaceStatus {
        switch finding.outcome {
        case .placed: finding.grade == .postalCode ? .ambiguous : finding.grade == .municipality ? .unmatched : .match
        case .ambiguous: .ambiguous
        case .unplaced, .rejected: .unmatched
        }
    }

    private enum Key: String, CodingKey {
        case id, status, score, method, rule, precision, longitude, latitude
        case areaID = "area_id"
        case areaName = "area_name"
        case boundaryVersion = "boundary_version"
        case candidateIDs = "candidate_ids"
        case candidateCount = "candidate_count"
        case municipalityID = "municipality_id"
        case uncertaintyMetres = "uncertainty_m"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(id, forKey: .id)
        try container.encode(status, forKey: .status)
        try container.encode(areaID, forKey: .areaID)
        try container.encode(areaName, forKey: .areaName)
        try container.encode(boundaryVersion, forKey: .boundaryVersion)
        try container.encode(candidateIDs, forKey: .candidateIDs)
        try container.encode(candidateCount, forKey: .candidateCount)
        try container.encode(municipalityID, forKey: .municipalityID)
        try container.encode(score, forKey: .score)
        try container.encode(method, forKey: .method)
        try container.encode(rule, forKey: .rule)
        try container.encode(precision, forKey: .precision)
        try container.encode(uncertaintyMetres, forKey: .uncertaintyMetres)
        try container.encode(longitude, forKey: .longitude)
        try container.encode(latitude, forKey: .latitude)
    }
}
