import Boundaries
import Georeferencing
import Incidents
import PlaceNames
import SimpleFeatures
import Testing

@Suite struct GazetteerMunicipalityTests {
    private static let municipalities = BoundaryLayer.test(
        .municipality,
        [
            TestPlace("08037", "Juárez", x: 2).area(side: 1),
            TestPlace("09005", "Gustavo A. Madero", x: 4).area(side: 1),
            TestPlace("19031", "Juárez", x: 3).area(side: 1),
            TestPlace("19039", "Monterrey", x: 0).area(side: 1),
            TestPlace("19046", "San Nicolás de los Garza", x: 1).area(side: 1),
        ])

    private static let colonias = BoundaryLayer.test(
        .colonia,
        [
            TestPlace("a", "CENTRO", x: 0.2, [Property("CP", .integer(64000))]).area(),
            TestPlace("b", "CENTRO", x: 1.2, [Property("CP", .text("66400"))]).area(),
            TestPlace("c", "CENTRO", x: 2.2, [Property("CP", .integer(32000))]).area(),
            // On the border: it lies in Monterrey, and its attribute says San Nicolás.
            TestPlace("d", "LA FE", x: 0.3, [Property("NOM_MUN", .text("SAN NICOLAS DE LOS GARZA"))]).area(),
            TestPlace(
                "e", "SAN PEDRO", x: 4.2, [Property("cvegeo", .text("090050001")), Property("CP", .integer(7000))]
            )
            .area(),
            TestPlace("f", "SANTA FE", x: 0.2, [Property("CP", .integer(64100))]).area(),
            TestPlace("g", "SANTA FE", x: 0.2, [Property("CP", .integer(64200))]).area(),
            TestPlace("h", "LAS TORRES (FRACC)", x: 0.2).area(),
            TestPlace("i", "LAS TORRES (PBLO)", x: 0.2).area(),
        ])

    private var search: GazetteerSearch {
        Gazetteer(layers: [Self.municipalities, Self.colonias]).search()
    }

    private func find(_ name: String, _ municipality: String? = nil, cp: String? = nil) -> PlaceAnswer {
        var search = search
        return search.find(PlaceQuery(name, municipality: municipality, postalCode: cp))
    }

    @Test(arguments: [
        ("GUSTAVO A. MADERO", "09005"), ("Gustavo A Madero", "09005"), ("09005", "09005"), ("5", "09005"),
        ("San Nicolás", "19046"), ("SAN NICOLAS DE LOS GARZA, N.L.", "19046"), ("Juárez, Chih.", "08037"),
        ("Cd. Juárez, Chihuahua", "08037"), ("Juárez, Nuevo León", "19031"), ("Montrrey", "19039"),
        (" 19039 ", "19039"),
    ])
    func `A municipality is found by its name, the beginning of its name, its code, and its state`(
        text: String, id: String
    ) {
        var search = search
        let answer = search.findMunicipality(text)
        #expect(answer.status == .match)
        #expect(answer.area?.id == id)
    }

    @Test func `A name of several municipalities is ambiguous, and one of none is unmatched`() {
        var search = search
        #expect(search.findMunicipality("Juárez").candidates.map(\.area.id) == ["08037", "19031"])
        #expect(search.findMunicipality("Juárez").status == .ambiguous)
        for text in ["Atlantis", "", "999", "99999", "12345678901234567890"] {
            #expect(search.findMunicipality(text).status == .unmatched)
        }
    }

    @Test func `A name of several municipalities is ambiguous without one, and means one with it`() {
        let open = find("Centro")
        #expect(open.status == .ambiguous)
        #expect(open.candidates.map(\.area.id) == ["a", "b", "c"])
        #expect(open.municipalityStanding == .notGiven)
        #expect(find("Centro", "Monterrey").area?.id == "a")
        #expect(find("Centro", "San Nicolás").area?.id == "b")
        #expect(find("Centro", "19046").municipality?.id == "19046")
        #expect(find("Centro, Monterrey, N.L.").area?.id == "a")
        #expect(find("Centro, Cd. Juárez, Chih.").area?.id == "c")
        // Two municipalities are called Juárez; only one has a Centro.
        let juarez = find("Centro", "Juárez")
        #expect(juarez.area?.id == "c")
        #expect(juarez.municipalityStanding == .several)
    }

