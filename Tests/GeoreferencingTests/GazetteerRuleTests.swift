import Boundaries
import Georeferencing
import Incidents
import PlaceNames
import SimpleFeatures
import Testing

/// A made-up region of two municipalities, side by side.
@Suite struct GazetteerRuleTests {
    private static let municipalities = BoundaryLayer.test(
        .municipality,
        [
            TestPlace("19039", "Monterrey", x: 0).area(side: 1),
            TestPlace("19046", "San Nicolás de los Garza", x: 1).area(side: 1),
            TestPlace("08037", "Juárez", x: 2).area(side: 1),
            TestPlace("19031", "Juárez", x: 3).area(side: 1),
        ])

    private func gazetteer(_ names: [String], aliases: [PlaceAlias] = []) -> Gazetteer {
        let places = names.enumerated().map { TestPlace("c\($0)", $1, x: 0.1).area(side: 0.5) }
        return Gazetteer(layers: [Self.municipalities, .test(.colonia, places)], aliases: aliases)
    }

    private func ask(
        _ name: String, _ names: [String], municipality: String? = nil, source: NameSource = .sameCatalogue
    ) -> PlaceAnswer {
        var search = gazetteer(names).search(for: source)
        return search.find(PlaceQuery(name, municipality: municipality))
    }

    @Test(arguments: [
        ("centro", ["CENTRO", "OBRERA"], PlaceRule.sameName),
        ("Col. Independencia", ["INDEPENDENCIA", "OBRERA"], .sameWords),
        ("Pedregal Santo Domingo", ["PEDREGAL DE STO. DOMINGO"], .sameWords),
        ("Chapultepec Morales", ["MORALES CHAPULTEPEC"], .otherOrder),
        ("BELLAVISTA", ["BELLA VISTA"], .otherSpacing),
        ("Jardín del Sol", ["JARDINES DEL SOL"], .grammaticalNumber),
        ("INDEPENDECNIA", ["INDEPENDENCIA"], .typingError),
        ("Xochimlco", ["XOCHIMILCO"], .typingError),
        ("Real del Moral", ["REAL DEL MORAL (FRACC)"], .settlementTypeMissing),
        ("Argentina Poniente", ["NUEVA ARGENTINA (ARGENTINA PONIENTE)"], .nameInBrackets),
        ("Nueva Argentina", ["NUEVA ARGENTINA (ARGENTINA PONIENTE)"], .withoutBrackets),
        ("14 de marzo", ["14 DE MARZO", "4 DE MARZO"], .sameName),
        ("Cumbres 2do Sector", ["CUMBRES SECTOR 1", "CUMBRES SECTOR 2"], .sameName),
    ])
    func `A name that differs in nothing that tells areas apart means the area`(
        name: String, names: [String], rule: PlaceRule
    ) {
        let answer = ask(name, names)
        #expect(answer.status == .match, "\(name): \(answer.rule.name)")
        #expect(answer.rule == rule, "\(name): \(answer.rule.name)")
        #expect(answer.area?.id == answer.candidates.first?.area.id)
        #expect(answer.score > 0.8 && answer.score <= 1)
    }

    @Test(arguments: [
        ("14 de marzo", "4 DE MARZO"), ("Villas II Etapa", "VILLAS III ETAPA"), ("Roma Norte", "ROMA SUR"),
        ("Cumbres Sector 2", "CUMBRES SECTOR 3"), ("Olivar 1ra Seccion", "OLIVAR 2DA SECCION I"),
        ("Centro VIII", "CENTRO VII"), ("Sector A", "SECTOR B"), ("1ra Ampliación Presidentes", "PRESIDENTES 2DA AMPL"),
        ("CTM VIII Culhuacan", "CTM VII CULHUACAN"), ("1 de mayo", "10 DE MAYO"),
    ])
    func `Another number, part or compass point is never even a candidate`(name: String, area: String) {
        #expect(ask(name, [area]).status == .unmatched)
        #expect(ask(area, [name]).status == .unmatched)
    }

