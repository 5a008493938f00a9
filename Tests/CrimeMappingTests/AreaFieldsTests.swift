@testable import CrimeMapping
import SimpleFeatures
import Testing

@Suite struct AreaFieldsTests {
    private func features(_ rows: [[(String, PropertyValue)]]) -> [Feature<FilePosition>] {
        rows.map { row in Feature(geometry: nil, properties: row.map { Property($0.0, $0.1) }) }
    }

    @Test func `The usual key that differs in every feature is chosen, and the name that tells most areas apart`()
        throws
    {
        let rows = features([
            [
                ("CVE_MUN", .text("039")), ("NOM_MUN", .text("MONTERREY")), ("CVE_COL", .text("19039_1")),
                ("COLONIA", .text("CENTRO")),
            ],
            [
                ("CVE_MUN", .text("039")), ("NOM_MUN", .text("MONTERREY")), ("CVE_COL", .text("19039_2")),
                ("COLONIA", .text("OBRERA")),
            ],
        ])
        let fields = try AreaFields(rows, id: nil, name: nil, path: "a.shp")
        #expect(fields.id == ["CVE_COL"] && fields.name == "COLONIA")
    }

    @Test func `Keys are text: leading zeros stay, whole numbers lose their point, blanks around go`() throws {
        let rows = features([[("id", .text(" 09015 "))], [("id", .number(7))], [("id", .integer(8))]])
        let fields = try AreaFields(rows, id: "ID", name: nil, path: "a.shp")
        #expect(rows.map { fields.key(of: $0) } == ["09015", "7", "8"])
    }

    @Test func `Several attributes are one key together, and a missing part is no key`() throws {
        let rows = features([
            [("alcaldia", .text("BENITO JUAREZ")), ("colonia", .text("Narvarte"))],
            [("alcaldia", .text("COYOACAN")), ("colonia", .null)],
        ])
        let fields = try AreaFields(rows, id: "alcaldia+colonia", name: "colonia", path: "a.shp")
        #expect(rows.map { fields.key(of: $0) } == ["BENITO JUAREZ/Narvarte", nil])
        #expect(fields.name(of: rows[1], key: "k") == "k")
    }

    @Test func `Without a key that differs in every feature the user is asked, with what there is`() {
        let rows = features([[("zona", .text("A"))], [("zona", .text("A"))]])
        let error = #expect(throws: JobError.self) { try AreaFields(rows, id: nil, name: nil, path: "a.shp") }
        #expect(error?.description.contains("--id-field") == true && error?.description.contains("zona") == true)
    }
}
