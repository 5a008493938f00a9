@testable import CrimeMapping
import CivilTime
import Files
import Formats
import Foundation
import GeoPackageStore
import Incidents
import TestSupport
import Testing

@Suite struct TaxonomyFileTests {
    private let folder: TemporaryFolder
    private let head = "source,category,modality,scheme,class,count_unit"

    init() throws { folder = try TemporaryFolder() }

    private func rules(_ text: String) throws -> [TaxonomyRule] {
        try TaxonomyFile.rules(path: folder.write("m.csv", text))
    }

    @Test func `A mapping reads as its six columns say, in any order of columns`() throws {
        let expected = [
            TaxonomyRule(
                source: "p", category: "Robo, a casa", modality: "Con violencia", scheme: "CNSP/38/15",
                classCode: "property.robbery.home.violent", countUnit: .victim),
            TaxonomyRule(source: "p", category: "DDH", scheme: "RNID", classCode: nil, countUnit: .caseFile),
        ]
        #expect(
            try rules(
                "\(head)\np,\"Robo, a casa\",Con violencia,CNSP/38/15,property.robbery.home.violent,victim\np,DDH,,RNID,,case_file\n\n"
            ) == expected)
        #expect(
            try rules(
                "count_unit;class;scheme;modality;category;source\nvictim;property.robbery.home.violent;CNSP/38/15;Con violencia;\"Robo, a casa\";p\ncase_file;;RNID;;DDH;p\n"
            ) == expected)
    }

    @Test func `All rules written as CSV read back equal`() throws {
        var all = TaxonomyMapping.builtInRules
        all.append(
            TaxonomyRule(
                source: "a \"b\"", category: "c,d\ne", modality: "ñ", scheme: "RNID", classCode: "life",
                countUnit: .call,
                validFrom: CalendarDate("2020-01-01"), validTo: CalendarDate("2020-12-31"), isSensitive: true))
        let file = try AtomicFile(path: folder.file("all.csv"), overwrite: false)
        try TaxonomyFile.write(all, to: file)
        try file.commit()
        #expect(try TaxonomyFile.rules(path: folder.file("all.csv")) == all)
    }

    @Test(arguments: [
        ("source,category\na,b\n", ":1: a mapping must have a column modality"),
        (
            "source,category,modality,scheme,class,count_unit,colour\na,b,,RNID,,victim,red\n",
            ":1: the columns of a mapping"
        ),
        ("source,category,modality,scheme,class,count_unit\na,b,,RNID,,apples\n", ":2: count_unit must be one of"),
        ("source,category,modality,scheme,class,count_unit\na,,,RNID,,victim\n", ":2: category must be given"),
        (
            "source,category,modality,scheme,class,count_unit\na,b,,RNID,,victim\n,b,,RNID,,victim\n",
            ":3: source must be given"
        ),
        (
            "source,category,modality,scheme,class,count_unit,valid_from\na,b,,RNID,,victim,01/02/2020\n",
            ":2: valid_from must be a day, yyyy-mm-dd, but is \"01/02/2020\""
        ),
        (
            "source,category,modality,scheme,class,count_unit,sensitive\na,b,,RNID,,victim,perhaps\n",
            ":2: sensitive must be true or false"
        ),
        ("source,category,modality,scheme,class,count_unit\na,\"b\nc,,RNID,,victim\n", ":2: "),
    ])
    func `A damaged mapping is refused with the line`(text: String, message: String) throws {
        let error = #expect(throws: TaxonomyError.self) { try rules(text) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test func `Bytes that are no mapping are refused`() throws {
        let path = folder.file("bytes.csv")
        try Data([0xFF, 0x00, 0xFE, 0x0A, 0x00]).write(to: URL(fileURLWithPath: path))
        #expect(throws: (any Error).self) { try TaxonomyFile.rules(path: path) }
        #expect(throws: (any Error).self) { try TaxonomyFile.rules(path: folder.write("empty.csv", "")) }
        #expect(throws: (any Error).self) { try TaxonomyFile.scheme(path: path) }
        #expect(throws: FileError.self) { try TaxonomyFile.scheme(path: folder.file("none.json")) }
    }

    @Test func `An imported rule takes the place of one for the same label, and keeps the others`() throws {
        let store = try GeoPackageStore.empty(in: folder)
        let first = try folder.write(
            "a.csv", "\(head)\np,Robo,,CNSP/38/15,property,case_file\np,Otro,,RNID,other,case_file\n")
        #expect(try TaxonomyImport(path: first).run(into: store) == .rules(2, replaced: 0))
        let second = try folder.write(
            "b.csv", "\(head)\nP,ROBÓ,,RNID,life,victim\np,robo,,CNSP/38/15,property.robbery,case_file\n")
        #expect(try TaxonomyImport(path: second).run(into: store) == .rules(1, replaced: 1))
        #expect(try store.taxonomyRules().map(\.classCode) == ["other", "property.robbery"])
    }

    @Test func `A mapping that does not fit leaves the store as it was`() throws {
        let store = try GeoPackageStore.empty(in: folder)
        let revision = try store.revision()
        let bad = try folder.write(
            "a.csv", "\(head)\np,Robo,,CNSP/38/15,property,case_file\np,x,,RNID,property.rob,case_file\n")
        let error = #expect(throws: TaxonomyError.self) { try TaxonomyImport(path: bad).run(into: store) }
        #expect(error?.description.contains("near are property.robbery") == true)
        #expect(try store.revision() == revision)
    }

    @Test func `A scheme brought in can be mapped to, and one that drops a mapped class is refused`() throws {
        let store = try GeoPackageStore.empty(in: folder)
        func scheme(_ code: String) -> String {
            """
            {"scheme": "MIA", "scheme_version": "1", "name_es": "M", "name_en": "M", "complete": true, "source": "s",
             "count_units": ["case_file"],
             "classes": [{"code": "\(code)", "level": "legal_good", "label_es": "A", "label_en": "A"}]}
            """
        }
        let file = try folder.write("mia.json", scheme("a"))
        #expect(try TaxonomyImport(path: file).run(into: store) == .scheme(label: "MIA 1", classes: 1))
        _ = try TaxonomyImport(path: folder.write("m.csv", "\(head)\np,Robo,,MIA,a,case_file\n")).run(into: store)
        #expect(try TaxonomyCatalogue(of: store).scheme("MIA")["a"] != nil)
        #expect(throws: TaxonomyError.self) {
            try TaxonomyImport(path: folder.write("mia.json", scheme("b"))).run(into: store)
        }
        #expect(try store.taxonomies().first?["a"] != nil)
    }
}
