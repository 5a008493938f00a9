import CivilTime
import Grids
public import Hotspots
import Pictures
public import SimpleFeatures
import Statistics

/// New, growing, lasting and former hot spots, cell by cell: the job behind `faro hotspot emerging`.
public struct EmergingMap: Sendable {
    /// Nil to choose by the days.
    public var period: PeriodCutting?
    /// Who is a neighbour; nil for the eight cells around.
    public var distance: Length?
    public var sporadic: EmergingHotSpots.SporadicRule
    public var threads: Int?
    /// Whether a picture shows the hot and cold cells of every period side by side, in place of the classes.
    public var showsPeriods = false

    /// The most periods a picture shows: the last ones.
    static let greatestPanelCount = 60

    public init(
        period: PeriodCutting? = nil, distance: Length? = nil, sporadic: EmergingHotSpots.SporadicRule = .ever,
        threads: Int? = nil
    ) {
        self.period = period
        self.distance = distance
        self.sporadic = sporadic
        self.threads = threads
    }

    /// - Throws: `HotspotError`, ``JobError/usage(_:)``, ``JobError/interrupted(_:)``.
    public func run(on support: SpaceTimeSupport, control: JobControl = .silent) throws -> SpaceTimeTable {
        let length = period ?? .usual(forDays: support.dayCount)
        let limits = try length.limits(within: support.days)
        let cube = try support.cube(limits, .spread)
        let reach = distance ?? .metres(cube.mask.grid.cellSize.metres * 1.5)
        let method = EmergingHotSpots(distance: reach, sporadic: sporadic)
        let found = try interruptible(control, "testing trends") {
            try method.hotSpots(in: cube, threads: threads, progress: $0)
        }
        let last = (cube.periods - 1) * cube.mask.grid.cellCount
        let members =
            [
                Property("method", .text("emerging hot spots")), Property("period", .text(length.description)),
                Property("periods", .integer(Int64(cube.periods))),
                Property("first_period", .text(limits[0].description)),
                Property("neighbours", .text("within \(reach), this period and the one before")),
                Property("significance", .number(method.significance)), Property("sporadic", .text(sporadic.rawValue)),
            ] + support.members(of: cube, .spread)
        let columns = [
            "count", "class", "hot_periods", "cold_periods", "z_last", "q_last", "trend_z", "trend_p", "why",
        ]
        var table = support.table(columns, members: members) { index in
            let cell = found.cells[index]
            return [
                .number(cube.series(ofCell: cell.cell).reduce(0, +)), .text(cell.category.name),
                .integer(Int64(cell.states.count { $0 == .hot })), .integer(Int64(cell.states.count { $0 == .cold })),
                .number(found.z[last + cell.cell]), .number(found.q[last + cell.cell]),
                .number(cell.trend?.z ?? .nan), .number(cell.trend?.p ?? .nan), .text(cell.trace),
            ]
        }
        table.style = .init(
            .kinds(
                found.cells.map { cell in EmergingCategory.all.firstIndex(of: cell.category) },
                names: EmergingCategory.all.map(\.kind)),
            spanish: "puntos calientes emergentes, \(cube.periods) periodos",
            english: "emerging hot spots, \(cube.periods) periods")
        if showsPeriods { table.panels = Self.panels(found, limits, length) }
        let tally = found.tally
        let account =
            ["emerging hot spots: \(cube.periods) periods (\(length)) from \(limits[0])"]
            + EmergingCategory.all.compactMap { category in tally[category].map { "  \($0)  \(category.name)" } }
        let result = SpaceTimeTable(table: table, account: account, explanation: Self.explanation(cube.periods, reach))
        return UncertainTimes.spread.told(in: result, of: support)
    }

