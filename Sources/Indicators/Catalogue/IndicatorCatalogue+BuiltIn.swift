import Foundation

extension IndicatorCatalogue {
    /// The catalogue that holds where a council has none of its own: what was followed in Ciudad Juárez and Monterrey.
    /// - Throws: never, unless Faro's own data are damaged.
    public static func builtIn() throws(IndicatorError) -> IndicatorCatalogue {
        try IndicatorCatalogue(json: Data(builtInJSON.utf8))
    }

    /// As a file to begin one's own with.
    public static let builtInJSON = #"""
        {
          "catalogue": "faro", "version": "1",
          "source": "Indicadores que siguieron las mesas y consejos ciudadanos de Ciudad Juárez y Monterrey",
          "indicators": [
            { "id": "homicide",
              "name_es": "Homicidio doloso", "name_en": "Intentional homicide",
              "classes": [
                {"scheme": "CNSP/38/15", "codes": ["life.homicide.intentional"]},
                {"scheme": "RNID", "codes": ["life.homicide.intentional"]}
              ],
              "labels": [
                {"category": "HOMICIDIO DOLOSO"}
              ] },
            { "id": "femicide",
              "name_es": "Feminicidio", "name_en": "Femicide",
              "classes": [
                {"scheme": "CNSP/38/15", "codes": ["life.femicide.femicide"]},
                {"scheme": "RNID", "codes": ["life.femicide.femicide"]}
              ],
              "labels": [
                {"category": "FEMINICIDIO"}
              ] },
            { "id": "kidnapping",
              "name_es": "Secuestro", "name_en": "Kidnapping",
              "classes": [
                {"scheme": "CNSP/38/15", "codes": ["liberty.kidnapping"]},
                {"scheme": "RNID", "codes": ["liberty.kidnapping"]}
              ],
              "labels": [
                {"category": "SECUESTRO"}
              ] },
            { "id": "extortion",
              "name_es": "Extorsión", "name_en": "Extortion",
              "classes": [
                {"scheme": "CNSP/38/15", "codes": ["property.extortion"]},
                {"scheme": "RNID", "codes": ["property.extortion.in_person", "property.extortion.other_means"]}
              ],
              "labels": [
                {"category": "EXTORSION"}
              ],
              "note_es": "La mayor parte no se denuncia: cero no es tranquilidad. El RNID (2026) separa los \#
        intentos, que aquí no cuentan.",
              "note_en": "Most of it goes unreported: zero is not calm. RNID (2026) tells attempts apart, which do \#
        not count here." },
            { "id": "vehicle_theft_violent",
              "name_es": "Robo de vehículo con violencia", "name_en": "Vehicle theft with violence",
              "plausible_up_to": 1500,
              "classes": [
                {"scheme": "CNSP/38/15", "codes": ["property.robbery.motor_vehicle"], "violence": "with"},
                {"scheme": "RNID", "codes": ["property.robbery.motor_vehicle_car", \#
        "property.robbery.motor_vehicle_motorcycle", "property.robbery.motor_vehicle_boat"], "violence": "with"}
              ],
              "labels": [
                {"category": "ROBO DE VEHICULO AUTOMOTOR", "modality": "CON VIOLENCIA"}
              ] },
            { "id": "vehicle_theft_nonviolent",
              "name_es": "Robo de vehículo sin violencia", "name_en": "Vehicle theft without violence",
              "plausible_up_to": 1500,
              "classes": [
                {"scheme": "CNSP/38/15", "codes": ["property.robbery.motor_vehicle"], "violence": "without"},
                {"scheme": "RNID", "codes": ["property.robbery.motor_vehicle_car", \#
        "property.robbery.motor_vehicle_motorcycle", "property.robbery.motor_vehicle_boat"], "violence": "without"}
              ],
              "labels": [
                {"category": "ROBO DE VEHICULO AUTOMOTOR", "modality": "SIN VIOLENCIA"}
              ] },
            { "id": "business_robbery_violent",
              "name_es": "Robo a negocio con violencia", "name_en": "Robbery of businesses with violence",
              "plausible_up_to": 1500,
              "classes": [
                {"scheme": "CNSP/38/15", "codes": ["property.robbery.business"], "violence": "with"},
                {"scheme": "RNID", "codes": ["property.robbery.business"], "violence": "with"}
              ],
              "labels": [
                {"category": "ROBO A NEGOCIO", "modality": "CON VIOLENCIA"}
              ] },
            { "id": "home_burglary",
              "name_es": "Robo a casa habitación", "name_en": "Home burglary",
              "plausible_up_to": 1500,
              "classes": [
                {"scheme": "CNSP/38/15", "codes": ["property.robbery.home"]},
                {"scheme": "RNID", "codes": ["property.robbery.home"]}
              ],
              "labels": [
                {"category": "ROBO A CASA HABITACION"}
              ] },
            { "id": "street_robbery",
              "name_es": "Robo a transeúnte", "name_en": "Street robbery",
              "plausible_up_to": 1500,
              "classes": [
                {"scheme": "CNSP/38/15", "codes": ["property.robbery.passerby_street", \#
        "property.robbery.passerby_open_place"]},
                {"scheme": "RNID", "codes": ["property.robbery.passerby_street", \#
        "property.robbery.passerby_open_place"]}
              ],
              "labels": [
                {"category": "ROBO A TRANSEUNTE EN VIA PUBLICA"},
                {"category": "ROBO A TRANSEUNTE EN VIA PUBLICA Y ESPACIO ABIERTO AL PUBLICO"}
              ] },
            { "id": "family_violence",
              "name_es": "Violencia familiar", "name_en": "Family violence",
              "plausible_up_to": 2000,
              "classes": [
                {"scheme": "CNSP/38/15", "codes": ["family.domestic_violence"]},
                {"scheme": "RNID", "codes": ["family.domestic_violence"]}
              ],
              "labels": [
                {"category": "VIOLENCIA FAMILIAR"}
              ],
              "note_es": "Un alza puede ser más denuncia, no más violencia.",
              "note_en": "A rise may be more reporting, not more violence." },
            { "id": "police_per_1000", "kind": "measure", "polarity": "more_is_better", "per": 1000, "target": 3,
              "name_es": "Policías por 1,000 habitantes", "name_en": "Police per 1,000 residents",
              "denominators": ["population", "residents"],
              "note_es": "Estado de fuerza operativo; ausente no es cero.",
              "note_en": "Operational strength; missing is not zero." },
            { "id": "plated_cars", "kind": "share", "polarity": "more_is_better", "per": 100,
              "name_es": "Vehículos con placas", "name_en": "Cars with plates",
              "note_es": "Proporción de una muestra en la calle, con su intervalo.",
              "note_en": "Share of a sample in the street, with its interval." },
            { "id": "vetting", "kind": "share", "polarity": "more_is_better", "per": 100, "target": 100,
              "name_es": "Policías con control de confianza vigente", "name_en": "Police with valid vetting",
              "note_es": "De los policías evaluables; ausente no es cero.",
              "note_en": "Of the police to be vetted; missing is not zero." },
            { "id": "detentions", "kind": "measure", "polarity": "none", "per": 1,
              "name_es": "Detenciones", "name_en": "Detentions",
              "note_es": "Mide lo que hace la autoridad, no la inseguridad: ni más ni menos es un éxito.",
              "note_en": "Measures what the authority does, not insecurity: neither more nor less is a success." },
            { "id": "charged_share", "kind": "share", "polarity": "none", "per": 100,
              "name_es": "Detenciones que llegan a imputación", "name_en": "Detentions that lead to charges",
              "note_es": "Parte de las detenciones; leer junto a su número.",
              "note_en": "Share of the detentions; read beside their number." }
          ]
        }
        """#
}
