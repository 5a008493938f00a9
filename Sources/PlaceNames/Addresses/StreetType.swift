/// What kind of road a name is of: the types of INEGI's *Norma Técnica sobre Domicilios Geográficos* (DOF, 12 November
/// 2010), and the roads between places.
public enum StreetType: String, Hashable, Sendable, Codable, CaseIterable {
    case ampliacion, andador, autopista, avenida, boulevard, brecha, calle, callejon, calzada, camino, carretera
    case cerrada, circuito, circunvalacion, continuacion, corredor, diagonal, ejeVial = "eje_vial", pasaje, peatonal
    case periferico, privada, prolongacion, retorno, terraceria, vereda, viaducto

    /// The word in capital letters without accents, as normalised addresses write it: `AVENIDA`.
    public var word: String { self == .ejeVial ? "EJE" : rawValue.uppercased() }

    /// Whether streets of this type hang on another one and often have its name: `Cerrada de Hidalgo` is not `Hidalgo`.
    public var isMinor: Bool {
        switch self {
        case .andador, .callejon, .cerrada, .pasaje, .peatonal, .privada, .retorno, .vereda: true
        default: false
        }
    }

    /// The type that a folded word names, spelled out or in one of its abbreviations.
    public init?(word: String) {
        guard let type = Self.words[word] else { return nil }
        self = type
    }

    /// Whether the word, which names a type, may also be a letter or a piece of a name when it does not stand first.
    static func isOnlyFirst(_ word: String) -> Bool { onlyFirst.contains(word) }

    private static let onlyFirst: Set<String> = [
        "C", "CL", "AND", "AMP", "AMPL", "AUT", "CAM", "CIR", "CIRC", "CONT", "PAS", "RET", "VTO",
    ]

    private static let words: [String: StreetType] = {
        var words: [String: StreetType] = [:]
        for type in allCases { words[type.word] = type }
        for (type, others) in abbreviations {
            for other in others.split(separator: " ") { words[String(other)] = type }
        }
        return words
    }()

    private static let abbreviations: [(StreetType, String)] = [
        (.ampliacion, "AMPL AMP"), (.andador, "AND ANDR"), (.autopista, "AUTOP AUT"), (.avenida, "AV AVE AVDA AVD"),
        (.boulevard, "BLVD BLV BLVR BVD BLVRD BULEVAR BOULEVAR BULEVARD BVLD"), (.calle, "C CL CLL CLLE"),
        (.callejon, "CJON CLLON CJN CALLEJ"), (.calzada, "CALZ CZDA CALZDA CZA CLZ CLZDA"), (.camino, "CAM CNO"),
        (.carretera, "CARR CARRET CTRA"), (.cerrada, "CDA CERR CRDA"), (.circuito, "CTO CIRC CIR"),
        (.circunvalacion, "CIRCUNV CIRCUNVAL"), (.continuacion, "CONT"), (.diagonal, "DIAG"), (.pasaje, "PJE PAS"),
        (.peatonal, "PEAT"), (.periferico, "PERIF"), (.privada, "PRIV PVDA PDA PVADA PRIVA"),
        (.prolongacion, "PROL PROLONG PROLG"), (.retorno, "RET RTNO"), (.viaducto, "VIAD VTO"),
    ]
}
