extension UnknownPlace {
    /// What the whole text says, where it says that no place is known.
    ///
    /// Text of punctuation or zeros only says so too. Empty text says nothing.
    /// - Parameter text: what the units were read from.
    init?(_ text: UnsafeBufferPointer<UInt8>, units: [NameUnit], spelling: FoldedSpelling) {
        guard let first = units.first else {
            // Most punctuation is a blank once it is folded.
            guard text.contains(where: { !Self.isBlank($0) }) else { return nil }
            self = .notKnown
            return
        }
        guard units.count <= Self.longest, Self.canBegin(first, spelling) else { return nil }
        if units.allSatisfy({ $0.isDigits && $0.value == 0 }) {
            self = .notKnown
            return
        }
        var words: [UInt8] = []
        for unit in units {
            if !words.isEmpty { words.append(0x20) }
            words.append(contentsOf: spelling.bytes[Int(unit.folded.lowerBound)..<Int(unit.folded.upperBound)])
        }
        let found =
            Self.whole.first { $0.words.count == words.count && Self.begins(words, $0.words) }
            ?? Self.beginnings.first { Self.begins(words, $0.words) }
        guard let found else { return nil }
        self = found.meaning
    }

    private static let longest = 8

    /// Controls, blanks, and the two bytes of the no-break space.
    private static func isBlank(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xA0
    }

    /// Whether a text begins with a phrase, lost letters set aside.
    private static func begins(_ text: [UInt8], _ phrase: [UInt8]) -> Bool {
        guard text.count >= phrase.count else { return false }
        return zip(text, phrase).allSatisfy { $0 == $1 || $0 == PlaceName.lostLetter && $1 != 0x20 }
    }

    /// Turns nearly every name away by two letters.
    private static func canBegin(_ unit: NameUnit, _ spelling: FoldedSpelling) -> Bool {
        let start = Int(unit.folded.lowerBound)
        guard start + 1 < spelling.bytes.count else { return false }
        switch (spelling.bytes[start], spelling.bytes[start + 1]) {
        case (UInt8(ascii: "S"), let next): return next != UInt8(ascii: "A") && next != UInt8(ascii: "T")
        case (UInt8(ascii: "N"), _), (UInt8(ascii: "0"), _): return true
        case (UInt8(ascii: "D"), UInt8(ascii: "E")), (UInt8(ascii: "I"), UInt8(ascii: "G")): return true
        case (UInt8(ascii: "O"), UInt8(ascii: "T")), (UInt8(ascii: "F"), UInt8(ascii: "U")): return true
        case (UInt8(ascii: "E"), UInt8(ascii: "X")), (UInt8(ascii: "X"), UInt8(ascii: "X")): return true
        case (UInt8(ascii: "E"), UInt8(ascii: "N")): return true
        case (UInt8(ascii: "P"), _): return true
        default: return false
        }
    }

    private typealias Phrase = (words: [UInt8], meaning: UnknownPlace)

    private static func phrases(_ meaning: UnknownPlace, _ texts: [String]) -> [Phrase] {
        texts.map { (Array($0.utf8), meaning) }
    }

    private static let whole: [Phrase] =
        phrases(
            .none,
            [
                "S C", "SC", "S COL", "S COLONIA", "S N", "SN", "S NOMBRE", "SIN COL", "SIN NOMBRE", "SIN NUMERO",
                "NINGUNA", "NINGUNO", "NINGUNA COLONIA", "NO TIENE", "NO TIENE COLONIA", "NO HAY", "NO EXISTE",
            ])
        + phrases(
            .notKnown,
            [
                "N A", "NA", "N D", "ND", "S D", "SD", "S I", "N I", "NI", "S E", "SE", "N E", "NE", "NULL", "NULO",
                "NAN",
                "NONE", "NIL", "XX", "XXX", "XXXX", "XXXXX", "DESCONOCIDO", "DESCONOCIDA", "DESCONOCE", "DESC",
                "IGNORADO", "IGNORADA", "IGNORA", "SIN DATO", "SIN DATOS", "NO DATO", "NO DATOS", "NO", "NO SE SABE",
                "NO SABE", "NO DEFINIDO", "NO DEFINIDA", "PENDIENTE", "POR DEFINIR", "SIN DEFINIR", "SIN DOMICILIO",
                "SIN DIRECCION", "SIN UBICACION", "SIN REFERENCIA", "SIN REGISTRO", "NO RECUERDA",
            ])
        + phrases(
            .elsewhere,
            [
                "OTRO MUNICIPIO", "OTROS MUNICIPIOS", "OTRA ENTIDAD", "OTRAS ENTIDADES", "OTRO ESTADO", "OTROS ESTADOS",
                "OTRO PAIS", "OTROS PAISES", "OTRA ENTIDAD FEDERATIVA", "OTRA ALCALDIA", "OTRA DELEGACION",
                "OTRA CIUDAD", "EXTRANJERO", "EN EL EXTRANJERO", "EXTRANJERA", "FORANEO", "FUERA",
            ])

    private static let beginnings: [Phrase] =
        phrases(.none, ["SIN COLONIA", "SIN FRACCIONAMIENTO", "SIN LOCALIDAD", "SIN BARRIO"])
        + phrases(
            .notKnown,
            [
                "NO ESPECIFIC", "SIN ESPECIFIC", "SE IGNORA", "SE DESCONOCE", "NO APLICA", "NO PROPORCION",
                "NO IDENTIFICAD", "NO REGISTRAD", "NO DISPONIBLE", "NO INDICA", "NO SE ESPECIFIC", "NO SE PROPORCION",
                "NO SE CUENTA", "NO SE INDICA", "NO CUENTA CON", "SIN INFORMACION", "SIN PROPORCION", "NO INFORMA",
                "NO ENCONTRAD", "NO LOCALIZAD", "NO SE ENCONTR", "NO CAPTURAD",
            ])
        + phrases(.elsewhere, ["FUERA DE ", "FUERA DEL "])
}
