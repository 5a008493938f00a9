import CivilTime
import Foundation
import Incidents
import Testing

/// A scheme of two classes, to be spoilt.
private func small(
    _ classes: String = """
    {"code": "property", "level": "legal_good", "label_es": "El patrimonio", "label_en": "Property"},
    {"code": "property.theft", "level": "type", "label_es": "Robo", "label_en": "Theft"}
    """, head: String = ""
) -> Data {
    Data(
        """
        {"scheme": "MY-CITY", "scheme_version": "1", "name_es": "Mi ciudad", "name_en": "My city", "complete": false,
         "source": "none", "count_units": ["victim"], \(head) "classes": [\(classes)]}
        """.utf8)
}

@Suite struct TaxonomyTests {
    @Test(arguments: [("CNSP/38/15", 7, 40, 55, 98), ("RNID", 7, 47, 79, 114)])
    func `A national scheme has as many legal goods, types, subtypes and rows as its published files`(
        name: String, goods: Int, types: Int, subtypes: Int, rows: Int
    ) throws {
        // Counted in the official files by the data dictionary of AISENSITIVITYSOLUTIONS/delitos_sesnsp.
        let combinations = try Taxonomy.named(name, among: Taxonomy.builtIn).combinations
        #expect(Set(combinations.map(\.legalGood)).count == goods)
        #expect(Set(combinations.map { [$0.legalGood, $0.type] }).count == types)
        #expect(Set(combinations.map { [$0.legalGood, $0.type, $0.subtype] }).count == subtypes)
        #expect(Set(combinations.map { [$0.legalGood, $0.type, $0.subtype, $0.modality] }).count == rows)
        #expect(combinations.count == rows)
    }

    @Test func `The schemes hold to the last day of 2025, and from the first of 2026`() throws {
        #expect(Taxonomy.builtIn.map(\.scheme) == ["CNSP/38/15", "RNID"])
        #expect(Taxonomy.builtIn[0].validFrom?.description == "2015-01-01")
        #expect(Taxonomy.builtIn[0].validTo?.description == "2025-12-31")
        #expect(Taxonomy.builtIn[1].validFrom?.description == "2026-01-01")
        #expect(Taxonomy.builtIn[1].validTo == nil)
        #expect(Taxonomy.builtIn.allSatisfy { $0.isComplete && !$0.source.isEmpty && !$0.note.isEmpty })
    }

    @Test(arguments: Taxonomy.builtIn)
    func `A class says with or without violence exactly where its words do`(scheme: Taxonomy) {
        for entry in scheme.classes {
            let words: CrimeClass.Violence =
                entry.spanishLabel.hasSuffix("Con violencia")
                ? .with : entry.spanishLabel.hasSuffix("Sin violencia") ? .without : .notStated
            #expect(entry.violence == words, "\(entry.code)")
            #expect(!entry.englishLabel.isEmpty, "\(entry.code)")
        }
        let with = scheme.classes.count { $0.violence == .with }
        #expect(with == 18 && scheme.classes.count { $0.violence == .without } == with)
    }

    @Test(arguments: Taxonomy.builtIn)
    func `Sexual and family offences, femicide, abortion, minors and trafficking are sensitive, robbery is not`(
        scheme: Taxonomy
    ) throws {
        for code in [
            "sexual", "sexual.abuse", "family.domestic_violence", "life.femicide.femicide.firearm", "life.abortion",
            "society.human_trafficking", "society.corruption_of_minors", "liberty.child_trafficking",
        ] {
            #expect(try #require(scheme[code]).isSensitive, "\(code)")
        }
        for code in ["property.robbery.home.violent", "life.homicide.intentional", "other.threats"] {
            #expect(try !#require(scheme[code]).isSensitive, "\(code)")
        }
    }

    @Test func `Victims are published for some classes of the old scheme, and for all of the new`() throws {
        let old = Taxonomy.builtIn[0]
        #expect(old.countUnits(of: "life.homicide.intentional.firearm") == [.caseFile, .victim])
        #expect(old.countUnits(of: "property.extortion") == [.caseFile, .victim])
        #expect(old.countUnits(of: "property.robbery.home.violent") == [.caseFile])
        #expect(Taxonomy.builtIn[1].countUnits(of: "property.robbery.home.violent") == [.caseFile, .victim])
        // Fifteen, as the columns of the published table of victims has them.
        let withVictims = old.combinations.filter { old.countUnits(of: $0.code).contains(.victim) }
        #expect(Set(withVictims.map(\.subtype)).count == 15)
    }

