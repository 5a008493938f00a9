import Bytes

/// What the citizens' council of the invented city brings to its table besides reports: goals, two waves of a survey, and what
/// institutions say of themselves.
///
/// The survey has a truth: every answer is drawn with a share that ``Manifest/survey`` tells.
struct CouncilFiles {
    let territory: Territory
    let seed: UInt64
    let scale: Double

    /// Two goals: one of all municipalities by the month, and one of the greatest by twelve months, which was changed after a year.
    func goals() -> [UInt8] {
        let cars = yearly("ROBO DE VEHICULO AUTOMOTOR", "SIN VIOLENCIA", year: 2022) / 12
        let homes = yearly("ROBO A CASA HABITACION", "SIN VIOLENCIA", year: 2021) * 0.6
        func rounded(_ value: Double) -> String { "\(Int(max(1, value.rounded())))" }
        func goal(_ texts: KeyValuePairs<String, String>, from baseline: Double, to target: Double) -> String {
            let members = texts.map { "\"\($0.key)\": \(Manifest.quoted($0.value))" }
            let numbers = ["\"baseline\": \(rounded(baseline))", "\"target\": \(rounded(target))"]
            return "    {" + (members + numbers).joined(separator: ", ") + "}"
        }
        var entries = [
            goal(
                [
                    "id": "autos", "indicator": "vehicle_theft_nonviolent", "level": "municipality", "measure": "month",
                    "start": "2022-12", "due": "2024-12", "owner": "Mesa de Seguridad (ficticia)",
                    "set_on": "2023-01-17", "note": "Meta ficticia",
                ], from: cars, to: cars * 0.75)
        ]
        for (share, due, setOn, note) in [
            (0.5, "2022-12", "2022-01-20", "Meta ficticia"),
            (0.8, "2023-12", "2023-02-10", "Meta ficticia, cambiada por el consejo"),
        ] {
            entries.append(
                goal(
                    [
                        "id": "casas", "indicator": "home_burglary", "level": "municipality",
                        "area": Territory.municipalities[0].key, "measure": "twelve_months", "start": "2021-12",
                        "due": due, "owner": "Policía Municipal (ficticia)", "set_on": setOn, "note": note,
                    ], from: homes, to: homes * share))
        }
        return Array(("{\"goals\": [\n" + entries.joined(separator: ",\n") + "\n]}\n").utf8)
    }

    /// The questions with their wording.
    func questions() -> [UInt8] {
        Array(
            """
            {"survey": "pulso (ficticio)", "design_effect": 1.3, "minimum": 30, "questions": [
              {"id": "unsafe", "topic": "perception",
               "wording_es": "En términos de delincuencia, ¿se siente segura o inseguro en su municipio?",
               "wording_en": "As to crime, do you feel safe or unsafe in your municipality?",
               "counts": ["inseguro"], "leaves_out": ["no sabe"]},
              {"id": "victim", "topic": "victimisation",
               "wording_es": "En los últimos doce meses, ¿fue usted o alguien de su hogar víctima de algún delito?",
               "wording_en": "In the last twelve months, was anybody of your household a victim of a crime?",
               "counts": ["sí"], "leaves_out": ["no sabe"]},
              {"id": "burglary_unreported", "topic": "unreported", "indicator": "home_burglary",
               "wording_es": "Si robaron en su casa: ¿quedó sin denuncia?",
               "wording_en": "If your home was burgled: did it go unreported?",
               "counts": ["sí"], "leaves_out": ["no aplica"]}
            ]}

            """.utf8)
    }

    /// The true shares of a wave, and how many are asked in each municipality of the city in its full size.
    private static let waves: [(name: String, asked: [Int], unsafe: [Double], victim: [Double], unreported: [Double])] =
        [
            ("2022-Q4", [600, 360, 160], [0.64, 0.52, 0.71], [0.30, 0.24, 0.33], [0.78, 0.70, 0.85]),
            ("2023-Q3", [640, 400, 200], [0.55, 0.53, 0.70], [0.27, 0.25, 0.32], [0.77, 0.71, 0.86]),
        ]

