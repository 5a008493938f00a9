/// A value per cell of a grid: a density in events per square kilometre.
public struct Surface: Sendable {
    /// Where the cells lie.
    public let grid: Grid
    /// One value per cell, row by row from the south-west corner; NaN where a cell lies outside the study area.
    public var values: [Double]

    /// - Precondition: as many values as the grid has cells. Checked: missing ones become NaN, extra ones are cut.
    public init(grid: Grid, values: [Double]) {
        self.grid = grid
        var values = values
        if values.count != grid.cellCount {
            values = Array(values.prefix(grid.cellCount))
            values += Array(repeating: .nan, count: grid.cellCount - values.count)
        }
        self.values = values
    }

    /// The least and the greatest value among the cells that have one; nil where none has.
    public var range: ClosedRange<Double>? {
        var low = Double.infinity
        var high = -Double.infinity
        for value in values where !value.isNaN {
            low = min(low, value)
            high = max(high, value)
        }
        return low <= high ? low...high : nil
    }

    /// Sum of value × cell area: the number of events that the surface accounts for.
    public var mass: Double {
        var sum = 0.0
        for value in values where !value.isNaN { sum += value }
        return sum * grid.cellAreaKm2
    }
}
