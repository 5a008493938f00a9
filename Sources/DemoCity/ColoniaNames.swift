import SimpleFeatures

/// Gives the colonias their names. All are made up from common words; none is a person's.
enum ColoniaNames {
    /// Names that stand in more than one municipality; the first in all three.
    static let sharedBetweenMunicipalities = ["CENTRO", "SAN ISIDRO", "LAS FLORES", "LA JOYA", "EL MIRADOR"]
    /// Stands twice in the first municipality.
    static let repeatedInside = "LA ESPERANZA"
    static let numberedParts = ["LOMAS DEL FARO I ETAPA", "LOMAS DEL FARO II ETAPA", "LOMAS DEL FARO III ETAPA"]
    /// Apart by one digit, and not the same place.
    static let lookAlikes = ["14 DE MARZO", "4 DE MARZO"]

    static func assign(to colonias: inout [Colonia], neighbours: [[Int]], seed: UInt64) {
        var dice = Dice(seed: seed, stream: "colonia names")
        for municipality in Territory.municipalities.indices {
            let members = colonias.indices.filter { colonias[$0].municipality == municipality }
            let middle = Terrain.centres[municipality]
            guard let first = members.min(by: { distance(colonias[$0], middle) < distance(colonias[$1], middle) })
            else { continue }
            name(&colonias[first], sharedBetweenMunicipalities[0], "COLONIA")
        }
        nameParts(of: &colonias, neighbours: neighbours)
        for (municipality, name) in planted() {
            let free = colonias.indices.filter {
                colonias[$0].name.isEmpty && colonias[$0].municipality == municipality
            }
            if let index = dice.pick(free) { self.name(&colonias[index], name, "COLONIA") }
        }
        nameTheRest(of: &colonias, &dice)
        for index in colonias.indices where isRural(colonias[index]) { colonias[index].settlement = "EJIDO" }
    }

    private static func nameTheRest(of colonias: inout [Colonia], _ dice: inout Dice) {
        var estates = dice.shuffled(estateNames()).makeIterator()
        var plain = dice.shuffled(plainNames).makeIterator()
        for index in colonias.indices where colonias[index].name.isEmpty {
            let isOld = distance(colonias[index], Terrain.centres[colonias[index].municipality]) < 2200
            let wantsEstate = dice.happens(isOld ? 0.15 : 0.6)
            if let plainName = wantsEstate ? nil : plain.next() {
                name(&colonias[index], plainName, isOld && dice.happens(0.3) ? "BARRIO" : "COLONIA")
            } else if let estate = estates.next() {
                name(&colonias[index], estate, dice.happens(0.85) ? "FRACCIONAMIENTO" : "UNIDAD HABITACIONAL")
            }
        }
    }

    /// Which planted name goes to which municipality.
    private static func planted() -> [(Int, String)] {
        [(0, repeatedInside), (0, repeatedInside), (2, lookAlikes[0]), (2, lookAlikes[1])]
            + sharedBetweenMunicipalities.dropFirst().enumerated().flatMap { [($0 % 3, $1), (($0 + 1) % 3, $1)] }
    }

    /// Three colonias in a row, the farthest from the middle that have the neighbours for it.
    private static func nameParts(of colonias: inout [Colonia], neighbours: [[Int]]) {
        func free(_ index: Int) -> Bool { colonias[index].municipality == 0 && colonias[index].name.isEmpty }
        let outward = colonias.indices.filter(free).sorted {
            distance(colonias[$0], Terrain.centres[0]) > distance(colonias[$1], Terrain.centres[0])
        }
        for first in outward {
            for second in neighbours[first] where free(second) {
                for third in neighbours[second] where free(third) && third != first {
                    for (part, index) in [first, second, third].enumerated() {
                        name(&colonias[index], numberedParts[part], "FRACCIONAMIENTO")
                    }
                    return
                }
            }
        }
    }

    private static func name(_ colonia: inout Colonia, _ name: String, _ settlement: String) {
        colonia.name = name
        colonia.settlement = settlement
    }

    private static func distance(_ colonia: Colonia, _ point: PlanarPoint) -> Double {
        colonia.centre.metres(to: point)
    }

    private static func isRural(_ colonia: Colonia) -> Bool {
        colonia.squareKilometres > 3.2 && colonia.settlement == "COLONIA"
    }

    private static func estateNames() -> [String] {
        estateHeads.flatMap { head in estateTails.map { "\(head) \($0)" } }
    }

    private static let estateHeads = [
        "LOMAS", "JARDINES", "VILLAS", "PRADERAS", "RINCON", "PASEOS", "BOSQUES", "PORTAL", "CUMBRES", "BALCONES",
        "ARBOLEDAS",
        "HACIENDA",
    ]
    private static let estateTails = [
        "DEL SOL", "DEL RIO", "DE LA CAÑADA", "DEL MEZQUITE", "DE ALMENARA", "DEL VIENTO", "DE LA PALMA", "DEL NOGAL",
        "DE CANDELA", "DEL HUIZACHE", "DE LA PEÑA", "DEL PUERTO",
    ]
    private static let plainNames = [
        "EL PORVENIR", "OBRERA", "INDUSTRIAL", "FERROCARRILERA", "EL ROBLE", "LA NORIA", "LAS PALMAS", "EL CARRIZAL",
        "LOS SAUCES", "LA PEÑITA", "EL ENCINO", "LAS GARZAS", "LA CANTERA", "EL MOLINO", "LOS ALAMOS", "LA CAÑADA",
        "SANTA ROSA", "SANTA LUCIA", "SAN MARCOS", "SAN LORENZO", "SANTA CECILIA", "SAN RAMON", "SANTA ELENA",
        "SAN BLAS",
        "SAN TELMO VIEJO", "LOS PINOS", "LAS JACARANDAS", "EL TULAR", "BUENAVISTA", "BELLAVISTA", "MIRAMONTES",
        "MAGISTERIAL",
        "LOS TELEGRAFISTAS", "LOS FAROLEROS", "LOS CALAFATES", "LOS TONELEROS", "LA SALITRERA", "EL ASTILLERO",
        "LA ADUANA",
        "EL MUELLE", "EL ANCLA", "LA BRUJULA", "EL TIMON", "LA MAREA", "LA RIBERA", "EL VADO", "EL REMANSO", "LA PRESA",
        "EL ACUEDUCTO", "LA ERMITA", "EL CALVARIO", "LA ATALAYA", "EL VIGIA", "LA LINTERNA", "EL FANAL", "LA PALOMA",
        "LOS CENZONTLES", "LAS GOLONDRINAS", "LAS CODORNICES", "EL AGUILA", "EL VENADO", "LOS CONEJOS", "EL COYOTE",
        "LOS MEZQUITES", "LA GOBERNADORA", "LA LECHUGUILLA", "LOS OCOTILLOS", "LA BIZNAGA", "EL SOTOL", "EL NARANJAL",
        "LOS MANZANOS", "LA HUERTA", "EL GRANERO", "LA VIÑA", "EL OLIVAR", "1RO DE MAYO", "20 DE OCTUBRE",
        "12 DE JUNIO",
        "8 DE AGOSTO", "16 DE ENERO", "LIBERTAD", "PROGRESO", "CONCORDIA", "FRATERNIDAD", "UNION", "REFORMA AGRARIA",
        "TIERRA NUEVA", "NUEVO AMANECER", "EL DUENDE", "LA FRAGUA", "LA CALERA", "EL SALITRE", "LA LADRILLERA",
        "EL TEJAR",
    ]
}
