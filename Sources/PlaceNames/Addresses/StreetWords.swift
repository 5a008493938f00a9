/// What the words of street names mean, all in capital letters without accents.
package enum StreetWords {
    /// The word that an abbreviation stands for, and a number for a written one; others as they are.
    ///
    /// A number loses its leading zeros; an ordinal becomes number and `A` (`PRIMERA`, `1RA`, `1er` are `1A`), while a
    /// letter of a number keeps its hyphen (`79-A`).
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
    package static func isNumbered(_ word: String) -> Bool {
        word.utf8.first.map { (0x30...0x39).contains($0) } ?? false
    }

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
    private static let compass: [String] = NameLexicon.lines.filter { $0.role == .compass }.map(\.canonical)
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

    /// What place names abbreviate, streets abbreviate too; numbers as digits, ordinals as digits with `A`.
    private static let spelledOut: [String: String] = {
        var words: [String: String] = [:]
        for line in abbreviations.split(separator: ",") {
            let parts = line.split(whereSeparator: \.isWhitespace).map(String.init)
            for short in parts.dropFirst() { words[short] = parts[0] }
        }
        for line in NameLexicon.lines {
            let canonical: String
            switch line.role {
            case .word, .saint, .month, .compass, .adjective: canonical = line.canonical
            case .numeral, .tens: canonical = String(line.value) + (line.isOrdinal ? "A" : "")
            default: continue
            }
            for spelling in line.spellings where words[String(spelling)] == nil && spelling != canonical {
                // One letter from either side of the compass.
                if spelling == "ORTE" { continue }
                words[String(spelling)] = canonical
            }
        }
        return words
    }()

    /// What stands for a word only in streets: the word first, then how it is also written.
    private static let abbreviations = """
        GENERAL GRL GNRAL, GUADALUPE GUPE, GOBERNADOR GDOR, REPUBLICA RPCA REP, FERROCARRIL FFCC FERROCARRILES,
        CIUDAD CD, PLAZA PZA PLZA, PARQUE PQUE PQE, HACIENDA HDA HCDA, NUESTRA NTRA, SENORA SRA, SENOR SR, FERNANDO FDO,
        JARDIN JDN JDIN, GUTIERREZ GTZ GTRZ, GONZALEZ GLZ, RODRIGUEZ RDGZ, HERNANDEZ HNDZ, MARTINEZ MTNZ, LOPEZ LPZ,
        PRESBITERO PBRO, ALMIRANTE ALTE, DIVISION DIV, FEDERAL FED, GUSTAVO GVO, CORONEL CRNL, PROFESORA PROFRA,
        PRESIDENTE PRESID, PASEO PSO, 5A QUINTA QTA, CONSTITUCION CONST, MAYOR MYR
        """
}
