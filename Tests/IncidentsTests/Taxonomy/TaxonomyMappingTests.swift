import CivilTime
import Incidents
import Testing

private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

private func label(
    _ category: String?, _ modality: String? = nil, profile: String = "sesnsp-municipal", source: String = "a.csv"
) -> SourceLabel {
    SourceLabel(profile: profile, source: source, category: category, modality: modality)
}

private func mapping(_ rules: [TaxonomyRule]) throws -> TaxonomyMapping {
    try TaxonomyMapping(rules: rules, schemes: Taxonomy.builtIn)
}

private func rule(
    _ category: String, _ code: String?, source: String = "p", modality: String? = nil, from: String? = nil,
    to: String? = nil
) -> TaxonomyRule {
    TaxonomyRule(
        source: source, category: category, modality: modality, scheme: "CNSP/38/15", classCode: code,
        countUnit: .caseFile,
        validFrom: from.flatMap { CalendarDate($0) }, validTo: to.flatMap { CalendarDate($0) })
}

@Suite struct TaxonomyMappingTests {
    private let builtIn: TaxonomyMapping

    init() throws { builtIn = try mapping(TaxonomyMapping.builtInRules) }

    @Test func `The rules that come with Faro fit its schemes, each label once`() {
        #expect(TaxonomyMapping.builtInRules.count > 200)
        let labels = TaxonomyMapping.builtInRules.filter { !$0.isNative }.map { $0.source + $0.category }
        #expect(Set(labels).count == labels.count)
    }

    @Test(arguments: [
        ("VIOLENCIA FAMILIAR", "family.domestic_violence"), ("violencia  familiar.", "family.domestic_violence"),
        ("Usurpación de identidad", "other.other"), ("USURPACION DE IDENTIDAD", "other.other"),
        ("Robo de objetos", "property.robbery.other"), ("FRAUDE", "property.fraud"),
        ("ROBO A TRANSEUNTE EN VIA PUBLICA CON VIOLENCIA", "property.robbery.passerby_street.violent"),
        ("Robo a transeúnte en vía pública con violencia", "property.robbery.passerby_street.violent"),
        ("ROBO A TRANSEUNTE EN VIA PUBLICA SIN VIOLENCIA", "property.robbery.passerby_street.nonviolent"),
        ("HOMICIDIOS INTENCIONALES (OTROS)", "life.homicide.intentional"), ("TENTATIVA DE EXTORSION", "property"),
    ])
    func `A prosecutor's label leads to its class in any spelling`(text: String, code: String) throws {
        let target = builtIn.target(of: label(text, profile: "fgj-cdmx"), on: try day("2022-05-01"))
        #expect(target?.classCode == code)
        #expect(target?.scheme == "CNSP/38/15")
        #expect(target?.countUnit == .caseFile)
    }

    @Test(arguments: ["PERDIDA DE LA VIDA POR SUICIDIO", "DDH FRVT", "PORTACION DE ARMA DE FUEGO", "", "ROBO", "*"])
    func `A label without a clear class stays unmapped`(text: String) throws {
        #expect(builtIn.target(of: label(text, profile: "fgj-cdmx"), on: try day("2022-05-01")) == nil)
    }

    @Test func `Another publisher's label of the same words is not led anywhere`() throws {
        #expect(builtIn.target(of: label("FRAUDE", profile: "generic"), on: try day("2022-05-01")) == nil)
        #expect(builtIn.target(of: label(nil, profile: "fgj-cdmx"), on: try day("2022-05-01")) == nil)
    }

