import Privacy
import Testing

@Suite struct SensitiveCategoriesTests {
    private let categories = SensitiveCategories()

    @Test(arguments: [
        "VIOLACION", "Violación equiparada por conocido", "violacion  tumultuaria", "TENTATIVA DE VIOLACION",
        "ABUSO SEXUAL",
        "Delitos sexuales", "ACOSO SEXUAL AGRAVADO EN CONTRA DE MENORES", "CONTRA LA INTIMIDAD SEXUAL", "ESTUPRO",
        "Incesto",
        "VIOLENCIA FAMILIAR", "Violencia  Intrafamiliar", "VIOLENCIA-DOMÉSTICA", "FEMINICIDIO POR GOLPES",
        "TENTATIVA DE FEMINICIDIO", "RETENCIÓN O SUSTRACCIÓN DE MENORES INCAPACES", "CORRUPCION DE MENORES E INCAPACES",
        "CORRUPCIÓN DE PERSONAS MENORES DE EDAD O PERSONAS QUE NO TENGAN CAPACIDAD PARA COMPRENDER EL SIGNIFICADO DEL HECHO",
        "Pornografía infantil", "TRAFICO DE INFANTES", "TRATA DE PERSONAS", "ABORTO", "Hostigamiento sexual",
        "Pederastia",
        "CONTRA EL CUMPLIMIENTO DE LA OBLIGACION ALIMENTARIA", "Maltrato a niñas y niños",
        "PERDIDA DE LA VIDA POR SUICIDIO",
        "PRIVACION DE LA LIBERTAD PERSONAL (REALIZAR ACTO SEXUAL)", "VIOLACIÓN DE CORRESPONDENCIA Y VIOLACIÓN",
        "Violación a la intimidad sexual", "Rape", "Child abuse", "VIOLACIÓN\u{0301}", "violaci\u{00C3}\u{201C}n",
    ]) func `Sexual and domestic violence and minors are known by their words`(label: String) {
        #expect(categories.treatment(of: label) == .byMunicipalityAndMonth)
    }

    @Test(arguments: [
        "ROBO A TRANSEUNTE EN VIA PUBLICA CON VIOLENCIA", "VIOLACION DE CORRESPONDENCIA", "Violación de sellos",
        "FRAUDE",
        "ABUSO DE CONFIANZA", "DESPOJO", "HOMICIDIO POR ARMA DE FUEGO", "ROBO DE VEHICULO",
        "NARCOMENUDEO POSESION SIMPLE", "",
        "LESIONES CULPOSAS POR TRANSITO VEHICULAR EN COLISION", "OMISION DE AUXILIO O DE CUIDADO", "Robo menor", "%%%",
    ]) func `Other offences are ordinary`(label: String) {
        #expect(categories.treatment(of: label) == .ordinary)
    }

    @Test(arguments: ["Reporte de informante", "DENUNCIA ANÓNIMA", "DDH ANONIMAS", "Testigos protegidos"])
    func `Informants are withheld, whatever else the label says`(label: String) {
        #expect(categories.treatment(of: label) == .withheld)
        #expect(categories.treatment(of: label + " de violencia familiar", flagged: true) == .withheld)
    }

    @Test func `A taxonomy's flag makes any category sensitive, and the lists can be changed`() {
        #expect(categories.treatment(of: "OTROS", flagged: true) == .byMunicipalityAndMonth)
        let own = SensitiveCategories(sensitive: ["extravío*"], withheld: [], harmless: [""])
        #expect(own.treatment(of: "PERSONA EXTRAVIO") == .byMunicipalityAndMonth)
        #expect(own.treatment(of: "VIOLACION") == .ordinary)
    }
}
