import Bytes

/// Whose numbers a file's municipality codes are.
///
/// The electoral institute (INE, before 2014 IFE) numbers the states as INEGI does, 1 to 32, but the municipalities inside
/// a state in an order of its own, so that most numbers mean another municipality there: Ecatepec is 15-033 at INEGI and
/// 15-034 at the INE, Guadalajara 14-039 and 14-041, while Juárez in Chihuahua happens to be 8-37 at both. A wrong join
/// looks right: nearly every number exists on both sides.
///
/// ## Source
/// The two pairs of numbers: D. Valle-Jones, *Download shapefiles of Mexico* (2013), who recoded the IFE's sections.
public enum CodeScheme: String, Hashable, Sendable, Codable, CaseIterable {
    /// INEGI's Marco Geoestadístico: what Faro joins by.
    case inegi
    /// The electoral institute's: joined by state and name, the numbers are not looked at.
    case ine
    /// No codes, or codes of no known scheme: joined by state and name.
    case none

    /// Whether a header or a list of attributes is of the electoral cartography: `ENTIDAD` and `MUNICIPIO` as numbers,
    /// beside a section, a district or a control number.
    public static func looksElectoral(_ names: [String]) -> Bool {
        let keys = Set(names.map(LabelFolding.headerKey))
        return keys.contains("ENTIDAD") && keys.contains("MUNICIPIO")
            && !keys.isDisjoint(with: ["SECCION", "DISTRITO", "DISTRITOF", "DISTRITOL", "CONTROL"])
    }

    /// What an import of boundaries should say of attributes that look electoral; nil where they do not.
    public static func note(onAttributes names: [String]) -> String? {
        guard looksElectoral(names) else { return nil }
        return "ENTIDAD and MUNICIPIO look like the electoral institute's (INE) numbers, which are not INEGI's; "
            + "they are kept as attributes and joined to nothing, and parents are found by place"
    }
}
