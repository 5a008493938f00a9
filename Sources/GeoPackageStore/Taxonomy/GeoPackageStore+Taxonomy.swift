public import CivilTime
import Foundation
import GRDB
public import Incidents
import SimpleFeatures

extension GeoPackageStore: TaxonomyStore {
    /// The schemes brought in, the latest last.
    /// - Throws: ``StoreError/damaged(path:detail:)`` where one cannot be read.
    public func taxonomies() throws -> [Taxonomy] {
        try read { db in
            let statement = try PreparedStatement(
                db, "SELECT name, value FROM setting WHERE substr(name, 1, ?) = ? ORDER BY id")
            statement.bind(Int64(TaxonomyTable.schemePrefix.utf8.count), at: 1)
            statement.bind(TaxonomyTable.schemePrefix, at: 2)
            var schemes: [Taxonomy] = []
            while try statement.step() {
                do {
                    schemes.append(try Taxonomy(json: Data((statement.text(1) ?? "").utf8)))
                } catch let error as TaxonomyError {
                    throw StoreError.damaged(path: path, detail: "the setting \"\(statement.text(0) ?? "")\": \(error)")
                }
            }
            return schemes
        }
    }

    /// Adds a scheme; one of the same name and version is replaced, and is the latest again.
    public func addTaxonomy(_ taxonomy: Taxonomy) throws {
        let name = TaxonomyTable.schemePrefix + taxonomy.label
        let text = String(decoding: try taxonomy.json(), as: UTF8.self)
        try write { db in
            try db.execute(sql: "DELETE FROM setting WHERE name = ?", arguments: [name])
            try db.execute(
                sql: "INSERT INTO setting (id, name, value) SELECT max(id) + 1, ?, ? FROM setting",
                arguments: [name, text])
        }
    }

    /// The rules brought in, in their order.
    /// - Throws: ``StoreError/damaged(path:detail:)`` where one cannot be read.
    public func taxonomyRules() throws -> [TaxonomyRule] {
        try read { db in
            let statement = try PreparedStatement(
                db,
                """
                SELECT id, source, category, modality, scheme, class, count_unit, valid_from, valid_to, sensitive
                FROM taxonomy ORDER BY id
                """)
            var rules: [TaxonomyRule] = []
            while try statement.step() { rules.append(try rule(statement)) }
            return rules
        }
    }

    /// Replaces all of them.
    public func setTaxonomyRules(_ rules: [TaxonomyRule]) throws {
        try write { db in
            try db.execute(sql: "DELETE FROM taxonomy")
            let insert = try PreparedStatement(
                db,
                """
                INSERT INTO taxonomy (source, category, modality, scheme, class, count_unit, valid_from, valid_to, sensitive)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                """)
            for rule in rules {
                insert.bind(rule.source, at: 1)
                insert.bind(rule.category, at: 2)
                insert.bind(rule.modality, at: 3)
                insert.bind(rule.scheme, at: 4)
                insert.bind(rule.classCode, at: 5)
                insert.bind(rule.countUnit.rawValue, at: 6)
                insert.bind(rule.validFrom?.description, at: 7)
                insert.bind(rule.validTo?.description, at: 8)
                insert.bind(rule.isSensitive ? 1 : 0 as Int64?, at: 9)
                try insert.run()
            }
            try GeoPackageTables.touch(db, table: "taxonomy", extent: .empty)
        }
    }

    private func rule(_ statement: PreparedStatement) throws -> TaxonomyRule {
        func damaged(_ column: String) -> StoreError {
            .damaged(path: path, detail: "row \(statement.integer(0)) of taxonomy has no \(column) that is known")
        }
        func day(_ column: Int32, _ name: String) throws(StoreError) -> CalendarDate? {
            guard let text = statement.text(column) else { return nil }
            guard let day = CalendarDate(text) else { throw damaged(name) }
            return day
        }
        guard let unit = CountUnit(rawValue: statement.text(6) ?? "") else { throw damaged("count_unit") }
        return TaxonomyRule(
            source: statement.text(1) ?? "", category: statement.text(2) ?? "", modality: statement.text(3),
            scheme: statement.text(4) ?? "", classCode: statement.text(5), countUnit: unit,
            validFrom: try day(7, "valid_from"), validTo: try day(8, "valid_to"), isSensitive: statement.integer(9) != 0
        )
    }
}

// MARK: - Labels

extension GeoPackageStore {
    /// The labels of the current incidents, import by import, with how often they occur.
    /// - Complexity: O(incidents).
    public func labelCounts(splitAt days: [CalendarDate]) throws -> [LabelCount] {
        try read { db in try Self.parts(db, asOf: nil).flatMap { try labelCounts(db, $0, days) } }
    }

    private func labelCounts(_ db: Database, _ part: Part, _ days: [CalendarDate]) throws -> [LabelCount] {
        // The days are our own text, of digits and dashes.
        let era = days.isEmpty ? "0" : days.map { "(local_date >= '\($0)')" }.joined(separator: " + ")
        let statement = try PreparedStatement(
            db,
            """
            SELECT category, modality, \(era) AS era, min(local_date), max(local_date), count(*) FROM \(part.table)
            WHERE \(IncidentTables.rows(of: part.importID)) GROUP BY category, modality, era
            ORDER BY category, modality, era
            """)
        let profile = SourceLabel.profileName(
            try ImportRow.all(db, where: "id = ?", [part.importID]).first?.record.profile ?? "")
        var counts: [LabelCount] = []
        while try statement.step() {
            guard let first = statement.text(3).flatMap({ CalendarDate($0) }),
                let last = statement.text(4).flatMap({ CalendarDate($0) }), first <= last
            else {
                throw StoreError.damaged(path: path, detail: "import \(part.importID) has incidents without a day")
            }
            let label = SourceLabel(
                profile: profile, source: part.source, category: statement.text(0), modality: statement.text(1))
            counts.append(LabelCount(label: label, days: first...last, count: Int(statement.integer(5))))
        }
        return counts
    }
}