    private static func panels(
        _ found: EmergingHotSpotsResult, _ limits: [CalendarDate], _ length: PeriodCutting
    ) -> FeatureTable.Panels {
        let periods = Array((0..<found.cube.periods).suffix(greatestPanelCount))
        let frames = periods.map { period in
            let kinds = found.cells.map { cell -> Int? in
                switch cell.states[period] {
                case .hot: 0
                case .cold: 1
                case .neither: nil
                }
            }
            return (label: length.label(from: limits[period]), kinds: kinds)
        }
        return .init(
            frames,
            names: [
                .init(spanish: "Caliente (q ≤ 0.05)", english: "Hot (q ≤ 0.05)", colour: Colour(0xB2182B)),
                .init(spanish: "Frío (q ≤ 0.05)", english: "Cold (q ≤ 0.05)", colour: Colour(0x2166AC)),
            ], spanish: "Gi* espacio-temporal por periodo", english: "space-time Gi* by period")
    }

    /// Cells times periods, which is what the work and the memory grow with.
    /// - Throws: ``JobError/usage(_:)`` where not two periods fit.
    public func binCount(on support: SpaceTimeSupport) throws -> Double {
        let limits = try (period ?? .usual(forDays: support.dayCount)).limits(within: support.days)
        return Double(try support.mask().grid.cellCount) * Double(limits.count - 1)
    }

    private static func explanation(_ periods: Int, _ reach: Length) -> Explanation {
        Explanation(
            spanish: """
                Los puntos calientes emergentes se clasificaron en \(periods) periodos con Gi* espacio-temporal (vecinos a \(reach) o menos, en el \
                mismo periodo y el anterior; media y desviación de todo el cubo), tasa de falsos descubrimientos de Benjamini y Hochberg sobre \
                todas las celdas y periodos (q ≤ 0.05) y la tendencia de Mann (1945) y Kendall de los valores z (p ≤ 0.05); categorías de Esri.
                """,
            english: """
                Emerging hot spots were classified over \(periods) periods by space-time Gi* (neighbours within \(reach), in the same period and \
                the one before; mean and deviation of the whole cube), Benjamini and Hochberg's false discovery rate over all cells and \
                periods (q ≤ 0.05) and Mann's (1945) and Kendall's trend of the z scores (p ≤ 0.05); Esri's categories.
                """)
    }
}

extension SpaceTimeSupport {
    /// Days from the first to the last, both included.
    var dayCount: Int { Int(days.upperBound.daysSince1970) - Int(days.lowerBound.daysSince1970) + 1 }
}

extension EmergingCategory {
    /// As a legend shows it: red for hot, blue for cold, the newest the brightest.
    fileprivate var kind: FeatureTable.Style.Kind {
        func kind(_ side: SpotSide, _ word: String, _ english: String, _ hot: UInt32, _ cold: UInt32)
            -> FeatureTable.Style.Kind
        {
            .init(
                spanish: "\(word) (\(side == .hot ? "caliente" : "frío"))", english: "\(english) (\(side))",
                colour: Colour(side == .hot ? hot : cold))
        }
        return switch self {
        case .new(let side): kind(side, "Nuevo", "New", 0xFF00A8, 0x00C2C7)
        case .consecutive(let side): kind(side, "Consecutivo", "Consecutive", 0xE8590C, 0x1098AD)
        case .intensifying(let side): kind(side, "En aumento", "Intensifying", 0x8B0000, 0x0B2A6B)
        case .persistent(let side): kind(side, "Persistente", "Persistent", 0xC92A2A, 0x1C5FAF)
        case .diminishing(let side): kind(side, "En descenso", "Diminishing", 0xE8878A, 0x7FB0DE)
        case .sporadic(let side): kind(side, "Esporádico", "Sporadic", 0xF4C29A, 0xC3DDF0)
        case .oscillating(let side): kind(side, "Oscilante", "Oscillating", 0xF2D16B, 0xB7CFA8)
        case .historical(let side): kind(side, "Histórico", "Historical", 0xA58A84, 0x8A97A8)
        case .none: .init(spanish: "Sin patrón", english: "No pattern", colour: Colour(0xE9ECEF))
        }
    }
}
