import Incidents
import Testing

/// Relies on three facts: the INE numbers states as INEGI does; Guadalajara is 14-039 at INEGI and 14-041 at the INE, and
/// Ecatepec 15-033 and 15-034 (D. Valle-Jones, 2013); Juárez in Chihuahua is 8-37 in both, as INEGI's catalogue and the
/// electoral colonias of that city show. The other numbers below are made up to differ.
struct CodeSchemeTests {
    private func survey(
        _ rows: [(code: String, name: String)], scheme: CodeScheme? = nil,
        state: (String, String) = ("19", "Nuevo León")
    ) throws -> SeriesSurvey {
        let profile = ImportProfile.sesnspMunicipal
        let columns = try #require(profile.series).resolve(header: sesnspHeader, kind: .monthlyCounts)
        var survey = try SeriesSurvey(columns: columns, profile: profile, scheme: scheme, directories: [directory()])
        for row in rows {
            withRow(sesnspRow(state: state, code: row.code, name: row.name).map { Array($0.utf8) }) {
                survey.look(at: $0)
            }
        }
        return survey
    }

    private let ine = [
        ("19021", "San Pedro Garza García"), ("19045", "Santa Catarina"), ("19048", "Salinas Victoria"),
        ("19039", "Monterrey"),
    ]

    @Test func `Codes whose names are other municipalities' are refused with examples`() throws {
        #expect {
            try survey(ine).check()
        } throws: {
            guard let error = $0 as? SeriesError, case .foreignCodes(4, 1, let examples) = error else { return false }
            return examples.contains("code 19-045 is Santa Catarina in the file and Salinas Victoria in the layer")
                && error.description.contains("--code-scheme ine")
        }
    }

    @Test func `What the user says of the codes holds`() throws {
        try survey(ine, scheme: .ine).check()
        try survey(ine, scheme: .inegi).check()
    }

    @Test func `Codes are INEGI's where nine in ten bear their name`() throws {
        // Ten agree and one differs in spelling; a pseudo-place and a code that the layer lacks are not compared.
        let good = someMunicipalities.filter { $0.key.hasPrefix("19") }.map { ($0.key, $0.name.uppercased()) }
        try survey(good + [("19999", "No Especificado"), ("19777", "Nueva")]).check()
        // Two that differ are too few to say.
        try survey([("19045", "Santa Catarina"), ("19048", "Salinas Victoria")]).check()
    }

    @Test func `Known numbers that differ between the two institutes are told apart`() throws {
        var file = try SeriesReading(sesnspHeader, profile: .sesnspMunicipal, scheme: .ine)
        for (state, code, name, key) in [
            (("14", "Jalisco"), "41", "Guadalajara", "14039"), (("15", "México"), "34", "Ecatepec de Morelos", "15033"),
            (("8", "Chihuahua"), "37", "Juárez", "08037"),
        ] {
            #expect(file.read(sesnspRow(state: state, code: code, name: name)) == .placed)
            #expect(file.lastPlace?.areaKey == key)
        }
    }

    @Test func `Electoral attributes are known by their names`() {
        #expect(CodeScheme.looksElectoral(["ID", "ENTIDAD", "MUNICIPIO", "NOMBRE", "CP", "CONTROL"]))
        #expect(CodeScheme.looksElectoral(["entidad", "distrito", "municipio", "seccion"]))
        #expect(!CodeScheme.looksElectoral(sesnspHeader))
        #expect(!CodeScheme.looksElectoral(["CVE_ENT", "CVE_MUN", "SECCION"]))
        #expect(CodeScheme.note(onAttributes: ["ENTIDAD", "MUNICIPIO", "CONTROL"])?.contains("INE") == true)
        #expect(CodeScheme.note(onAttributes: ["CVEGEO", "NOMGEO"]) == nil)
    }

    private func ownProfile(_ columns: [SeriesField: [String]]) -> ImportProfile {
        ImportProfile(
            name: "own", kind: .monthlyCounts, countUnit: .report, publisher: "", codeScheme: .inegi,
            series: SeriesLayout(columns: columns, year: 2024))
    }

    @Test func `Electoral numbers without names are asked about`() throws {
        let header = ["ENTIDAD", "MUNICIPIO", "SECCION", "mes", "casos"]
        let profile = ownProfile([
            .stateCode: ["ENTIDAD"], .municipalityCode: ["MUNICIPIO"], .month: ["mes"], .count: ["casos"],
        ])
        let columns = try #require(profile.series).resolve(header: header, kind: .monthlyCounts)
        let error = #expect(throws: SeriesError.self) {
            _ = try SeriesSurvey(columns: columns, profile: profile, scheme: nil, directories: [directory()])
        }
        #expect(error?.description.contains("--code-scheme inegi") == true)
        _ = try SeriesSurvey(columns: columns, profile: profile, scheme: .inegi, directories: [directory()])
        #expect(throws: SeriesError.self) {
            _ = try SeriesSurvey(columns: columns, profile: profile, scheme: .ine, directories: [directory()])
        }
    }

    @Test func `Names need a layer to be found in`() throws {
        let profile = ImportProfile.sesnspHomicides
        let columns = try #require(profile.series).resolve(
            header: ["Entidad", "Municipio", "Feminicidio", "Año", "Mes"], kind: .monthlyCounts)
        #expect(throws: SeriesError.needsLayer) {
            _ = try SeriesSurvey(columns: columns, profile: profile, scheme: nil, directories: [])
        }
    }

    @Test func `A source line of another year is refused`() throws {
        let profile = ImportProfile.inegiCensus
        let columns = try #require(profile.series).resolve(
            header: ["", "", "Total", "Hombres", "Mujeres"], kind: .population)
        func check(_ lines: [String]) throws {
            var survey = try SeriesSurvey(columns: columns, profile: profile, scheme: nil, directories: [directory()])
            for line in lines { withRow([Array(line.utf8)]) { survey.look(at: $0) } }
            try survey.check()
        }
        try check(["FUENTE: INEGI. Censo de Población y Vivienda 2020."])
        try check([])
        try check(["Consultado en 2024", "Censo 2020"])
        #expect(throws: SeriesError.otherYear(expected: 2020, found: 2010, text: "FUENTE: Censo 2010.")) {
            try check(["FUENTE: Censo 2010."])
        }
    }
}
