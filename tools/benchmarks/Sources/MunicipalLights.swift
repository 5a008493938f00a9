import CivilTime
import Indicators

/// W10: the lights of *n* municipalities by 10 indicators and 120 months, by the rule of three years. Timed from figures in memory
/// to a light each.
struct MunicipalLights {
    private let areaCount: Int

    init(_ arguments: [String]) throws {
        guard arguments.count == 1, let count = Int(arguments[0]) else {
            throw BenchError("usage: faro-bench bench w10 <n>")
        }
        areaCount = count
    }

    func run() throws {
        let first = Period(.month, index: 45 * 12)
        var series = try MonthlySeries(
            indicators: (0..<10).map { "indicator \($0)" },
            areas: (0..<areaCount).map { MonthlySeries.Area(key: "\(10_000 + $0)") },
            months: first...Period(.month, index: 45 * 12 + 119))
        // As uneven as municipalities are: most months of most have no case, a few have hundreds.
        var state: UInt64 = 1
        for indicator in 0..<10 {
            for area in 0..<areaCount {
                for month in 0..<120 {
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    let cases = Int(state >> 58) * (area % 7) / (1 + area % 11)
                    series.add(cases, indicator: indicator, area: area, month: month)
                }
            }
        }
        let light = TrafficLight(rule: try .threeYears())
        let (measurement, table) = Measurement.of { light.lights(of: series) }
        let based = (0..<10).reduce(0) { sum, indicator in
            sum + (0..<areaCount).count { table[indicator, $0, 119].base != nil }
        }
        measurement.report(
            "W10", case: "\(areaCount) x 10 x 120", check: "{\"based\":\(based)}",
            note: "peak \(Measurement.peakMegabytes) MB")
    }
}
