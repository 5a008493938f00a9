public import CivilTime

/// A quantity that an authority publishes of an area and month, beside crimes: police officers, plated cars, detentions.
public struct MeasureFigure: Hashable, Sendable {
    /// The indicator's name in the catalogue.
    public var indicator: String
    public var level: String
    public var areaKey: String
    public var month: Period
    /// What was counted or measured.
    public var value: Double
    /// What it is a part of, where it is a share: 4,650 of 5,000.
    public var whole: Double?
    public var importID: Int64
    public var sourceRow: Int64

    public init(
        indicator: String, level: String, areaKey: String, month: Period, value: Double, whole: Double? = nil,
        importID: Int64 = 0, sourceRow: Int64
    ) {
        self.indicator = indicator
        self.level = level
        self.areaKey = areaKey
        self.month = month
        self.value = value
        self.whole = whole
        self.importID = importID
        self.sourceRow = sourceRow
    }
}

/// How often one answer was given to one question in one wave and area: all that a store keeps of the people asked.
///
/// The sums are what estimates with their margins need; who answered what is not kept.
public struct SurveyTally: Hashable, Sendable {
    public var survey: String
    /// As the survey names it, in the order of time when sorted: `2024-Q1`.
    public var wave: String
    public var level: String
    public var areaKey: String
    public var question: String
    public var answer: String
    public var respondents: Int
    /// The sum of the design weights of those who gave the answer.
    public var weight: Double
    /// The sum of their squares.
    public var weightSquares: Double
    public var importID: Int64

    public init(
        survey: String, wave: String, level: String, areaKey: String, question: String, answer: String,
        respondents: Int, weight: Double, weightSquares: Double, importID: Int64 = 0
    ) {
        self.survey = survey
        self.wave = wave
        self.level = level
        self.areaKey = areaKey
        self.question = question
        self.answer = answer
        self.respondents = respondents
        self.weight = weight
        self.weightSquares = weightSquares
        self.importID = importID
    }
}

/// A document that a council edits, as it stood from an instant on: a catalogue, a light rule, goals, a survey's questions.
public struct CouncilDocument: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case catalogue, goals, questions
        case lightRule = "light_rule"
    }

    public var kind: Kind
    /// What tells it from others of its kind; a later one of the same name replaces it.
    public var name: String
    /// JSON.
    public var body: String
    /// From when on it holds: `2024-03-01T12:00:00Z`.
    public var recordedAt: String

    public init(kind: Kind, name: String, body: String, recordedAt: String) {
        self.kind = kind
        self.name = name
        self.body = body
        self.recordedAt = recordedAt
    }
}

/// Where published figures, surveys and a council's documents are read from.
public protocol IndicatorSource: PopulationSource {
    /// Visits the published counts that hold, by class, place and month.
    /// - Parameter asOf: an instant, `2024-03-01T12:00:00Z`: as they were known then; nil for now.
    func monthlyCounts(asOf: String?, each body: (MonthlyCount) throws -> Void) throws
    /// The measures that hold, by indicator, level, area and month.
    func measures(asOf: String?) throws -> [MeasureFigure]
    /// The answers that hold, by survey, wave, level, area, question and answer.
    func surveyTallies(asOf: String?) throws -> [SurveyTally]
    /// The documents of a kind that held at an instant, the latest of each name, by name.
    func documents(_ kind: CouncilDocument.Kind, asOf: String?) throws -> [CouncilDocument]
    /// Who published an import's figures and in which unit; nil where it is not one of aggregates.
    func seriesDescription(of importID: Int64) throws -> SeriesDescription?
}

/// Where measures, surveys and documents are kept. Every call that writes is one transaction.
public protocol IndicatorStore: SeriesStore, IndicatorSource {
    /// Adds measures to an import begun with `beginSeries`, with its issues and row counts so far.
    func append(_ measures: [MeasureFigure], issues: [ImportIssue], counts: ImportCounts, to importID: Int64) throws
    /// Adds answers to an import begun with `beginSeries`, with its issues and row counts so far.
    func append(_ tallies: [SurveyTally], issues: [ImportIssue], counts: ImportCounts, to importID: Int64) throws
    /// Keeps a document; what stood under its name before stays for earlier instants. The same words again change nothing.
    func keep(_ document: CouncilDocument) throws
}
