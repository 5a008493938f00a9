extension ImportProfile {
    /// The profiles that come with Faro.
    public static let builtIn: [ImportProfile] = [fgjCDMX, generic]

    /// Investigation files of the prosecutor of Mexico City, in the spellings since 2016.
    ///
    /// `categoria_delito` is the prosecutor's broad class of the offence; it is kept as the second classification.
    public static let fgjCDMX = ImportProfile(
        name: "fgj-cdmx", version: 1,
        description: "Carpetas de investigación de la Fiscalía General de Justicia de la Ciudad de México",
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
            .municipality: ["alcaldia_hecho", "alcaldia_hechos", "alcaldia", "alcaldia_catalogo", "municipio_hecho"],
            .place: ["calle_hechos", "calle_hecho"],
        ],
        required: [.category], dateOrder: .automatic)

    /// Header names that are common in Spanish and in English.
    public static let generic = ImportProfile(
        name: "generic", version: 1, description: "Common column names in Spanish and English",
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
            .place: ["place", "lugar", "direccion", "domicilio", "ubicacion", "address", "calle", "calle_hechos"],
            .weight: ["weight", "peso", "ponderador"],
        ])
}
