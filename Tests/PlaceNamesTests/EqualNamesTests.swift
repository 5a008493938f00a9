import PlaceNames
import Testing

/// Spellings that people use for one place, by hand.
struct EqualNamesTests {
    @Test(arguments: groups) func `Spellings of one name have one key`(spellings: [String]) {
        let first = read(spellings[0])
        #expect(!first.coreKey().isEmpty)
        for spelling in spellings {
            let name = read(spelling)
            #expect(name.coreKey() == first.coreKey(), "\(spelling): \(name.description)")
            #expect(name.coreHash() == first.coreHash(), "\(spelling)")
        }
    }

    @Test func `The table has at least 120 spellings`() {
        #expect(Self.groups.map(\.count).reduce(0, +) >= 120)
    }

    static let groups: [[String]] = [
        [
            "PRIMERO DE MAYO", "1o De Mayo", "1ro De Mayo", "1° De Mayo", "1º de Mayo", "1ero. de mayo", "1 de Mayo",
            "Col. 1ro. de Mayo", "1Â° DE MAYO",
        ],
        ["CINCO DE MAYO", "5 DE MAYO", "5 de Mayo", "Col. Cinco de Mayo", "  5   de  mayo "],
        [
            "DIECISEIS DE SEPTIEMBRE", "16 DE SEPTIEMBRE", "16 de Septiembre", "DIEZ Y SEIS DE SEPTIEMBRE",
            "16 SEPTIEMBRE",
        ],
        ["VEINTE DE NOVIEMBRE", "20 DE NOVIEMBRE", "20 De Noviembre", "Fracc. 20 de Nov."],
        [
            "2A AMPLIACION JALALPA EL GRANDE", "AMPLIACION JALALPA EL GRANDE 2", "2a. Ampl. Jalalpa El Grande",
            "JALALPA EL GRANDE 2DA AMP", "SEGUNDA AMPLIACION JALALPA EL GRANDE", "JALALPA EL GRANDE (2A AMPL)",
            "Jalalpa El Grande II Ampliación",
        ],
        [
            "SANTA MARTHA ACATITLA_(PBLO)", "Pueblo Santa Martha Acatitla", "STA MARTHA ACATITLA",
            "Pblo. Sta. Martha Acatitla",
        ],
        ["SAN  MIGUEL AMANTLA (PBLO)", "San Miguel Amantla", "SN MIGUEL AMANTLA", "S. Miguel Amantla"],
        ["CENTRO VIII", "Centro 8", "Col. Centro VIII", "CENTRO (VIII)", "Centro Ocho"],
        [
            "PEDREGAL DE SN NICOLAS 1A SECC", "Pedregal De San Nicolas 1a Seccion", "PEDREGAL SAN NICOLAS SECC. I",
            "Pedregal de San Nicolás Primera Sección", "1RA. SECCION PEDREGAL DE SAN NICOLAS",
            "PEDREGAL DE SAN NICOLAS SEC 1",
            "PEDREGAL DE SAN NICOLAS 1 A SECCION",
        ],
        [
            "RIBERAS DEL BRAVO ETAPA VII", "Riberas del Bravo 7ma Etapa", "RIBERAS DEL BRAVO 7 ETAPA",
            "RIBERAS BRAVO ETAPA 7",
        ],
        [
            "Arcos del Sol 4Tosector", "ARCOS DEL SOL 4TO SECTOR", "Arcos del Sol Sector IV",
            "Arcos del Sol Cuarto Sector",
        ],
        ["EL ARENAL 4A  Y 5A SECCION", "El Arenal Secciones 4 y 5", "ARENAL SECC IV Y V"],
        ["C T M ARAGON AMPLIACION (U)", "C.T.M. Aragón Ampliación", "AMPL CTM ARAGON", "U.H. Ctm Aragon Ampl."],
        ["NUEVA ESPAÃ‘A", "NUEVA ESPAÑA", "Nva. España", "nueva espana", "NUEVA ESPA&Ntilde;A", "NUEVA ESPA├æA"],
        ["JUÁREZ", "JuÃ¡rez", "JuÃƒÂ¡rez", "JUAREZ", "ju&aacute;rez", "ju&#225;rez", "Ju√°rez"],
        ["EX HACIENDA COAPA", "EX-HACIENDA COAPA", "EXHACIENDA COAPA", "Ex Hda. Coapa", "EXHDA COAPA"],
        [
            "U.H. INFONAVIT IZTACALCO", "UNIDAD HABITACIONAL INFONAVIT IZTACALCO", "U HAB INFONAVIT IZTACALCO",
            "Infonavit Iztacalco", "INF IZTACALCO (U HAB)", "UH Infonavit Iztacalco", "Unid. Hab. Infonavit Iztacalco",
        ],
        ["GUADALUPE VICTORIA", "GPE. VICTORIA", "Gpe Victoria"],
        ["GENERAL FRANCISCO VILLA", "Gral. Fco. Villa", "GRAL FRANCISCO VILLA"],
        ["SUPERMANZANA 64", "SM 64", "S.M. 64", "Super Manzana 64", "SM64"],
        ["REGION 96 MANZANA 5", "Reg. 96 Mza. 5", "REG 96 MZ 5"],
        ["Culhuacan Ctm Seccion X-A", "CTM CULHUACAN SECC 10-A", "Culhuacán C.T.M. Sección X A"],
        ["FOMERREY 105", "Fom 105", "FOMERREY NO. 105", "Fomerrey Núm. 105"],
        ["MANUEL AVILA CAMACHO PTE", "Manuel Ávila Camacho Poniente", "Col. Manuel Avila Camacho Pte."],
        ["Presidentes Ejidales 2a Sección", "PRESIDENTES EJIDALES 2 SECCION", "Presidentes Ejidales 2 da. Secc."],
        ["TREINTA Y UNO DE DICIEMBRE", "31 DE DICIEMBRE", "31 de Dic."],
        ["SECCI?N 2 LOMAS", "SECCION 2 LOMAS", "Lomas 2da Secci\u{FFFD}n"],
        ["EJE 8 SUR", "Eje 8 S", "EJE OCHO SUR"],
        ["CERRADAS DE ALAMO 2 ETAPAS I II Y III", "Cerradas de Alamo 2 Etapas 1, 2 y 3"],
        ["Villa Montaña Sectores 1Er Y 2Do", "VILLA MONTANA SECTOR 1 Y 2", "VILLA MONTAÑA 1ER Y 2DO SECTOR"],
    ]
}
