extension NameLexicon {
    /// One meaning and its spellings, the canonical one first.
    struct Line {
        var role: NameRole
        var payload: UInt8 = 0
        var value: Int32 = -1
        var isOrdinal = false
        var spellings: [Substring]
        /// What stands in the name's text.
        var canonical: String
    }

    static let lines: [Line] =
        types + parts + numbers + compassWords
        + plain(.extension, ["AMPLIACION AMPLIACI?N AMPL AMP AMPLIAC AMPLI AMPLN AMPLIACIO AMPLICION AMPLIACIONES"])
        + plain(.connective, payload: NameUnit.of, ["DE", "DEL", "DELOS", "DELA"])
        + plain(.connective, payload: NameUnit.and, ["Y", "E"])
        + plain(.connective, ["LA", "LAS", "LOS", "EL", "LO", "EN", "A", "AL", "O"])
        + plain(
            .month,
            [
                "ENERO ENE", "FEBRERO FEB FEBR", "MARZO", "ABRIL ABR", "MAYO", "JUNIO JUN", "JULIO JUL", "AGOSTO AGO",
                "SEPTIEMBRE SEPT SEP SETIEMBRE", "OCTUBRE OCT", "NOVIEMBRE NOV", "DICIEMBRE DIC",
            ])
        + plain(.adjective, ["NUEVO NVO", "NUEVA NVA", "VIEJO", "VIEJA", "CHICO", "GRANDE", "UNIDO", "ALTO", "BAJO"])
        + plain(
            .numberNoun,
            [
                "FOMERREY FOM FOMERREI", "KILOMETRO KIL?METRO KM KMS", "EJE", "ESCUADRON", "PARCELA PARC", "PARAJE PJE",
                "TRAMO",
                "CALLE", "CARRETERA CARR CARRET",
            ])
        + plain(.numberMark, ["NUMERO N?MERO NUM NO NRO"])
        + plain(.postalMark, ["CP"])
        + plain(.codeWord, ["CODIGO C?DIGO COD"])
        + plain(.postalWord, ["POSTAL POST"])
        + plain(.ending, ["DO", "RA", "RO", "DA", "ER", "TA", "TO", "VA", "VO", "ERA", "ERO"])
        + plain(.unit, payload: payload(.unit), ["UNIDAD UNID UND", "U"])
        + plain(.ensemble, ["CONJUNTO CONJ CJTO"])
        + plain(.housing, ["HABITACIONAL HAB HABS HABIT HABITAC HABITACION HABITACIONALES"])
        + plain(.former, ["EX"])
        + plain(.superWord, ["SUPER SUP"])
        + plain(.superLetters, ["SM"])
        + plain(.saint, saints)
        + plain(
            .municipalMark,
            ["MUNICIPIO MPIO MUN MCPIO MNPIO", "DELEGACION DELEGACI?N DELEG", "ALCALDIA ALCALD?A ALC ALCAL"])
        + plain(.word, abbreviations)

    private static func plain(_ role: NameRole, payload: UInt8 = 0, _ rows: [String]) -> [Line] {
        rows.map { row in
            let spellings = row.split(separator: " ")
            return Line(role: role, payload: payload, spellings: spellings, canonical: String(spellings.first ?? ""))
        }
    }

    private static func payload(_ type: SettlementType) -> UInt8 {
        UInt8(truncatingIfNeeded: SettlementType.allCases.firstIndex(of: type) ?? 0)
    }

    private static let types: [Line] = {
        func line(_ type: SettlementType, _ row: String) -> Line {
            let spellings = row.split(separator: " ")
            let canonical = spellings.first.map { $0.split(separator: "_").joined(separator: " ") } ?? ""
            return Line(
                role: type.isLabel ? .label : .type, payload: payload(type), spellings: spellings,
                canonical: canonical)
        }
        return [
            line(.colonia, "COLONIA COL COLONIAS COLS COLNIA"),
            line(
                .fraccionamiento, "FRACCIONAMIENTO FRACC FRACCTO FRACTO FRAC FRACCIONAMIENT FRCC FRACCIO FRACCS FCTO"),
            line(.housingUnit, "UNIDAD_HABITACIONAL UH UHAB UDHAB"),
            line(.housingEnsemble, "CONJUNTO_HABITACIONAL CONJHAB"),
            line(.condominium, "CONDOMINIO COND CONDOM CONDO CONDOMINIOS CONDS"),
            line(.pueblo, "PUEBLO PBLO PBO PUEB PUEBLOS POBLADO"),
            line(.barrio, "BARRIO BARR BO BRIO BARRIOS"),
            line(.ejido, "EJIDO EJ EJIDOS EJDO"),
            line(.rancheria, "RANCHERIA RANCHER?A RANCHERIAS"),
            line(.residencial, "RESIDENCIAL RESID RES RDCIAL RESIDENCIALES RESIDENC RSDCIAL RDNCIAL"),
            line(.airport, "AEROPUERTO AEROP ARPTO"),
            line(.canton, "CANTON"), line(.city, "CIUDAD CD CDAD"), line(.coto, "COTO"), line(.cuartel, "CUARTEL"),
            line(.exHacienda, "EXHACIENDA EXHDA EXHCDA EXHAC"), line(.fraction, "FRACCION FRACCI?N"),
            line(.farm, "GRANJA GJA"), line(.farm, "GRANJAS GJAS"), line(.hacienda, "HACIENDA HDA HCDA HAC"),
            line(.sugarMill, "INGENIO"), line(.privada, "PRIVADA PRIV PVDA PRIVDA"), line(.privada, "PRIVADAS PRIVS"),
            line(.prolongation, "PROLONGACION PROLONGACI?N PROL PROLONG"), line(.port, "PUERTO PTO"),
            line(.rancho, "RANCHO RCHO RNCHO"),
            line(.rinconada, "RINCONADA RCNDA RCDA RINC"), line(.villa, "VILLA"),
        ]
    }()

