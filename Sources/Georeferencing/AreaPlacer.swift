public import Boundaries
import Bytes
import CivilTime
public import Incidents

/// Places incidents in the areas of every level, in the version that held on the day of the incident.
///
/// It keeps what it has learnt of published labels, so one placer serves a whole import.
public struct AreaPlacer {
    /// Per level, in alphabetical order: the keys that ``IncidentBatch/areas`` indexes, of all versions.
    public let keys: [AreaKeys]
    /// What has been placed so far, per level.
    public private(set) var tallies: [PlacementTally]
    private var levels: [LevelPlacer]

    /// - Parameter layers: any versions of any levels; each level's versions must not hold on the same day.
    /// - Complexity: O(vertices) to build the indexes.
    public init(layers: [BoundaryLayer]) {
        let grouped = Dictionary(grouping: layers, by: \.version.level.name).sorted { $0.key < $1.key }
        levels = grouped.map { LevelPlacer(level: $0.key, layers: $0.value.sorted { $0.version.number < $1.version.number }) }
        keys = levels.map { AreaKeys(level: $0.level, keys: $0.keys) }
        tallies = levels.map { PlacementTally(level: $0.level) }
    }

    /// Fills `batch.areas` for all its rows, and notes what a plain key cannot say.
    ///
    /// A row without coordinates lies in no area and is not counted as lying outside all of them.
    public mutating func place(_ batch: inout IncidentBatch) -> [AssignmentNote] {
        var notes: [AssignmentNote] = []
        batch.areas = []
        for index in levels.indices {
            let placed = levels[index].place(batch, tally: &tallies[index])
            batch.areas.append(placed.areas)
            notes += placed.notes
        }
        return notes
    }
}

/// How the places of one level came out.
public struct PlacementTally: Hashable, Sendable, Codable {
    public var level: String
    /// Incidents with coordinates that lie in an area.
    public var inArea = 0
    /// Incidents with coordinates that lie in no area.
    public var inNone = 0
    /// Of those in an area: in the interior of several, decided by the rule.
    public var inSeveral = 0
    /// Of those in an area: in no interior, only on a border.
    public var onBorder = 0
    /// Of those in an area: the published label names it.
    public var labelAgrees = 0
    /// Of those in an area: the published label names another.
    public var labelDiffers = 0
    /// Incidents with coordinates that have a published label and lie in no area.
    public var labelledInNone = 0

    public init(level: String) { self.level = level }

    /// The share of labelled incidents whose published label names the area their point lies in; nil without labels.
    ///
    /// A labelled incident in no area counts against it.
    public var agreement: Double? {
        let labelled = labelAgrees + labelDiffers + labelledInNone
        return labelled > 0 ? Double(labelAgrees) / Double(labelled) : nil
    }
}

/// One level: a locator per version.
private struct LevelPlacer {
    struct Version {
        var number: Int
        var validity: Validity
        var locator: PointLocator
        /// Where this version's keys begin among those of all versions.
        var firstKey: Int32
        var labels: LabelAgreement
    }

    let level: String
    let keys: [String]
    private var versions: [Version] = []

    init(level: String, layers: [BoundaryLayer]) {
        self.level = level
        var keys: [String] = []
        for layer in layers {
            versions.append(
                Version(
                    number: layer.version.number, validity: layer.version.validity, locator: PointLocator(layer.areas),
                    firstKey: Int32(clamping: keys.count), labels: LabelAgreement(layer: layer)))
            keys += layer.areas.map(\.id)
        }
        self.keys = keys
    }

