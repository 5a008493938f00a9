import CivilTime
import Grids
import Hotspots
import Pictures
public import SimpleFeatures

/// Persistent, emerging, former and intermittent hot spots: the job behind `faro hotspot classify`.
public struct ClassificationMap: Sendable {
    /// Nil to choose by the days.
    public var period: PeriodCutting?
    /// Who is a neighbour; nil for the eight cells around.
    public var distance: Length?

    public init(period: PeriodCutting? = nil, distance: Length? = nil) {
        self.period = period
        self.distance = distance
    }

    /// - Throws: `HotspotError`, ``JobError/usage(_:)``.
    public func run(on support: SpaceTimeSupport) throws -> SpaceTimeTable {
        let length = period ?? .usual(forDays: support.dayCount)
        let limits = try length.limits(within: support.days)
        let cube = try support.cube(limits, .spread)
        let method = HotSpotClassification(distance: distance ?? .metres(cube.mask.grid.cellSize.metres * 1.5))
        let cells = try method.classes(in: cube)
        let members =
            [
                Property("method", .text("hot spot classification")), Property("period", .text(length.description)),
                Property("periods", .integer(Int64(cube.periods))),
                Property("neighbours", .text("within \(method.distance)")),
                Property("hot_share", .number(method.hotShare)),
                Property("persistent_share", .number(method.persistentShare)),
                Property("recent_share", .number(method.recentShare)),
            ] + support.members(of: cube, .spread)
        let columns = ["count", "class", "hot_periods", "cold_periods", "recent_hot_periods", "recent_cold_periods"]
        var table = support.table(columns, members: members) { index in
            let cell = cells[index]
            return [
                .number(cube.series(ofCell: cell.cell).reduce(0, +)), .text(cell.category.name),
                .integer(Int64(cell.hotPeriods)), .integer(Int64(cell.coldPeriods)),
                .integer(Int64(cell.recentHotPeriods)), .integer(Int64(cell.recentColdPeriods)),
            ]
        }
        table.style = .init(
            .kinds(cells.map { cell in Self.order.firstIndex(of: cell.category) }, names: Self.kinds),
            spanish: "clasificación de puntos calientes, \(cube.periods) periodos",
            english: "classification of hot spots, \(cube.periods) periods")
        let tally = Dictionary(grouping: cells, by: \.category).mapValues(\.count)
        let account =
            ["hot spot classification: \(cube.periods) periods (\(length)) from \(limits[0])"]
            + Self.order.compactMap { category in tally[category].map { "  \($0)  \(category.name)" } }
        let result = SpaceTimeTable(table: table, account: account, explanation: Self.explanation(cube.periods))
        return UncertainTimes.spread.told(in: result, of: support)
    }

    private static let order: [HotSpotClassification.Category] = [
        .emerging(.hot), .persistent(.hot), .intermittent(.hot), .former(.hot), .mixed, .emerging(.cold),
        .persistent(.cold), .intermittent(.cold), .former(.cold), .none,
    ]

    private static let kinds: [FeatureTable.Style.Kind] = [
        .init(spanish: "Emergente (caliente)", english: "Emerging (hot)", colour: Colour(0xFF00A8)),
        .init(spanish: "Persistente (caliente)", english: "Persistent (hot)", colour: Colour(0xB2182B)),
        .init(spanish: "Intermitente (caliente)", english: "Intermittent (hot)", colour: Colour(0xF4A582)),
        .init(spanish: "Anterior (caliente)", english: "Former (hot)", colour: Colour(0xA58A84)),
        .init(spanish: "Mixto", english: "Mixed", colour: Colour(0xF2D16B)),
        .init(spanish: "Emergente (frío)", english: "Emerging (cold)", colour: Colour(0x00C2C7)),
        .init(spanish: "Persistente (frío)", english: "Persistent (cold)", colour: Colour(0x2166AC)),
        .init(spanish: "Intermitente (frío)", english: "Intermittent (cold)", colour: Colour(0x92C5DE)),
        .init(spanish: "Anterior (frío)", english: "Former (cold)", colour: Colour(0x8A97A8)),
        .init(spanish: "Sin patrón", english: "No pattern", colour: Colour(0xE9ECEF)),
    ]

    private static func explanation(_ periods: Int) -> Explanation {
        Explanation(
            spanish: """
                Los puntos calientes se clasificaron en \(periods) periodos como en sfhotspot (Ashby 2023): Gi* de cada periodo por sí, tasa de \
                falsos descubrimientos sobre todas las celdas y periodos; persistente desde 80 % de los periodos, emergente y anterior según el \
                último 20 %.
                """,
            english: """
                Hot spots were classified over \(periods) periods as sfhotspot does (Ashby 2023): Gi* of each period by itself, false discovery \
                rate over all cells and periods; persistent from 80 % of the periods on, emerging and former by the last 20 %.
                """)
    }
}
