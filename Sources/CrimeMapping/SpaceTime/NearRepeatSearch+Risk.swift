import CivilTime
import Grids
import Hotspots
import Pictures
import SimpleFeatures

extension NearRepeatSearch {
    /// The most days ahead that are looked at.
    public static let greatestDaysAhead = 60

    /// Cells with how much likelier an incident is there on each of the days after the last one, as seen from that one: each
    /// day ahead the incidents are a day older, and their risk falls from band to band.
    func risk(
        _ found: NearRepeatTable, _ support: SpaceTimeSupport, _ control: JobControl
    ) throws -> (table: FeatureTable, account: [String]) {
        let mask = try support.mask()
        let inside = mask.isInside.indices.filter { mask.isInside[$0] }
        let last = support.days.upperBound
        let layer = NearRepeatRisk(found)
        let days = try (1...ahead).map { day in
            control.progress("risk by day", fraction: Double(day) / Double(ahead))
            try control.stopIfCancelled("nothing was written")
            let risk = try layer.multipliers(
                of: support.pattern, onDay: Double(last.daysSince1970) + Double(day), over: mask)
            return (label: last.adding(days: day)?.description ?? "", risk: inside.map { risk[$0] })
        }
        let columns = ["risk"] + (1...ahead).dropFirst().map { "risk_day_\($0)" }
        let own = [
            Property("risk_from", .text(days[0].label)), Property("risk_days", .integer(Int64(ahead))),
        ]
        var table = support.table(columns, members: members(support) + own) { cell in
            days.map { .number($0.risk[cell]) }
        }
        let words = days.count == 1 ? days[0].label : "\(days[0].label) – \(days[days.count - 1].label)"
        table.style = .init(
            .amounts(days[0].risk.map { $0 > 1 ? $0 : .nan }), spanish: "veces el riesgo usual, \(days[0].label)",
            english: "times the usual risk, \(days[0].label)")
        if days.count > 1 {
            table.panels = .init(
                days.map { day in (day.label, day.risk.map(Self.kind)) }, names: Self.kinds,
                spanish: "veces el riesgo usual, \(words)", english: "times the usual risk, \(words)")
        }
        let account = days.map { day in
            let raised = day.risk.filter { $0 > 1 }
            let greatest = raised.max().map { ", up to \((($0 * 100).rounded() / 100).inWords) times" } ?? ""
            return "  \(day.label)   \(raised.count) cells above the usual risk\(greatest)"
        }
        return (table, account)
    }

    /// How the layer follows from the table.
    func riskExplanation(after test: Explanation) -> Explanation {
        Explanation(
            spanish: test.spanish
                + """
                 El riesgo de una celda y un día es la mayor razón notable (p < 0.05 y al menos 1.2) de la banda de distancia y de días en que \
                está de un incidente anterior (Bowers, Johnson & Pease 2004); sin ninguna, 1. Los días siguientes se ven desde el último con datos.
                """,
            english: test.english
                + """
                 The risk of a cell on a day is the greatest notable ratio (p < 0.05 and at least 1.2) of the band of distance and of days in \
                which it lies from an earlier incident (Bowers, Johnson & Pease 2004); 1 where there is none. The days ahead are seen from the \
                last one with data.
                """)
    }

    private static func kind(_ risk: Double) -> Int? {
        guard risk > 1 else { return nil }
        return risk >= 10 ? 0 : risk >= 5 ? 1 : risk >= 2 ? 2 : 3
    }

    private static let kinds: [FeatureTable.Style.Kind] = [
        .init(spanish: "10 veces o más", english: "10 times or more", colour: Colour(0x67000D)),
        .init(spanish: "5 a 10 veces", english: "5 to 10 times", colour: Colour(0xCB181D)),
        .init(spanish: "2 a 5 veces", english: "2 to 5 times", colour: Colour(0xFB6A4A)),
        .init(spanish: "Hasta 2 veces", english: "Up to 2 times", colour: Colour(0xFCBBA1)),
    ]
}
