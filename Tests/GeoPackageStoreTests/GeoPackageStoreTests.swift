import Boundaries
import Foundation
import GRDB
import Incidents
import SimpleFeatures
import Testing

@testable import GeoPackageStore

@Suite struct GeoPackageStoreTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `A new store stands alone under its name and says what it is in its first bytes`() throws {
        let store = try newStore(in: folder)
        #expect(try folder.names == ["faro.gpkg"])
        let header = try Data(contentsOf: URL(fileURLWithPath: store.path)).prefix(100)
        #expect(String(decoding: header[68..<72], as: UTF8.self) == "GPKG")
        #expect(Array(header[60..<64]) == [0, 0, 0x28, 0x3C])  // 10300
    }

    @Test func `A store gives back its settings when it is opened again`() throws {
        try newStore(in: folder).close()
        for readOnly in [true, false] {
            let store = try GeoPackageStore.open(at: folder.file("faro.gpkg"), readOnly: readOnly)
            #expect(store.settings == utm14)
        }
    }

    @Test func `A file is not replaced unless that is asked for`() throws {
        let path = folder.file("faro.gpkg")
        try importRows([TestRow(row: 1)], into: newStore(in: folder))
        #expect(throws: StoreError.exists(path)) { try newStore(in: folder) }
        #expect(try GeoPackageStore.open(at: path).imports().count == 1)
        // What a killed writer left beside the old file must not be played back into the new one.
        try Data(repeating: 7, count: 2000).write(to: URL(fileURLWithPath: path + "-journal"))
        let fresh = try GeoPackageStore.create(
            at: path, settings: utm14, crsDefinition: utm14Definition, overwrite: true)
        #expect(try fresh.imports().isEmpty)
        #expect(try folder.names == ["faro.gpkg"])
    }

    @Test func `A store that cannot be made leaves nothing behind`() throws {
        let path = folder.file("missing/faro.gpkg")
        #expect(throws: StoreError.self) {
            try GeoPackageStore.create(at: path, settings: utm14, crsDefinition: utm14Definition)
        }
        #expect(try folder.names.isEmpty)
    }

    @Test func `What is no store is refused by what it is`() throws {
        let (text, plain, foreign) = (folder.file("a.txt"), folder.file("b.db"), folder.file("c.gpkg"))
        try Data(repeating: 65, count: 5000).write(to: URL(fileURLWithPath: text))
        for (path, id) in [(plain, 0), (foreign, 0x4750_4B47)] {
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA application_id = \(id); CREATE TABLE t (a)")
            }
            try queue.close()
        }
        try Data().write(to: URL(fileURLWithPath: folder.file("empty.gpkg")))
        #expect(throws: StoreError.notFound(folder.file("none"))) { try GeoPackageStore.open(at: folder.file("none")) }
        #expect(throws: StoreError.notSQLite(folder.path)) { try GeoPackageStore.open(at: folder.path) }
        #expect(throws: StoreError.notSQLite(text)) { try GeoPackageStore.open(at: text) }
        #expect(throws: StoreError.notSQLite(folder.file("empty.gpkg"))) {
            try GeoPackageStore.open(at: folder.file("empty.gpkg"))
        }
        #expect(throws: StoreError.notGeoPackage(plain)) { try GeoPackageStore.open(at: plain) }
        #expect(throws: StoreError.notFaroStore(foreign)) { try GeoPackageStore.open(at: foreign) }
    }

    @Test func `A newer store is refused by the name of what is new in it`() throws {
        let store = try newStore(in: folder)
        try store.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('3 hexagons')") }
        try store.close()
        #expect(throws: StoreError.newer(path: store.path, migration: "3 hexagons")) {
            try GeoPackageStore.open(at: store.path)
        }
    }

    @Test func `A store opened for reading cannot be written`() throws {
        try newStore(in: folder).close()
        let store = try GeoPackageStore.open(at: folder.file("faro.gpkg"), readOnly: true)
        #expect(throws: StoreError.readOnly(store.path)) {
            _ = try store.beginImport(source: "a", sha256: "a", profile: "", settings: "", at: noon)
        }
        #expect(try store.imports().isEmpty)
    }

    @Test func `A store that another program holds is busy`() throws {
        let store = try newStore(in: folder)
        let other = try DatabaseQueue(path: store.path)
        try other.inDatabase { db in
            try db.execute(sql: "BEGIN EXCLUSIVE")
            #expect(throws: StoreError.busy(store.path)) {
                _ = try store.beginImport(source: "a", sha256: "a", profile: "", settings: "", at: noon)
            }
            try db.execute(sql: "ROLLBACK")
        }
        _ = try store.beginImport(source: "a", sha256: "a", profile: "", settings: "", at: noon)
    }

    @Test func `Two programs that write in turns lose nothing`() throws {
        let first = try newStore(in: folder)
        let start = try first.revision()
        let path = first.path
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            do {
                let store = try GeoPackageStore.open(at: path)
                for turn in 0..<5 {
                    try importRows(
                        [TestRow(row: 1)], into: store, source: "\(worker)-\(turn)", sha256: "\(worker)-\(turn)")
                }
            } catch {
                Issue.record(error)
            }
        }
        #expect(try first.imports().count == 20)
        #expect(try first.incidentTable(levels: [], asOf: nil).count == 20)
        #expect(try first.revision() == start + 60)
    }

    @Test(arguments: [
        "import", "incidents", "setting", "incident_superseded", "gpkg_x", "rtree_x", "record", "sqlite_x",
        "source_row", "place_alias", "street_place", "artefact",
    ])
    func `A level cannot take a name that the store needs`(name: String) throws {
        let store = try newStore(in: folder)
        let level = try #require(Level(name))
        if name == "source_row" {  // only `source_row_id` would be a column, which is free
            _ = try store.addBoundaries(layer(level, ["a"]), audit: "")
        } else {
            #expect(throws: StoreError.reservedLevel(name)) { try store.addBoundaries(layer(level, ["a"]), audit: "") }
        }
    }

    @Test(arguments: ["order", "select", "table", "group", "a", "x", "null"])
    func `A level may be called by a word of SQL`(name: String) throws {
        let store = try newStore(in: folder)
        let level = try #require(Level(name))
        _ = try store.addBoundaries(layer(level, ["a"]), audit: "")
        try importRows([TestRow(row: 1, areas: [0])], into: store, areas: [AreaKeys(level: name, keys: ["a"])])
        #expect(try store.incidentTable(levels: [name], asOf: nil).areas(of: name)?.index == [0])
        #expect(try StoreValidation.validate(path: store.path).isEmpty)
    }

    @Test func `Rows of a file lie under its import's number and their own`() throws {
        let store = try newStore(in: folder)
        try importRows([TestRow(row: 7)], into: store)
        #expect(try store.incidentTable(levels: [], asOf: nil).id == [1 << 32 + 7])
    }

    @Test func `A first import has no indexes until it is finished, a later one keeps them`() throws {
        let store = try newStore(in: folder)
        func indexes() throws -> [String] {
            try store.read {
                try $0.texts(
                    "SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'incidents%' ORDER BY 1")
            }
        }
        let keys = [AreaKeys(level: "colonia", keys: ["a"])]
        try importRows([TestRow(row: 1, areas: [0])], into: store, areas: keys)
        #expect(try indexes() == ["incidents_cell_z14", "incidents_colonia_id"])
        _ = try store.beginImport(source: "b", sha256: "b", profile: "", settings: "", at: noon)
        #expect(try indexes() == ["incidents_cell_z14", "incidents_colonia_id"])
        let other = try newStore(in: folder, "other.gpkg")
        guard
            case .new(let record) = try other.beginImport(source: "b", sha256: "b", profile: "", settings: "", at: noon)
        else {
            return
        }
        try other.append(
            batch([TestRow(row: 1, areas: [0])], levels: 1), areas: keys, notes: [], issues: [], counts: ImportCounts(),
            to: record.id)
        #expect(
            try other.read {
                try $0.texts("SELECT name FROM sqlite_master WHERE name LIKE 'incidents_%' AND type = 'index'")
            }.isEmpty)
    }

    @Test func `Notes are kept under their incident and replaced when it is placed again`() throws {
        let store = try newStore(in: folder)
        guard
            case .new(let record) = try store.beginImport(source: "b", sha256: "b", profile: "", settings: "", at: noon)
        else {
            return
        }
        func note(_ row: Int, _ level: String, _ key: String?, onBorder: Bool) -> AssignmentNote {
            AssignmentNote(
                row: row, level: level, areaKey: key, versionNumber: 3, candidates: 2, onBorder: onBorder,
                candidateKeys: key == nil ? ["a,\"b\"", "ñ"] : [])
        }
        try store.append(
            batch([TestRow(row: 5), TestRow(row: 9)]), areas: [],
            notes: [
                note(0, "colonia", "a", onBorder: false), note(1, "colonia", nil, onBorder: false),
                note(1, "district", "D", onBorder: true),
            ],
            issues: [], counts: ImportCounts(), to: record.id)
        func notes() throws -> [String] {
            try store.read {
                try $0.texts(
                    """
                    SELECT (incident & 4294967295) || level || ifnull(area_id, '-') || version || candidates || on_border
                        || ifnull(candidate_ids, '')
                    FROM assignment ORDER BY incident, level
                    """)
            }
        }
        #expect(try notes() == ["5coloniaa320", #"9colonia-320["a,\"b\"","ñ"]"#, "9districtD321"])
        try store.assign(
            AreaKeys(level: "colonia", keys: ["b"]), incidents: [1 << 32 + 9], areas: [0], labelAgrees: [1],
            notes: [note(0, "colonia", "b", onBorder: true)])
        #expect(try notes() == ["5coloniaa320", "9coloniab321", "9districtD321"])
    }

    @Test func `An unfinished import of a source goes when a later one is finished`() throws {
        let store = try newStore(in: folder)
        guard
            case .new(let stale) = try store.beginImport(
                source: "a.csv", sha256: "a", profile: "", settings: "", at: noon)
        else {
            return
        }
        try store.append(
            batch([TestRow(row: 1)]), areas: [], notes: [], issues: [], counts: ImportCounts(), to: stale.id)
        try importRows([TestRow(row: 1)], into: store, sha256: "b")
        #expect(try store.imports().count == 1)
        #expect(try store.read { try $0.firstInteger("SELECT count(*) FROM incidents") } == 1)
    }

    @Test func `A store that was closed refuses every call`() throws {
        let store = try newStore(in: folder)
        try store.close()
        #expect(throws: StoreError.self) { try store.revision() }
        #expect(throws: StoreError.self) { try importRows([TestRow(row: 1)], into: store) }
        try store.close()
    }

    @Test func `Errors are sentences that name the file`() {
        #expect(
            StoreError.busy("/data/faro.gpkg").description
                == "/data/faro.gpkg is in use by another program; try again when it has finished")
        #expect(
            StoreError.newer(path: "s.gpkg", migration: "2 hexagons").description
                == "s.gpkg was written by a newer version of Faro (its structure has \"2 hexagons\"); use that version")
        #expect(
            StoreError.full("s.gpkg").description
                == "there is no space left to write s.gpkg; nothing of the last step was kept")
    }
}
