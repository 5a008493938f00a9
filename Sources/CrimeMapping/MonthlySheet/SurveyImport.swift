public import Boundaries
import CivilTime
import Files
import Formats
public import Incidents
import Indicators

/// Brings in a wave of a survey: who was asked is summed up at once, and no row of a person is kept. The job behind
/// `faro survey import`.
///
/// A CSV with a row a respondent and question: `area,question,answer,weight`, and `wave` where it is not said here. The questions with
/// their wording must be in the store. The file again changes nothing; a corrected one of the same source replaces it.
public struct SurveyImport: Sendable {
    /// A CSV, plain or gzip.
    public var path: String
    /// The survey's name, as its questions have it.
    public var survey: String
    public var level: Level
    /// Where no column says it: `2024-Q1`.
    public var wave: String?
    /// Whether every respondent counts one; otherwise a weight must stand in every row.
    public var isUnweighted = false
    /// Columns named by hand, field by field.
    public var columns: [String: String] = [:]
    /// A later file of the same name replaces this one; nil is the file's name.
    public var source: String?
    /// What is said of the file's time.
    public var dates = FileDates()

    public init(path: String, survey: String, level: Level) {
        self.path = path
        self.survey = survey
        self.level = level
    }

    private static let fields: [(field: String, accepted: [String])] = [
        ("wave", ["wave", "ola", "levantamiento"]), ("area", ["area", "area_id", "cvegeo", "clave", "cve_mun"]),
        ("question", ["question", "pregunta"]), ("answer", ["answer", "respuesta"]),
        ("weight", ["weight", "peso", "factor", "fac_ele", "ponderador"]),
    ]

    /// - Parameter onIssue: is told of every row with something wrong.
    /// - Throws: `FileError`, `CSVError`, the store's errors, ``JobError``.
    /// - Complexity: O(rows), in memory that grows with the distinct answers.
    public func run(
        into store: any IndicatorStore & StoreSource, onIssue: (ImportIssue) throws -> Void = { _ in }
    ) throws -> CouncilSummary {
        let name = source ?? String(path.split(separator: "/").last ?? Substring(path))
        let questionnaires = try SheetDocuments.questionnaires(in: store, asOf: nil)
        guard let questionnaire = questionnaires.first(where: { $0.survey == survey }) else {
            throw JobError.usage(
                "the questions of \(survey) must be in the store, with their wording, but it has "
                    + (questionnaires.isEmpty ? "none" : questionnaires.map(\.survey).joined(separator: ", "))
                    + "; bring them in with --questions")
        }
        var table = try opened(areas: areas(of: store))
        let ticket = try store.beginSeries(
            source: name, sha256: FileDigest.sha256(ofFileAt: path), profile: "survey 1", settings: settings,
            description: SeriesDescription(kind: .survey, countUnit: .person, publisher: ""), dates: dates,
            at: UTCText.now)
        let record: ImportRecord
        switch ticket {
        case .new(let new), .resume(let new): record = new
        case .alreadyImported(let known):
            return CouncilSummary(source: known.source, counts: known.counts, figures: [:], alreadyImported: true)
        }
        let questions = Set(questionnaire.questions.map(\.id))
        var sums: [Key: (respondents: Int, weight: Double, squares: Double)] = [:]
        while try table.reader.next() { take(&table, questions, &sums) }
        for issue in table.issues { try onIssue(issue) }
        let tallies = sums.sorted { $0.key < $1.key }.map { key, sum in
            SurveyTally(
                survey: survey, wave: key.wave, level: level.name, areaKey: key.area, question: key.question,
                answer: key.answer, respondents: sum.respondents, weight: sum.weight, weightSquares: sum.squares)
        }
        try store.append(tallies, issues: table.issues, counts: table.counts, to: record.id)
        let waves = Dictionary(tallies.map { ($0.wave, $0.respondents) }, uniquingKeysWith: +)
        let finished = try store.finishSeries(record.id, account: JSONText.of(waves), at: UTCText.now)
        return CouncilSummary(source: finished.source, counts: finished.counts, figures: waves, alreadyImported: false)
    }

    private struct Key: Hashable, Comparable {
        var wave: String
        var area: String
        var question: String
        var answer: String

        static func < (a: Key, b: Key) -> Bool {
            (a.wave, a.area, a.question, a.answer) < (b.wave, b.area, b.question, b.answer)
        }
    }

    private func areas(of store: any BoundarySource) throws -> Set<String> {
        Set(
            try store.boundaryVersions().filter { $0.level == level }
                .flatMap { try store.boundaryLayer(level, number: $0.number).areas.map(\.id) })
    }

    private func opened(areas: Set<String>) throws -> CouncilTable {
        let table = try CouncilTable(path: path, names: Self.fields, named: columns, areas: areas)
        try table.require(["area", "question", "answer"])
        if wave == nil { try table.require(["wave"]) }
        if !isUnweighted, !table.has("weight") {
            throw JobError.badData(
                "a survey must have the design weight of each respondent in a column weight, but the file has "
                    + "\(table.reader.header.joined(separator: ", ")); say --unweighted where everybody had the same chance "
                    + "to be asked")
        }
        return table
    }

    private func take(
        _ table: inout CouncilTable, _ questions: Set<String>,
        _ sums: inout [Key: (respondents: Int, weight: Double, squares: Double)]
    ) {
        guard let question = table.text("question"), questions.contains(question) else {
            return table.reject("question", "unknown_question", "the question must be one of \(survey)'s")
        }
        guard let wave = table.text("wave") ?? wave else {
            return table.reject("wave", "wave_missing", "the row must name its wave")
        }
        let weight = isUnweighted ? 1 : table.number("weight")
        guard let weight, weight > 0, weight <= 1e9 else {
            return table.reject("weight", "weight_unreadable", "the weight must be a number above 0")
        }
        guard let area = table.text("area"), table.isKnown(area: area) else {
            return table.leaveUnplaced(
                "area", "\(table.text("area") ?? "the area") is no \(level) of the store; not kept")
        }
        table.accept()
        let key = Key(wave: wave, area: area, question: question, answer: table.text("answer") ?? "")
        let old = sums[key] ?? (0, 0, 0)
        sums[key] = (old.respondents + 1, old.weight + weight, old.squares + weight * weight)
    }

    private var settings: String {
        get throws {
            try JSONText.of(
                columns.merging([
                    "level": level.name, "survey": survey, "wave": wave ?? "", "unweighted": "\(isUnweighted)",
                ]) { $1 })
        }
    }
}
