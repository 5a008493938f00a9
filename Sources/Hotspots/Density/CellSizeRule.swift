public import SimpleFeatures

/// How to choose the cell size of a density surface from the window it covers, by the name of who chooses so.
public enum CellSizeRule: String, Hashable, Sendable, Codable, CaseIterable {
    /// The shorter side / 250. Source: Esri, *Kernel Density* (parameter *cell size*).
    case esri
    /// The shorter side / 50, rounded down to a multiple of 100 m where that is not 0.
    ///
    /// Source: `set_cell_size` of R's sfhotspot (its documentation says upwards, its code rounds down).
    case sfhotspot

    /// - Returns: nil where the window has no area.
    public func cellSize(for window: Envelope<PlanarPoint>) -> Length? {
        let side = min(window.width, window.height)
        guard side > 0, side.isFinite else { return nil }
        switch self {
        case .esri: return .metres(side / 250)
        case .sfhotspot:
            let hundreds = (side / 50 / 100).rounded(.down)
            return .metres(hundreds > 0 ? hundreds * 100 : side / 50)
        }
    }
}
