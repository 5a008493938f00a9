/// What one unit of a published figure is. Figures of two units are never added.
///
/// One robbery with two victims, reported in three calls, is one incident, one case file, two victims and three calls.
public enum CountUnit: String, Hashable, Sendable, Codable, CaseIterable {
    /// An investigation file (carpeta de investigación, before 2016 averiguación previa) by its main offence, or an offence
    /// recorded in one: what the prosecutors' catalogues and SESNSP's tables of offences count.
    case caseFile = "case_file"
    /// A victim: one file may have several.
    case victim
    /// A call to the emergency number 911.
    case emergencyCall = "emergency_call"
    /// What somebody reported, to whomever.
    case report
    /// Something that happened, however often it was reported.
    case incident
    /// A resident: the unit of a population.
    case person

    public var spanishLabel: String {
        switch self {
        case .caseFile: "carpetas de investigación"
        case .victim: "víctimas"
        case .emergencyCall: "llamadas al 911"
        case .report: "reportes"
        case .incident: "incidentes"
        case .person: "personas"
        }
    }

    public var englishLabel: String {
        switch self {
        case .caseFile: "investigation files"
        case .victim: "victims"
        case .emergencyCall: "emergency calls"
        case .report: "reports"
        case .incident: "incidents"
        case .person: "people"
        }
    }
}
