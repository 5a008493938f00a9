/// What one unit of a count is. Numbers of different units are never added or compared.
///
/// One robbery with two victims, reported in three calls, is one incident, one case file, two victims and three calls.
public enum CountUnit: String, Hashable, Sendable, Codable, CaseIterable {
    /// An investigation file (carpeta de investigación, before 2016 averiguación previa) by its main offence, or an offence
    /// recorded in one: what the prosecutors' catalogues and SESNSP's tables of offences count.
    case caseFile = "case_file"
    /// A victim: one file may have several.
    case victim
    /// A call to an emergency number.
    case call
    /// What somebody reported, to whomever.
    case report
    /// Something that happened, however often it was reported.
    case incident
    /// A resident: the unit of a population.
    case person

    /// For people, in the plural.
    public var spanishLabel: String {
        switch self {
        case .caseFile: "carpetas de investigación"
        case .victim: "víctimas"
        case .call: "llamadas al 911"
        case .report: "reportes"
        case .incident: "incidentes"
        case .person: "personas"
        }
    }

    /// For people, in the plural.
    public var englishLabel: String {
        switch self {
        case .caseFile: "investigation files"
        case .victim: "victims"
        case .call: "emergency calls"
        case .report: "reports"
        case .incident: "incidents"
        case .person: "residents"
        }
    }
}
