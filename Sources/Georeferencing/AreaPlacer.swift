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
        levels = grouped.map {
            LevelPlacer(level: $0.key, layers: $0.value.sorted { $0.version.number < $1.version.number })
        }
        keys = levels.map { AreaKeys(level: $0.level, keys: $0.keys, versions: $0.keyVersions) }
        tallies = levels.map { PlacementTally(level: $0.level) }
    }

    /// Fills `batch.areas` and `batch.labelAgrees` for all its rows, and notes what a plain key cannot say.
    ///
    /// A row without coordinates lies in no area and is not counted as lying outside all of them. Nor is a row whose
    /// coordinates stand for an area (see ``PrecisionGrade/isLocated``): in which area of another level a centroid happens
    /// to lie says nothing of the incident. Such a row lies in the areas that its words name, and in no other.
    /// - Parameter given: areas that words name. They hold against what coordinates say; a row or area that is not there is
    ///   passed over.
    public mutating func place(_ batch: inout IncidentBatch, given: [WordPlacement] = []) -> [AssignmentNote] {
        var notes: [AssignmentNote] = []
        batch.areas = []
        batch.labelAgrees = []
        let located = Self.coordinates(of: batch)
        let byLevel = Dictionary(grouping: given, by: \.level)
        for index in levels.indices {
            let placed = levels[index].place(
                batch, longitudes: located, given: byLevel[levels[index].level] ?? [], tally: &tallies[index])
            batch.areas.append(placed.areas)
            batch.labelAgrees.append(placed.labelAgrees)
            notes += placed.notes
        }
        return notes
    }

    /// Where an area of a layer stands among ``keys``: what a ``WordPlacement`` of it says.
    /// - Parameter area: its position in the layer of that version.
    /// - Returns: nil for a level, version or area that the placer was not given.
    public func keyIndex(level: String, version: Int, area: Int) -> Int32? {
        levels.first { $0.level == level }?.keyIndex(version: version, area: area)
    }

    /// The longitudes with NaN in place of those that stand for an area. A batch without grades has none of them.
    private static func coordinates(of batch: IncidentBatch) -> [Double] {
        guard batch.grade.count == batch.count, batch.grade.contains(where: { !$0.isLocated }) else {
            return batch.longitude
        }
        return zip(batch.longitude, batch.grade).map { $1.isLocated ? $0 : .nan }
    }
}

/// An area that the words of a report name: the incident lies in it, whatever its coordinates are.
public struct WordPlacement: Hashable, Sendable {
    /// Index in the batch.
    public var row: Int
    public var level: String
    /// Index into the keys of the level, as ``AreaPlacer/keyIndex(level:version:area:)`` gives it.
    public var area: Int32

    public init(row: Int, level: String, area: Int32) {
        self.row = row
        self.level = level
        self.area = area
    }
}