    private static let parts: [Line] = {
        func line(_ kind: PlaceName.PartKind, _ row: String) -> Line {
            let spellings = row.split(separator: " ")
            return Line(
                role: .partWord, payload: kind.rawValue, spellings: spellings,
                canonical: spellings.first.map(String.init) ?? "")
        }
        return [
            line(.section, "SECCION SECCI?N SECC SEC SECCN SECION SECCIO SECCIONES SECCS SECCI"),
            line(.sector, "SECTOR SECT SCTR SECTORES SECTS"),
            line(.stage, "ETAPA ETPA ETAP ETAPAS FASE FASES"),
            line(.block, "MANZANA MZA MZ MNZ MANZ MZNA MANZANAS"),
            line(.superblock, "SUPERMANZANA SMZA SMZ SUPERMZA SUPERMANZANAS"),
            line(.module, "MODULO M?DULO MODULOS"), line(.lot, "LOTE LT LTE LOTES"), line(.zone, "ZONA ZONAS ZNA"),
            line(.region, "REGION REGI?N REG REGIONES"),
        ]
    }()

    private static let compassWords: [Line] = {
        func line(_ degrees: Int32, _ row: String) -> Line {
            var line = Line(role: .compass, value: degrees, spellings: row.split(separator: " "), canonical: "")
            line.canonical = line.spellings.first.map(String.init) ?? ""
            return line
        }
        return [
            line(0, "NORTE NTE NRTE"), line(90, "ORIENTE OTE ORTE"), line(90, "ESTE"), line(180, "SUR"),
            line(270, "PONIENTE PTE PNTE PONTE"), line(270, "OESTE"), line(45, "NORORIENTE NOROTE"),
            line(45, "NORESTE NORDESTE"), line(315, "NORPONIENTE NORPTE"), line(315, "NOROESTE"),
            line(135, "SURORIENTE SUROTE"), line(135, "SURESTE SUDESTE"), line(225, "SURPONIENTE SURPTE"),
            line(225, "SUROESTE SUDOESTE"),
        ]
    }()

    private static let numbers: [Line] = {
        func lines(_ role: NameRole, ordinal: Bool, _ rows: [(Int32, String)]) -> [Line] {
            rows.map { value, row in
                Line(
                    role: role, value: value, isOrdinal: ordinal, spellings: row.split(separator: " "),
                    canonical: String(value))
            }
        }
        return lines(
            .numeral, ordinal: false,
            [
                (1, "UNO"), (2, "DOS"), (3, "TRES"), (4, "CUATRO"), (5, "CINCO"), (6, "SEIS"), (7, "SIETE"),
                (8, "OCHO"), (9, "NUEVE"), (11, "ONCE"), (12, "DOCE"), (13, "TRECE"), (14, "CATORCE"), (15, "QUINCE"),
                (16, "DIECISEIS"), (17, "DIECISIETE"), (18, "DIECIOCHO"), (19, "DIECINUEVE"),
                (21, "VEINTIUNO VEINTIUN"),
                (22, "VEINTIDOS"), (23, "VEINTITRES"), (24, "VEINTICUATRO"), (25, "VEINTICINCO"), (26, "VEINTISEIS"),
                (27, "VEINTISIETE"), (28, "VEINTIOCHO"), (29, "VEINTINUEVE"),
            ])
            + lines(
                .tens, ordinal: false,
                [
                    (10, "DIEZ"), (20, "VEINTE"), (30, "TREINTA"), (40, "CUARENTA"), (50, "CINCUENTA"),
                    (60, "SESENTA"), (70, "SETENTA"), (80, "OCHENTA"), (90, "NOVENTA"),
                ])
            + lines(.tens, ordinal: true, [(10, "DECIMA DECIMO D?CIMA D?CIMO"), (20, "VIGESIMA VIGESIMO")])
            + lines(
                .numeral, ordinal: true,
                [
                    (1, "PRIMERO PRIMERA PRIMER"), (2, "SEGUNDO SEGUNDA"), (3, "TERCERO TERCERA TERCER"),
                    (4, "CUARTO CUARTA"), (5, "QUINTO"), (6, "SEXTO SEXTA"), (7, "SEPTIMO SEPTIMA S?PTIMO S?PTIMA"),
                    (8, "OCTAVO OCTAVA"), (9, "NOVENO NOVENA"), (11, "UNDECIMO UNDECIMA ONCEAVO ONCEAVA"),
                    (11, "DECIMOPRIMERO DECIMOPRIMERA DECIMOPRIMER"), (12, "DUODECIMO DUODECIMA DOCEAVO DOCEAVA"),
                    (12, "DECIMOSEGUNDO DECIMOSEGUNDA"), (13, "DECIMOTERCERO DECIMOTERCERA DECIMOTERCER"),
                ])
            + [Line(role: .rareOrdinal, value: 5, isOrdinal: true, spellings: ["QUINTA", "QTA"], canonical: "QUINTA")]
    }()

