public import Boundaries
import Bytes
public import Georeferencing
public import Incidents

/// Places the stored incidents in their areas again: the job behind `faro assign`.
///
/// Incidents whose coordinates stand for an area, or that have none, keep the areas and candidates that their words gave
/// them.
///
/// Each batch is one transaction; a job that is stopped leaves earlier incidents placed anew and later ones as they were,
/// and running it again places all.
public struct AreaAssignment: Sendable {
    /// nil places in every level.
    public var level: Level?

    static let batchSize = 50_000

    /// - Parameter level: the one to place in; nil for every level.
    public init(level: Level? = nil) { self.level = level }

    /// - Returns: per level, how the places came out.
    /// - Throws: ``JobError/usage(_:)`` for a level the store has not, the store's errors.
    /// - Complexity: O(incidents).
    public func run(in store: any IncidentStore & BoundaryStore, control: JobControl = .silent) throws
        -> [PlacementTally]
    {
        let layers = try store.allBoundaryLayers().filter { level == nil || $0.version.level == level }
        guard !layers.isEmpty else {
            throw JobError.usage(
                level.map { "the store has no level \($0); bring one in with faro boundaries import" }
                    ?? "the store has no boundaries; bring some in with faro boundaries import")
        }
        var placer = AreaPlacer(layers: layers)
        var incidents: [Int64] = []
        var batch = IncidentBatch()
        // A store does not write while it is being read, so the places are read first: 50 bytes an incident.
        var batches: [(incidents: [Int64], batch: IncidentBatch)] = []
        try store.places { place in
            guard place.grade.isLocated else { return }
            incidents.append(place.incident)
            batch.append(place)
            guard incidents.count == Self.batchSize else { return }
            batches.append((incidents, batch))
            incidents.removeAll()
            batch = IncidentBatch()
        }
        batches.append((incidents, batch))
        for index in batches.indices {
            let notes = placer.place(&batches[index].batch)
            for (level, keys) in placer.keys.enumerated() {
                try store.assign(
                    keys, incidents: batches[index].incidents, areas: batches[index].batch.areas[level],
                    labelAgrees: batches[index].batch.labelAgrees[level], notes: notes.filter { $0.level == keys.level }
                )
            }
            control.progress("placing incidents", fraction: Double(index + 1) / Double(batches.count))
            try control.stopIfCancelled("incidents placed so far are kept; run it again to place all")
        }
        for level in placer.keys { try store.finishAssignment(of: level.level) }
        return placer.tallies
    }
}

extension IncidentBatch {
    /// Appends what placing needs; the other columns stay empty.
    fileprivate mutating func append(_ place: StoredPlace) {
        sourceRow.append(place.incident)
        longitude.append(place.longitude)
        latitude.append(place.latitude)
        localDay.append(place.localDay)
        if let label = place.coloniaLabel { coloniaLabel.append(label) } else { coloniaLabel.appendAbsent() }
        if let label = place.municipalityLabel {
            municipalityLabel.append(label)
        } else {
            municipalityLabel.appendAbsent()
        }
    }
}