    @Test func `A postal code tells areas of one name apart, also one that lost its zero`() {
        #expect(find("Centro", cp: "66400").area?.id == "b")
        #expect(find("Centro C.P. 32000").area?.id == "c")
        let byCode = find("Santa Fe", "Monterrey", cp: "64200")
        #expect(byCode.area?.id == "g")
        #expect(byCode.decidedBy == .postalCode)
        #expect(find("Santa Fe", "Monterrey").status == .ambiguous)
        #expect(find("Santa Fe", "Monterrey", cp: "0").status == .ambiguous)
        #expect(find("", cp: "07000").area?.id == "e")
        #expect(find("", cp: "7000").method == .postalCode)
        #expect(find("Zzyzx", cp: "7000").status == .ambiguous)
    }

    @Test func `A settlement type tells areas of one name apart`() {
        #expect(find("Fracc. Las Torres").area?.id == "h")
        #expect(find("Pueblo Las Torres").area?.id == "i")
        #expect(find("Las Torres").status == .ambiguous)
        #expect(find("Las Torres").candidateCount == 2)
    }

    @Test func `A colonia on a border belongs to the municipality around it and to the one its attributes name`() {
        #expect(find("La Fe", "Monterrey").area?.id == "d")
        #expect(find("La Fe", "San Nicolás de los Garza").area?.id == "d")
        #expect(find("San Pedro", "Gustavo A. Madero").area?.id == "e")
    }

    @Test func `A name that exists only elsewhere is a candidate, and says so`() {
        let answer = find("La Fe", "Gustavo A. Madero")
        #expect(answer.status == .ambiguous)
        #expect(answer.rule == .otherMunicipality)
        #expect(answer.municipalityStanding == .contradicted)
        #expect(answer.candidates.map(\.area.id) == ["d"])
        let unknown = find("La Fe", "Atlantis")
        #expect(unknown.status == .ambiguous)
        #expect(unknown.municipalityStanding == .unknown)
        let contradicted = find("La Fe, Cd. Juárez, Chih.", "Monterrey")
        #expect(contradicted.status == .ambiguous)
        #expect(contradicted.municipalityStanding == .contradicted)
    }

    @Test func `Without a municipality layer the attributes of the colonias name the municipalities`() {
        let places = [
            TestPlace("1", "CENTRO", [Property("NOMDT", .text("COYOACAN"))]).area(),
            TestPlace("2", "CENTRO", [Property("NOMDT", .text("TLALPAN"))]).area(),
        ]
        var search = Gazetteer(layers: [.test(.colonia, places)]).search()
        let answer = search.find(PlaceQuery("Centro", municipality: "Tlalpan"))
        #expect(answer.area?.id == "2")
        #expect(answer.municipality == nil)
        #expect(answer.municipalityStanding == .known)
        #expect(search.findMunicipality("Tlalpan").status == .unmatched)
    }

    @Test func `A code that INE counts is not taken for INEGI's`() {
        let places = [
            TestPlace("1", "CENTRO", x: 2.2, [Property("ENTIDAD", .integer(19)), Property("MUNICIPIO", .integer(39))])
                .area()
        ]
        var search = Gazetteer(layers: [Self.municipalities, .test(.colonia, places)]).search()
        #expect(search.find(PlaceQuery("Centro", municipality: "08037")).area?.id == "1")
        #expect(search.find(PlaceQuery("Centro", municipality: "Monterrey")).status == .ambiguous)
    }

    @Test func `Nothing in gives nothing out, whatever the bytes`() {
        var empty = Gazetteer(layers: []).search()
        #expect(empty.find(PlaceQuery("Centro")).status == .unmatched)
        #expect(empty.findMunicipality("Centro").status == .unmatched)
        var bare = Gazetteer(layers: [.test(.municipality, []), .test(.colonia, [])]).search()
        #expect(bare.find(PlaceQuery("Centro", municipality: "5", postalCode: "64000")).status == .unmatched)
        #expect(bare.find(PlaceQuery("Centro", level: .district)).status == .unmatched)

        var search = search
        let hostile: [[UInt8]] = [
            [], [0], [0xFF, 0xFE, 0x80], Array(repeating: 0x80, count: 5000),
            Array(repeating: UInt8(ascii: "A"), count: 100_000),
            Array(String(repeating: "(", count: 999).utf8), Array(String(repeating: "CENTRO ", count: 500).utf8),
            Array(String(repeating: "1 ", count: 500).utf8), Array(String(repeating: "?", count: 1000).utf8),
            Array(String(repeating: "SANTAFE? ", count: 100).utf8), Array("9999999999999999999 DE MAYO".utf8),
        ]
        for bytes in hostile {
            var query = PlaceQuery("")
            query.name = bytes
            query.municipality = bytes
            query.postalCode = bytes
            #expect(search.find(query).status != .match)
            _ = search.findMunicipality(String(decoding: bytes, as: UTF8.self))
        }
    }
}
