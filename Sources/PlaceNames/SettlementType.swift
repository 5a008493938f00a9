/// A type of human settlement.
///
/// ## Source
/// INEGI, *Norma Técnica sobre Domicilios Geográficos* (DOF 12 November 2010), article 9. Sections, sectors, blocks
/// and superblocks, types there, are parts of a name here (``PlaceName/PartKind``).
public enum SettlementType: String, Hashable, Sendable, Codable, CaseIterable {
    case airport, extensionArea, barrio, canton, city, industrialCity, colonia, condominium, housingEnsemble
    case industrialCorridor, coto, cuartel, ejido, exHacienda, fraction, fraccionamiento, farm, hacienda, sugarMill
    case paraje, industrialPark, privada, prolongation, pueblo, port, rancheria, rancho, region, residencial
    case rinconada, unit, housingUnit, villa, federalZone, industrialZone, militaryZone, navalZone

    /// Whether the type only labels a name, so that people write it or leave it out (`COLONIA CENTRO`, `CENTRO`).
    /// The others distinguish places (`VILLA COAPA` is not `COAPA`) and stay words of the name.
    public var isLabel: Bool {
        switch self {
        case .colonia, .fraccionamiento, .housingUnit, .housingEnsemble, .condominium: true
        case .pueblo, .barrio, .ejido, .rancheria, .residencial: true
        default: false
        }
    }

    /// Words that name nothing else: a label wherever they stand, unless `DEL` or the like stands before.
    var isLabelAnywhere: Bool {
        switch self {
        case .colonia, .fraccionamiento, .housingUnit, .housingEnsemble, .condominium: true
        default: false
        }
    }
}
