import CivilTime
import Foundation
import Indicators
import Testing

struct GoalTests {
    private func month(_ text: String) throws -> Period { try #require(Period(text)) }

    private func goal(target: Double = 800, setOn: String = "2011-12-15") throws -> Goal {
        try Goal(
            id: "cars", indicator: "vehicle_theft", level: "municipality", area: "19039", baseline: 2000,
            target: target, start: month("2011-12"), due: month("2012-12"), owner: "Secretaría",
            setOn: try #require(CalendarDate(setOn)))
    }

    @Test func `From 2,000 car thefts a month to 800 within a year the path falls by 100 a month`() throws {
        let goal = try goal()
        #expect(goal.path(in: try month("2011-12")) == 2000)
        #expect(goal.path(in: try month("2012-06")) == 1400)
        #expect(goal.path(in: try month("2012-12")) == 800)
        #expect(goal.path(in: try month("2013-12")) == 800)
        #expect(goal.path(in: try month("2010-01")) == 2000)
    }

    @Test func `Each month is assessed against the path, and the last against the target`() throws {
        let goal = try goal()
        let figures = ["2012-01": 1950, "2012-02": 1700, "2012-04": 790, "2012-12": 900, "2013-01": 800]
        let all = try goal.assessments(through: month("2013-01")) { figures[$0.description] }
        #expect(all.count == 14)
        let status = Dictionary(uniqueKeysWithValues: all.map { ($0.month.description, $0.status) })
        #expect(status["2012-01"] == .behind)
        #expect(status["2012-02"] == .onPath)
        #expect(status["2012-03"] == .noFigure)
        #expect(status["2012-04"] == .reached)
        #expect(status["2012-12"] == .missed)
        #expect(status["2013-01"] == .reached)
        let january = try #require(all.first { $0.month.description == "2012-01" })
        #expect(january.gap == 50 && january.toTarget == 1150)
        #expect(january.neededPerMonth == 1150.0 / 11)
        // 1,950 around a path of 1,900 is 1.1 standard deviations away.
        #expect(january.isWithinChance == true)
    }

    @Test func `A goal to have more is behind where there is less`() throws {
        let goal = try Goal(
            id: "police", indicator: "police_per_1000", level: "municipality", area: nil, baseline: 100, target: 300,
            start: month("2024-01"), due: month("2025-01"), owner: "", setOn: try #require(CalendarDate("2024-01-01")))
        let july = GoalAssessment(of: goal, in: try month("2024-07"), actual: 150)
        #expect(july.path == 200 && july.gap == 50 && july.status == .behind)
    }

    @Test func `A changed goal keeps what it was, and what was set is never rewritten`() throws {
        let book = try GoalBook([goal()])
        let changed = try book.adding(GoalBook([goal(target: 1000, setOn: "2012-07-01")]))
        let now = changed.holding(on: try #require(CalendarDate("2012-08-01")))
        #expect(now.map(\.goal.target) == [1000])
        #expect(now.first?.earlier.map(\.target) == [800])
        #expect(changed.holding(on: try #require(CalendarDate("2012-01-01"))).first?.earlier.isEmpty == true)
        #expect(changed.holding(on: try #require(CalendarDate("2011-01-01"))).isEmpty)
        #expect(throws: IndicatorError.self) { try book.adding(GoalBook([goal(target: 1)])) }
        #expect(try GoalBook(json: changed.json()) == changed)
        #expect(throws: IndicatorError.self) { _ = try GoalBook([goal(), goal(target: 5)]) }
    }

    @Test func `Goals without a way from start to due are refused`() throws {
        let json = """
            {"goals": [{"id": "x", "indicator": "homicide", "baseline": 2, "target": 1, "start": "2024-05", "due": "2024-05",
              "set_on": "2024-05-01"}]}
            """
        #expect(
            throws: IndicatorError.badDocument(
                kind: "goals", reason: "start of x must be a month before due, but they are 2024-05 and 2024-05")
        ) { _ = try GoalBook(json: Data(json.utf8)) }
    }
}
