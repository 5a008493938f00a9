import CivilTime
import Foundation
import GeoPackageStore
import Incidents
import Testing

struct SeriesStoreTests {
    private let folder: TemporaryFolder
    private let store: GeoPackageStore

    init() throws {
        folder = try TemporaryFolder()
        store = try newStore(in: folder)
    }

    private static let counted = SeriesDescription(kind: .monthlyCounts, countUnit: .caseFile, publisher: "P")
    private static let monterrey = SeriesPlace(
        outcome: .placed, areaKey: "19039", version: 1, state: "19", label: "Monterrey")
    private static let nowhere = SeriesPlace(
        outcome: .unplaced, areaKey: nil, version: nil, state: "19", label: "No Especificado")
    private static let either = SeriesPlace(
        outcome: .ambiguous, areaKey: nil, version: nil, state: "20", label: "San Juan Mixtepec",
        candidates: ["20208", "20209"])

    /// Counts of one class in the places above, by place and month.
    private func batch(_ counts: [(place: Int32, month: Int32, count: Int64)], modality: String = "m") -> SeriesBatch {
        var batch = SeriesBatch()
        batch.places = [Self.monterrey, Self.nowhere, Self.either]
        batch.classes = [SeriesClass(type: "Homicidio", modality: modality)]
        batch.counts = counts.enumerated().map {
            .init(
                sourceRow: Int64($0.offset + 1), place: $0.element.place, seriesClass: 0, month: $0.element.month,
                count: $0.element.count)
        }
        return batch
    }

    private func rows(_ count: Int) -> ImportCounts {
        var counts = ImportCounts()
        counts.placed = count
        return counts
    }

    @discardableResult
    private func importing(
        _ batch: SeriesBatch, source: String = "a.csv", sha256: String, description: SeriesDescription = counted,
        at instant: String = "2024-01-01T00:00:00Z"
    ) throws -> Int64 {
        let ticket = try store.beginSeries(
            source: source, sha256: sha256, profile: "p 1", settings: "{}", description: description, at: instant)
        guard case .new(let record) = ticket else { throw StoreError.unknownImport(0) }
        try store.append(batch, issues: [], counts: rows(batch.figures), to: record.id)
        let finished = try store.finishSeries(record.id, account: #"{"a":1}"#, at: instant)
        #expect(finished.state == .complete)
        return record.id
    }

    /// Month and count of the counts that hold, in their order.
    private func held(asOf: String? = nil) throws -> [String] {
        var texts: [String] = []
        try store.monthlyCounts(asOf: asOf) { texts.append("\($0.place.label) \($0.month) \($0.count)") }
        return texts
    }

    @Test func `Counts come back with place, class, month and unit`() throws {
        let id = try importing(batch([(0, 202401, 3), (1, 202401, 5), (2, 202312, 0)]), sha256: "1")
        var counts: [MonthlyCount] = []
        try store.monthlyCounts(asOf: nil) { counts.append($0) }
        #expect(counts.map(\.place) == [Self.monterrey, Self.nowhere, Self.either])
        #expect(counts.map(\.count) == [3, 5, 0])
        #expect(counts.map(\.month.description) == ["2024-01", "2024-01", "2023-12"])
        #expect(counts.allSatisfy { $0.seriesClass == SeriesClass(type: "Homicidio", modality: "m") })
        #expect(counts.allSatisfy { $0.countUnit == .caseFile && $0.importID == id })
        #expect(counts.map(\.sourceRow) == [1, 2, 3])
        #expect(try store.seriesAccount(of: id) == #"{"a":1}"#)
        #expect(try store.seriesAccount(of: id + 1) == nil)
        #expect(try StoreValidation.validate(path: store.path).isEmpty)
    }

    @Test func `The same file again changes nothing`() throws {
        let id = try importing(batch([(0, 202401, 3)]), sha256: "1")
        let revision = try store.revision()
        let ticket = try store.beginSeries(
            source: "b.csv", sha256: "1", profile: "p 1", settings: "{}", description: Self.counted,
            at: "2024-01-02T00:00:00Z")
        guard case .alreadyImported(let record) = ticket else {
            Issue.record("the file must be known")
            return
        }
        #expect(record.id == id)
        #expect(try store.revision() == revision)
    }

    @Test func `A corrected file replaces the earlier one, which an earlier instant brings back`() throws {
        try importing(batch([(0, 202401, 3), (0, 202402, 1)]), sha256: "1")
        try importing(batch([(0, 202401, 4)]), sha256: "2", at: "2024-02-01T00:00:00Z")
        #expect(try held() == ["Monterrey 2024-01 4"])
        #expect(try held(asOf: "2024-01-15T00:00:00Z") == ["Monterrey 2024-01 3", "Monterrey 2024-02 1"])
        #expect(try held(asOf: "2023-12-31T00:00:00Z").isEmpty)
        #expect(try store.imports().map(\.state) == [.superseded, .complete])
        #expect(throws: StoreError.invalidInstant("yesterday")) { try held(asOf: "yesterday") }
        #expect(try StoreValidation.validate(path: store.path).isEmpty)
    }

    @Test func `Of two sources the later figure of a month counts, also after the layer has changed`() throws {
        try importing(batch([(0, 202401, 3), (0, 202402, 1), (1, 202401, 7)]), sha256: "1")
        var restated = batch([(0, 202402, 2), (0, 202403, 5), (1, 202401, 8)])
        restated.places[0].version = 2
        restated.places[0].label = "MONTERREY"
        try importing(restated, source: "b.csv", sha256: "2")
        #expect(
            try held() == [
                "Monterrey 2024-01 3", "MONTERREY 2024-02 2", "MONTERREY 2024-03 5", "No Especificado 2024-01 8",
            ])
    }

