import PlaceNames
import Testing

struct UnknownPlaceTests {
    @Test(arguments: [(UnknownPlace.none, "none"), (.notKnown, "not_known"), (.elsewhere, "elsewhere")])
    func `Each has the word that stands in files`(place: UnknownPlace, word: String) {
        #expect(place.rawValue == word)
    }

    @Test(arguments: [
        "sin colonia", "SIN COLONIA", "Sin Col.", "s/c", "S/C", "S/N", "s.n.", "Sin nombre", "ninguna", "Ninguno",
        "Sin colonia asignada", "S / C",
    ])
    func `There is no such name`(text: String) {
        #expect(read(text).unknown == UnknownPlace.none)
    }

    @Test(arguments: [
        "no especificado", "No Especificada", "NO ESPECIFICO", "se ignora", "Se desconoce", "desconocido",
        "Desconocida",
        "N/A", "NA", "n.a.", "ND", "N/D", "S/D", "sin dato", "Sin datos", "sin información", "SIN INFORMACI?N",
        "No aplica",
        "no proporciona", "No proporcionó", "no identificada", "NULL", "NAN", "0", "00", "-", ".", "--", "???", "*",
        "/",
        "No disponible", "IGNORADO", "XXX",
    ])
    func `The place is not known`(text: String) {
        #expect(read(text).unknown == .notKnown)
    }

    @Test(arguments: [
        "otro municipio", "Otros Municipios", "OTRA ENTIDAD", "otras entidades", "Extranjero", "En el extranjero",
        "Fuera de la ciudad", "fuera del estado", "Otro Estado", "Otro país",
    ])
    func `The place lies elsewhere`(text: String) {
        #expect(read(text).unknown == .elsewhere)
    }

    @Test(arguments: [
        "SINALOA", "NOGALAR", "NATIVITAS", "SAN NICOLAS", "NORTE", "SECTOR NAVAL", "NUEVO", "DESARROLLO URBANO",
        "OTOMI",
        "FUENTES", "IGNACIO ZARAGOZA", "EXTREMADURA", "SEIS DE JUNIO", "NARVARTE", "0 DE MAYO",
    ])
    func `Names that begin alike are names`(text: String) {
        #expect(read(text).unknown == nil)
    }
}
