/// What is wrong with a row of the report files, or unusual in it. The raw value is its word in `verdad.csv`.
public enum Dirt: String, CaseIterable, Sendable {
    // The coordinates; a row has at most one of these, or one of the two that cost it everything.
    /// Both fields are empty.
    case noCoordinates = "sin_coordenadas"
    /// 0 and 0.
    case zeroCoordinates = "coordenadas_cero"
    /// Latitude and longitude stand in each other's column.
    case swappedCoordinates = "coordenadas_invertidas"
    /// A positive longitude.
    case signLost = "signo_perdido"
    /// A latitude beyond 90 degrees.
    case outOfRange = "fuera_de_rango"
    /// UTM metres in the columns of degrees.
    case metres = "metros"
    /// Degrees and minutes in words.
    case unreadableCoordinates = "coordenadas_ilegibles"
    /// Good coordinates of a place far from the city.
    case outsideCity = "fuera_de_la_ciudad"
    /// The coordinates of the prosecutor's office in place of the true ones.
    case defaultPoint = "punto_por_defecto"

    /// A day that the calendar does not have.
    case impossibleDate = "fecha_imposible"
    /// Fewer fields than the header; the coordinates are among those missing.
    case shortRow = "fila_corta"
    /// The same row again, byte for byte.
    case duplicate = "duplicado"

    /// 12:00 for an hour that nobody knew.
    case noon = "doce_en_punto"
    /// An empty field.
    case noHour = "sin_hora"
    /// `25:10:00`.
    case impossibleHour = "hora_imposible"
    /// `2023-11-11 11:00:00` as the date and `11:00:00:00` as the hour.
    case longDate = "fecha_larga"

    /// The name of a colonia next to the true one.
    case wrongLabel = "colonia_equivocada"
    /// The true name behind its abbreviated settlement type: `FRACC. LOMAS DEL SOL`.
    case labelVariant = "colonia_con_tipo"
    /// `Lomas Del Sol`.
    case titleCase = "mayusculas_iniciales"

    /// A quoted field with a line break.
    case lineBreak = "salto_de_linea"
    /// A quoted field with quotes.
    case quotes = "comillas"

    /// How an import must end a row with this, and why: the words of the importer; nil where it changes nothing.
    public var consequence: (outcome: String, reason: String)? {
        switch self {
        case .noCoordinates: ("unplaced", "no_coordinates")
        case .zeroCoordinates: ("unplaced", "zero_coordinates")
        case .outOfRange: ("unplaced", "out_of_range")
        case .metres: ("unplaced", "wrong_unit")
        case .unreadableCoordinates: ("unplaced", "unreadable_coordinates")
        case .swappedCoordinates: ("placed", "swapped_coordinates")
        case .signLost: ("placed", "sign_restored")
        case .impossibleDate: ("rejected", "date_unreadable")
        case .shortRow: ("rejected", "field_count")
        default: nil
        }
    }

    /// Shares of a year's rows, by deck: each deck is dealt on its own, and gives a row one card at most.
    static let placeDeck: [(Dirt, Double)] = [
        (.noCoordinates, 0.025), (.zeroCoordinates, 0.004), (.swappedCoordinates, 0.003), (.signLost, 0.003),
        (.outOfRange, 0.0015), (.metres, 0.003), (.unreadableCoordinates, 0.001), (.outsideCity, 0.0015),
        (.defaultPoint, 0.01), (.impossibleDate, 0.003), (.shortRow, 0.0015), (.duplicate, 0.004),
    ]
    static let timeDeck: [(Dirt, Double)] = [(.noon, 0.085), (.noHour, 0.003), (.impossibleHour, 0.001)]
    static let labelDeck: [(Dirt, Double)] = [(.wrongLabel, 0.02), (.labelVariant, 0.03)]
    static let textDeck: [(Dirt, Double)] = [(.lineBreak, 0.001), (.quotes, 0.001)]

    /// Deals the cards of a deck to `count` rows: of each as many as its share, but two at least.
    static func deal(_ deck: [(Dirt, Double)], to count: Int, _ dice: inout Dice) -> [Dirt?] {
        var dealt: [Dirt?] = Array(repeating: nil, count: count)
        var rows = dice.shuffled(Array(0..<count))
        for (dirt, share) in deck {
            for _ in 0..<max(2, Int((share * Double(count)).rounded())) {
                guard let row = rows.popLast() else { return dealt }
                dealt[row] = dirt
            }
        }
        return dealt
    }
}
