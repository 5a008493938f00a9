public import Boundaries
import Bytes
public import Georeferencing
public import Incidents
import SimpleFeatures

/// Places the stored incidents in their areas again: the job behind `faro assign`.
///
/// Incidents with coordinates of their own are located anew. Where every level is placed, the words of the others are asked
/// again as well, so that a new alias, street table or boundary tells.
///
/// Incidents whose coordinates stand for an area, and that have no words, keep their areas and candidates.
///
/// Each batch is one transaction; a job that is stopped leaves earlier incidents placed anew and later ones as they were,
/// and running it again places all.
public struct AreaAssignment: Sendable {
    /// nil places in every level.
    public var level: Level?
    /// Whose names the labels are; nil lets them tell. See ``NameSurvey``.
    public var catalogue: NameSource?

    static let batchSize = 50_000

    /// - Parameter level: the one to place in; nil for every level.
    public init(level: Level? = nil) { self.level = level }

    /// - Returns: per level, how the places came out.
    /// - Throws: ``JobError/usage(_:)`` for a level the store has not, the store's errors.
    /// - Complexity: O(incidents).
    public func run(in store: any IncidentStore & BoundaryStore & GazetteerStore, control: JobControl = .silent) throws
        -> [PlacementTally]
    {
        let all = try store.allBoundaryLayers()
        let layers = all.filter { level == nil || $0.version.level == level }
        guard !layers.isEmpty else {
            throw JobError.usage(
                level.map { "the store has no level \($0); bring one in with faro boundaries import" }
                    ?? "the store has no boundaries; bring some in with faro boundaries import")
        }
        var placer = AreaPlacer(layers: layers)
        let georeferencer = try Georeferencer(layers: all, store: store, source: catalogue ?? .sameCatalogue)
        let completion = try PlaceCompletion(from: .wgs84, to: store.settings.crs)
        var incidents: [Int64] = []
        var batch = IncidentBatch()
        // A store does not write while it is being read, so the places are read first: 50 bytes an incident.
        var batches: [(incidents: [Int64], batch: IncidentBatch)] = []
        try store.places { place in
            let asksWords = level == nil && place.hasWords && !place.method.isCoordinates
            guard place.grade.isLocated || asksWords else { return }
            incidents.append(place.incident)
            batch.append(place, forgettingIt: asksWords)
            guard incidents.count == Self.batchSize else { return }
            batches.append((incidents, batch))
            incidents.removeAll()
            batch = IncidentBatch()
        }
        batches.append((incidents, batch))
        if catalogue == nil, let unlocated = batches.first(where: { $0.batch.longitude.contains(where: \.isNaN) }) {
            georeferencer.survey(unlocated.batch)
        }
        for index in batches.indices {
            let words = georeferencer.place(&batches[index].batch)
            completion.complete(words.rows.filter { $0.finding.place != nil }.map(\.row), of: &batches[index].batch)
            if level == nil { try relocate(words, of: batches[index], in: store) }
            let notes = placer.place(&batches[index].batch, given: words.areas(in: placer)) + words.notes
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

extension AreaAssignment {
    /// Writes where the words of some incidents now say that they were.
    private func relocate(
        _ words: WordPlacements, of part: (incidents: [Int64], batch: IncidentBatch), in store: any IncidentStore
    ) throws {
        let rows = words.rows.map(\.row)
        guard !rows.isEmpty else { return }
        try store.relocate(rows.map { part.incidents[$0] }, to: IncidentBatch(places: part.batch, rows: rows))
    }
}

extension StoredPlace {
    fileprivate var hasWords: Bool { placeText != nil || coloniaLabel != nil || municipalityLabel != nil }
}

extension IncidentBatch {
    /// The places of some rows of a batch, and nothing else.
    fileprivate init(places batch: IncidentBatch, rows: [Int]) {
        self.init()
        outcome = rows.map { batch.outcome[$0] }
        method = rows.map { batch.method[$0] }
        grade = rows.map { batch.grade[$0] }
        uncertainty = rows.map { batch.uncertainty[$0] }
        longitude = rows.map { batch.longitude[$0] }
        latitude = rows.map { batch.latitude[$0] }
        x = rows.map { batch.x[$0] }
        y = rows.map { batch.y[$0] }
        cell = rows.map { batch.cell[$0] }
    }

    /// Appends what placing needs; the other columns stay empty.
    ///
    /// - Parameter isForgotten: whether the place came of words that are asked again.
    fileprivate mutating func append(_ place: StoredPlace, forgettingIt isForgotten: Bool) {
        sourceRow.append(place.incident)
        longitude.append(isForgotten ? .nan : place.longitude)
        latitude.append(isForgotten ? .nan : place.latitude)
        outcome.append(isForgotten ? .unplaced : place.outcome)
        method.append(isForgotten ? .noCoordinates : place.method)
        grade.append(isForgotten ? .none : place.grade)
        uncertainty.append(isForgotten ? .nan : place.uncertainty)
        x.append(.nan)
        y.append(.nan)
        cell.append(-1)
        if let text = place.placeText { placeText.append(text) } else { placeText.appendAbsent() }
        localDay.append(place.localDay)
        if let label = place.coloniaLabel { coloniaLabel.append(label) } else { coloniaLabel.appendAbsent() }
        if let label = place.municipalityLabel {
            municipalityLabel.append(label)
        } else {
            municipalityLabel.appendAbsent()
        }
    }
}
