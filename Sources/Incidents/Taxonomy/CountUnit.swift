/// What one unit of a published crime figure is. Figures of two units are never added.
public enum CountUnit: String, Hashable, Sendable, Codable, CaseIterable {
    /// An investigation file (carpeta de investigación, before 2016 averiguación previa) by its main offence, or an offence
    /// recorded in one: what the prosecutors' catalogues and SESNSP's tables of offences count.
    case caseFile = "case_file"
    /// A victim: one file may have several.
    case victim
    /// A call to the emergency number 911.
    case emergencyCall = "emergency_call"

    public var spanishLabel: String {
        switch self {
        case .caseFile: "carpetas de investigación"
        case .victim: "víctimas"
        case .emergencyCall: "llamadas al 911"
        }
    }

    public var englishLabel: String {
        switch self {
        case .caseFile: "investigation files"
        case .victim: "victims"
        case .emergencyCall: "emergency calls"
        }
    }
}
