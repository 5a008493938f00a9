public import CivilTime
public import Incidents
public import Indicators
public import Privacy

/// Everything that a monthly sheet shows, computed once.
public struct SheetFigures: Sendable {
    public var month: Period
    public var level: String
    /// What the areas are together: the store's municipality, its state, or just "total".
    public var asOf: String?
    /// When the sheet was made, and from which state of the store.
    public var storeRevision: Int64
    public var catalogue: IndicatorCatalogue
    public var rule: LightRule
    public var origin: IndicatorSeries.Origin
    public var sources: [IndicatorSeries.Source]
    /// The version of the level's boundaries; nil where the store has none.
    public var boundaryVersion: Int?
    /// The last day with an incident; nil for published counts.
    public var lastDay: CalendarDate?
    public var notes: [IndicatorSeries.Note]
    /// Crime indicators that the store has figures of in some month, in the catalogue's order.
    public var indicators: [SheetIndicator]
    /// Indicators of the catalogue that the store has no figure of.
    public var withoutFigures: [Indicator]
    public var areas: [SheetArea]
    /// What the mixed index of the areas is made of.
    public var index: MixedIndex?
    public var goals: [SheetGoal]
    public var measures: [SheetMeasure]
    public var surveys: [SheetSurvey]
    /// What earlier editions told differently, and as of when; nil where there was none.
    public var restatements: [Restatement]
    public var earlierEdition: String?
    /// What the gate left out and why; nil on a sheet that has not gone through it.
    public var suppression: SuppressionAccount?
    /// Crime indicators of which the public is told nothing.
    public var withheldIndicators: [WithheldIndicator] = []
    /// Of the sheet's areas and the places of its lists; nil where there is no list.
    public var map: SheetMap?
}

/// One crime indicator of a sheet.
public struct SheetIndicator: Sendable {
    public var indicator: Indicator
    /// First and last month with a figure.
    public var begin: Period?
    public var cut: Period?
    public var breaks: [SeriesBreak]
    /// All areas together.
    public var total: SheetLine
    /// By area, in the order of ``SheetFigures/areas``.
    public var lines: [SheetLine]
    /// Of the month: counted, and in none of the areas; nil where that is not shown.
    public var withoutArea: Int?
    /// How many areas have figures at all.
    public var areasCovered: Int
    /// Of the indicator's incidents of twelve months; nil for published counts.
    public var hitRate: HitRate?
    /// Where it concentrates, a list for each finer level.
    public var places: [SheetPlaceList]
}

/// Where an indicator concentrates, by one finer level.
public struct SheetPlaceList: Sendable {
    /// Its name: `colonia`.
    public var level: String
    /// Of the twelve months, in all areas of the level that lie in the sheet's areas, and how many those are.
    public var total: Int
    /// How many areas of the level those are, with and without incidents.
    public var areas: Int
    /// Those with most incidents, the most first.
    public var places: [SheetPlace]
    /// How many areas were looked at for a fall here and a rise next door, and where that was found.
    public var checked: Int
    public var balloons: [SheetBalloon]
}

/// One area of a sheet with what its lights come to.
public struct SheetArea: Sendable {
    public var area: MonthlySeries.Area
    public var score: LightScore
    /// By the mixed index; nil without one.
    public var entry: MixedIndex.Entry?
}

/// A colonia or district in the list of where an indicator concentrates.
public struct SheetPlace: Sendable {
    public var key: String
    public var name: String
    /// Of twelve months.
    public var count: Int
    /// Of all that lie in some area, 0 to 1.
    public var share: Double
    public var rate: Double?
    public var bayesRate: Double?
    /// From the twelve months before.
    public var change: Change?
}

/// An area in which an indicator fell while it rose next door.
public struct SheetBalloon: Sendable {
    public var level: String
    public var key: String
    public var name: String
    public var check: BalloonCheck
}

/// A goal with where it stands.
public struct SheetGoal: Sendable {
    public var goal: Goal
    /// What it was before, latest first.
    public var earlier: [Goal]
    public var areaName: String
    public var now: GoalAssessment
    public var history: [GoalAssessment]
}

/// A measure of an area beside the crimes.
public struct SheetMeasure: Sendable {
    public var indicator: Indicator
    public var areaID: String
    public var areaName: String
    public var month: Period
    public var value: Double
    public var whole: Double?
    /// The value per as many as the indicator says of the whole, or of its denominator.
    public var rate: Double?
    /// Of a share, its interval.
    public var estimate: SurveyEstimate?
}

/// A question of a survey in the last wave up to the sheet's month, by area.
public struct SheetSurvey: Sendable {
    /// One area's answer.
    public struct Row: Sendable {
        public var areaID: String
        public var areaName: String
        /// nil where fewer than the minimum answered.
        public var estimate: SurveyEstimate?
        public var respondents: Int
        public var change: WaveChange?
    }

    public var survey: String
    public var wave: String
    public var earlierWave: String?
    public var question: SurveyQuestion
    public var minimum: Int
    public var designEffect: Double
    /// All areas together first.
    public var rows: [Row]
}