    @Test func `A path goes from the legal good to the class, and is empty for a code that is not there`() {
        let scheme = Taxonomy.builtIn[0]
        #expect(
            scheme.path("property.robbery.home.violent").map(\.spanishLabel) == [
                "El patrimonio", "Robo", "Robo a casa habitación", "Con violencia",
            ])
        #expect(scheme.path("property.robbery.castle").isEmpty)
        #expect(scheme.path("").isEmpty)
        #expect(scheme["property.robbery.castle"] == nil)
    }

    @Test(arguments: Taxonomy.builtIn)
    func `A scheme written as JSON reads back equal`(scheme: Taxonomy) throws {
        #expect(try Taxonomy(json: scheme.json()) == scheme)
    }

    @Test func `A scheme may leave its days and notes open`() throws {
        let scheme = try Taxonomy(json: small())
        #expect(scheme.label == "MY-CITY 1")
        #expect(scheme.validFrom == nil && scheme.allBreaks.isEmpty && scheme.countUnits == [.victim])
        #expect(try Taxonomy(json: scheme.json()) == scheme)
    }

    @Test func `A scheme without breaks breaks where it begins and after its last day`() throws {
        let scheme = try Taxonomy(json: small(head: #""valid_from": "2020-01-01", "valid_to": "2023-12-31","#))
        #expect(scheme.allBreaks.map(\.id) == ["begins:MY-CITY", "ends:MY-CITY"])
        #expect(scheme.allBreaks.map(\.date.description) == ["2020-01-01", "2024-01-01"])
        #expect(Taxonomy.builtIn[0].allBreaks.map(\.id) == ["cnsp-2015", "rnid-2026"])
        #expect(Taxonomy.builtIn[1].allBreaks.map(\.id) == ["rnid-2026"])
    }

    @Test(arguments: [
        (small(head: #""colour": "red","#), "\"colour\" is no member here"),
        (
            small(#"{"code": "a", "level": "legal_good", "label_es": "A", "label_en": "A", "violent": true}"#),
            "\"violent\""
        ),
        (small(#"{"code": "a", "level": "legal_good", "label_es": "", "label_en": "A"}"#), "label_es of class \"a\""),
        (small(#"{"code": "a", "level": "type", "label_es": "A", "label_en": "A"}"#), "must have 1 dots"),
        (small(#"{"code": "a..b", "level": "subtype", "label_es": "A", "label_en": "A"}"#), "but is \"a..b\""),
        (
            small(#"{"code": "a.b", "level": "type", "label_es": "A", "label_en": "A"}"#),
            "must come after a class \"a\""
        ),
        (
            small(
                #"{"code": "a", "level": "legal_good", "label_es": "A", "label_en": "A"}, {"code": "a", "level": "legal_good", "label_es": "B", "label_en": "B"}"#
            ), "\"a\" occurs twice"
        ),
        (
            small(
                #"{"code": "a", "level": "legal_good", "label_es": "A", "label_en": "A", "sensitive": true}, {"code": "a.b", "level": "type", "label_es": "B", "label_en": "B"}"#
            ), "class \"a.b\" must be sensitive"
        ),
        (small(#"{"code": "a", "level": "kind", "label_es": "A", "label_en": "A"}"#), "classes.0.level"),
        (small(""), "must not be empty"),
        (small(head: #""valid_from": "2024-01-02", "valid_to": "2024-01-01","#), "must not come after"),
        (small(head: #""valid_from": "2024-02-30","#), "valid_from"),
        (Data(), "no JSON"), (Data("[]".utf8), "wrong type"), (Data([0xFF, 0x00, 0xFE]), "no JSON"),
        (Data("{}".utf8), "member scheme must be there"),
    ])
    func `A damaged scheme is refused with what is wrong`(json: Data, message: String) {
        let error = #expect(throws: TaxonomyError.self) { try Taxonomy(json: json) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test func `An unknown scheme is refused with those there are, and a version may be named`() throws {
        #expect(throws: TaxonomyError.unknownScheme("CNSP", known: ["CNSP/38/15", "RNID"])) {
            try Taxonomy.named("CNSP", among: Taxonomy.builtIn)
        }
        #expect(try Taxonomy.named("RNID 1.0", among: Taxonomy.builtIn).scheme == "RNID")
    }
}