    @Test func `Counts of another unit stand beside each other`() throws {
        try importing(batch([(0, 202401, 3)]), sha256: "1")
        try importing(
            batch([(0, 202401, 4)]), source: "b.csv", sha256: "2",
            description: SeriesDescription(kind: .monthlyCounts, countUnit: .victim, publisher: "P"))
        #expect(try held() == ["Monterrey 2024-01 3", "Monterrey 2024-01 4"])
    }

    @Test func `Equal rows of one import are added up`() throws {
        try importing(batch([(0, 202401, 3), (0, 202401, 4)]), sha256: "1")
        #expect(try held() == ["Monterrey 2024-01 7"])
    }

    @Test func `An import that was stopped is completed, and does not count before`() throws {
        let ticket = try store.beginSeries(
            source: "a.csv", sha256: "1", profile: "p 1", settings: "{}", description: Self.counted,
            at: "2024-01-01T00:00:00Z")
        guard case .new(let record) = ticket else { throw StoreError.unknownImport(0) }
        try store.append(batch([(0, 202401, 3)]), issues: [], counts: rows(1), to: record.id)
        #expect(try held().isEmpty)
        let again = try store.beginSeries(
            source: "a.csv", sha256: "1", profile: "p 1", settings: "{}", description: Self.counted,
            at: "2024-01-02T00:00:00Z")
        guard case .resume(let resumed) = again else { throw StoreError.unknownImport(0) }
        #expect(resumed.id == record.id && resumed.counts.read == 1)
        try store.append(batch([(0, 202402, 4)]), issues: [], counts: rows(2), to: record.id)
        #expect(try store.finishSeries(record.id, account: "{}", at: "2024-01-02T00:00:00Z").counts.read == 2)
        #expect(try held() == ["Monterrey 2024-01 3", "Monterrey 2024-02 4"])
        #expect(throws: StoreError.importNotOpen(record.id, .complete)) {
            try store.append(batch([]), issues: [], counts: rows(2), to: record.id)
        }
    }

    @Test func `Population comes back by area, year and kind, the later import's`() throws {
        let people = SeriesDescription(kind: .population, countUnit: .person, publisher: "INEGI")
        var census = SeriesBatch()
        census.places = [Self.monterrey, Self.nowhere]
        census.populations = [
            .init(sourceRow: 1, place: 0, year: 2020, kind: "population", value: 10),
            .init(sourceRow: 1, place: 0, year: 2020, kind: "women", value: 6),
            .init(sourceRow: 2, place: 1, year: 2020, kind: "population", value: 99),
        ]
        try importing(census, source: "c.csv", sha256: "1", description: people)
        census.populations = [.init(sourceRow: 1, place: 0, year: 2020, kind: "women", value: 7)]
        try importing(census, source: "d.csv", sha256: "2", description: people, at: "2024-02-01T00:00:00Z")
        let figures = try store.populations(asOf: nil)
        #expect(figures.map(\.kind) == ["population", "women"] && figures.map(\.value) == [10, 7])
        #expect(figures.allSatisfy { $0.areaKey == "19039" && $0.year == 2020 && $0.level == "municipality" })
        #expect(try store.populations(asOf: "2024-01-15T00:00:00Z").map(\.value) == [10, 6])
        #expect(try StoreValidation.validate(path: store.path).isEmpty)
    }

    @Test func `A batch that means places or months it has not is refused whole`() throws {
        for bad in [(Int32(3), Int32(202401)), (-1, 202401), (0, 202413), (0, 202400), (0, -1)] {
            #expect(throws: StoreError.self) {
                try importing(batch([(0, 202401, 1), (bad.0, bad.1, 1)]), source: "\(bad)", sha256: "\(bad)")
            }
        }
        #expect(try held().isEmpty)
        #expect(throws: StoreError.unknownImport(77)) {
            try store.append(batch([]), issues: [], counts: rows(0), to: 77)
        }
    }

    @Test func `Reports are never replaced by aggregates of their name`() throws {
        let ticket = try store.beginImport(
            source: "a.csv", sha256: "0", profile: "p 1", settings: "{}", at: "2024-01-01T00:00:00Z")
        guard case .new(let record) = ticket else { throw StoreError.unknownImport(0) }
        _ = try store.finishImport(record.id, at: "2024-01-01T00:00:00Z")
        #expect(throws: StoreError.self) { try importing(batch([(0, 202401, 3)]), sha256: "1") }
        #expect(try store.imports().first?.state == .complete)
    }

    @Test func `A damaged account of figures is found`() throws {
        try importing(batch([(0, 202401, 3)]), sha256: "1")
        try store.close()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", store.path, "DELETE FROM monthly_count"]
        guard (try? process.run()) != nil else { return }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { return }
        #expect(try StoreValidation.validate(path: store.path).map(\.check) == ["series"])
    }
}
