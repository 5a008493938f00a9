import PlaceNames
import TestSupport
import Testing

struct PlaceNameReaderTests {
    @Test(arguments: [
        ("Col. Pedregal de Sto. Domingo 2a secc.", "COLONIA PEDREGAL DE SANTO DOMINGO SECCION 2 | t w c w w section 2"),
        ("14 DE MARZO", "14 DE MARZO | n14 c w"),
        ("CENTRO VIII", "CENTRO 8 | w bare 8"),
        ("INFONAVIT 2", "INFONAVIT 2 | w bare 2"),
        ("2A AMPLIACION JALALPA EL GRANDE", "2 AMPLIACION JALALPA EL GRANDE | extension 2 x w c w"),
        ("AMPLIACION JALALPA 2", "AMPLIACION JALALPA 2 | x w extension 2"),
        ("LEYES DE REFORMA 3A SECCION I", "LEYES DE REFORMA SECCION 3 1 | w c w section 3 bare 1"),
        ("CERRADA DE ORIENTE II  ETAPA 2", "CERRADA DE ORIENTE 2 ETAPA 2 | w c k90 bare 2 stage 2"),
        ("I Y II SECCION ARENAL", "SECCION 1 SECCION 2 ARENAL | section 1 section 2 w"),
        (
            "CTM IX CULHUACAN ZONA 32-33 (U HAB)",
            "CTM 9 CULHUACAN ZONA 32 ZONA 33 (UNIDAD HABITACIONAL) | w n9 w zone 32 zone 33 t"
        ),
        ("MISIONES I Y II", "MISIONES 1 2 | w bare 1 bare 2"),
        ("LA FLORIDA 1, 2, 3 , 4", "LA FLORIDA 1 2 3 4 | c w bare 1 bare 2 bare 3 bare 4"),
        ("QUINTA COLONIAL 6To SECTOR", "QUINTA COLONIAL SECTOR 6 | w w sector 6"),
        ("QUINTA SECCION ARENAL", "SECCION 5 ARENAL | section 5 w"),
        ("SECCION 16 DE SEPTIEMBRE", "SECCION 16 DE SEPTIEMBRE | w n16 c w"),
        ("5TO TRAMO DE 20 DE NOVIEMBRE", "5 TRAMO DE 20 DE NOVIEMBRE | n5 w c n20 c w"),
        ("HEROES DE 1910", "HEROES DE 1910 | w c n1910"),
        ("CONSTITUCION DE 1917 I", "CONSTITUCION DE 1917 1 | w c n1917 bare 1"),
        ("V. CARRANZA", "V CARRANZA | w w"),
        ("GUSTAVO A. MADERO", "GUSTAVO A MADERO | w c w"),
        ("Privadas de Anahuac, Sector Frances", "PRIVADAS DE ANAHUAC SECTOR FRANCES | w c w w w"),
        ("MORALES SECCION PALMAS (POLANCO)", "MORALES SECCION PALMAS (POLANCO) | w w w (w)"),
        ("SANTA BARBARA (BARR) I", "SANTA BARBARA (BARRIO) 1 | w w t bare 1"),
        ("EMANCIPACION DEL PUEBLO (U HAB)", "EMANCIPACION DEL PUEBLO (UNIDAD HABITACIONAL) | w c w t"),
        ("PUEBLO NUEVO", "PUEBLO NUEVO | w w"),
        ("EX HACIENDA (U HAB)", "EXHACIENDA (UNIDAD HABITACIONAL) | w t"),
        ("Eje 8 S", "EJE 8 SUR | w n8 k180"),
        ("CANAL NACIONAL 260", "CANAL NACIONAL 260 | w w n260"),
    ])
    func `A name is read as these tokens`(text: String, expected: String) {
        #expect(reading(text) == expected)
    }

    @Test(arguments: [
        ("Col. Centro", SettlementType.colonia), ("CENTRO COL", .colonia), ("SAN MIGUEL (BARR)", .barrio),
        ("Fracc. Los Pinos", .fraccionamiento), ("Los Pinos (U HAB)", .housingUnit),
        ("Conj. Hab. Pinos", .housingEnsemble),
        ("U.H. Pinos", .housingUnit), ("UH Pinos", .housingUnit), ("Ejido Zapata", .ejido),
        ("CAFETALES II (RDCIAL)", .residencial),
        ("Hacienda Mitras", .hacienda), ("Villa Coapa", .villa), ("Ex-Hda. Coapa", .exHacienda),
        ("Condom. Altillo", .condominium),
        ("Priv. del Roble", .privada), ("Pblo. San Juan", .pueblo), ("Bo. San Juan", .barrio),
    ])
    func `The settlement type is found wherever it stands`(text: String, type: SettlementType) {
        #expect(read(text).settlementType == type)
    }

    @Test func `A token says where it stood in the input`() {
        let text = "Col.  Peñón 2da. Secc"
        let name = read(text)
        let words = name.tokens.map { String(decoding: Array(text.utf8)[$0.source], as: UTF8.self) }
        #expect(words == ["Col", "Peñón", "2da. Secc"])
        #expect(
            name.tokens.map { String(decoding: name.bytes(of: $0), as: UTF8.self) } == [
                "COLONIA", "PENON", "SECCION 2",
            ])
    }

    @Test func `A reader that is used again forgets the name before`() {
        var reader = PlaceNameReader()
        var name = reader.read("NUEVA ESPAÃ‘A, C.P. 32000, Chih.")
        #expect(name.isRepaired && name.postalCode != nil && !name.tail.isEmpty)
        var text = "14 DE MARZO"
        text.withUTF8 { reader.read($0, into: &name) }
        #expect(name == read("14 DE MARZO"))
    }

    @Test func `Nothing read gives no tokens and no claim`() {
        for text in ["", "   ", "\t\n"] {
            let name = read(text)
            #expect(name.tokens.isEmpty && name.text.isEmpty && name.unknown == nil && name.coreHash() == 0)
        }
    }
}
