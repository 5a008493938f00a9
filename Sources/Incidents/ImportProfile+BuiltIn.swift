extension ImportProfile {
    /// The profiles that come with Faro.
    public static let builtIn: [ImportProfile] = [
        fgjCDMX, emergencyCalls, open311, generic, sesnspMunicipal, sesnspHomicides, cdmxDelegaciones, inegiCensus,
        tidySeries,
    ]

    /// Investigation files of the prosecutor of Mexico City, in the spellings since 2016.
    ///
    /// `categoria_delito` is the prosecutor's broad class of the offence; it is kept as the second classification.
    public static let fgjCDMX = profile(
        ImportProfile(
            name: "fgj-cdmx", version: 2,
            description: """
                Carpetas de investigación de la Fiscalía General de Justicia de la Ciudad de México, one a row, with \
                coordinates; its column names until 2022 (ao_hechos, fecha_hechos with the time in it, calle_hechos and \
                calle_hechos2, colonia_hechos, alcaldia_hechos) and since (fecha_hecho, hora_hecho, colonia_hecho, \
                alcaldia_hecho), also shortened (colonia, alcaldia)
                """,
            columns: [
                .recordID: ["id_carpeta", "idcarpeta", "carpeta"],
                .category: ["delito"],
                .modality: ["categoria_delito", "categoria"],
                .date: ["fecha_hecho", "fechahecho"],
                .time: ["hora_hecho", "hora_hechos", "horahecho"],
                .occurredAt: ["fecha_hechos"],
                .longitude: ["longitud"],
                .latitude: ["latitud"],
                .colonia: ["colonia_hecho", "colonia_hechos", "colonia", "colonia_catalogo"],
                .municipality: [
                    "alcaldia_hecho", "alcaldia_hechos", "alcaldia", "alcaldia_catalogo", "municipio_hecho",
                ],
                .place: ["calle_hechos", "calle_hecho"],
                .crossStreet: ["calle_hechos2", "calle_hecho2", "calle_hechos_2", "calle_hecho_2"],
            ],
            required: [.category]),
        unit: .caseFile, publisher: "Fiscalía General de Justicia de la Ciudad de México")

    /// Emergency calls. What is counted are calls: several can be of one incident.
    public static let emergencyCalls = profile(
        ImportProfile(
            name: "911", version: 1,
            description: """
                Calls to emergency numbers (911, before 066; C4 and C5 centres), one a row: folio, day and time the call was \
                taken, kind of incident, and the place in words, often without coordinates; street, number, crossing or \
                the streets between, reference and postal code become one text
                """,
            columns: [
                .recordID: ["folio", "folio_incidente", "folio_llamada", "id_llamada", "id"],
                .category: [
                    "incidente_c4", "incidente_c5", "tipo_incidente_c4", "tipo_incidente", "tipo_de_incidente",
                    "incidente", "motivo", "tipo_emergencia", "categoria_incidente_c4", "tipo",
                ],
                .modality: [
                    "subtipo_incidente", "subtipo", "clas_con_f_alarma", "clasificacion", "categoria_incidente_c4",
                ],
                .date: [
                    "fecha_creacion", "fecha_llamada", "fecha_reporte", "fecha_recepcion", "fecha_incidente", "fecha",
                    "fecha_hecho",
                ],
                .time: [
                    "hora_creacion", "hora_llamada", "hora_reporte", "hora_recepcion", "hora_incidente", "hora",
                    "hora_hecho",
                ],
                .occurredAt: ["fecha_hora", "fechahora", "fecha_y_hora", "fecha_hora_creacion"],
                .longitude: ["longitud", "longitude", "lon", "lng"],
                .latitude: ["latitud", "latitude", "lat"],
                .colonia: ["colonia", "colonia_inicio", "nom_colonia", "asentamiento"],
                .municipality: [
                    "delegacion_inicio", "alcaldia_inicio", "delegacion", "alcaldia", "municipio", "delegacion_cierre",
                    "alcaldia_cierre", "nom_mun",
                ],
                .place: ["calle", "domicilio", "direccion", "ubicacion", "lugar", "vialidad"],
            ].merging(placeParts) { first, _ in first }),
        unit: .call)

    /// Requests to a city's services. What is counted are reports.
    public static let open311 = profile(
        ImportProfile(
            name: "open311", version: 1,
            description: """
                Service requests under the field names of Open311 GeoReport v2, one a row of CSV; requested_datetime is an \
                instant with its offset (W3C form); the free text of the description is not kept, since people name \
                people in it
                """,
            columns: [
                .recordID: ["service_request_id"],
                .category: ["service_name", "service_code"],
                .modality: ["service_subtype", "group", "service_code"],
                .occurredAt: ["requested_datetime"],
                .longitude: ["long", "lon", "lng", "longitude"],
                .latitude: ["lat", "latitude"],
                .place: ["address", "address_string"],
                .postalCode: ["zipcode", "zip_code", "postal_code"],
            ],
            dateOrder: .ymd),
        unit: .report)

    /// Header names that are common in Spanish and in English.
    public static let generic = profile(
        ImportProfile(
            name: "generic", version: 2,
            description: """
                Reports under column names that are common in Spanish and in English, one a row; anything else is named \
                with --map
                """,
            columns: [
                .recordID: [
                    "record_id", "id", "folio", "expediente", "id_incidente", "incident_id", "case_number", "report_id",
                ],
                .category: [
                    "category", "delito", "tipo_delito", "tipo_de_delito", "tipo_incidente", "incidente", "categoria",
                    "offence", "offense", "crime_type", "crime", "tipo_accidente", "tipo", "type",
                ],
                .modality: ["modality", "modalidad", "subtipo_delito", "subtipo_de_delito", "subtipo", "subcategory"],
                .date: [
                    "date", "fecha", "fecha_hecho", "fecha_del_hecho", "fecha_incidente", "fecha_evento",
                    "fecha_ocurrencia", "dia_hecho", "incident_date",
                ],
                .time: [
                    "time", "hora", "hora_hecho", "hora_hechos", "hora_del_hecho", "hora_incidente", "hora_evento",
                    "hora_ocurrencia", "incident_time",
                ],
                .occurredAt: [
                    "occurred_at", "fecha_hora", "fechahora", "fecha_y_hora", "fecha_hechos", "datetime", "date_time",
                    "occurred",
                ],
                .longitude: ["longitude", "longitud", "lon", "lng", "long"],
                .latitude: ["latitude", "latitud", "lat"],
                .x: ["x", "coord_x", "coordenada_x", "este", "easting", "utm_x", "x_utm"],
                .y: ["y", "coord_y", "coordenada_y", "norte", "northing", "utm_y", "y_utm"],
                .colonia: [
                    "colonia", "colonia_hecho", "colonia_hechos", "nom_colonia", "asentamiento", "neighborhood",
                    "neighbourhood",
                ],
                .municipality: [
                    "municipality", "municipio", "alcaldia", "municipio_hecho", "alcaldia_hecho", "alcaldia_hechos",
                    "delegacion", "nom_mun",
                ],
                .place: [
                    "place", "lugar", "direccion", "domicilio", "ubicacion", "address", "calle", "calle1",
                    "calle_hechos",
                ],
                .weight: ["weight", "peso", "ponderador"],
            ].merging(placeParts) { first, _ in first }),
        unit: .report)

    /// What stands beside a street in address columns of all kinds.
    private static let placeParts: [ReportField: [String]] = [
        .crossStreet: [
            "cross_street", "cruce", "calle_cruce", "cruza_con", "esquina", "calle2", "calle_2", "calle_hechos2",
        ],
        .houseNumber: [
            "house_number", "numero_exterior", "num_exterior", "num_ext", "no_ext", "no_exterior", "numero_ext",
        ],
        .betweenStreet: ["between_street", "entre_calle", "entre_calles", "entre_calle_1", "entre_calle1", "entre"],
        .andStreet: ["and_street", "y_calle", "entre_calle_2", "entre_calle2"],
        .postalCode: ["postal_code", "codigo_postal", "cp", "c_p", "zipcode", "zip"],
        .landmark: ["landmark", "referencia", "referencias"],
    ]

    private static func profile(_ profile: ImportProfile, unit: CountUnit, publisher: String = "") -> ImportProfile {
        var profile = profile
        profile.countUnit = unit
        profile.publisher = publisher
        return profile
    }
}
