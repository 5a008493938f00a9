import Bytes
import SimpleFeatures

/// The labels of the city as clerks write them: in capitals, or with capital initials, never with accents.
struct Labels {
    let colonias: [(upper: String, title: String)]
    let municipalities: [(upper: String, title: String)]

    init(_ territory: Territory) {
        colonias = territory.colonias.map { ($0.name, Self.title($0.name)) }
        municipalities = Territory.municipalities.map {
            let upper = $0.name.uppercased().replacing("Í", with: "I")
            return (upper, Self.title(upper))
        }
    }

    /// `LOMAS DEL FARO II ETAPA` becomes `Lomas Del Faro II Etapa`, as spreadsheets do it.
    static func title(_ text: String) -> String {
        text.split(separator: " ").map { word in
            word.allSatisfy { "IVX".contains($0) } ? String(word) : word.prefix(1) + word.dropFirst().lowercased()
        }.joined(separator: " ")
    }
}

/// One row of a report file, as it will be printed.
struct ReportRow {
    var folio: String
    var year: Int
    var date: String
    var hour: String
    var offence: String
    var modality: String
    var colonia: String
    var municipality: String
    var street: String
    var crossStreet: String
    var latitude: String
    var longitude: String
    /// How many fields are printed.
    var fieldCount = 12

    static let header = [
        "folio", "anio_hecho", "fecha_hecho", "hora_hecho", "delito", "modalidad", "colonia", "municipio", "calle",
        "cruce",
        "latitud", "longitud",
    ]

    func write(to writer: inout ByteWriter, lineEnding: String) {
        let fields = [
            folio, String(year), date, hour, offence, modality, colonia, municipality, street, crossStreet, latitude,
            longitude,
        ]
        for (index, field) in fields.prefix(fieldCount).enumerated() {
            if index > 0 { writer.text(",") }
            writer.csvField(field)
        }
        writer.text(lineEnding)
    }
}

/// `-103.09`, rounded to some decimals.
func decimalText(_ value: Double, decimals: Int) -> String {
    var writer = ByteWriter()
    writer.fixed(value, decimals: decimals)
    return writer.string
}
