import Hotspots
import SimpleFeatures

extension ConcentrationResult {
    /// Its figures for a result's record.
    var members: [Property] {
        func number(_ value: Double?) -> PropertyValue { value.map(PropertyValue.number) ?? .null }
        return [
            Property("units_with_incidents", .integer(Int64(placesWithCrime))), Property("gini", number(gini)),
            Property("generalised_gini", number(generalisedGini)),
            Property("share_of_incidents_in_top_20_percent", number(crimeShare(ofTopPlaces: 0.2))),
            Property("share_of_units_with_half_the_incidents", number(placesShare(holdingCrime: 0.5))),
        ]
    }

    /// What a person is told, a line each.
    /// - Parameter units: what was counted on, in the plural: `cells`.
    func account(_ units: String) -> [String] {
        func percent(_ share: Double?) -> String { share.map { "\((($0 * 1000).rounded()) / 10) %" } ?? "no share" }
        func short(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
        var lines = [
            "  concentrated \(percent(crimeShare(ofTopPlaces: 0.2))) of them in a fifth of the \(units); half in "
                + percent(placesShare(holdingCrime: 0.5))
        ]
        if let gini, let generalisedGini {
            lines.append(
                "  Gini         \(short(gini)); \(short(generalisedGini)) corrected for fewer incidents than \(units)")
        }
        return lines
    }

    /// How concentration is measured, as a methods section says it.
    static let explanation = Explanation(
        spanish: """
            La concentración se mide con la proporción de incidentes en el 20 % de unidades con más incidentes y con el índice de Gini \
            generalizado G' = max(1/c, 1/n) · (2 Σ i·yᵢ − n − 1) − max(n/c, 1) + 1, que corrige el caso de menos incidentes (c) que \
            unidades (n) (Bernasco & Steenbeek 2017, Journal of Quantitative Criminology 33).
            """,
        english: """
            Concentration is the share of incidents in the fifth of the units with most of them, and the generalised Gini index \
            G' = max(1/c, 1/n) · (2 Σ i·yᵢ − n − 1) − max(n/c, 1) + 1, which corrects for fewer incidents (c) than units (n) \
            (Bernasco & Steenbeek 2017, Journal of Quantitative Criminology 33).
            """)
}
