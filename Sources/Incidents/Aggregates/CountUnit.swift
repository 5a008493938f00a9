/// What one unit of a count is. Numbers of different units are never added or compared.
///
/// One robbery with two victims, reported in three calls, is one incident, one case file, two victims and three calls.
public enum CountUnit: String, Hashable, Sendable, Codable, CaseIterable {
    /// An investigation file: carpeta de investigación, before 2016 averiguación previa.
    case caseFile = "case_file"
    case victim
    /// A call to an emergency number.
    case call
    /// What somebody reported, to whomever.
    case report
    /// Something that happened, however often it was reported.
    case incident
    /// A resident: the unit of a population.
    case person

    /// For people, in the singular.
    public var spanishName: String {
        switch self {
        case .caseFile: "carpeta de investigación"
        case .victim: "víctima"
        case .call: "llamada"
        case .report: "reporte"
        case .incident: "incidente"
        case .person: "persona"
        }
    }
}
