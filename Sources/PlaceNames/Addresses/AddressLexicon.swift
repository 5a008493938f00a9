/// The words that say what stands beside them in an address, in capital letters without accents.
enum AddressLexicon {
    static let colonia: Set<String> = ["COL", "COLONIA"]
    static let settlements: [String: String] = [
        "FRACC": "FRACCIONAMIENTO", "FRAC": "FRACCIONAMIENTO", "FRACCTO": "FRACCIONAMIENTO",
        "FRACCIONAMIENTO": "FRACCIONAMIENTO", "UH": "UNIDAD HABITACIONAL",
    ]
    /// Types of settlement that are also words of street names: only after a comma.
    static let settlementsAfterComma: [String: String] = [
        "BARRIO": "BARRIO", "BO": "BARRIO", "PUEBLO": "PUEBLO", "PBLO": "PUEBLO", "EJIDO": "EJIDO", "EJ": "EJIDO",
        "RESIDENCIAL": "RESIDENCIAL", "UNIDAD": "UNIDAD", "AMPLIACION": "AMPLIACION", "AMPL": "AMPLIACION",
    ]
    static let municipality: Set<String> = ["ALCALDIA", "DELEGACION", "DELEG", "MUNICIPIO", "MPIO", "MUN"]
    static let locality: Set<String> = ["LOCALIDAD", "LOC", "RANCHERIA", "POBLADO"]
    static let kilometre: Set<String> = ["KM", "KMS", "KILOMETRO", "KILOMETROS", "KILOM"]
    static let numberMarks: Set<String> = ["#", "NO", "NUM", "NUMERO", "NRO", "N#"]
    static let interior: [String: String] = [
        "INT": "INTERIOR", "INTERIOR": "INTERIOR", "DEPTO": "DEPARTAMENTO", "DPTO": "DEPARTAMENTO",
        "DEP": "DEPARTAMENTO", "DEPARTAMENTO": "DEPARTAMENTO", "LOCAL": "LOCAL", "PISO": "PISO", "EDIF": "EDIFICIO",
        "EDIFICIO": "EDIFICIO", "TORRE": "TORRE", "CASA": "CASA",
    ]
    static let block: Set<String> = ["MZ", "MZA", "MZNA", "MANZANA", "MNZ"]
    static let lot: Set<String> = ["LT", "LTE", "LOTE"]

    /// What a place lies at, before or beside: these words, then the landmark.
    static let beside: [[String]] = [
        ["FRENTE", "A"], ["FRENTE", "AL"], ["ENFRENTE", "DE"], ["ENFRENTE", "DEL"], ["AFUERA", "DE"],
        ["AFUERA", "DEL"],
        ["AFUERAS", "DE"], ["AFUERAS", "DEL"], ["FUERA", "DE"], ["FUERA", "DEL"], ["JUNTO", "A"], ["JUNTO", "AL"],
        ["A", "UN", "COSTADO", "DE"], ["A", "UN", "COSTADO", "DEL"], ["A", "UN", "LADO", "DE"],
        ["A", "UN", "LADO", "DEL"], ["AL", "LADO", "DE"], ["AL", "LADO", "DEL"], ["ATRAS", "DE"], ["ATRAS", "DEL"],
        ["DETRAS", "DE"], ["DETRAS", "DEL"], ["DENTRO", "DE"], ["DENTRO", "DEL"], ["CERCA", "DE"], ["CERCA", "DEL"],
        ["AL", "INTERIOR", "DE"], ["AL", "INTERIOR", "DEL"], ["EN", "EL", "INTERIOR", "DE"],
        ["EN", "EL", "INTERIOR", "DEL"], ["A", "ESPALDAS", "DE"], ["A", "ESPALDAS", "DEL"],
    ]

    /// What makes a name that stands alone a landmark.
    static let landmarks: Set<String> = [
        "METRO", "METROBUS", "METRORREY", "ECOVIA", "PLAZA", "HOSPITAL", "CLINICA", "ESCUELA", "PRIMARIA", "SECUNDARIA",
        "PREPARATORIA", "MERCADO", "PARQUE", "AEROPUERTO", "ESTADIO", "TERMINAL", "PANTEON", "IGLESIA", "TEMPLO",
        "PARROQUIA", "CATEDRAL", "GASOLINERA", "OXXO", "WALMART", "SORIANA", "HOTEL", "MOTEL", "BANCO", "DEPORTIVO",
        "GLORIETA", "MONUMENTO", "ESTACION", "PARADERO", "CETRAM", "TIANGUIS", "IMSS", "ISSSTE", "RECLUSORIO", "PENAL",
        "PALACIO", "MUSEO", "CENTRO", "KIOSKO", "ALAMEDA", "MACROPLAZA",
    ]

    /// Surnames and phrases that have a `y` of their own, by the words on both sides of it.
    static let pairs: Set<String> = [
        "SOTO GAMA", "RAMON CAJAL", "ORTEGA GASSET", "GALINDO VILLA", "PASO TRONCOSO", "MORELOS PAVON",
        "HIDALGO COSTILLA", "SIGUENZA GONGORA", "TIERRA LIBERTAD", "LUZ FUERZA", "MENENDEZ PELAYO", "MIER PESADO",
        "MIER TERAN", "HACIENDA CREDITO", "COMUNICACIONES TRANSPORTES", "COMUNICACIONES OBRAS", "CORREOS TELEGRAFOS",
        "GALVEZ FUENTES", "LOPEZ FUENTES", "CARMONA VALLE", "JIMENEZ MURO", "AGUIAR SEIJAS", "EGUIARA EGUREN",
        "CIENCIA TECNOLOGIA", "PATRIA LIBERTAD", "JUSTICIA LIBERTAD", "SOL LUNA", "GARCIA ICAZBALCETA", "LERDO TEJADA",
        "PI MARGALL", "PI SUNER", "RUIZ FLORES", "CASTILLO LANZAS", "OROZCO BERRA", "AGUA DRENAJE", "TREINTA UNO",
        "GUTIERREZ NAJERA", "FERNANDEZ LIZARDI", "LEYES REFORMA", "PAZ TRABAJO",
    ]
}
