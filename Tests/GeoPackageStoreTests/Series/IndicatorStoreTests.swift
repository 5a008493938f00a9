import CivilTime
import Foundation
import GeoPackageStore
import Incidents
import Testing

struct IndicatorStoreTests {
    private let folder: TemporaryFolder
    private let store: GeoPackageStore

    init() throws {
        folder = try TemporaryFolder()
        store = try newStore(in: folder)
    }

    private func begin(_ source: String, _ sha256: String, _ kind: ImportProfile.Kind) throws -> Int64 {
        let ticket = try store.beginSeries(
            source: source, sha256: sha256, profile: "p 1", settings: "",
            description: SeriesDescription(kind: kind, countUnit: .person, publisher: "P"), at: "2024-01-01T00:00:00Z")
        guard case .new(let record) = ticket else { throw CancellationError() }
        return record.id
    }

    private func figure(_ area: String, _ value: Double, _ whole: Double? = nil) throws -> MeasureFigure {
        MeasureFigure(
            indicator: "police", level: "municipality", areaKey: area, month: try #require(Period("2024-01")),
            value: value, whole: whole, sourceRow: 1)
    }

    @Test func `A corrected file of measures replaces the earlier one, which can still be asked for`() throws {
        let first = try begin("police.csv", "aa", .measures)
        try store.append([figure("08037", 2), figure("08019", 3, 4)], issues: [], counts: ImportCounts(), to: first)
        _ = try store.finishSeries(first, account: "{}", at: "2024-02-01T00:00:00Z")
        let second = try begin("police.csv", "bb", .measures)
        try store.append([figure("08037", 2.5)], issues: [], counts: ImportCounts(), to: second)
        #expect(try store.measures(asOf: nil).map(\.value) == [3, 2])
        _ = try store.finishSeries(second, account: "{}", at: "2024-03-01T00:00:00Z")
        #expect(try store.measures(asOf: nil).map(\.value) == [2.5])
        let then = try store.measures(asOf: "2024-02-15T00:00:00Z")
        #expect(then.map(\.areaKey) == ["08019", "08037"] && then.map(\.whole) == [4, nil])
        #expect(try store.measures(asOf: "2024-01-15T00:00:00Z").isEmpty)
        #expect(try store.seriesDescription(of: second)?.kind == .measures)
    }

    @Test func `Of a survey the store keeps sums, and no row of a person`() throws {
        let id = try begin("pulso.csv", "aa", .survey)
        let tally = SurveyTally(
            survey: "pulso", wave: "2024-Q1", level: "municipality", areaKey: "08037", question: "q", answer: "sí",
            respondents: 12, weight: 14.5, weightSquares: 20.25)
        try store.append([tally], issues: [], counts: ImportCounts(), to: id)
        _ = try store.finishSeries(id, account: "{}", at: "2024-02-01T00:00:00Z")
        var expected = tally
        expected.importID = id
        #expect(try store.surveyTallies(asOf: nil) == [expected])
        #expect(throws: StoreError.self) {
            try store.append([tally], issues: [], counts: ImportCounts(), to: id)
        }
    }

    @Test func `Documents are added to, and what held before is still there`() throws {
        func keep(_ body: String, _ instant: String) throws {
            try store.keep(CouncilDocument(kind: .goals, name: "goals", body: body, recordedAt: instant))
        }
        try keep("{\"a\": 1}", "2024-01-01T00:00:00Z")
        let revision = try store.revision()
        try keep("{\"a\": 1}", "2024-01-02T00:00:00Z")
        #expect(try store.revision() == revision)
        try keep("{\"a\": 2}", "2024-02-01T00:00:00Z")
        #expect(try store.documents(.goals, asOf: nil).map(\.body) == ["{\"a\": 2}"])
        #expect(try store.documents(.goals, asOf: "2024-01-15T00:00:00Z").map(\.body) == ["{\"a\": 1}"])
        #expect(try store.documents(.goals, asOf: "2023-01-15T00:00:00Z").isEmpty)
        #expect(try store.documents(.catalogue, asOf: nil).isEmpty)
    }
}
