import CivilTime
import Grids
public import Hotspots
public import SimpleFeatures

/// How many incidents are to be expected per cell in the days after the last: the job behind `faro forecast`.
public struct ForecastMap: Sendable {
    /// How places are weighed.
    public enum Method: String, Sendable, CaseIterable {
        case lastPeriod = "last-period"
        case longRun = "long-run"
        case recent
        case nearRepeat = "near-repeat"
        case selfExciting = "self-exciting"

        /// Pairs of incidents are no weights: both count whole ones.
        var uncertainTimes: UncertainTimes {
            switch self {
            case .lastPeriod, .longRun, .recent: .spread
            case .nearRepeat, .selfExciting: .middle
            }
        }
    }

    public var method: Method
    /// Days that are forecast.
    public var days: Int
    /// Of the densities; nil for four cells.
    public var bandwidth: Length?
    public var halfLifeDays: Double
    public var test: NearRepeat
    public var threads: Int?

    public init(
        method: Method = .recent, days: Int = 7, bandwidth: Length? = nil, halfLifeDays: Double = 60,
        test: NearRepeat = NearRepeat(), threads: Int? = nil
    ) {
        self.method = method
        self.days = days
        self.bandwidth = bandwidth
        self.halfLifeDays = halfLifeDays
        self.test = test
        self.threads = threads
    }

    func prediction(cellSize: Length) -> Prediction {
        let bandwidth = bandwidth ?? .metres(cellSize.metres * 4)
        return switch method {
        case .lastPeriod: Prediction(.lastDays(Double(max(1, days))))
        case .longRun: Prediction(.longRunDensity(bandwidth: bandwidth))
        case .recent: Prediction(.recentDensity(bandwidth: bandwidth, halfLifeDays: halfLifeDays))
        case .nearRepeat: Prediction(.nearRepeat(bandwidth: bandwidth, test: test))
        case .selfExciting: Prediction(.selfExciting(SelfExciting()))
        }
    }

    /// - Throws: `HotspotError`, ``JobError/usage(_:)``, ``JobError/interrupted(_:)``.
    public func run(on support: SpaceTimeSupport, control: JobControl = .silent) throws -> SpaceTimeTable {
        guard (1...3660).contains(days) else {
            throw JobError.usage("the days to forecast must be 1 to 3660, but are \(days)")
        }
        let mask = try support.mask()
        let first = Double(support.days.upperBound.daysSince1970) + 1
        let period = first..<first + Double(days)
        let prediction = prediction(cellSize: mask.grid.cellSize)
        let pattern = try support.pattern(method.uncertainTimes)
        let forecast = try interruptible(control, "forecasting") {
            try prediction.forecast(from: pattern, days: period, over: mask, threads: threads, progress: $0)
        }
        // Always beside what anybody could say: the last days, and where it has always happened.
        var last = self
        last.method = .lastPeriod
        var long = self
        long.method = .longRun
        let naive = try [last, long].map {
            try $0.prediction(cellSize: mask.grid.cellSize).forecast(
                from: pattern, days: period, over: mask, threads: threads)
        }
        let inside = mask.isInside.indices.filter { mask.isInside[$0] }
        let ranks = Self.ranks(inside.map { forecast.expected[$0] })
        let start = support.days.upperBound.adding(days: 1).map(\.description) ?? ""
        let members = [
            Property("method", .text("forecast: \(prediction.method.name)")),
            Property("forecast_from", .text(start)), Property("forecast_days", .integer(Int64(days))),
            Property("expected_in_all", .number(forecast.total)),
            Property("interval", .text("95 %, Poisson counts, the mean taken as known")),
        ]
        let columns = ["expected", "low", "high", "rank", "expected_last_period", "expected_long_run"]
        var table = support.table(columns, members: members) { index in
            let cell = inside[index]
            let interval = forecast.interval(ofCell: cell)
            return [
                .number(forecast.expected[cell]), interval.map { .integer(Int64($0.lowerBound)) } ?? .null,
                interval.map { .integer(Int64($0.upperBound)) } ?? .null, .integer(Int64(ranks[index])),
                .number(naive[0].expected[cell]), .number(naive[1].expected[cell]),
            ]
        }
        table.style = .init(
            .amounts(inside.map { forecast.expected[$0] }),
            spanish: "incidentes esperados por celda, \(days) días desde \(start)",
            english: "incidents expected per cell, \(days) days from \(start)")
        var account = ["forecast (\(prediction.method.name)) for \(days) days from \(start)"]
        if let interval = forecast.totalInterval {
            account.append(
                "  expected     \((forecast.total * 10).rounded() / 10) in all, \(interval.lowerBound) to \(interval.upperBound) (95 %, if the mean is right)"
            )
        }
        let result = SpaceTimeTable(
            table: table, account: account, explanation: Self.explanation(prediction.method))
        return method.uncertainTimes.told(in: result, of: support)
    }

    /// 1 for the most; equal ones share the better rank.
    private static func ranks(_ values: [Double]) -> [Int] {
        let order = values.indices.sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }
        var ranks = [Int](repeating: 0, count: values.count)
        for (place, index) in order.enumerated() {
            ranks[index] = place > 0 && values[order[place - 1]] == values[index] ? ranks[order[place - 1]] : place + 1
        }
        return ranks
    }

    static func explanation(_ method: Prediction.Method) -> Explanation {
        Explanation(
            spanish: """
                Pronóstico de áreas, nunca de personas, por \(method.name), junto a dos referencias simples: el último periodo y la densidad de largo \
                plazo. Intervalos de Poisson con la media como conocida: los reales son más anchos.
                """,
            english: """
                A forecast of areas, never of persons, by \(method.name), beside two naive ones: the last period and the long-run density. \
                Poisson intervals with the mean taken as known: real ones are wider.
                """)
    }
}
