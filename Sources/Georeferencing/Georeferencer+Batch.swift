import Boundaries
import Bytes
import CivilTime
public import Incidents
import SimpleFeatures

extension Georeferencer {
    /// Places the rows of a batch that have no usable coordinates, by their words.
    ///
    /// Such a row gets outcome, method, grade, uncertainty and degrees; metres and cell are left to who knows the working CRS.
    /// A row without words stays as it is.
    /// - Complexity: O(rows without coordinates).
    public func place(_ batch: inout IncidentBatch) -> WordPlacements {
        var placements = WordPlacements()
        for row in 0..<batch.count where batch.longitude[row].isNaN {
            let words = PlaceWords(batch, row)
            guard !words.isEmpty else { continue }
            let finding = find(words, on: CalendarDate(daysSince1970: batch.localDay[row]))
            batch.outcome[row] = finding.outcome
            batch.method[row] = finding.method
            batch.grade[row] = finding.grade
            batch.uncertainty[row] = finding.uncertainty
            batch.longitude[row] = finding.place?.longitude ?? .nan
            batch.latitude[row] = finding.place?.latitude ?? .nan
            placements.rows.append(WordPlacements.Row(row: row, words: words, finding: finding))
        }
        return placements
    }
}

extension Georeferencer {
    /// So many different labels say whose names they are.
    private static let enoughLabels = 5_000

    /// Takes the colonia labels of a batch for the layers' own names or another catalogue's.
    ///
    /// - Returns: nil where no row needs its words, or none has a label: then nothing changes.
    @discardableResult
    public func survey(_ batch: IncidentBatch) -> NameSurvey? {
        guard batch.longitude.contains(where: \.isNaN) else { return nil }
        var labels: Set<PlaceWords> = []
        for row in 0..<batch.count where labels.count < Self.enoughLabels {
            guard let colonia = batch.coloniaLabel[row] else { continue }
            labels.insert(PlaceWords(colonia: colonia, municipality: batch.municipalityLabel[row]))
        }
        return labels.isEmpty ? nil : survey(labels)
    }
}

/// What words gave to the rows of a batch.
public struct WordPlacements: Sendable {
    /// One row that was looked for by its words.
    public struct Row: Sendable {
        /// Index in the batch.
        public var row: Int
        public var words: PlaceWords
        public var finding: PlaceFinding
    }

    public internal(set) var rows: [Row] = []

    public init() {}

    /// The areas that words name, for an ``AreaPlacer`` of the same layers. Those around a point that words gave are left
    /// out: there the point decides.
    public func areas(in placer: AreaPlacer) -> [WordPlacement] {
        rows.lazy.filter { !$0.finding.grade.isLocated }.flatMap { row in
            row.finding.areas.compactMap { area in
                placer.keyIndex(level: area.level.name, version: area.version, area: Int(area.index)).map {
                    WordPlacement(row: row.row, level: area.level.name, area: $0)
                }
            }
        }
    }

    /// The candidates of the rows that stay ambiguous.
    public var notes: [AssignmentNote] {
        rows.compactMap { row in
            guard let best = row.finding.candidates.first?.area else { return nil }
            return AssignmentNote(
                row: row.row, level: best.level.name, areaKey: nil, versionNumber: best.version,
                candidates: row.finding.colonia?.candidateCount ?? 0, onBorder: false,
                candidateKeys: row.finding.candidates.map(\.area.id))
        }
    }
}

extension PlaceWords {
    fileprivate init(_ batch: IncidentBatch, _ row: Int) {
        self.init(
            colonia: batch.coloniaLabel[row], municipality: batch.municipalityLabel[row],
            place: batch.placeText[row])
    }
}
