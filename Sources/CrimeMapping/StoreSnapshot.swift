public import Boundaries
public import CivilTime
import Geodesy
public import Incidents
public import SimpleFeatures

/// Everything that the reading jobs take of a store.
public typealias StoreSource = IncidentSource & BoundarySource & PopulationSource & TaxonomySource

/// One revision of a store held in memory: what a server answers from.
///
/// Immutable, so that any number of threads read it while a later one is loaded. Selections share its columns; they copy
/// none of them. Outlines of areas are kept in metres too, so that nothing is projected twice.
///
/// Per incident it takes 97 bytes and 4 for each level; labels, texts and what earlier imports held stay in the store.
public final class StoreSnapshot: StoreSource, Sendable {
    public let settings: StoreSettings
    /// When it was read: `2024-03-01T12:00:00Z`.
    public let loadedAt = UTCText.now
    /// All current incidents with every level, without ``IncidentTable/labelAgrees``.
    public let table: IncidentTable
    /// Where the incidents of ``table`` lie in degrees.
    public let places: PlaceIndex
    /// Every version of every level, in the store's order.
    public let layers: [BoundaryLayer]
    /// Per layer; nil where an area has no image on the plane.
    private let outlines: [[MultiPolygon<PlanarPoint>]?]
    private let importRecords: [ImportRecord]
    private let artefactPlaces: [ArtefactPlace]
    private let populationFigures: [PopulationFigure]
    private let schemes: [Taxonomy]
    private let rules: [TaxonomyRule]
    /// Equal for equal states: the revision, with the files and boundaries that are in the store, as two stores may count the
    /// same revisions.
    public let tag: String
    /// The crossings of the store's street tables, in metres: corners that count 0 where nothing happened.
    public let knownCorners: [PlanarPoint]
    private let labels: (edges: [CalendarDate], counts: [LabelCount])
    /// Of the settings, found once: the system takes milliseconds for it. nil where it is not known here.
    private let zone: ZoneRules?

    /// The day it is where its incidents happen; by UTC where the zone is not known here.
    public var today: CalendarDate { .today(in: zone ?? .utc) }

    /// Reads the store in one state.
    /// - Throws: the store's errors, `TaxonomyError` where its rules name what is not there.
    /// - Complexity: O(incidents + vertices).
    public convenience init(of store: any StoreSource) throws {
        try self.init(try store.inOneState { try Parts(of: store) })
    }

    private init(_ parts: Parts) throws {
        settings = parts.settings
        zone = try? ZoneRules.zone(parts.settings.timeZone)
        table = parts.table
        places = try PlaceIndex(of: parts.table, crs: parts.settings.crs)
        layers = parts.layers
        importRecords = parts.imports
        artefactPlaces = parts.artefacts
        populationFigures = parts.populations
        schemes = parts.schemes
        rules = parts.rules
        labels = (parts.edges, parts.labels)
        tag = parts.tag
        knownCorners = parts.corners
        let plane = try? ProjectedTransformation(parts.settings.crs)
        outlines = parts.layers.map { layer in
            plane.flatMap { plane in try? layer.areas.map { try plane.forward($0.geometry) } }
        }
    }

    /// The same state without the incidents of some categories: for whoever may see all others.
    ///
    /// Everything that is no incident is shared with this one.
    /// - Parameter isLeftOut: whether incidents of a category, by its label, are left out.
    /// - Throws: `GeodesyError`.
    /// - Complexity: O(incidents); 97 bytes each, and 4 for each level.
    public func without(categoriesThat isLeftOut: (String) -> Bool) throws -> StoreSnapshot {
        let leavesOut = table.categories.map(isLeftOut)
        let rows = table.category.indices.filter { row in
            let category = Int(table.category[row])
            return !leavesOut.indices.contains(category) || !leavesOut[category]
        }
        return try StoreSnapshot(of: self, with: table.keeping(rows))
    }

    private init(of other: StoreSnapshot, with table: IncidentTable) throws {
        settings = other.settings
        zone = other.zone
        self.table = table
        places = try PlaceIndex(of: table, crs: other.settings.crs)
        layers = other.layers
        outlines = other.outlines
        importRecords = other.importRecords
        artefactPlaces = other.artefactPlaces
        populationFigures = other.populationFigures
        schemes = other.schemes
        rules = other.rules
        labels = other.labels
        knownCorners = other.knownCorners
        tag = other.tag + ";\(table.count) of \(other.table.count)"
    }

