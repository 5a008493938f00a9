/// A Mexican place name, read from what a report says, as normalised tokens.
///
/// `text` is the name in capitals without accents, abbreviations spelled out, ordinals and Roman numerals as digits:
/// `COL. PEDREGAL DE STO. DOMINGO 2a secc.` is `COLONIA PEDREGAL DE SANTO DOMINGO SECCION 2`. Reading `text` again
/// gives the same text and the same tokens. What stands behind the name (postal code, municipality, state) is cut off
/// and kept beside it.
///
/// ## Source
/// Settlement types after INEGI, *Norma Técnica sobre Domicilios Geográficos* (DOF 12 November 2010), article 9.
public struct PlaceName: Hashable, Sendable {
    /// What a token is for the name.
    public enum Kind: UInt8, Hashable, Sendable {
        case word
        /// `DE`, `LA`, `EL`, `Y`.
        case connective
        /// A type that only labels the name (`COLONIA`, `FRACCIONAMIENTO`, `PUEBLO`). Types that belong to the name
        /// (`VILLA COAPA`, `HACIENDA MITRAS`) are words.
        case settlementType
        /// A number within the name: `14 DE MARZO`, `EJE 8`.
        case number
        /// A numbered or lettered part of a place: `SECCION 2`, `SECTOR A`, `CENTRO 8`. One token, whatever its words.
        case part
        /// `NORTE`, `SURPONIENTE`; `value` is the bearing in degrees. `ESTE` and `ORIENTE` stay different words.
        case compass
        /// `AMPLIACION`.
        case `extension`
    }

    /// What the number of a part counts.
    public enum PartKind: UInt8, Hashable, Sendable {
        /// A number behind the name: `CENTRO 8`.
        case bare
        /// `SECCION`, also `SEC`, which people write for either.
        case section
        case sector
        /// `ETAPA`, `FASE`.
        case stage
        /// The number of an extension: `2A AMPLIACION`.
        case `extension`
        case block
        case superblock
        case module
        case lot
        case zone
        case region
    }

    /// One unit of meaning. Most are one word; `UNIDAD HABITACIONAL` and `SECCION 2` are one token of two words.
    public struct Token: Hashable, Sendable {
        public var kind: Kind
        /// What a part counts; `.bare` for other kinds.
        public var part = PartKind.bare
        /// The capital letter of a part (`SECTOR A`, `SECCION 10-A`), or 0.
        public var letter: UInt8 = 0
        /// It stood in brackets together with words: a second name, or the place it lies in. Types, parts, compass
        /// and extension alone in brackets belong to the name and are not marked.
        public var isBracketed = false
        /// The number of a number or part, the bearing of a compass word, or −1.
        public var value: Int32 = -1
        /// Where the token stands in `text`.
        public var bytes: Range<Int>
        /// Where it stood in the input, in bytes. Parts of a list (`SECTOR 3 Y 4`) share the word for what they count.
        public var source: Range<Int>
    }

    /// Text behind or beside the name that may name a municipality, a city or a state.
    public struct TailSegment: Hashable, Sendable {
        /// Spelled out like a name: `CIUDAD JUAREZ`. Empty where the segment was a state and nothing else.
        public var text: [UInt8]
        /// Where it stood in the input, in bytes.
        public var source: Range<Int>
        /// `Mpio.`, `Deleg.` or `Alcaldía` stood before it.
        public var isMunicipality = false
        /// It stood in brackets; its tokens are also in the name, marked.
        public var isBracketed = false
        /// The state that ended the segment.
        public var state: MexicanState?
    }

    /// Canonical tokens, one blank between them; brackets that hold words or types are kept.
    public var text: [UInt8] = []
    public var tokens: [Token] = []
    /// The first settlement type that labels the name; else the type the name begins with (`HACIENDA MITRAS`).
    public var settlementType: SettlementType?
    public var postalCode: PostalCode?
    public var tail: [TailSegment] = []
    /// Set where the text says that no place is known. The tokens are kept.
    public var unknown: UnknownPlace?
    /// Letters spoiled by a wrong encoding were set right.
    public var isRepaired = false
    /// Letters are lost: ``lostLetter`` stands for each of them.
    public var hasLostLetters = false
    /// The input was longer than ``PlaceNameReader/longestInput`` and only its beginning was read.
    public var isCut = false

    /// Stands in `text` for one letter, or none, that a wrong encoding destroyed (`NUEVA ESPA?A`, `BERNAB?`).
    public static let lostLetter = UInt8(ascii: "?")

    public init() {}

    /// The state the tail names, the last if several.
    public var state: MexicanState? { tail.last { $0.state != nil }?.state }

    /// The canonical bytes of one token.
    public func bytes(of token: Token) -> ArraySlice<UInt8> { text[token.bytes] }

    /// `text` as a string, for messages.
    public var description: String { String(decoding: text, as: UTF8.self) }
}

/// A Mexican postal code: five digits. A lost leading zero (`6600`) is put back.
public struct PostalCode: Hashable, Sendable {
    /// 1000 to 99999.
    public var value: Int32
    /// Where the digits stood in the input, in bytes.
    public var source: Range<Int>

    /// Five ASCII digits.
    public var digits: [UInt8] {
        var rest = value
        var digits = [UInt8](repeating: 0x30, count: 5)
        for place in digits.indices.reversed() {
            digits[place] += UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        return digits
    }
}
