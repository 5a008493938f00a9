import Grids

/// What a density surface does about weight that its kernels spread beyond the study area.
///
/// With e(u) the part of a kernel around u that lies in the study area *W*, e(u) = ∫_W K(u − v) dv. A correction takes it
/// that the pattern was looked for in *W* alone: only incidents in cells of the study area are used.
///
/// ## Accuracy
/// *W* is the cells of the mask: e is the sum of the kernel over the centres of those cells, as a share of its sum over the
/// centres of all cells of the plane, and so exactly 1 away from the border. On a straight border along the cells it is
/// within 1 % of the integral for bandwidths (of a gaussian: twice the standard deviation) of 4 cells or more, and within
/// 0.1 % for 12 or more. Where the border runs otherwise, the cells miss the polygon by up to half a cell, which changes e by
/// up to 0.51 · (cell size) / bandwidth on a straight piece that lies so, and by less where misses on either side even out.
///
/// ## Source
/// Diggle (1985), *A kernel method for smoothing point process data* (uniform); Jones (1993), *Simple boundary correction for
/// kernel density estimation*, and Diggle (2010) in *Handbook of Spatial Statistics*, section 18.2 (Jones–Diggle), as in
/// `density.ppp` of R's spatstat.
public enum EdgeCorrection: String, Hashable, Codable, Sendable, CaseIterable {
    case none
    /// f(u)/e(u): unbiased where the density is uniform; the surface need not sum to the weight of the incidents.
    case uniform
    /// Jones–Diggle, Σ w·K(u − xᵢ)/e(xᵢ): the surface sums to the weight of the incidents in the study area.
    case diggle
}

extension Raster {
    /// Divides by a part per cell, and takes the account of what stands in the study area.
    mutating func divide(by shares: [Double], on grid: Grid, _ mask: Mask?) {
        var mass = 0.0
        for cell in values.indices where mask?.isInside[cell] ?? true {
            values[cell] = shares[cell] > 0 ? values[cell] / shares[cell] : 0
            mass += values[cell]
        }
        massInArea = mass * grid.cellAreaKm2
        massOnGrid = massInArea
    }
}