    /// Names before which `S.` is `SAN`.
    private static let saints: [String] = [
        "AGUSTIN", "ANDRES", "ANGEL", "ANTONIO ANT", "BARTOLO", "BENITO", "BERNABE", "CARLOS", "CRISTOBAL", "DIEGO",
        "FELIPE", "FERNANDO", "FRANCISCO FCO FRCO", "GABRIEL", "IGNACIO IGN", "ISIDRO", "JAVIER", "JERONIMO",
        "JOSE JOS? JSE",
        "JUAN", "LORENZO", "LUCAS", "LUIS", "MARCOS", "MARTIN MART?N", "MATEO", "MIGUEL", "NICOLAS", "PABLO",
        "PATRICIO",
        "PEDRO", "RAFAEL", "RAMON", "ROQUE", "SALVADOR", "SEBASTIAN", "SIMON", "VICENTE",
    ]

    private static let abbreviations: [String] = [
        "SAN SN", "SANTA STA", "SANTO STO", "SANTOS STOS", "GENERAL GRAL", "GENERALES GRALES",
        "PRESIDENTE PDTE PRES PDTES",
        "LICENCIADO LIC", "DOCTOR DR", "DOCTORA DRA", "INGENIERO ING", "PROFESOR PROF PROFR", "PROFESORA PROFA",
        "CORONEL CNEL CRNEL", "SARGENTO SGTO", "TENIENTE TTE", "CAPITAN CAP", "MAYOR MYR", "COMANDANTE CMTE CMDTE",
        "ALFEREZ ALFZ", "ARQUITECTO ARQ", "MAESTRO MTRO", "MAESTRA MTRA", "GOBERNADOR GOB", "SENADOR SEN",
        "DIPUTADO DIP", "ALMIRANTE ALMTE", "HERMANOS HNOS", "PADRE PBRO", "MONSENOR MONS", "GUADALUPE GPE GUAD",
        "MARIA MAR?A MA", "GUILLERMO GMO", "RODRIGUEZ RDZ RGUEZ",
        "GONZALEZ GLEZ GZZ", "HERNANDEZ HDZ HDEZ", "MARTINEZ MTZ MTNEZ", "FERNANDEZ FDZ FDEZ", "SANCHEZ SCHZ",
        "GRUPO GPO", "VALLE VLLE", "VALLES VLLES", "LOMA LMA", "LOMAS LOM LMS", "JARDINES JARD JDNS JDS",
        "JARDIN JARD?N JDN",
        "BOSQUES BOSQ BQS BOSQS", "BOSQUE BQE", "INDUSTRIAL INDL IND", "NACIONAL NAL", "INFONAVIT INF INFONAVID",
        "FOVISSSTE FOVISSTE FOVISTE FOVISSSTTE", "ISSSTE ISSTE", "AVENIDA AV AVE AVDA",
        "BOULEVARD BLVD BLV BULEVAR BOULEVAR",
        "CALZADA CALZ CZDA CALZDA", "CERRADA CDA CERR CRRDA", "CERRADAS CDAS", "CALLEJON CJON CLLJON", "ANDADOR AND",
        "RETORNO RET RTNO", "PASEO PSO", "PASEOS PSOS", "PARQUE PQE", "CIRCUITO CTO CIRC", "PERIFERICO PERIF",
        "LIBRAMIENTO LIBR", "GLORIETA GLTA", "PLAZA PZA", "MEXICO M?XICO MEX", "JUAREZ JU?REZ", "ALVARO ?LVARO",
        "OBREGON OBREG?N", "CARDENAS C?RDENAS", "PREDIO PDIO",
        "CONSTITUYENTES CONST", "EJERCITO EJTO", "HEROICO HCO", "INTERNACIONAL INTL", "MUNICIPAL MPAL",
        "COOPERATIVA COOP", "FERROCARRIL FFCC", "RIVERA RVA", "RINCON RINC?N RCON", "PEDREGAL PDGAL",
        "REVOLUCION REVOLUCI?N REV REVOL", "INDEPENDENCIA INDEP", "INSURGENTES INSURG", "UNIVERSIDAD UNIV",
        "CONSTITUCION CONSTIT",
        "EXEJIDO EXEJ", "AGUASCALIENTES AGS", "CHIHUAHUA CHIH",
    ]
}