    mutating func place(_ batch: IncidentBatch, tally: inout PlacementTally) -> (areas: [Int32], notes: [AssignmentNote]) {
        var areas = [Int32](repeating: -1, count: batch.count)
        var choices: [Int: PointLocator.Location] = [:]
        var versionOfRow: [Int: Int] = [:]
        for (version, rows) in rowsByVersion(of: batch) {
            locate(batch, rows: rows, in: version, areas: &areas, choices: &choices)
            if versions.count > 1 { for row in rows { versionOfRow[row] = version } }
        }
        let label = labelColumn(of: batch)
        var notes: [AssignmentNote] = []
        for row in 0..<batch.count where !batch.longitude[row].isNaN {
            let version = versions.count > 1 ? versionOfRow[row] : versions.indices.first
            let agrees = version.flatMap { agreement(label, row: row, area: areas[row], version: $0) }
            tally.count(area: areas[row], choice: choices[row], agrees: agrees, isLabelled: label?.range(ofRow: row) != nil)
            guard let version, choices[row] != nil || agrees == false else { continue }
            notes.append(
                AssignmentNote(
                    row: row, level: level, areaKey: areas[row] >= 0 ? keys[Int(areas[row])] : nil,
                    versionNumber: versions[version].number,
                    candidates: choices[row].map { Int($0.candidates) } ?? (areas[row] >= 0 ? 1 : 0),
                    onBorder: choices[row]?.onBorder ?? false, labelAgrees: agrees))
        }
        return (areas, notes)
    }

    /// The rows that each version answers for. The usual case, one version that holds always, costs nothing.
    private func rowsByVersion(of batch: IncidentBatch) -> [(version: Int, rows: Range<Int>)] {
        if versions.count == 1, versions[0].validity == .always { return [(0, 0..<batch.count)] }
        var runs: [(version: Int, rows: Range<Int>)] = []
        for row in 0..<batch.count {
            let day = CalendarDate(daysSince1970: batch.localDay[row])
            guard let version = versions.firstIndex(where: { $0.validity.contains(day) }) else { continue }
            if let last = runs.last, last.version == version, last.rows.upperBound == row {
                runs[runs.count - 1].rows = last.rows.lowerBound..<row + 1
            } else {
                runs.append((version, row..<row + 1))
            }
        }
        return runs
    }

    private func locate(
        _ batch: IncidentBatch, rows: Range<Int>, in version: Int, areas: inout [Int32],
        choices: inout [Int: PointLocator.Location]
    ) {
        let firstKey = versions[version].firstKey
        var notes: [PointLocator.Note] = []
        batch.longitude.withUnsafeBufferPointer { longitudes in
            batch.latitude.withUnsafeBufferPointer { latitudes in
                areas.withUnsafeMutableBufferPointer { areas in
                    versions[version].locator.locate(
                        longitudes: UnsafeBufferPointer(rebasing: longitudes[rows]),
                        latitudes: UnsafeBufferPointer(rebasing: latitudes[rows]),
                        into: UnsafeMutableBufferPointer(rebasing: areas[rows]), notes: &notes)
                }
            }
        }
        if firstKey > 0 { for row in rows where areas[row] >= 0 { areas[row] += firstKey } }
        for note in notes { choices[rows.lowerBound + note.point] = note.location }
    }

    private func labelColumn(of batch: IncidentBatch) -> TextColumn? {
        switch level {
        case Level.municipality.name: batch.municipalityLabel
        case Level.colonia.name: batch.coloniaLabel
        default: nil
        }
    }

    private mutating func agreement(_ labels: TextColumn?, row: Int, area: Int32, version: Int) -> Bool? {
        guard let labels, area >= 0, let range = labels.range(ofRow: row) else { return nil }
        let index = Int(area - versions[version].firstKey)
        return labels.bytes.withUnsafeBufferPointer {
            versions[version].labels.agrees(label: UnsafeBufferPointer(rebasing: $0[range]), areaIndex: index)
        }
    }
}

extension PlacementTally {
    fileprivate mutating func count(area: Int32, choice: PointLocator.Location?, agrees: Bool?, isLabelled: Bool) {
        guard area >= 0 else {
            inNone += 1
            labelledInNone += isLabelled ? 1 : 0
            return
        }
        inArea += 1
        if let choice {
            onBorder += choice.onBorder ? 1 : 0
            inSeveral += choice.candidates > 1 && !choice.onBorder ? 1 : 0
        }
        switch agrees {
        case true?: labelAgrees += 1
        case false?: labelDiffers += 1
        case nil: break
        }
    }
}
