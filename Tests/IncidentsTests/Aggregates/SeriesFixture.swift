import CivilTime
import Incidents

/// Some municipalities by INEGI's codes.
let someMunicipalities: [(key: String, name: String)] = [
    ("01001", "Aguascalientes"), ("01002", "Asientos"), ("08037", "Juárez"), ("14039", "Guadalajara"),
    ("15033", "Ecatepec de Morelos"), ("19019", "San Pedro Garza García"), ("19021", "General Escobedo"),
    ("19031", "Juárez"), ("19039", "Monterrey"), ("19045", "Salinas Victoria"), ("19048", "Santa Catarina"),
    ("20208", "San Juan Mixtepec"), ("20209", "San Juan Mixtepec"), ("11032", "San José de Iturbide"),
]

func directory(
    _ areas: [(key: String, name: String)] = someMunicipalities, version: Int = 1, from: CalendarDate? = nil,
    to: CalendarDate? = nil
) -> MunicipalityDirectory {
    MunicipalityDirectory(version: version, from: from, to: to, areas: areas)
}

/// Reads small tables through a mapper.
struct SeriesReading {
    var mapper: SeriesMapper
    var batch = SeriesBatch()
    var issues: [ImportIssue] = []
    var outcomes: [Outcome] = []

    init(
        _ header: [String], profile: ImportProfile, scheme: CodeScheme? = nil,
        directories: [MunicipalityDirectory] = [directory()]
    ) throws {
        let layout = profile.series ?? SeriesLayout(columns: [:])
        mapper = SeriesMapper(
            columns: try layout.resolve(header: header, kind: profile.kind), profile: profile,
            scheme: scheme ?? profile.codeScheme, directories: directories)
    }

    @discardableResult
    mutating func read(_ fields: [String]) -> Outcome {
        let number = Int64(outcomes.count + 1)
        let outcome = withRow(fields.map { Array($0.utf8) }) { row in
            mapper.append(
                row, rowNumber: number, line: number + 1, rawRow: { fields.joined(separator: ",") }, to: &batch,
                issues: &issues)
        }
        mapper.complete(&batch)
        outcomes.append(outcome)
        return outcome
    }

    /// The place of the last row that was kept.
    var lastPlace: SeriesPlace? {
        (batch.counts.last?.place ?? batch.populations.last?.place).map { batch.places[Int($0)] }
    }
}

let months = [
    "Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre",
    "Diciembre",
]

let sesnspHeader =
    [
        "Año", "Clave_Ent", "Entidad", "Cve. Municipio", "Municipio", "Bien jurídico afectado", "Tipo de delito",
        "Subtipo de delito", "Modalidad",
    ] + months

/// A row of the official wide format.
func sesnspRow(
    year: String = "2024", state: (code: String, name: String) = ("19", "Nuevo León"), code: String, name: String,
    modality: String = "Con arma de fuego", counts: [String] = Array(repeating: "1", count: 12)
) -> [String] {
    [
        year, state.code, state.name, code, name, "La vida y la Integridad corporal", "Homicidio", "Homicidio doloso",
        modality,
    ] + counts
}
