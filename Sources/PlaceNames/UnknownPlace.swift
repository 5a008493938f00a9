/// What words say that name no place.
public enum UnknownPlace: String, Hashable, Sendable, Codable, CaseIterable {
    /// `Sin colonia`, `S/C`: there is a place, which has no such name.
    case none
    /// `Se ignora`, `No especificado`, `N/A`.
    case notKnown = "not_known"
    /// `Otros municipios`, `Otra entidad`, `Extranjero`: the place lies outside what the table divides.
    case elsewhere
}
