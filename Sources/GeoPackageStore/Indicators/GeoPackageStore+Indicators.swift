import CivilTime
import GRDB
public import Incidents

// MARK: - Writing

extension GeoPackageStore: IndicatorStore {
    /// Adds measures to an open import, with its issues and row counts so far, all or nothing.
    public func append(
        _ measures: [MeasureFigure], issues: [ImportIssue], counts: ImportCounts, to importID: Int64
    ) throws {
        for (row, figure) in measures.enumerated() {
            guard figure.value.isFinite, figure.whole?.isFinite ?? true else {
                throw StoreError.valueOutOfRange(column: "value", row: row, value: "\(figure.value)")
            }
        }
        try appendSeries(figures: measures.count, issues: issues, counts: counts, to: importID) { db in
            let insert = try PreparedStatement(
                db,
                """
                INSERT INTO measure (import_id, source_row, indicator, level, area_id, month, value, whole)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
            for figure in measures {
                let (year, month, _) = figure.month.first.components
                insert.bind(importID, at: 1)
                insert.bind(figure.sourceRow, at: 2)
                insert.bind(figure.indicator, at: 3)
                insert.bind(figure.level, at: 4)
                insert.bind(figure.areaKey, at: 5)
                insert.bind(Int64(year * 100 + month), at: 6)
                insert.bind(figure.value, at: 7)
                insert.bind(figure.whole, at: 8)
                try insert.run()
            }
        }
    }

    /// Adds answers to an open import, with its issues and row counts so far, all or nothing.
    public func append(
        _ tallies: [SurveyTally], issues: [ImportIssue], counts: ImportCounts, to importID: Int64
    ) throws {
        for (row, tally) in tallies.enumerated() {
            guard tally.respondents > 0, tally.weight.isFinite, tally.weight >= 0, tally.weightSquares.isFinite else {
                throw StoreError.valueOutOfRange(column: "weight", row: row, value: "\(tally.weight)")
            }
        }
        try appendSeries(figures: tallies.count, issues: issues, counts: counts, to: importID) { db in
            let insert = try PreparedStatement(
                db,
                """
                INSERT INTO survey_tally (import_id, survey, wave, level, area_id, question, answer, respondents, weight,
                    weight_squares) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
            for tally in tallies {
                insert.bind(importID, at: 1)
                insert.bind(tally.survey, at: 2)
                insert.bind(tally.wave, at: 3)
                insert.bind(tally.level, at: 4)
                insert.bind(tally.areaKey, at: 5)
                insert.bind(tally.question, at: 6)
                insert.bind(tally.answer, at: 7)
                insert.bind(Int64(tally.respondents), at: 8)
                insert.bind(tally.weight, at: 9)
                insert.bind(tally.weightSquares, at: 10)
                try insert.run()
            }
        }
    }

    /// Keeps a document; the same words as those that hold change nothing.
    public func keep(_ document: CouncilDocument) throws {
        let recordedAt = try Instant.stored(document.recordedAt)
        if try documents(document.kind, asOf: nil).contains(where: {
            $0.name == document.name && $0.body == document.body
        }) {
            return
        }
        try write { db in
            try db.execute(
                sql: "INSERT INTO council_document (kind, name, body, recorded_at) VALUES (?, ?, ?, ?)",
                arguments: [document.kind.rawValue, document.name, document.body, recordedAt])
        }
    }
}

// MARK: - Reading

extension GeoPackageStore {
    /// The measures that hold, by indicator, level, area and month; of several imports with one figure the latest.
    public func measures(asOf: String?) throws -> [MeasureFigure] {
        let asOf = try asOf.map(Instant.checked)
        return try read { db in
            let imports = try currentSeries(db, asOf: asOf)
            let statement = try PreparedStatement(
                db,
                """
                SELECT indicator, level, area_id, month, value, whole, import_id, source_row FROM measure
                ORDER BY indicator, level, area_id, month, import_id, source_row
                """)
            var figures: [MeasureFigure] = []
            while try statement.step() {
                guard imports[statement.integer(6)] != nil else { continue }
                let month = statement.integer(3)
                guard let period = Period(year: Int(clamping: month / 100), month: Int(month % 100)) else {
                    throw StoreError.damaged(path: path, detail: "a measure is of the month \(month)")
                }
                let figure = MeasureFigure(
                    indicator: statement.text(0) ?? "", level: statement.text(1) ?? "",
                    areaKey: statement.text(2) ?? "", month: period, value: statement.double(4),
                    whole: statement.optionalDouble(5), importID: statement.integer(6),
                    sourceRow: statement.integer(7))
                if let last = figures.last, last.isOf(figure) { figures.removeLast() }
                figures.append(figure)
            }
            return figures
        }
    }

    /// The answers that hold, by survey, wave, level, area, question and answer.
    public func surveyTallies(asOf: String?) throws -> [SurveyTally] {
        let asOf = try asOf.map(Instant.checked)
        return try read { db in
            let imports = try currentSeries(db, asOf: asOf)
            let statement = try PreparedStatement(
                db,
                """
                SELECT survey, wave, level, area_id, question, answer, respondents, weight, weight_squares, import_id
                FROM survey_tally ORDER BY survey, wave, level, area_id, question, answer, import_id
                """)
            var tallies: [SurveyTally] = []
            while try statement.step() {
                guard imports[statement.integer(9)] != nil else { continue }
                tallies.append(
                    SurveyTally(
                        survey: statement.text(0) ?? "", wave: statement.text(1) ?? "", level: statement.text(2) ?? "",
                        areaKey: statement.text(3) ?? "", question: statement.text(4) ?? "",
                        answer: statement.text(5) ?? "", respondents: Int(clamping: statement.integer(6)),
                        weight: statement.double(7), weightSquares: statement.double(8),
                        importID: statement.integer(9)))
            }
            return tallies
        }
    }

    /// The documents of a kind that held at an instant, the latest of each name, by name.
    public func documents(_ kind: CouncilDocument.Kind, asOf: String?) throws -> [CouncilDocument] {
        let asOf = try asOf.map(Instant.checked)
        return try read { db in
            let statement = try PreparedStatement(
                db, "SELECT name, body, recorded_at FROM council_document WHERE kind = ? ORDER BY id")
            statement.bind(kind.rawValue, at: 1)
            var latest: [String: CouncilDocument] = [:]
            while try statement.step() {
                let recordedAt = Instant.spoken(statement.text(2) ?? "")
                if let asOf, recordedAt > asOf { continue }
                let name = statement.text(0) ?? ""
                latest[name] = CouncilDocument(
                    kind: kind, name: name, body: statement.text(1) ?? "", recordedAt: recordedAt)
            }
            return latest.values.sorted { $0.name < $1.name }
        }
    }

    /// Who published an import's figures and in which unit; nil where it is not one of aggregates.
    public func seriesDescription(of importID: Int64) throws -> SeriesDescription? {
        try read { db in
            let statement = try PreparedStatement(
                db, "SELECT kind, count_unit, publisher FROM series_import WHERE import_id = ?")
            statement.bind(importID, at: 1)
            guard try statement.step(), let kind = ImportProfile.Kind(rawValue: statement.text(0) ?? ""),
                let unit = CountUnit(rawValue: statement.text(1) ?? "")
            else { return nil }
            return SeriesDescription(kind: kind, countUnit: unit, publisher: statement.text(2) ?? "")
        }
    }
}

extension MeasureFigure {
    fileprivate func isOf(_ other: MeasureFigure) -> Bool {
        areaKey == other.areaKey && month == other.month && indicator == other.indicator && level == other.level
    }
}