    /// A row a respondent and question, with the respondent's weight.
    func survey() -> (rows: [UInt8], truth: [Manifest.SurveyShare]) {
        var dice = Dice(seed: seed, stream: "survey")
        var writer = ByteWriter(capacity: 1 << 17)
        var truth: [Manifest.SurveyShare] = []
        writer.text("wave,area,question,answer,weight,ficticio\n")
        for wave in Self.waves {
            for (place, area) in Territory.municipalities.enumerated() {
                let asked = Int((Double(wave.asked[place]) * min(1, max(0.2, scale))).rounded())
                let mean = Double(territory.population { $0.municipality == place }) / Double(asked)
                let shares = [
                    ("unsafe", wave.unsafe[place]), ("victim", wave.victim[place]),
                    ("burglary_unreported", wave.unreported[place]),
                ]
                for _ in 0..<asked {
                    // Households differ in size, and weights with them.
                    let weight = mean * dice.between(0.5, 1.5)
                    func write(_ question: String, _ answer: String) {
                        writer.text("\(wave.name),\(area.key),\(question),")
                        writer.csvField(answer)
                        writer.text(",")
                        writer.fixed(weight, decimals: 1)
                        writer.text(",true\n")
                    }
                    let isUnsafe = dice.happens(wave.unsafe[place])
                    write("unsafe", dice.happens(0.03) ? "no sabe" : isUnsafe ? "inseguro" : "seguro")
                    let isVictim = dice.happens(wave.victim[place])
                    write("victim", isVictim ? "sí" : "no")
                    // Of the households that something happened to, this part had burglars.
                    let isBurgled = isVictim && dice.happens(0.4)
                    let isUnreported = dice.happens(wave.unreported[place])
                    write("burglary_unreported", !isBurgled ? "no aplica" : isUnreported ? "sí" : "no")
                }
                truth += shares.map {
                    Manifest.SurveyShare(wave: wave.name, area: area.key, question: $0.0, share: $0.1)
                }
            }
        }
        return (writer.bytes, truth)
    }

    /// Police, plated cars, vetting, detentions and charges by municipality and quarter. The least municipality gives no figure of
    /// vetting, which is not zero.
    func measures() -> [UInt8] {
        var dice = Dice(seed: seed, stream: "measures")
        var writer = ByteWriter(capacity: 4_096)
        writer.text("indicator,area,month,value,whole,ficticio\n")
        for (place, area) in Territory.municipalities.enumerated() {
            let people = Double(territory.population { $0.municipality == place })
            for (quarter, month) in ["2023-02", "2023-05", "2023-08", "2023-11"].enumerated() {
                let police = Int((people / 1_000 * (1.6 + 0.08 * Double(quarter) - 0.2 * Double(place))).rounded())
                let detentions = Int(people / 2_500) + dice.below(20)
                var rows = [
                    ("police_per_1000", police, nil), ("plated_cars", 4_500 + dice.below(120), 5_000),
                    ("detentions", detentions, nil),
                    ("charged_share", Int(Double(detentions) * dice.between(0.2, 0.35)), detentions),
                ]
                if place < 2 { rows.append(("vetting", Int(Double(police) * (0.7 + 0.05 * Double(quarter))), police)) }
                for (name, value, whole) in rows {
                    writer.text("\(name),\(area.key),\(month),\(value),\(whole.map(String.init) ?? ""),true\n")
                }
            }
        }
        return writer.bytes
    }

    /// How many reports of a crime a year has, before what dirt and the operation do.
    private func yearly(_ offence: String, _ modality: String, year: Int) -> Double {
        guard let crime = Crime.all.first(where: { $0.offence == offence && $0.modality == modality }) else { return 0 }
        let growth = (2021..<year).reduce(1.0) { growth, _ in growth * crime.trend }
        return History.rowsPerYear * scale * crime.share * growth
    }
}