    @Test(arguments: [
        ("Centro", ["CENTRO I", "CENTRO II"], PlaceRule.partMissing, 2),
        ("Centro II", ["CENTRO"], .partMissing, 1),
        ("El Mirador I (San Lucas)", ["SAN LUCAS"], .partMissing, 1),
        ("San Lucas", ["EL MIRADOR I (SAN LUCAS)"], .partMissing, 1),
        ("Villas (Barrio Alto 2a Secc)", ["VILLAS"], .partMissing, 1),
        ("Centro Seccion 2", ["CENTRO II"], .partKindDiffers, 1),
        ("Roma", ["ROMA NORTE", "ROMA SUR"], .partMissing, 2),
        ("Moderna", ["AMPLIACION MODERNA"], .partMissing, 1),
        ("Del Valle", ["DEL VALLE ORIENTE", "DEL VALLE SECTOR 2"], .partMissing, 2),
        ("Barrio Santa Cruz", ["SANTA CRUZ"], .otherSettlement, 1),
        ("Tlalpan", ["TLALPAN CENTRO"], .nameContained, 1),
    ])
    func `What only one of the two names says leaves a candidate, not a match`(
        name: String, names: [String], rule: PlaceRule, count: Int
    ) {
        let answer = ask(name, names)
        #expect(answer.status == .ambiguous)
        #expect(answer.area == nil)
        #expect(answer.rule == rule, "\(name): \(answer.rule.name)")
        #expect(answer.candidateCount == count)
        #expect(answer.method == .severalPlaces)
    }

    @Test func `A word that some name has is no typing error of another`() {
        #expect(ask("Loma Rosa", ["LOMA ROCA", "VILLA ROSA"]).status != .match)
        #expect(ask("Loma Rozas", ["LOMA ROSAS"]).status == .match)
        // Four letters are too few to correct.
        #expect(ask("Sal", ["SOL"]).status == .unmatched)
        #expect(ask("Roza", ["ROSA"]).status == .unmatched)
    }

    @Test func `Two areas that are as near as each other to a misspelt name leave it ambiguous`() {
        let answer = ask("MORENOS", ["MORELOS", "MORENAS"])
        #expect(answer.status == .ambiguous)
        #expect(answer.candidateCount == 2)
    }

    @Test func `A name that stands within another area's name needs more than itself in another catalogue`() {
        let names = ["MIGUEL HIDALGO", "MIGUEL HIDALGO OTE", "OBRERA"]
        #expect(ask("Miguel Hidalgo", names).status == .match)
        let answer = ask("Miguel Hidalgo", names, source: .otherCatalogue)
        #expect(answer.status == .ambiguous)
        #expect(answer.candidates.map(\.area.id) == ["c0", "c1"])
        #expect(ask("Obrera", names, source: .otherCatalogue).status == .match)
    }

    @Test func `Words that say that no place is known are no name, unless an area is called so`() {
        let answer = ask("Se ignora", ["CENTRO"])
        #expect(answer.status == .unmatched)
        #expect(answer.rule == .pseudoPlace)
        #expect(answer.unknown == .notKnown)
        #expect(answer.method == .pseudoPlace)
        #expect(ask("Sin nombre", ["SIN NOMBRE"]).status == .match)
    }

    @Test func `An alias answers before any name, in its own municipality only`() {
        let aliases = [
            PlaceAlias(name: "La Risca", level: .colonia, version: 1, areaID: "c1"),
            PlaceAlias(name: "Centro", municipality: "19039", level: .colonia, version: 1, areaID: "c1"),
            PlaceAlias(name: "Ninguna", level: .colonia, version: 1, areaID: nil),
            PlaceAlias(name: "Otra", level: .colonia, version: 2, areaID: "c1"),
        ]
        let gazetteer = gazetteer(["CENTRO", "INDEPENDENCIA"], aliases: aliases)
        #expect(gazetteer.unusedAliases.map(\.name) == ["Otra"])
        var search = gazetteer.search()
        let alias = search.find(PlaceQuery("LA RISCA"))
        #expect(alias.area?.id == "c1")
        #expect(alias.method == .coloniaAlias)
        #expect(search.find(PlaceQuery("Centro", municipality: "Monterrey")).area?.id == "c1")
        #expect(search.find(PlaceQuery("Centro")).area?.id == "c0")
        let none = search.find(PlaceQuery("Ninguna"))
        #expect(none.status == .unmatched)
        #expect(none.rule == .aliasOfNoPlace)
    }
}
