public import Boundaries
import Bytes

extension StreetPlace {
    /// One row of a table of crossings, as INEGI's crash statistics (ATUS) and city halls write them.
    ///
    /// - Parameters:
    ///   - municipality: its key; a bare number is put behind the key of the state: `2` in state `09` is `09002`.
    ///   - state: two digits; nil leaves the municipality as it is.
    /// - Returns: nil where a street is missing (blank, `NAN`, `SIN NOMBRE`, …) or the place is not on the Earth, or
    ///   is 0, 0.
    public static func crossing(
        _ first: String, _ second: String, municipality: String? = nil, state: String? = nil, longitude: Double,
        latitude: Double
    ) -> StreetPlace? {
        guard let street = name(first), let detail = name(second), abs(longitude) <= 180, abs(latitude) <= 90,
            longitude != 0 || latitude != 0
        else { return nil }
        return StreetPlace(
            kind: .crossing, street: street, detail: detail, municipality: key(municipality, state: state),
            longitude: longitude, latitude: latitude)
    }

    /// The crossings of a table's columns, row by row; rows that name no two streets, or that a shorter column lacks,
    /// are left out.
    public static func crossings(
        _ first: [String], _ second: [String], municipalities: [String] = [], state: String? = nil,
        longitudes: [Double], latitudes: [Double]
    ) -> [StreetPlace] {
        let rows = min(first.count, second.count, longitudes.count, latitudes.count)
        return (0..<rows).compactMap { row in
            crossing(
                first[row], second[row], municipality: municipalities.indices.contains(row) ? municipalities[row] : nil,
                state: state, longitude: longitudes[row], latitude: latitudes[row])
        }
    }

    /// A street's name without blanks around it; nil for words that say that there is none.
    private static func name(_ text: String) -> String? {
        let folded = LabelFolding.fold(text)
        guard !folded.isEmpty, !none.contains(folded) else { return nil }
        return text
    }

    private static let none: Set<String> = [
        "NAN", "NA", "N A", "NULL", "NONE", "NO DISPONIBLE", "SIN NOMBRE", "S N", "SN", "CALLE SIN NOMBRE", "NINGUNO",
        "NINGUNA", "SE IGNORA", "SE DESCONOCE", "NO ESPECIFICADO", "NO ESPECIFICADA", "SIN DATO", "SIN DATOS", "SD",
        "S D",
        "NO APLICA", "DESCONOCIDO",
    ]

    private static func key(_ municipality: String?, state: String?) -> String? {
        guard let municipality, !municipality.isEmpty, name(municipality) != nil else { return nil }
        guard let state, let number = Int(municipality), (0..<1_000).contains(number), municipality.utf8.count <= 3
        else {
            return municipality
        }
        let digits = String(number)
        return state + String(repeating: "0", count: 3 - digits.utf8.count) + digits
    }
}
