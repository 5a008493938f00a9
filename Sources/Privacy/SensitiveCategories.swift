import Bytes

/// Which offences may expose a victim or an informant, and what of them is public.
///
/// A category is sensitive where the taxonomy says so (the caller passes that on), or where its words do: labels differ from
/// source to source and from year to year, and one that no taxonomy knows must not slip through. Words are compared without
/// case, accents and punctuation.
public struct SensitiveCategories: Hashable, Sendable, Codable {
    /// What is public of a category.
    public enum Treatment: String, Hashable, Sendable, Codable {
        case ordinary
        /// By municipality and month only.
        case byMunicipalityAndMonth = "by_municipality_and_month"
        /// Not at all.
        case withheld
    }

    /// Words of labels that stand by municipality and month only. An asterisk ends a word of which only the beginning counts.
    public var sensitive: [String]
    /// Words of labels that are not published.
    public var withheld: [String]
    /// Words that are taken out of a label before it is looked at: `violación de correspondencia` exposes nobody's body.
    public var harmless: [String]

    public init(
        sensitive: [String] = Self.sensitiveWords, withheld: [String] = Self.withheldWords,
        harmless: [String] = Self.harmlessWords
    ) {
        self.sensitive = sensitive
        self.withheld = withheld
        self.harmless = harmless
    }

    /// - Parameter flagged: whether a taxonomy says that the category is sensitive.
    public func treatment(of label: String, flagged: Bool = false) -> Treatment {
        var words = Self.words(label)
        if withheld.contains(where: { Self.find($0, in: words) != nil }) { return .withheld }
        if flagged { return .byMunicipalityAndMonth }
        for phrase in harmless {
            while let range = Self.find(phrase, in: words) { words.removeSubrange(range) }
        }
        return sensitive.contains { Self.find($0, in: words) != nil } ? .byMunicipalityAndMonth : .ordinary
    }

    private static func words(_ text: String) -> [Substring] { LabelFolding.fold(text).split(separator: " ") }

    /// Where a phrase stands in a label, as whole words or, before an asterisk, the beginning of one.
    private static func find(_ phrase: String, in words: [Substring]) -> Range<Int>? {
        let isPrefix = phrase.hasSuffix("*")
        let wanted = Self.words(phrase)
        guard let last = wanted.last, words.count >= wanted.count else { return nil }
        for start in 0...(words.count - wanted.count) {
            let end = start + wanted.count
            let leads = zip(words[start..<(end - 1)], wanted.dropLast()).allSatisfy(==)
            if leads, isPrefix ? words[end - 1].hasPrefix(last) : words[end - 1] == last { return start..<end }
        }
        return nil
    }
}

extension SensitiveCategories {
    /// Sexual and domestic violence, minors, trafficking, abortion, suicide: in the words of Mexican sources, and English.
    public static let sensitiveWords = [
        "sexual*", "sexo*", "violación*", "violaciones*", "violaci*", "violador*", "abuso deshonesto*",
        "actos libidinosos",
        "estupro*", "incesto*", "acoso*", "hostigamiento*", "lenocinio*", "prostitución*", "pornogr*", "intimidad",
        "ultrajes a la moral", "exhibicionismo*",
        "violencia famil*", "violencia intrafamil*", "violencia doméstic*", "violencia de género",
        "violencia contra la mujer",
        "violencia en el noviazgo", "violencia de pareja", "violencia vicaria", "intrafamiliar*", "feminicid*",
        "femicid*",
        "obligación alimentaria", "obligaciones alimentarias", "obligación familiar", "obligaciones familiares",
        "asistencia familiar", "asistencia alimentaria", "incumplimiento de pensión*",
        "menor", "menores", "infant*", "niño*", "niña*", "niñez", "adolescen*", "pederast*", "pedofil*", "pupilo*",
        "hijo*",
        "hija*", "filiación", "recién nacido*",
        "trata", "tráfico de personas", "tráfico de órganos", "aborto*", "suicid*", "peligro de contagio",
        "rape*", "domestic violence", "family violence", "intimate partner*", "child*", "minors", "trafficking*",
        "abortion*",
        "grooming", "indecent*", "stalking",
    ]

    /// Those who informed, and witnesses.
    public static let withheldWords = [
        "informante*", "denunciante*", "denuncia anónima*", "denuncias anónimas", "denuncia confidencial*", "anónima*",
        "anónimas", "testigo protegido", "testigos protegidos", "testigo colaborador", "víctima protegida",
        "informant*", "whistleblower*", "anonymous tip*", "protected witness*",
    ]

    /// `violación` of things, `menor` of amounts.
    public static let harmlessWords = [
        "violación de correspondencia", "violación de sellos", "violación de domicilio",
        "violación de derechos de autor",
        "violación a la ley", "violación a suspensión", "violación de fueros", "robo menor", "cuantía menor",
        "menor cuantía",
    ]
}