    /// What is read while the store stands still; everything else is done afterwards.
    private struct Parts {
        var settings: StoreSettings
        var table: IncidentTable
        var layers: [BoundaryLayer]
        var imports: [ImportRecord]
        var artefacts: [ArtefactPlace]
        var populations: [PopulationFigure]
        var schemes: [Taxonomy]
        var rules: [TaxonomyRule]
        var edges: [CalendarDate]
        var labels: [LabelCount]
        var corners: [PlanarPoint]

        var tag: String {
            let files = imports.map { "\($0.id) \($0.sha256) \($0.finishedAt ?? "") \($0.dates)" }
            let versions = layers.map { "\($0.version.level) \($0.version.number) \($0.version.sha256)" }
            let state = "\(settings.crs.name);\(settings.timeZone);" + (files + versions).joined(separator: ";")
            return "\(table.revision)-\(Fingerprint.hex(state))"
        }

        init(of store: any StoreSource) throws {
            settings = store.settings
            layers = try store.allBoundaryLayers()
            table = try store.incidentTable(levels: Set(layers.map(\.version.level.name)).sorted(), asOf: nil)
            table.labelAgrees = []
            imports = try store.imports()
            artefacts = try store.artefacts()
            populations = try store.populations(asOf: nil)
            schemes = try store.taxonomies()
            rules = try store.taxonomyRules()
            edges = try TaxonomyCatalogue(schemes: schemes, rules: rules).mapping.edges
            labels = try store.labelCounts(splitAt: edges)
            corners = try (store as? any GazetteerSource)?.crossings(in: store.settings.crs) ?? []
        }
    }
}

extension StoreSnapshot {
    /// Of the store when it was read.
    public func revision() -> Int64 { table.revision }

    public func imports() -> [ImportRecord] { importRecords }

    /// - Throws: ``JobError/usage(_:)`` for an earlier instant, which only the store knows.
    public func incidentTable(levels: [String], asOf: String?) throws -> IncidentTable {
        try Self.refuseEarlier(asOf)
        let wanted = Set(levels)
        guard !table.areas.allSatisfy({ wanted.contains($0.level) }) else { return table }
        var table = table
        table.areas.removeAll { !wanted.contains($0.level) }
        return table
    }

    public func artefacts() -> [ArtefactPlace] { artefactPlaces }

    public func inOneState<Result>(_ body: () throws -> Result) rethrows -> Result { try body() }

    /// - Throws: ``JobError/usage(_:)`` for an earlier instant.
    public func populations(asOf: String?) throws -> [PopulationFigure] {
        try Self.refuseEarlier(asOf)
        return populationFigures
    }

    public func taxonomies() -> [Taxonomy] { schemes }

    public func taxonomyRules() -> [TaxonomyRule] { rules }

    /// - Throws: ``JobError/usage(_:)`` for other days than those at which the store's own mapping changes.
    public func labelCounts(splitAt days: [CalendarDate]) throws -> [LabelCount] {
        guard days == labels.edges else {
            throw JobError.usage("labels held in memory are split where the store's mapping changes, and nowhere else")
        }
        return labels.counts
    }

    private static func refuseEarlier(_ asOf: String?) throws {
        guard let asOf else { return }
        throw JobError.usage(
            "only the present state is held in memory, but the state as of \(asOf) is asked for; the command line knows it"
        )
    }
}

extension StoreSnapshot {
    public func boundaryVersions() -> [BoundaryVersion] { layers.map(\.version) }

    /// - Throws: ``JobError/usage(_:)`` where there is no such version.
    public func boundaryLayer(_ level: Level, number: Int) throws -> BoundaryLayer {
        guard let place = place(of: level, number) else {
            throw JobError.usage("the store has no version \(number) of the level \(level)")
        }
        return layers[place]
    }

    public func planarOutlines(_ level: Level, number: Int) -> [MultiPolygon<PlanarPoint>]? {
        place(of: level, number).flatMap { outlines[$0] }
    }

    private func place(of level: Level, _ number: Int) -> Int? {
        layers.firstIndex { $0.version.level == level && $0.version.number == number }
    }
}
