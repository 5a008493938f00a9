import Boundaries
import Georeferencing
import Incidents

extension Georeferencer {
    /// A georeferencer of all that a store knows of names.
    convenience init(layers: [BoundaryLayer], store: any GazetteerSource, source: NameSource = .sameCatalogue) throws {
        try self.init(layers: layers, aliases: store.aliases(), streets: store.streetPlaces(), source: source)
    }
}

/// Places the rows of an import that have words and no coordinates, counts them, and says what is doubtful of each.
struct WordPlaces {
    /// nil where rows are not to be placed now.
    let georeferencer: Georeferencer?
    let columns: ResolvedColumns
    /// Whose names the labels are, where they were to tell; of the first rows that needed their words.
    private(set) var survey: NameSurvey?
    private let mustSurvey: Bool
    /// Rows that words have placed so far.
    private(set) var placed = 0
    /// Rows whose words mean several places.
    private(set) var ambiguous = 0

    /// - Parameter mustSurvey: whether the labels are to tell whose names they are.
    init(georeferencer: Georeferencer?, columns: ResolvedColumns, mustSurvey: Bool) {
        self.georeferencer = georeferencer
        self.columns = columns
        self.mustSurvey = mustSurvey
    }

    mutating func place(_ batch: inout IncidentBatch, completion: PlaceCompletion) -> WordPlacements {
        guard let georeferencer else { return WordPlacements() }
        if mustSurvey, survey == nil { survey = georeferencer.survey(batch) }
        let placements = georeferencer.place(&batch)
        completion.complete(placements.rows.filter { $0.finding.place != nil }.map(\.row), of: &batch)
        for row in placements.rows {
            switch row.finding.outcome {
            case .placed: placed += 1
            case .ambiguous: ambiguous += 1
            case .unplaced, .rejected: break
            }
        }
        return placements
    }

    /// Brings the issues that the batch's rows have had so far up to what became of them, and adds those of words.
    func settle(_ issues: inout [ImportIssue], _ placements: WordPlacements, of batch: IncidentBatch, lines: [Int64]) {
        guard !placements.rows.isEmpty else { return }
        var outcomes: [Int64: Outcome] = [:]
        for row in placements.rows { outcomes[batch.sourceRow[row.row]] = row.finding.outcome }
        for index in issues.indices {
            if let outcome = outcomes[issues[index].row] { issues[index].outcome = outcome }
        }
        for row in placements.rows {
            guard let doubt = WordDoubt(row) else { continue }
            let column = columns.name(of: doubt.field)
            issues.append(
                ImportIssue(
                    row: batch.sourceRow[row.row], line: lines.indices.contains(row.row) ? lines[row.row] : 0,
                    column: column, found: doubt.found, reason: doubt.reason,
                    message: "column \(column ?? doubt.field.rawValue): \(doubt.sentence)", outcome: row.finding.outcome
                ))
        }
    }
}

/// What is doubtful of words that were looked for, in a sentence.
private struct WordDoubt {
    let field: ReportField
    let found: String
    let reason: String
    let sentence: String

    /// nil where nothing is.
    init?(_ row: WordPlacements.Row) {
        let (words, finding) = (row.words, row.finding)
        let isPlaced = finding.outcome == .placed
        guard !isPlaced || finding.grade == .municipality || finding.grade == .postalCode else { return nil }
        field = words.colonia != nil ? .colonia : words.place != nil ? .place : .municipality
        found = words.colonia ?? words.place ?? words.municipality ?? ""
        let fate =
            isPlaced
            ? "kept at the \(finding.grade == .municipality ? "municipality" : "postal code")" : "kept without place"
        if finding.outcome == .ambiguous {
            reason = PlacementMethod.severalPlaces.name
            let count = finding.colonia?.candidateCount ?? 0
            sentence =
                "\(found) may mean \(count == 1 ? "an area, but nothing confirms it" : "\(count) areas"); kept as ambiguous"
        } else if finding.colonia?.unknown != nil || finding.method == .pseudoPlace {
            reason = PlacementMethod.pseudoPlace.name
            sentence = "\(found) says that the place is not known; \(fate)"
        } else if isPlaced, field == .municipality {
            return nil  // nothing closer was published
        } else {
            reason = PlacementMethod.unknownPlace.name
            sentence = "no place has the name \(found); \(fate)"
        }
    }
}
