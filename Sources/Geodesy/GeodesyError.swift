import SimpleFeatures

/// Why coordinates cannot be understood or moved to another reference system.
public enum GeodesyError: Error, Hashable, CustomStringConvertible {
    /// PROJ could not be started: memory, or no `proj.db`.
    case unavailable
    /// The text is no reference system that PROJ knows; `reason` is PROJ's own word on it.
    case unknownCRS(String, reason: String)
    /// An analysis was asked for in a system whose unit is not the metre.
    case notMetres(crs: String, name: String, unit: String, suggestion: String)
    /// No operation leads from one system to the other.
    case noOperation(from: String, to: String)
    /// The operation that was asked for by code does not lead from one system to the other.
    case unknownOperation(code: Int, from: String, to: String)
    /// A position has no image in the target system.
    case outsideDomain(x: Double, y: Double, from: String, to: String)
    /// Two columns of one table that do not match.
    case unequalColumns(x: Int, y: Int)

    public var description: String {
        switch self {
        case .unavailable:
            "PROJ must be able to start, but could not; check that proj-data (proj.db) is installed"
        case .unknownCRS(let text, let reason):
            "a reference system must be one PROJ knows, but \"\(Self.short(text))\" is not (\(reason)); "
                + "give a code such as EPSG:32614, or the text of a .prj file"
        case .notMetres(let crs, let name, let unit, let suggestion):
            "analysis happens in metres; \(Self.named(crs, name)) is in \(unit); "
                + "choose a projected CRS such as \(suggestion)"
        case .noOperation(let from, let to):
            "coordinates must be brought from \(Self.short(from)) to \(Self.short(to)), but PROJ knows no operation"
        case .unknownOperation(let code, let from, let to):
            "operation EPSG:\(code) must lead from \(Self.short(from)) to \(Self.short(to)), but does not; "
                + "leave it out, or name one that does"
        case .outsideDomain(let x, let y, let from, let to):
            "every position must have an image in \(Self.short(to)), but x \(x), y \(y) of \(Self.short(from)) "
                + "has none; check the order of the axes and the declared CRS"
        case .unequalColumns(let x, let y):
            "the columns x and y must be equally long, but hold \(x) and \(y) values"
        }
    }

    /// A `.prj` is a page of text: enough of it to be recognised.
    private static func short(_ text: String) -> String {
        text.count <= 60 ? text : text.prefix(57) + "..."
    }

    private static func named(_ crs: String, _ name: String) -> String {
        crs == name ? short(crs) : "\(short(crs)) (\(name))"
    }
}
