import Boundaries
import Bytes
import Incidents
import Testing

extension ConformanceCheck {
    static let imports: [ConformanceCheck] = [
        ConformanceCheck("a new store has no imports and no incidents") { store throws in
            #expect(try store.imports().isEmpty)
            #expect(try store.incidentTable(levels: [], asOf: nil).count == 0)
            #expect(try store.boundaryVersions().isEmpty)
        },
        ConformanceCheck("an import is new, then resumed with its counts, then already imported") { store throws in
            let rows = randomRows(1...40, areas: [], seed: 1)
            guard case .new(let record) = try begin(store) else { throw Unmet("the first import must be new") }
            #expect(record.state == .incomplete)
            #expect(record.counts == ImportCounts())
            try store.append(
                batch(Array(rows[..<25])), areas: [], notes: [], issues: [], counts: counts(of: Array(rows[..<25])),
                to: record.id)
            guard case .resume(let half) = try begin(store) else { throw Unmet("a begun import must be resumed") }
            #expect(half.id == record.id)
            #expect(half.counts.read == 25)
            try store.append(
                batch(Array(rows[25...])), areas: [], notes: [], issues: [], counts: counts(of: rows), to: half.id)
            let finished = try store.finishImport(half.id, at: evening)
            #expect(finished.state == .complete)
            #expect(finished.finishedAt == evening)
            #expect(finished.startedAt == noon)
            #expect(try begin(store) == .alreadyImported(finished))
            #expect(try store.imports() == [finished])
            #expect(try store.incidentTable(levels: [], asOf: nil).count == 40)
        },
        ConformanceCheck("rows of an import that is not finished do not count yet") { store throws in
            try importRows([TestRow(row: 1, category: "old")], into: store)
            guard case .new(let record) = try begin(store, sha256: "bb") else { throw Unmet("must be new") }
            try store.append(
                batch([TestRow(row: 1, category: "new")]), areas: [], notes: [], issues: [], counts: ImportCounts(),
                to: record.id)
            #expect(try store.incidentTable(levels: [], asOf: nil).categories == ["old"])
            #expect(try store.imports().map(\.state) == [.complete, .incomplete])
            _ = try store.finishImport(record.id, at: nextDay)
            #expect(try store.incidentTable(levels: [], asOf: nil).categories == ["new"])
        },
        ConformanceCheck("a begun import of the same file with other settings is taken out and starts anew") {
            store throws in
            guard case .new(let first) = try begin(store) else { throw Unmet("must be new") }
            try store.append(
                batch([TestRow(row: 1), TestRow(row: 2)]), areas: [], notes: [], issues: [issue(2, .placed)],
                counts: ImportCounts(), to: first.id)
            guard case .new(let second) = try begin(store, settings: #"{"crs":"EPSG:4326"}"#) else {
                throw Unmet("must be new")
            }
            #expect(second.id != first.id)
            #expect(try store.imports().map(\.id) == [second.id])
            var issues = 0
            try store.issues(of: nil) { _, _ in issues += 1 }
            #expect(issues == 0)
            var places = 0
            try store.places { _ in places += 1 }
            #expect(places == 0)
        },
        ConformanceCheck("a corrected file replaces the rows of the earlier one, which can still be asked for") {
            store throws in
            try importRows([TestRow(row: 1, category: "A"), TestRow(row: 2, category: "B")], into: store)
            try importRows(
                [TestRow(row: 1, category: "other")], into: store, source: "b.csv", sha256: "b1", to: evening)
            let corrected = try importRows(
                [TestRow(row: 1, category: "C")], into: store, sha256: "a2", from: nextDay, to: nextEvening)
            #expect(try store.imports().map(\.state) == [.superseded, .complete, .complete])
            #expect(try store.incidentTable(levels: [], asOf: nil).categories == ["C", "other"])
            #expect(try store.incidentTable(levels: [], asOf: "2024-03-01T19:59:59Z").count == 0)
            #expect(try store.incidentTable(levels: [], asOf: evening).categories == ["A", "B", "other"])
            #expect(
                try store.incidentTable(levels: [], asOf: "2024-03-02T19:59:59Z").categories == ["A", "B", "other"])
            #expect(try store.incidentTable(levels: [], asOf: nextEvening).categories == ["C", "other"])
            #expect(try begin(store, sha256: "a2") == .alreadyImported(corrected))
        },
        ConformanceCheck("going back to the earlier file replaces the corrected one again") { store throws in
            try importRows([TestRow(row: 1, category: "A")], into: store)
            try importRows([TestRow(row: 1, category: "B")], into: store, sha256: "a2", from: nextDay, to: nextDay)
            try importRows([TestRow(row: 1, category: "A")], into: store, from: nextEvening, to: nextEvening)
            #expect(try store.incidentTable(levels: [], asOf: nil).categories == ["A"])
            #expect(try store.incidentTable(levels: [], asOf: nextDay).categories == ["B"])
            #expect(try store.imports().map(\.state) == [.superseded, .superseded, .complete])
        },
        ConformanceCheck("issues come back as they were, by import and in order") { store throws in
            guard case .new(let first) = try begin(store) else { throw Unmet("must be new") }
            var rejected = ImportCounts()
            rejected.rejected = 1
            let found = [issue(1, .rejected, raw: "1;\"31/02/2024\";ñ"), issue(2, .unplaced), issue(2, .placed)]
            try store.append(batch([]), areas: [], notes: [], issues: found, counts: rejected, to: first.id)
            _ = try store.finishImport(first.id, at: evening)
            guard case .new(let second) = try begin(store, source: "b.csv", sha256: "bb") else {
                throw Unmet("must be new")
            }
            var bare = issue(9, .ambiguous)
            bare.column = nil
            try store.append(batch([]), areas: [], notes: [], issues: [bare], counts: ImportCounts(), to: second.id)
            #expect(try issues(store, first.id).map(\.1) == found)
            #expect(try issues(store, second.id).map(\.1) == [bare])
            #expect(try issues(store, nil).map(\.0) == [first.id, first.id, first.id, second.id])
            #expect(try issues(store, 999).isEmpty)
        },
        ConformanceCheck("the revision grows with every change and with nothing else") { store throws in
            var last = try store.revision()
            func grows(_ what: String, _ body: () throws -> Void) throws {
                try body()
                let now = try store.revision()
                #expect(now > last, "\(what)")
                last = now
            }
            try grows("import") { try importRows([TestRow(row: 1)], into: store) }
            try grows("boundaries") { _ = try store.addBoundaries(layer(.colonia, ["a"]), audit: "{}") }
            try grows("assign") {
                try store.assign(
                    AreaKeys(level: "colonia", keys: ["a"]), incidents: [], areas: [], labelAgrees: [], notes: [])
            }
            _ = try store.incidentTable(levels: ["colonia"], asOf: nil)
            _ = try store.imports()
            _ = try store.boundaryVersions()
            #expect(try store.revision() == last)
            #expect(try store.incidentTable(levels: [], asOf: nil).revision == last)
        },
        ConformanceCheck("rows cannot be added to an import that is finished or unknown, nor twice") { store throws in
            let done = try importRows([TestRow(row: 1)], into: store)
            let row = batch([TestRow(row: 2)])
            #expect(throws: (any Error).self) {
                try store.append(row, areas: [], notes: [], issues: [], counts: ImportCounts(), to: done.id)
            }
            #expect(throws: (any Error).self) {
                try store.append(row, areas: [], notes: [], issues: [], counts: ImportCounts(), to: 77)
            }
            guard case .new(let open) = try begin(store, sha256: "bb") else { throw Unmet("must be new") }
            try store.append(row, areas: [], notes: [], issues: [], counts: ImportCounts(), to: open.id)
            #expect(throws: (any Error).self) {
                try store.append(row, areas: [], notes: [], issues: [], counts: ImportCounts(), to: open.id)
            }
            #expect(throws: (any Error).self) { try store.finishImport(77, at: noon) }
        },
        ConformanceCheck("a batch that fails leaves nothing of itself") { store throws in
            guard case .new(let record) = try begin(store) else { throw Unmet("must be new") }
            try store.append(
                batch([TestRow(row: 5)]), areas: [], notes: [], issues: [], counts: ImportCounts(), to: record.id)
            let before = try store.revision()
            var wrong = ImportCounts()
            wrong.placed = 9
            #expect(throws: (any Error).self) {
                try store.append(
                    batch([TestRow(row: 4), TestRow(row: 5)]), areas: [], notes: [], issues: [issue(4, .placed)],
                    counts: wrong,
                    to: record.id)
            }
            #expect(try store.revision() == before)
            #expect(try issues(store, nil).isEmpty)
            #expect(try store.imports().first?.counts == ImportCounts())
            var rows: [Int64] = []
            try store.places { rows.append($0.incident) }
            #expect(rows.count == 1)
        },
        ConformanceCheck("a batch whose columns disagree is refused before anything is written") { store throws in
            guard case .new(let record) = try begin(store) else { throw Unmet("must be new") }
            let good = batch([TestRow(row: 1, areas: [0])], levels: 1)
            let keys = [AreaKeys(level: "colonia", keys: ["a"])]
            var broken = Array(repeating: good, count: 10)
            broken[0].x = []
            broken[1].category.removeAll()
            broken[2].localDay = [.max]
            broken[3].localMinute = [1440]
            broken[4].areas[0] = [1]
            broken[5].sourceRow = [-1]
            broken[6].instant = [.min]
            broken[7].grade = []
            broken[8].uncertainty = [-1]
            broken[9].outcome = [.rejected]
            for batch in broken {
                #expect(throws: (any Error).self) {
                    try store.append(batch, areas: keys, notes: [], issues: [], counts: ImportCounts(), to: record.id)
                }
            }
            #expect(throws: (any Error).self) {
                try store.append(good, areas: [], notes: [], issues: [], counts: ImportCounts(), to: record.id)
            }
            for versions in [[], [0], [1, 1]] {
                #expect(throws: (any Error).self) {
                    try store.append(
                        good, areas: [AreaKeys(level: "colonia", keys: ["a"], versions: versions)], notes: [],
                        issues: [], counts: ImportCounts(), to: record.id)
                }
            }
            let stray = AssignmentNote(
                row: 1, level: "colonia", areaKey: "a", versionNumber: 1, candidates: 2, onBorder: false)
            #expect(throws: (any Error).self) {
                try store.append(good, areas: keys, notes: [stray], issues: [], counts: ImportCounts(), to: record.id)
            }
            try store.append(good, areas: keys, notes: [], issues: [], counts: ImportCounts(), to: record.id)
        },
        ConformanceCheck(
            "an instant that is not written in UTC to the second is refused",
            { store throws in
                for text in [
                    "", "2024-03-01", "2024-03-01T12:00:00", "2024-03-01T12:00:00-06:00", "2024-02-30T12:00:00Z", "x",
                ] {
                    #expect(throws: (any Error).self) { try begin(store, at: text) }
                    #expect(throws: (any Error).self) { try store.incidentTable(levels: [], asOf: text) }
                }
            }),
    ]

    static func begin(
        _ store: AnyStore, source: String = "a.csv", sha256: String = "aa", settings: String = "{}",
        at instant: String = noon
    ) throws -> ImportTicket {
        try store.beginImport(source: source, sha256: sha256, profile: "p 1", settings: settings, at: instant)
    }

    private static func issues(_ store: AnyStore, _ importID: Int64?) throws -> [(Int64, ImportIssue)] {
        var found: [(Int64, ImportIssue)] = []
        try store.issues(of: importID) { found.append(($0, $1)) }
        return found
    }
}

/// A condition of a check that the rest of it cannot do without.
struct Unmet: Error {
    var what: String
    init(_ what: String) { self.what = what }
}
