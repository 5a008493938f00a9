/// What the words of street names mean, all in capital letters without accents.
package enum StreetWords {
    /// The word that an abbreviation stands for, and a number for a written one; others as they are.
    ///
    /// A number loses its leading zeros; an ordinal becomes number and `A` (`PRIMERA`, `1RA`, `1er` are `1A`), while a letter
    /// of a number keeps its hyphen (`79-A`).
    static func canonical(_ word: String) -> String {
        if let long = spelledOut[word] { return long }
        guard let first = word.utf8.first, (0x30...0x39).contains(first) else { return word }
        return number(word)
    }

    /// Words that carry no difference: `Calle de la Paz` is `Calle La Paz`.
    package static func isConnective(_ word: String) -> Bool { connectives.contains(word) }

    package static func isCompass(_ word: String) -> Bool { compass.contains(word) }

    /// Whether people leave the word out: `Gral. Anaya` and `Anaya`, `Paseo de la Reforma` and `Reforma`.
    package static func isTitle(_ word: String) -> Bool { titles.contains(word) }

    /// Whether the word begins with a digit.
    package static func isNumbered(_ word: String) -> Bool { word.utf8.first.map { (0x30...0x39).contains($0) } ?? false }

    static func isMonth(_ word: String) -> Bool { months.contains(word) }

    static func isRoman(_ word: String) -> Bool {
        word.utf8.count <= 5 && word.utf8.allSatisfy { "IVX".utf8.contains($0) }
    }

    /// Words that no typist's slip may turn into another one.
    package static func isFixed(_ word: String) -> Bool {
        guard let first = word.utf8.first else { return true }
        return (0x30...0x39).contains(first) || word.utf8.count < 4 || compass.contains(word) || isRoman(word)
            || connectives.contains(word)
    }

    /// The words that name no street by themselves but that a slip may have hit: `CALZDAA`, `PERIFERCO`, `PONIETE`.
    package static let vocabulary: [String] =
        StreetType.allCases.map(\.word) + titles + compass + months + ["ANILLO", "INTERIOR", "CENTRAL", "LATERAL"]

    private static func number(_ word: String) -> String {
        let digits = word.utf8.prefix { (0x30...0x39).contains($0) }
        let rest = String(decoding: word.utf8.dropFirst(digits.count), as: UTF8.self)
        var value = String(decoding: digits.drop { $0 == 0x30 }, as: UTF8.self)
        if value.isEmpty { value = "0" }
        if ordinalEndings.contains(rest) { return value + "A" }
        return value + rest
    }

    private static let ordinalEndings: Set<String> = [
        "ERA", "ERO", "ER", "RA", "RO", "DA", "DO", "TA", "TO", "MA", "MO", "VA", "VO", "NA", "NO", "A",
    ]
    private static let connectives: Set<String> = ["DE", "DEL", "LA", "LAS", "LOS", "EL", "Y", "E", "EN", "AL"]
    private static let compass: [String] = [
        "NORTE", "SUR", "ORIENTE", "PONIENTE", "ESTE", "OESTE", "NORESTE", "NOROESTE", "SURESTE", "SUROESTE",
    ]
    private static let months: [String] = [
        "ENERO", "FEBRERO", "MARZO", "ABRIL", "MAYO", "JUNIO", "JULIO", "AGOSTO", "SEPTIEMBRE", "OCTUBRE", "NOVIEMBRE",
        "DICIEMBRE",
    ]
    private static let titles: [String] = [
        "GENERAL", "DOCTOR", "DOCTORA", "LICENCIADO", "INGENIERO", "PROFESOR", "PROFESORA", "PRESIDENTE", "CORONEL",
        "CAPITAN", "GOBERNADOR", "COMANDANTE", "TENIENTE", "MAESTRO", "MAESTRA", "ARQUITECTO", "MARISCAL", "PASEO",
        "FEDERAL", "DON", "PRESBITERO", "ALMIRANTE", "BIOLOGO", "MAYOR", "SARGENTO", "SENADOR", "DIPUTADO", "FRAY",
        "MONSENOR", "PADRE",
    ]

    private static let spelledOut: [String: String] = {
        var words: [String: String] = [:]
        for line in abbreviations.split(separator: ",") {
            let parts = line.split(whereSeparator: \.isWhitespace).map(String.init)
            for short in parts.dropFirst() { words[short] = parts[0] }
        }
        return words
    }()

    /// What stands for a word: the word first, then how it is also written.
    private static let abbreviations = """
        GENERAL GRAL GRL GNRAL, DOCTOR DR, DOCTORA DRA, LICENCIADO LIC, INGENIERO ING, PROFESOR PROF PROFR,
        PROFESORA PROFRA, SANTA STA, SANTO STO, NUESTRA NTRA, SENORA SRA, SENOR SR, FRANCISCO FCO, FERNANDO FDO,
        GUADALUPE GPE GUPE, MARIA MA, HACIENDA HDA HCDA, PRESIDENTE PDTE PRES PRESID, CORONEL CNEL CRNL,
        CAPITAN CAP CAPT, GOBERNADOR GOB GDOR, COMANDANTE CMTE CDTE, TENIENTE TTE, MAESTRO MTRO, MAESTRA MTRA,
        ARQUITECTO ARQ, NUEVO NVO, NUEVA NVA, REPUBLICA RPCA REP, FERROCARRIL FFCC FERROCARRILES, CIUDAD CD,
        NORTE NTE NRTE, ORIENTE OTE ORTE, PONIENTE PTE PONTE PNTE,
        PLAZA PZA PLZA, PARQUE PQUE, JARDIN JDN JDIN, HERMANOS HNOS, MEXICO MEX, UNIVERSIDAD UNIV, SEPTIEMBRE SEPT SEP,
        NOVIEMBRE NOV, FEBRERO FEB, DICIEMBRE DIC, OCTUBRE OCT, GUTIERREZ GTZ GTRZ, GONZALEZ GLZ GZZ GLEZ,
        RODRIGUEZ RDZ RGUEZ RDGZ, HERNANDEZ HDZ HDEZ HNDZ, MARTINEZ MTZ MTNZ, FERNANDEZ FDZ FDEZ, LOPEZ LPZ,
        SAN SN, BOULEVARD BULEVAR, PRESBITERO PBRO, ALMIRANTE ALTE, SARGENTO SGTO, DIPUTADO DIP, SENADOR SEN,
        INDEPENDENCIA INDEP, CONSTITUCION CONST, REVOLUCION REV REVOL, DIVISION DIV, EJERCITO EJTO, NACIONAL NAL NAC,
        INTERNACIONAL INTERNAL, INDUSTRIAL IND, FEDERAL FED, GUSTAVO GVO, ANTONIO ANT, JUAREZ JZ,
        2 DOS, 3 TRES, 4 CUATRO, 5 CINCO, 6 SEIS, 7 SIETE, 8 OCHO, 9 NUEVE, 10 DIEZ, 11 ONCE, 12 DOCE, 13 TRECE,
        14 CATORCE, 15 QUINCE, 16 DIECISEIS, 17 DIECISIETE, 18 DIECIOCHO, 19 DIECINUEVE, 20 VEINTE, 21 VEINTIUNO,
        22 VEINTIDOS, 23 VEINTITRES, 24 VEINTICUATRO, 25 VEINTICINCO, 26 VEINTISEIS, 27 VEINTISIETE, 28 VEINTIOCHO,
        29 VEINTINUEVE, 30 TREINTA, 40 CUARENTA, 50 CINCUENTA,
        1A PRIMERA PRIMERO PRIMER, 2A SEGUNDA SEGUNDO, 3A TERCERA TERCERO TERCER, 4A CUARTA CUARTO, 5A QUINTA QUINTO,
        6A SEXTA SEXTO, 7A SEPTIMA SEPTIMO, 8A OCTAVA OCTAVO, 9A NOVENA NOVENO, 10A DECIMA DECIMO
        """
}
