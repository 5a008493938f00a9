import Boundaries
import CivilTime
import Foundation
import GRDB
import Incidents
import Testing

@testable import GeoPackageStore

private let rules = [
    TaxonomyRule(
        source: "p", category: "Robo", scheme: "CNSP/38/15", classCode: "property.robbery", countUnit: .caseFile),
    TaxonomyRule(
        source: "p*", category: "Año'; --", modality: "漢字", scheme: "RNID", classCode: nil, countUnit: .victim,
        validFrom: CalendarDate("2020-01-01"), validTo: CalendarDate("2020-12-31"), isSensitive: true),
]

@Suite struct TaxonomyStoreTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func change(_ path: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test func `Rules come back as they were put in, and replace the earlier ones`() throws {
        let store = try newStore(in: folder)
        #expect(try store.taxonomyRules().isEmpty)
        let revision = try store.revision()
        try store.setTaxonomyRules(rules)
        #expect(try store.taxonomyRules() == rules)
        #expect(try store.revision() > revision)
        try store.setTaxonomyRules([rules[1]])
        #expect(try store.taxonomyRules() == [rules[1]])
        #expect(try StoreValidation.validate(path: store.path).isEmpty)
    }

    @Test func `Schemes come back equal, one of the same version once, the latest last`() throws {
        let store = try newStore(in: folder)
        for scheme in [Taxonomy.builtIn[0], Taxonomy.builtIn[1], Taxonomy.builtIn[0]] { try store.addTaxonomy(scheme) }
        #expect(try store.taxonomies() == [Taxonomy.builtIn[1], Taxonomy.builtIn[0]])
        #expect(try GeoPackageStore.open(at: store.path, readOnly: true).taxonomies().count == 2)
        #expect(try StoreValidation.validate(path: store.path).isEmpty)
    }

    @Test func `A store of the first structure gets the table when it is opened for writing`() throws {
        let store = try newStore(in: folder)
        try store.close()
        try change(
            store.path,
            """
            DROP TABLE taxonomy;
            CREATE TABLE taxonomy (
                id INTEGER PRIMARY KEY NOT NULL, source TEXT, category TEXT NOT NULL, modality TEXT, class TEXT NOT NULL,
                sensitive BOOLEAN NOT NULL DEFAULT 0);
            DELETE FROM grdb_migrations WHERE identifier = '\(Migrations.taxonomy)';
            """)
        #expect(throws: StoreError.older(path: store.path, migration: Migrations.taxonomy)) {
            try GeoPackageStore.open(at: store.path, readOnly: true)
        }
        let opened = try GeoPackageStore.open(at: store.path)
        try opened.setTaxonomyRules(rules)
        #expect(try opened.taxonomyRules() == rules)
        #expect(try StoreValidation.validate(path: store.path).isEmpty)
    }

    @Test(arguments: [
        "INSERT INTO taxonomy (source, category, scheme, count_unit) VALUES ('p', 'a', 'RNID', 'apples')",
        "INSERT INTO taxonomy (source, category, scheme, count_unit, valid_to) VALUES ('p', 'a', 'RNID', 'victim', '2020')",
        "INSERT INTO taxonomy (source, category, scheme, count_unit, valid_from) VALUES (x'FF00', 1, 2.5, 'victim', x'00')",
    ])
    func `A damaged rule is named`(sql: String) throws {
        let store = try newStore(in: folder)
        try store.close()
        try change(store.path, sql)
        let opened = try GeoPackageStore.open(at: store.path)
        #expect(throws: StoreError.self) { try opened.taxonomyRules() }
    }

    @Test func `A damaged scheme is named`() throws {
        let store = try newStore(in: folder)
        try store.close()
        try change(store.path, "INSERT INTO setting (name, value) VALUES ('taxonomy X 1', '{\"scheme\": 5}')")
        let error = #expect(throws: StoreError.self) { try GeoPackageStore.open(at: store.path).taxonomies() }
        #expect(error?.description.contains("taxonomy X 1") == true)
    }

    @Test func `Labels are counted import by import, and split at the days asked for`() throws {
        let store = try newStore(in: folder)
        func row(_ number: Int64, _ category: String?, _ modality: String?, _ day: String) throws -> TestRow {
            var row = TestRow(row: number, category: category, modality: modality)
            row.day = try #require(CalendarDate(day)).daysSince1970
            return row
        }
        let rows = [
            try row(1, "ROBO", "X", "2025-12-30"), try row(2, "ROBO", "X", "2025-12-31"),
            try row(3, "ROBO", "X", "2026-01-01"), try row(4, nil, nil, "2024-02-29"),
            try row(5, "Robo", "X", "2020-01-01"),
        ]
        try importRows(rows, into: store)
        try importRows([try row(1, "ROBO", "X", "2026-03-01")], into: store, source: "b.csv", sha256: "bb")
        try importRows([try row(1, "ALT", nil, "2026-03-01")], into: store, source: "c.csv", sha256: "cc")
        try importRows([try row(1, "NEU", nil, "2026-03-01")], into: store, source: "c.csv", sha256: "dd")
        func text(_ days: [String]) throws -> Set<String> {
            Set(
                try store.labelCounts(splitAt: days.compactMap { CalendarDate($0) }).map {
                    "\($0.label.profile) \($0.label.source) \($0.label.category ?? "–") \($0.label.modality ?? "–") "
                        + "\($0.days.lowerBound) \($0.days.upperBound) \($0.count)"
                })
        }
        let others: Set = [
            "p a.csv – – 2024-02-29 2024-02-29 1", "p a.csv Robo X 2020-01-01 2020-01-01 1",
            "p b.csv ROBO X 2026-03-01 2026-03-01 1", "p c.csv NEU – 2026-03-01 2026-03-01 1",
        ]
        #expect(try text([]) == others.union(["p a.csv ROBO X 2025-12-30 2026-01-01 3"]))
        #expect(
            try text(["2026-01-01", "2015-01-01"])
                == others.union(["p a.csv ROBO X 2025-12-30 2025-12-31 2", "p a.csv ROBO X 2026-01-01 2026-01-01 1"]))
    }
}
