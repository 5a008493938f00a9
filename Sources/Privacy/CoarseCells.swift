public import CivilTime
public import Grids
import SimpleFeatures

/// The public grid: a class per cell in place of its count, of one whole year and all ordinary offences together.
///
/// Class 0 is fewer than k, nothing, or not published; class 1 is k to 2k − 1, and each class reaches twice as high as the one
/// before. Cells and areas overlap, so an incident counts in its cell only where the year's count of its area is shown: then
/// nothing about a suppressed count can be found by subtracting areas from cells, as no cell holds any of it. Of the ground
/// that a cell and an area do not share, subtraction tells an interval at least k wide, or one that begins at 0.
public struct CoarseCells: Hashable, Sendable {
    public let grid: Grid
    /// Row by row from the south-west corner.
    public let classes: [UInt8]
    /// The least value of class 1; class j begins at 2^(j − 1) times it.
    public let unit: Double
    public let year: Period

    /// The lower limit of a class; 0 for class 0.
    public func lowerLimit(of index: UInt8) -> Double {
        index == 0 ? 0 : unit * Double(UInt64(1) << UInt64(min(index - 1, 62)))
    }

    private init(grid: Grid, classes: [UInt8], unit: Double, year: Period) {
        self.grid = grid
        self.classes = classes
        self.unit = unit
        self.year = year
    }

    init(
        counting columns: LatticeColumns, in cells: [Int32], on grid: Grid, year: Period,
        lattice: PublicLattice, release: PublicRelease
    ) throws(PrivacyError) {
        try Self.check(grid, lattice)
        try columns.check()
        guard cells.count == columns.count else {
            throw .columnsDiffer("cells", cells.count, expected: columns.count)
        }
        guard year.length == .year, release.isWhole(year: year.index) else {
            throw .notPublic("the grid is of a whole year that is over")
        }
        let counts = Self.counts(columns, cells, grid.cellCount, year, hasAreas: lattice.finest != nil, release)
        let k = release.rule.k
        let classes = counts.map { Self.classIndex(of: Double($0), unit: Double(k)) }
        self.init(grid: grid, classes: classes, unit: Double(k), year: year)
    }

    /// The classes of a surface in the cells that are published here, in steps of 1, 2, 4 … incidents per km².
    func classes(of surface: Surface) -> CoarseCells {
        let classes = zip(self.classes, surface.values).map { $0 == 0 ? 0 : Self.classIndex(of: $1, unit: 1) }
        return CoarseCells(grid: grid, classes: classes, unit: 1, year: year)
    }

    /// One grid for all: two that are shifted against each other would be subtracted.
    private static func check(_ grid: Grid, _ lattice: PublicLattice) throws(PrivacyError) {
        let size = lattice.cellSize.metres
        guard grid.cellSize == lattice.cellSize else {
            throw .notPublic("cells measure \(size) m, not \(grid.cellSize.metres) m")
        }
        for corner in [grid.origin.x, grid.origin.y] where (corner / size).rounded() * size != corner {
            throw .notPublic("cells have their corners at multiples of \(size) m")
        }
    }

    private static func counts(
        _ columns: LatticeColumns, _ cells: [Int32], _ count: Int, _ year: Period, hasAreas: Bool,
        _ release: PublicRelease
    ) -> [Int] {
        var counts = Array(repeating: 0, count: count)
        let months = year.firstMonth...(year.firstMonth + 11)
        for row in cells.indices where months.contains(columns.month[row]) {
            let category = Int(columns.category[row])
            let categories = release.axes.categories
            let isOrdinary = !categories.indices.contains(category) || categories[category].treatment == .ordinary
            guard isOrdinary, counts.indices.contains(Int(cells[row])) else { continue }
            let (municipality, area) = release.axes.place(columns.municipality[row], columns.area[row])
            guard !hasAreas || release.area(area, of: municipality, year: year.index) != nil else { continue }
            counts[Int(cells[row])] += 1
        }
        return counts
    }

    private static func classIndex(of value: Double, unit: Double) -> UInt8 {
        guard value >= unit else { return 0 }
        var index: UInt8 = 1
        var limit = unit * 2
        while limit <= value, index < 62 {
            index += 1
            limit *= 2
        }
        return index
    }
}
