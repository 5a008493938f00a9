/// Reads an address as people in Mexico write it, in every way that its words allow.
///
/// `Av. Juárez 123 esq. Hidalgo, Col. Centro, 06000 Cuauhtémoc, CDMX` is a street, a house number, a crossing, a
/// colonia, a postal code, a municipality and a state, each with its place in the source.
///
/// ## Readings
/// Words alone do not always say what they are, so a text has several readings, the likeliest first:
/// - `y` joins two streets or stands in a name. `Revolución y Reforma` is read as a crossing first and as one name
///   second; `Díaz Soto y Gama`, a pair of surnames that the parser knows, the other way round; with two `y`, each may
///   be the joint. `esq.`, `/`, `&`, `cruce con` join more strongly: with one of them a `y` is in a name first.
/// - A number at the end of a name is the house number first (`Londres 1948`) and part of the name second, unless a
///   type or a compass word stands right before it (`Calle 15`, `Norte 77`, `Eje 5 Norte Avenida 412`).
/// - A comma, or a hyphen between blanks, may stand for a joint: that is the last reading.
/// - `Parque Lira` is a landmark first where it stands alone, and a street second.
///
/// Which reading holds is for a table of streets to say: it knows which names there are.
///
/// ## Example
/// ```swift
/// let readings = AddressParser().readings(of: "Díaz Soto y Gama esq. Luis Cabrera")
/// readings[0].street?.text    // "DIAZ SOTO Y GAMA"
/// readings[0].crossing?.text  // "LUIS CABRERA"
/// ```
///
/// ## Source
/// INEGI, *Norma Técnica sobre Domicilios Geográficos* (DOF, 12 November 2010), for the components and their types.
public struct AddressParser: Hashable, Sendable {
    /// How many bytes of a text are read; what follows is kept as ``Address/rest``.
    public static let longestText = 1_000
    /// How many readings a text has at most.
    public static let mostReadings = 8

    public init() {}

    /// Never empty; no bytes, whatever they are, stop it.
    /// - Complexity: O(length read · readings).
    public func readings(of text: UnsafeBufferPointer<UInt8>) -> [Address] {
        let end = Self.cut(text)
        let tokens = AddressLexer.repairedTokens(of: UnsafeBufferPointer(rebasing: text[..<end]))
        var scan = AddressScan(tokens: tokens)
        var readings = scan.readings()
        if end < text.count {
            for index in readings.indices {
                readings[index].rest.append(Address.Field(text: "", source: end..<text.count))
            }
        }
        return readings
    }

    /// The same for a `String`; ranges are of its UTF-8.
    public func readings(of text: String) -> [Address] {
        var text = text
        return text.withUTF8 { readings(of: $0) }
    }

    /// A length of at most ``longestText`` that splits no character.
    private static func cut(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        guard text.count > longestText else { return text.count }
        var end = longestText
        while end > longestText - 4, text[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }
}
