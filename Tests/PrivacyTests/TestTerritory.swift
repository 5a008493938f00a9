import CivilTime
import Privacy
import Testing

/// A territory of a few municipalities, areas and categories with incidents drawn at random, sparse enough that much of it
/// is small.
struct TestTerritory {
    var axes: LatticeAxes
    var columns = LatticeColumns()
    /// The cell of each row, on a grid of ``cellColumns`` × 1.
    var cells: [Int32] = []

    static let cellColumns = 2
    static let year = 2023
    /// The areas of ``year``.
    static var areas: PublicQuery {
        var query = PublicQuery(ground: .areas, period: .year)
        query.months = Period(.month, index: firstMonth)...Period(.month, index: firstMonth + 11)
        return query
    }

    static var firstMonth: Int32 { Int32((year - 1970) * 12) }

    /// - Parameters:
    ///   - areas: per municipality.
    ///   - base: incidents more in every municipality and month, of the first category; 8 leave no month suppressed.
    ///   - mean: incidents to a (municipality, month, category), about; categories differ, and municipalities more.
    init(
        seed: UInt64, municipalities: Int = 2, areas: Int = 4, categories: [LatticeAxes.Category] = Self.categories,
        mean: Int = 8, years: Int = 1, base: Int = 0
    ) {
        axes = LatticeAxes(
            municipalities: (0..<municipalities).map { m in
                .init(AreaKey("M\(m)"), areas: (0..<areas).map { AreaKey("M\(m)A\($0)") })
            }, categories: categories)
        var random = TestDraw(seed: seed)
        for municipality in 0..<municipalities {
            let weights = (0...areas).map { _ in random.below(10) * random.below(10) + 1 }
            for month in 0..<(12 * years) {
                for _ in 0..<base { append(municipality, weights, Self.firstMonth + Int32(month), 0, &random) }
                for category in -1..<categories.count {
                    let scale = mean * (municipality + 1)
                    for _ in 0..<random.below(random.below(2) == 0 ? 4 : 2 * scale) {
                        append(municipality, weights, Self.firstMonth + Int32(month), category, &random)
                    }
                }
            }
        }
    }

    static let categories: [LatticeAxes.Category] = [
        .init("ROBO"), .init("FRAUDE"), .init("VIOLENCIA FAMILIAR", .byMunicipalityAndMonth),
        .init("ABUSO SEXUAL", .byMunicipalityAndMonth),
    ]

    private mutating func append(
        _ municipality: Int, _ weights: [Int], _ month: Int32, _ category: Int, _ random: inout TestDraw
    ) {
        var left = random.below(weights.reduce(0, +))
        let area = weights.firstIndex { weight in
            left -= weight
            return left < 0
        }
        add(
            municipality: municipality, area: area == weights.count - 1 ? -1 : area ?? -1, month: month,
            category: category,
            // Each area lies in two cells.
            cell: (max(0, area ?? 0) + random.below(2)) % Self.cellColumns)
    }

    mutating func add(municipality: Int, area: Int, month: Int32, category: Int, cell: Int = 0) {
        columns.municipality.append(Int32(municipality))
        columns.area.append(Int32(area))
        columns.month.append(month)
        columns.category.append(Int32(category))
        cells.append(Int32(cell))
    }

    /// The true count of what a predicate takes.
    func count(where isTaken: (_ municipality: Int32, _ area: Int32, _ month: Int32, _ category: Int32) -> Bool) -> Int
    {
        (0..<columns.count).filter {
            isTaken(columns.municipality[$0], columns.area[$0], columns.month[$0], columns.category[$0])
        }.count
    }

    func release(_ gate: Gate = Gate(), today: String = "2025-06-15") throws -> PublicRelease {
        try gate.release(of: columns, on: axes, today: try #require(CalendarDate(today)))
    }
}

/// Small seeded draws.
struct TestDraw {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(max(1, bound)))
    }
}
