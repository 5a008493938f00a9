import PlaceNames
import Testing

/// Names of different places that look alike, by hand.
struct DifferentNamesTests {
    @Test(arguments: pairs) func `Names of different places have different keys`(pair: [String]) {
        let first = read(pair[0])
        let second = read(pair[1])
        #expect(first.coreKey() != second.coreKey(), "\(first.description) / \(second.description)")
        #expect(first.coreHash() != second.coreHash())
    }

    @Test func `The table has at least 60 pairs`() {
        #expect(Self.pairs.count >= 60)
    }

    @Test func `What stands in brackets tells places apart where the whole name is asked for`() {
        let valladolid = read("RESIDENCIAL ESPAÑOL (PRIVADA VALLADOLID)")
        let sevilla = read("RESIDENCIAL ESPAÑOL (PRIVADA SEVILLA)")
        #expect(valladolid.coreKey() == sevilla.coreKey())
        #expect(valladolid.coreKey(.whole) != sevilla.coreKey(.whole))
        #expect(valladolid.coreHash(.whole) != sevilla.coreHash(.whole))
    }

    static let pairs: [[String]] = [
        ["14 DE MARZO", "4 DE MARZO"], ["1 DE MAYO", "10 DE MAYO"], ["5 DE MAYO", "15 DE MAYO"],
        ["CINCO DE MAYO", "QUINCE DE MAYO"], ["20 DE NOVIEMBRE", "21 DE NOVIEMBRE"], ["2 DE OCTUBRE", "12 DE OCTUBRE"],
        ["II ETAPA BRAVO", "III ETAPA BRAVO"], ["BRAVO ETAPA 1", "BRAVO ETAPA 11"],
        ["BRAVO ETAPA II", "BRAVO ETAPA 3"],
        ["BRAVO ETAPA 2", "BRAVO SECCION 2"], ["BRAVO ETAPA 2", "BRAVO"], ["BRAVO ETAPA 2", "BRAVO 2"],
        ["BRAVO I", "BRAVO V"], ["BRAVO I", "BRAVO"], ["BRAVO XXIII", "BRAVO XXII"], ["BRAVO IV", "BRAVO VI"],
        ["BRAVO IX", "BRAVO XI"], ["CENTRO VIII", "CENTRO VII"], ["CENTRO I", "CENTRO II"], ["CENTRO", "CENTRO I"],
        ["ARENAL 1RA SECCION", "ARENAL 2DA SECCION"], ["ARENAL 1RA SECCION", "ARENAL"],
        ["ARENAL SECCION PRIMERA", "ARENAL SECCION TERCERA"], ["ARENAL 4A SECCION", "ARENAL 4A Y 5A SECCION"],
        ["ALIANZA SECTOR A", "ALIANZA SECTOR B"], ["ALIANZA SECTOR A", "ALIANZA"],
        ["ALIANZA SECTOR 1", "ALIANZA SECTOR I Y II"],
        ["CTM SECCION X-A", "CTM SECCION IX-A"], ["CTM SECCION X-A", "CTM SECCION X-B"],
        ["CTM SECCION X", "CTM SECCION X-A"],
        ["PICOS 1A", "PICOS 1B"], ["EL ROSARIO A", "EL ROSARIO B"], ["CONCHITA A", "CONCHITA B"],
        ["LINDAVISTA NORTE", "LINDAVISTA SUR"], ["PENSIL NORTE", "PENSIL SUR"], ["PENSIL NORTE", "PENSIL"],
        ["NARVARTE ORIENTE", "NARVARTE PONIENTE"], ["NARVARTE NTE", "NARVARTE OTE"], ["NORORIENTE", "NORPONIENTE"],
        ["ISIDRO FABELA (PONIENTE)", "ISIDRO FABELA (ORIENTE)"],
        ["AMPLIACION ASTURIAS", "ASTURIAS"], ["ASTURIAS (AMPL)", "ASTURIAS"],
        ["1A AMPLIACION JALALPA", "2A AMPLIACION JALALPA"],
        ["AMPLIACION JALALPA", "AMPLIACION JALALPA 2"], ["2A AMPLIACION JALALPA", "JALALPA 2"],
        ["1A AMPLIACION X II", "2A AMPLIACION X I"], ["SM 64", "SM 65"], ["SM 64", "MZ 64"],
        ["REGION 96", "REGION 69"],
        ["MZ 5 LOTE 4", "MZ 4 LOTE 5"], ["EJE 8 SUR", "EJE 7 SUR"], ["EJE 8 SUR", "EJE 8 NORTE"],
        ["FOMERREY 105", "FOMERREY 15"], ["KM 20", "KM 29"], ["PARAJE 38", "PARAJE 37"],
        ["HEROES DE 1910", "HEROES DE 1914"],
        ["ESCUADRON 201", "ESCUADRON 210"], ["SAN JUAN", "SAN JOSE"], ["SAN MIGUEL", "SANTA MIGUEL"],
        ["VILLA COAPA", "COAPA"], ["HACIENDA MITRAS", "MITRAS"], ["HACIENDA COAPA", "EX HACIENDA COAPA"],
        ["PRIVADA DEL NOGAL", "NOGAL"], ["NUEVA SANTA MARIA", "SANTA MARIA"], ["PUEBLO NUEVO", "BARRIO NUEVO"],
        ["INFONAVIT ZONA 2", "INFONAVIT ZONA 3"], ["INFONAVIT IZTACALCO", "IZTACALCO"],
        ["3 CAMINOS", "3 CAMINOS NORTE"],
        ["VISTA SECTOR FRANCES", "VISTA SECTOR ESPAÑOL"], ["BUENAVISTA", "BUENA VISTA"],
        ["DOS RIOS 11 SECT", "DOS RIOS 12 SECT"], ["TORRES 1 Y 2", "TORRES 1 Y 3"],
    ]
}
