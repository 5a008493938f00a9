import PlaceNames
import Testing

struct AddressesStreetNameTests {
    private func keys(_ text: String) -> [String] { StreetName(text).parts.map(\.key) }

    @Test(arguments: [
        ("AV. DE LOS INSURGENTES SUR", "Insurgentes Sur"), ("Calz. de Tlalpan", "CALZADA TLALPAN"),
        ("Gral. Ignacio Zaragoza", "GENERAL IGNACIO ZARAGOZA"), ("Cinco de Mayo", "5 DE MAYO"),
        ("1ro. de Mayo", "1 DE MAYO"), ("1° de Mayo", "Primero de Mayo"),
        ("Sta. María la Ribera", "SANTA MARIA LA RIBERA"),
        ("Norte 79-A", "NTE. 79A"), ("Calle 08", "Calle 8"), ("FF. CC. Nacionales", "FF CC NACIONALES"),
        ("J.M. Montemayor", "J. M. MONTEMAYOR"), ("Eje 2-A Sur", "EJE 2A SUR"),
        ("2ª Cerrada Hidalgo", "SEGUNDA CDA. HIDALGO"),
        ("Lateral de Periférico", "PERIFERICO"), ("Ju?rez", "Ju?rez"),
    ])
    func `Spellings of one name have one key`(a: String, b: String) { #expect(keys(a) == keys(b)) }

    @Test(arguments: [
        ("EJE 8 SUR", "EJE 6 SUR"), ("CALLE 3", "CALLE 13"), ("INSURGENTES NORTE", "INSURGENTES SUR"),
        ("NORTE 77", "SUR 77"), ("PRIMERA CERRADA HIDALGO", "SEGUNDA CERRADA HIDALGO"), ("NORTE 79-A", "NORTE 79"),
        ("NORTE 79-A", "NORTE 79-B"), ("1 DE MAYO", "1 DE MARZO"), ("CALLE 1", "PRIMERA DE FORD"),
        ("MÉXICO-CUERNAVACA LIBRE", "MÉXICO-CUERNAVACA CUOTA"), ("SANTA CRUZ", "LA CRUZ"),
    ])
    func `Numbers, compass words, ordinals and other words tell streets apart`(a: String, b: String) {
        #expect(keys(a) != keys(b))
    }

    @Test(arguments: [
        "8 SUR (CALZADA ERMITA IZTAPALAPA)", "EJE 8 SUR CALZADA ERMITA IZTAPALAPA",
        "CALZ. ERMITA IZTAPALAPA (EJE 8 SUR)",
        "Eje Vial 8 Sur (Calz. Ermita-Iztapalapa)",
    ])
    func `A double name has two parts, whichever stands first`(text: String) {
        #expect(Set(keys(text)) == ["8 SUR", "ERMITA IZTAPALAPA"])
    }

    @Test(arguments: [
        ("CIRCUITO INTERIOR RÍO CHURUBUSCO", ["INTERIOR", "RIO CHURUBUSCO"]),
        ("INTERIOR (AVENIDA RÍO CHURUBUSCO)", ["INTERIOR", "RIO CHURUBUSCO"]),
        ("ANILLO PERIFÉRICO", ["PERIFERICO"]),
        ("PERIFÉRICO BOULEVARD ADOLFO RUIZ CORTINES", ["PERIFERICO", "ADOLFO RUIZ CORTINES"]),
        ("CENTRAL (LÁZARO CÁRDENAS)", ["CENTRAL", "LAZARO CARDENAS"]),
        ("EJE CENTRAL LÁZARO CÁRDENAS", ["CENTRAL", "LAZARO CARDENAS"]),
        ("EJE 5 NORTE PONIENTE 140", ["5 NORTE", "PONIENTE 140"]),
        ("VIADUCTO RÍO DE LA PIEDAD", ["VIADUCTO", "RIO PIEDAD"]), ("Viaducto", ["VIADUCTO"]),
        ("CALLE", ["CALLE"]), ("LA", ["LA"]), ("", []), (" () - ", []), ("(((", []),
    ])
    func `Parts are found without traps`(text: String, expected: [String]) { #expect(keys(text) == expected) }

    @Test func `The type stands apart, the lesser one of two`() {
        #expect(StreetName("AVE. CHAPULTEPEC").parts.first?.type == .avenida)
        #expect(StreetName("CALLE CERRADA DE HIDALGO").parts.first?.type == .cerrada)
        #expect(StreetName("CALLE SEGUNDA CERRADA DE HIDALGO").parts == StreetName("2A. CDA. HIDALGO").parts)
        #expect(StreetName("Chapultepec").parts.first?.type == nil)
        #expect(StreetName("DOCTOR C. LICEAGA").parts.first?.key == "DOCTOR C LICEAGA")
    }

    @Test func `Every type is read by its own word`() {
        for type in StreetType.allCases { #expect(StreetType(word: type.word) == type) }
        #expect(StreetType(word: "CALSADA") == nil)
    }
}
