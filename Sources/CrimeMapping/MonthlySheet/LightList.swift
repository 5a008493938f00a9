import Bytes
public import CivilTime
public import Files
import Incidents
public import Indicators

/// Every light of a store: all indicators, areas and months, as they were known at an instant. The job behind
/// `faro indicators lights` and `/indicators`.
public struct LightList: Sendable {
    public var series: IndicatorSeries
    public var rule: LightRule
    public var asOf: String?
    /// First and last month to list; nil lists all.
    public var months: ClosedRange<Period>?

    public init(_ series: IndicatorSeries, rule: LightRule, asOf: String? = nil, months: ClosedRange<Period>? = nil) {
        self.series = series
        self.rule = rule
        self.asOf = asOf
        self.months = months
    }

    /// The series and its lights.
    /// - Throws: as ``IndicatorSeries/run(in:on:asOf:)``.
    /// - Parameter day: the boundaries that hold on it are those of the series.
    public func run(in store: any SheetSource, on day: CalendarDate) throws -> (
        series: MonthlySeries, lights: LightTable
    ) {
        let figures = try store.inOneState { try series.run(in: store, on: day, asOf: asOf) }
        return (figures.series, TrafficLight(rule: rule).lights(of: figures.series))
    }

    /// The last day up to which boundaries are asked for: that of the last month to list, or today's.
    public var day: CalendarDate {
        months?.upperBound.last ?? CalendarDate(UTCText.now.prefix(10).description) ?? CalendarDate(daysSince1970: 0)
    }

    /// `indicator,area_id,area_name,month,count,base,base_months,goal,light,score,chance_low,chance_high,chance,absence`, a row a
    /// light; months without figure and base are left out.
    public func writeCSV(_ series: MonthlySeries, _ lights: LightTable, to file: any ByteOutput) throws {
        var buffer = ByteWriter(capacity: 1 << 20)
        buffer.text(
            "indicator,area_id,area_name,month,count,base,base_months,goal,light,chance_low,chance_high,chance,absence\n"
        )
        for (indicator, name) in series.indicators.enumerated() {
            for (area, place) in series.areas.enumerated() {
                for month in 0..<series.monthCount {
                    let label = series.month(at: month)
                    if let months, !months.contains(label) { continue }
                    let light = lights[indicator, area, month]
                    guard light.figure != nil || light.base != nil else { continue }
                    write(light, lights, name, place, label, &buffer)
                }
                guard buffer.count > 1 << 20 else { continue }
                try file.write(buffer.bytes)
                buffer.removeAll()
            }
        }
        try file.write(buffer.bytes)
    }

    private func write(
        _ light: Light, _ lights: LightTable, _ indicator: String, _ area: MonthlySeries.Area, _ month: Period,
        _ buffer: inout ByteWriter
    ) {
        func comma() { buffer.byte(UInt8(ascii: ",")) }
        buffer.csvField(indicator)
        comma()
        buffer.quotedCSVField(area.key)
        comma()
        buffer.csvField(area.label)
        buffer.text(",\(month),")
        if let figure = light.figure { buffer.integer(figure) }
        comma()
        if let base = light.base { buffer.shortest(base) }
        buffer.text(",\(light.baseMonths),")
        if let base = light.base { buffer.shortest(base * Double(rule.goalPercent) / 100) }
        buffer.text(",\(lights.level(light)?.rawValue ?? ""),")
        if let band = light.band { buffer.text("\(band.lowerBound),\(band.upperBound)") } else { comma() }
        buffer.text(",\(light.chance?.rawValue ?? ""),\(light.absence?.rawValue ?? "")\n")
    }
}
