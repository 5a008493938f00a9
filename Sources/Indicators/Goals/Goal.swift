public import CivilTime
public import Foundation
import Incidents

/// What a council has set itself: from so many a month to so many, by when, and who answers for it.
///
/// ## JSON form
/// A file has a list of them; times that a goal was changed stand as further entries of the same `id` with a later `set_on`.
/// ```json
/// { "goals": [
///   { "id": "car-theft", "indicator": "vehicle_theft_violent", "level": "municipality", "area": "19039",
///     "measure": "month", "baseline": 2000, "target": 800, "start": "2011-12", "due": "2012-12",
///     "owner": "Secretaría de Seguridad", "set_on": "2011-12-15", "note": "" } ] }
/// ```
public struct Goal: Hashable, Sendable, Codable {
    /// What is held against the path.
    public enum Measure: String, Hashable, Sendable, Codable, CaseIterable {
        /// The count of one month.
        case month
        /// The sum of twelve months.
        case twelveMonths = "twelve_months"
    }

    /// Stays the same when the goal is changed.
    public var id: String
    public var indicator: String
    public var level: String
    /// nil is all areas of the level together.
    public var area: String?
    public var measure: Measure
    /// In the measure's unit, at ``start``.
    public var baseline: Double
    public var target: Double
    public var start: Period
    public var due: Period
    /// Who answers for it.
    public var owner: String
    /// The day on which it was set, or changed to this.
    public var setOn: CalendarDate
    public var note: String

    public init(
        id: String, indicator: String, level: String, area: String?, measure: Measure = .month, baseline: Double,
        target: Double, start: Period, due: Period, owner: String, setOn: CalendarDate, note: String = ""
    ) throws(IndicatorError) {
        self.id = id
        self.indicator = indicator
        self.level = level
        self.area = area
        self.measure = measure
        self.baseline = baseline
        self.target = target
        self.start = start
        self.due = due
        self.owner = owner
        self.setOn = setOn
        self.note = note
        try check()
    }

    /// The count that lies on the straight way from the baseline to the target; the target after the due month, and the
    /// baseline before the start.
    public func path(in month: Period) -> Double {
        let (from, to) = (Double(start.index), Double(due.index))
        let share = min(1, max(0, (Double(month.index) - from) / (to - from)))
        return baseline + (target - baseline) * share
    }

    /// Whether it is reached from above, as with crimes.
    public var isReduction: Bool { target <= baseline }

    private func check() throws(IndicatorError) {
        guard !id.isEmpty, !indicator.isEmpty, !level.isEmpty else {
            throw Self.bad("id, indicator and level must not be empty")
        }
        guard start.length == .month, due.length == .month, start < due else {
            throw Self.bad("start of \(id) must be a month before due, but they are \(start) and \(due)")
        }
        guard baseline >= 0, target >= 0, baseline <= 1e12, target <= 1e12 else {
            throw Self.bad("baseline and target of \(id) must be 0 or more, but are \(baseline) and \(target)")
        }
    }

    static func bad(_ reason: String) -> IndicatorError { .badDocument(kind: "goals", reason: reason) }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, indicator, level, area, measure, baseline, target, start, due, owner, note
        case setOn = "set_on"
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseMembers(beyond: CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            id: container.decode(String.self, forKey: .id),
            indicator: container.decode(String.self, forKey: .indicator),
            level: container.decodeIfPresent(String.self, forKey: .level) ?? "municipality",
            area: container.decodeIfPresent(String.self, forKey: .area),
            measure: container.decodeIfPresent(Measure.self, forKey: .measure) ?? .month,
            baseline: container.decode(Double.self, forKey: .baseline),
            target: container.decode(Double.self, forKey: .target),
            start: container.decode(Period.self, forKey: .start), due: container.decode(Period.self, forKey: .due),
            owner: container.decodeIfPresent(String.self, forKey: .owner) ?? "",
            setOn: container.decode(CalendarDate.self, forKey: .setOn),
            note: container.decodeIfPresent(String.self, forKey: .note) ?? "")
    }
}

/// The goals of a council with all their changes.
public struct GoalBook: Hashable, Sendable {
    /// By id, and of one id by the day on which each was set.
    public let goals: [Goal]

    /// - Throws: ``IndicatorError/badDocument(kind:reason:)`` where one id is set twice on one day.
    public init(_ goals: [Goal]) throws(IndicatorError) {
        self.goals = goals.sorted { ($0.id, $0.setOn) < ($1.id, $1.setOn) }
        for (a, b) in zip(self.goals, self.goals.dropFirst()) where a.id == b.id && a.setOn == b.setOn {
            throw Goal.bad("a goal is set once a day, but \(a.id) is set twice on \(a.setOn)")
        }
    }

    /// Reads the JSON form.
    /// - Throws: ``IndicatorError/badDocument(kind:reason:)``.
    public init(json: Data) throws(IndicatorError) {
        let file = try CatalogueDocument.read(File.self, from: json, kind: "goals")
        try self.init(file.goals)
    }

    public func json() throws -> Data { try CatalogueDocument.text(File(goals: goals)) }

    /// These goals with those of a later file: what both have stays once.
    /// - Throws: ``IndicatorError/badDocument(kind:reason:)`` where an entry of the same id and day says something else: what was set
    ///   is changed by a new entry, never rewritten.
    public func adding(_ later: GoalBook) throws(IndicatorError) -> GoalBook {
        for goal in later.goals {
            if let known = goals.first(where: { $0.id == goal.id && $0.setOn == goal.setOn }), known != goal {
                throw Goal.bad(
                    "what was set stays: \(goal.id) of \(goal.setOn) is in the store with other words; change it by an entry "
                        + "with a later set_on")
            }
        }
        return try GoalBook(Array(Set(goals).union(later.goals)))
    }

    /// The goals that hold on a day, each with what it was before, latest first.
    public func holding(on day: CalendarDate) -> [(goal: Goal, earlier: [Goal])] {
        var found: [(goal: Goal, earlier: [Goal])] = []
        for id in Set(goals.map(\.id)).sorted() {
            let set = goals.filter { $0.id == id && $0.setOn <= day }
            if let last = set.last { found.append((last, Array(set.dropLast().reversed()))) }
        }
        return found
    }

    private struct File: Codable {
        var goals: [Goal]

        init(goals: [Goal]) { self.goals = goals }

        enum CodingKeys: String, CodingKey { case goals }

        init(from decoder: any Decoder) throws {
            try decoder.refuseMembers(beyond: ["goals"])
            goals = try decoder.container(keyedBy: CodingKeys.self).decode([Goal].self, forKey: .goals)
        }
    }
}