    @Test func `A label may be sensitive where its class is not`() throws {
        let target = builtIn.target(of: label("RETENCION DE MENORES", profile: "fgj-cdmx"), on: try day("2022-05-01"))
        #expect(target?.classCode == "liberty.other")
        #expect(target?.isSensitive == true)
        #expect(
            builtIn.target(of: label("FRAUDE", profile: "fgj-cdmx"), on: try day("2022-05-01"))?.isSensitive == false)
        #expect(
            builtIn.target(of: label("ABORTO", profile: "fgj-cdmx"), on: try day("2022-05-01"))?.isSensitive == true)
    }

    @Test(arguments: Taxonomy.builtIn)
    func `Every published row of a national scheme leads to itself, by subtype and modality`(scheme: Taxonomy) throws {
        let day = try day(scheme.scheme == "RNID" ? "2026-01-01" : "2025-12-31")
        for row in scheme.combinations {
            for text in [row.subtype, row.subtype.uppercased()] {
                let target = builtIn.target(of: label(text, row.modality), on: day)
                #expect(target?.classCode == row.code, "\(row.code)")
                #expect(target?.scheme == scheme.scheme)
            }
        }
    }

    @Test(arguments: [
        ("Robo", "Con violencia", "property.robbery"), ("Robo", nil, "property.robbery"),
        ("Homicidio", "Con arma de fuego", "life.homicide"),
        ("Homicidio doloso", "Con tenedor", "life.homicide.intentional"),
        ("Feminicidio", nil, "life.femicide"), ("Feminicidio", "Con arma blanca", "life.femicide.femicide.blade"),
        ("El patrimonio", nil, "property"),
        ("Robo de motocicleta Con violencia", nil, "property.robbery.motor_vehicle.motorcycle_violent"),
        ("Con violencia", nil, nil), ("No especificado", "No especificado", nil), ("Brujería", nil, nil),
    ])
    func `Words that leave a choice open mean the class above, or none`(
        category: String, modality: String?, code: String?
    ) throws {
        #expect(builtIn.target(of: label(category, modality), on: try day("2020-01-01"))?.classCode == code)
    }

    @Test func `A national label is of the scheme that holds on its day`() throws {
        let fraud = label("Fraude", "Fraude")
        #expect(builtIn.target(of: fraud, on: try day("2025-12-31"))?.scheme == "CNSP/38/15")
        #expect(builtIn.target(of: fraud, on: try day("2026-01-01"))?.scheme == "RNID")
        #expect(builtIn.target(of: label("Tortura"), on: try day("2025-12-31")) == nil)
        #expect(builtIn.target(of: label("Tortura"), on: try day("2026-01-01"))?.classCode == "other.torture")
        #expect(builtIn.nativeScheme(profile: "sesnsp", source: "", on: try day("2026-01-01")) == "RNID")
        #expect(builtIn.nativeScheme(profile: "fgj-cdmx", source: "", on: try day("2026-01-01")) == nil)
    }

    @Test func `The more exact rule applies, and of equally exact ones the later`() throws {
        let mapping = try mapping([
            rule("Robo", "property"), rule("ROBO", "property.robbery"),
            rule("robo", "property.robbery.home.violent", modality: "Casa, con violencia"),
            rule("robo", "property.robbery.bank", source: "bancos.csv"), rule("robo", "other", source: "p*"),
        ])
        let day = try day("2020-01-01")
        func code(_ modality: String?, _ source: String = "a.csv", profile: String = "p") -> String? {
            mapping.target(of: label("robó", modality, profile: profile, source: source), on: day)?.classCode
        }
        #expect(code(nil) == "property.robbery")
        #expect(code("CASA CON VIOLENCIA") == "property.robbery.home.violent")
        #expect(code("En la calle") == "property.robbery")
        #expect(code(nil, "bancos.csv", profile: "q") == "property.robbery.bank")
        #expect(code(nil, profile: "p-otro") == "other")
        #expect(code(nil, profile: "q") == nil)
    }

    @Test func `A rule holds from its first to its last day`() throws {
        let mapping = try mapping([
            rule("Robo", "property", to: "2019-06-30"), rule("Robo", "property.robbery", from: "2019-07-01"),
        ])
        func code(_ text: String) throws -> String? {
            mapping.target(of: label("Robo", profile: "p"), on: try day(text))?.classCode
        }
        #expect(try code("2019-06-30") == "property")
        #expect(try code("2019-07-01") == "property.robbery")
        #expect(mapping.edges.map(\.description) == ["2019-07-01"])
        #expect(mapping.mayBreak(profile: "p", source: "x"))
        #expect(!mapping.mayBreak(profile: "q", source: "x"))
    }

    @Test func `A rule may say that a label is in no class`() throws {
        let mapping = try mapping(
            TaxonomyMapping.builtInRules + [
                rule("Fraude", nil, source: "fgj-cdmx"), rule("DDH", nil, source: "fgj-cdmx"),
            ])
        let target = mapping.target(of: label("FRAUDE", profile: "fgj-cdmx"), on: try day("2022-01-01"))
        #expect(target != nil && target?.classCode == nil)
    }

    @Test(arguments: [
        (rule("a", "property.castle"), "class of \"a\" must be one of CNSP/38/15"),
        (rule("", "property"), "category must not"),
        (rule("a", "property", source: " * "), "source must not"), (rule("*", "property"), "class must be empty"),
        (rule("a", "property", from: "2020-01-02", to: "2020-01-01"), "must not come after"),
        (
            TaxonomyRule(source: "p", category: "a", scheme: "CNSP", classCode: "property", countUnit: .victim),
            "scheme of \"a\" must be one of CNSP/38/15, RNID, but is \"CNSP\""
        ),
    ])
    func `A rule that fits no scheme is refused`(rule: TaxonomyRule, message: String) {
        let error = #expect(throws: TaxonomyError.self) { try mapping([rule]) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test func `A profile's version is not part of its name`() {
        #expect(SourceLabel.profileName("fgj-cdmx 1") == "fgj-cdmx")
        #expect(SourceLabel.profileName("mi ciudad 12") == "mi ciudad")
        #expect(SourceLabel.profileName("mi ciudad") == "mi ciudad")
        #expect(SourceLabel.profileName("") == "")
    }
}
