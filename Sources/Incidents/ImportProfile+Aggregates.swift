extension ImportProfile {
    /// Municipal incidence in the official wide format.
    public static let sesnspMunicipal = ImportProfile(
        name: "sesnsp-municipal", version: 1,
        description: """
            Incidencia delictiva municipal of the Secretariado Ejecutivo del Sistema Nacional de Seguridad Pública, instrument \
            CNSP/38/15 (2015 to 2025): a row per municipality, year and modality, twelve month columns; a blank month is not \
            yet published, which is not zero; codes ending in 998 and 999 are no municipalities
            """,
        kind: .monthlyCounts, countUnit: .caseFile, publisher: sesnsp, codeScheme: .inegi,
        series: SeriesLayout(
            columns: [
                .year: ["Año", "anio", "ano"], .stateCode: ["Clave_Ent", "cve_ent", "clave_entidad"],
                .state: ["Entidad"],
                .municipalityCode: ["Cve. Municipio", "cve_municipio", "clave_municipio", "cve_mun", "cvegeo"],
                .municipality: ["Municipio"], .legalGood: ["Bien jurídico afectado"], .type: ["Tipo de delito"],
                .subtype: ["Subtipo de delito"], .modality: ["Modalidad"],
            ], values: SeriesLayout.monthColumns))

    /// A derived table without codes: municipalities are found by name within their state.
    public static let sesnspHomicides = ImportProfile(
        name: "sesnsp-homicides", version: 1,
        description: """
            Homicides and femicides by municipality after the same publisher's incidence, tidy: a row per state, municipality, \
            year and month, a column per type, and no codes; the column Total repeats the others and is not read
            """,
        kind: .monthlyCounts, countUnit: .caseFile, publisher: sesnsp, codeScheme: .none,
        series: SeriesLayout(
            columns: [
                .year: ["Año", "anio"], .month: ["Mes"], .state: ["Entidad"], .municipality: ["Municipio"],
            ],
            values: [
                homicide("Feminicidio", type: "Feminicidio", subtype: "Feminicidio"),
                homicide("Homicidio doloso", type: "Homicidio", subtype: "Homicidio doloso"),
                homicide("Homicidio culposo", type: "Homicidio", subtype: "Homicidio culposo"),
                homicide(
                    "Otros delitos que atentan contra la vida y la integridad corporal",
                    type: "Otros delitos que atentan contra la vida y la integridad corporal",
                    subtype: "Otros delitos que atentan contra la vida y la integridad corporal"),
            ]))

    /// The series before CNSP/38/15, cut out for Mexico City: its classes are those of that time.
    public static let cdmxDelegaciones = ImportProfile(
        name: "cdmx-delegaciones", version: 1,
        description: """
            Offences by delegación of the Distrito Federal in the wide format of the method before 2015 (modalidad, tipo, \
            subtipo): averiguaciones previas and carpetas; its classes are not those of sesnsp-municipal
            """,
        kind: .monthlyCounts, countUnit: .caseFile, publisher: sesnsp, codeScheme: .none,
        series: SeriesLayout(
            columns: [
                .year: ["Año", "anio"], .municipality: ["Delegación", "alcaldia", "municipio"],
                .modality: ["Modalidad"], .type: ["Tipo"], .subtype: ["Subtipo"],
            ], values: SeriesLayout.monthColumns, state: "09"))

    /// A table that anybody makes: a row an area, month and label. Its labels are counted where the store's taxonomy or the
    /// catalogue knows them.
    public static let tidySeries = ImportProfile(
        name: "tidy-series", version: 1,
        description: """
            Monthly counts in a tidy table under names that are common in Spanish and in English: a row per municipality (code, \
            or state and name), month (2024-03, or year and month apart) and offence or indicator, with its count; anything \
            else is named with --map
            """,
        kind: .monthlyCounts, countUnit: .caseFile, publisher: "", codeScheme: .inegi,
        series: SeriesLayout(
            columns: [
                .year: ["year", "anio", "año", "ano"], .month: ["month", "mes"], .stateCode: ["state_code", "cve_ent"],
                .state: ["state", "entidad", "estado"],
                .municipalityCode: ["area", "area_id", "cvegeo", "cve_mun", "clave", "municipality_code"],
                .municipality: ["municipality", "municipio", "area_name", "nombre"],
                .subtype: ["category", "offence", "offense", "delito", "indicator", "indicador", "tipo", "subtipo"],
                .modality: ["modality", "modalidad"],
                .count: ["count", "total", "conteo", "casos", "cantidad", "valor"],
            ]))

    /// The query page's export: no header for codes and names, titles above, the source below.
    public static let inegiCensus = ImportProfile(
        name: "inegi-census", version: 1,
        description: """
            Population by municipality and sex as INEGI's query page exports it (Censo de Población y Vivienda 2020): code and \
            name in the first two columns, which have no header, then Total, Hombres, Mujeres; rows of states and of the \
            nation are totals, which are not stored but held against the sums of their municipalities
            """,
        kind: .population, countUnit: .person, publisher: "INEGI, Censo de Población y Vivienda", codeScheme: .inegi,
        series: SeriesLayout(
            columns: [.municipalityCode: ["#1"], .municipality: ["#2"]],
            values: [
                .init(column: ["Total", "Población total"], population: "population"),
                .init(column: ["Hombres"], population: "men"), .init(column: ["Mujeres"], population: "women"),
            ], year: 2020, totalLabels: ["Total", "Estados Unidos Mexicanos", "Total nacional"]))

    private static let sesnsp = "Secretariado Ejecutivo del Sistema Nacional de Seguridad Pública"

    private static func homicide(_ column: String, type: String, subtype: String) -> SeriesLayout.Value {
        .init(
            column: [column], legalGood: "La vida y la Integridad corporal", type: type, subtype: subtype)
    }
}