/// How the places of one level came out.
public struct PlacementTally: Hashable, Sendable, Codable {
    public var level: String
    /// Incidents with coordinates of their own that lie in an area.
    public var inArea = 0
    /// Incidents with coordinates of their own that lie in no area.
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
    /// Incidents whose words name the area. They are in none of the other figures.
    public var byName = 0

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
        var areaCount: Int
        var labels: LabelAgreement
    }

    let level: String
    /// The keys of all versions, one version after the other.
    let keys: [String]
    /// Per key the number of its version.
    let keyVersions: [Int]
    private var versions: [Version] = []

    init(level: String, layers: [BoundaryLayer]) {
        self.level = level
        var keys: [String] = []
        var keyVersions: [Int] = []
        for layer in layers {
            versions.append(
                Version(
                    number: layer.version.number, validity: layer.version.validity, locator: PointLocator(layer.areas),
                    firstKey: Int32(clamping: keys.count), areaCount: layer.areas.count,
                    labels: LabelAgreement(layer: layer)))
            keys += layer.areas.map(\.id)
            keyVersions += Array(repeating: layer.version.number, count: layer.areas.count)
        }
        self.keys = keys
        self.keyVersions = keyVersions
    }

    typealias Placed = (areas: [Int32], labelAgrees: [Int8], notes: [AssignmentNote])

    func keyIndex(version: Int, area: Int) -> Int32? {
        guard let version = versions.first(where: { $0.number == version }), 0..<version.areaCount ~= area else {
            return nil
        }
        return version.firstKey + Int32(clamping: area)
    }

    /// - Parameter longitudes: NaN for the rows that coordinates do not place.
    mutating func place(
        _ batch: IncidentBatch, longitudes: [Double], given: [WordPlacement], tally: inout PlacementTally
    ) -> Placed {
        var placed: Placed = ([Int32](repeating: -1, count: batch.count), [Int8](repeating: -1, count: batch.count), [])
        var longitudes = longitudes
        let given = given.filter { 0..<batch.count ~= $0.row && 0..<keys.count ~= Int($0.area) }
        for placement in given { longitudes[placement.row] = .nan }
        for (version, rows) in rowsByVersion(of: batch) {
            for choice in locate(
                longitudes, batch.latitude, rows: rows, in: version, areas: &placed.areas)
            {
                placed.notes.append(note(choice, version: version))
                tally.count(choice.location)
            }
            compareLabels(of: batch, rows: rows, version: version, areas: placed.areas, into: &placed.labelAgrees)
        }
        tally.count(placed, longitudes: longitudes, labels: labelColumn(of: batch))
        for placement in given {
            tally.byName += placed.areas[placement.row] < 0 ? 1 : 0
            placed.areas[placement.row] = placement.area
        }
        return placed
    }

    private func note(_ choice: PointLocator.Note, version: Int) -> AssignmentNote {
        let area = choice.location.index
        return AssignmentNote(
            row: choice.point, level: level, areaKey: area >= 0 ? keys[Int(area + versions[version].firstKey)] : nil,
            versionNumber: versions[version].number, candidates: Int(choice.location.candidates),
            onBorder: choice.location.onBorder)
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

    /// - Returns: the places that needed a choice; their `point` is the row of the batch.
    private func locate(
        _ longitudes: [Double], _ latitudes: [Double], rows: Range<Int>, in version: Int, areas: inout [Int32]
    ) -> [PointLocator.Note] {
        let firstKey = versions[version].firstKey
        var notes: [PointLocator.Note] = []
        longitudes.withUnsafeBufferPointer { longitudes in
            latitudes.withUnsafeBufferPointer { latitudes in
                areas.withUnsafeMutableBufferPointer { areas in
                    versions[version].locator.locate(
                        longitudes: UnsafeBufferPointer(rebasing: longitudes[rows]),
                        latitudes: UnsafeBufferPointer(rebasing: latitudes[rows]),
                        into: UnsafeMutableBufferPointer(rebasing: areas[rows]), notes: &notes)
                }
            }
        }
        if firstKey > 0 { for row in rows where areas[row] >= 0 { areas[row] += firstKey } }
        for index in notes.indices { notes[index].point += rows.lowerBound }
        return notes
    }

    private mutating func compareLabels(
        of batch: IncidentBatch, rows: Range<Int>, version: Int, areas: [Int32], into agrees: inout [Int8]
    ) {
        guard let labels = labelColumn(of: batch) else { return }
        labels.bytes.withUnsafeBufferPointer { bytes in
            for row in rows where areas[row] >= 0 {
                guard let range = labels.range(ofRow: row) else { continue }
                let index = Int(areas[row] - versions[version].firstKey)
                let label = UnsafeBufferPointer(rebasing: bytes[range])
                guard let same = versions[version].labels.agrees(label: label, areaIndex: index) else { continue }
                agrees[row] = same ? 1 : 0
            }
        }
    }

    private func labelColumn(of batch: IncidentBatch) -> TextColumn? {
        switch level {
        case Level.municipality.name: batch.municipalityLabel
        case Level.colonia.name: batch.coloniaLabel
        default: nil
        }
    }
}

extension PlacementTally {
    fileprivate mutating func count(_ choice: PointLocator.Location) {
        onBorder += choice.onBorder ? 1 : 0
        inSeveral += choice.candidates > 1 && !choice.onBorder ? 1 : 0
    }

    fileprivate mutating func count(_ placed: LevelPlacer.Placed, longitudes: [Double], labels: TextColumn?) {
        for row in longitudes.indices where !longitudes[row].isNaN {
            guard placed.areas[row] >= 0 else {
                inNone += 1
                labelledInNone += labels?.range(ofRow: row) != nil ? 1 : 0
                continue
            }
            inArea += 1
            switch placed.labelAgrees[row] {
            case 1: labelAgrees += 1
            case 0: labelDiffers += 1
            default: break
            }
        }
    }
}
