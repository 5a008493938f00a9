public import SimpleFeatures
import Grids
public import Hotspots

/// The counts of a support as a table, with how concentrated they are: the result of `faro hotspot count`.
public struct CountTable {
    public var counts: SupportCounts
    /// nil where nothing was counted.
    public var concentration: ConcentrationResult?

    /// - Throws: `HotspotError`.
    public init(_ counts: SupportCounts) throws {
        self.counts = counts
        let incidents = counts.units.map(\.incidents)
        concentration = incidents.contains { $0 > 0 } ? try Concentration().concentration(of: incidents) : nil
    }

    /// `…, count, weight`, one row a cell or area, zeros included.
    public func table(_ members: [Property] = []) -> FeatureTable {
        counts.table(
            ["count", "weight"], members: [Property("method", .text("count"))] + counts.members + concentrated + members
        ) {
            [.integer(Int64(counts.units[$0].incidents)), .number(counts.units[$0].weight)]
        }
    }

    private var concentrated: [Property] {
        guard let concentration else { return [] }
        func number(_ value: Double?) -> PropertyValue { value.map(PropertyValue.number) ?? .null }
        return [
            Property("units_with_incidents", .integer(Int64(concentration.placesWithCrime))),
            Property("gini", number(concentration.gini)),
            Property("generalised_gini", number(concentration.generalisedGini)),
            Property("share_of_incidents_in_top_20_percent", number(concentration.crimeShare(ofTopPlaces: 0.2))),
            Property("share_of_units_with_half_the_incidents", number(concentration.placesShare(holdingCrime: 0.5))),
        ]
    }

    /// What a person is told, a line each.
    public var account: [String] {
        var lines = [
            "counts on \(counts.units.count) \(counts.unitWord)",
            "  incidents    \(counts.counted) counted, \(counts.outside) outside, \(counts.dropped) without a place",
        ]
        func percent(_ share: Double?) -> String { share.map { "\((($0 * 1000).rounded()) / 10) %" } ?? "no share" }
        if let concentration {
            lines.append(
                "  concentrated \(percent(concentration.crimeShare(ofTopPlaces: 0.2))) of them in a fifth of the \(counts.unitWord); half in "
                    + percent(concentration.placesShare(holdingCrime: 0.5)))
            if let gini = concentration.gini, let corrected = concentration.generalisedGini {
                lines.append(
                    "  Gini         \((gini * 1000).rounded() / 1000); \((corrected * 1000).rounded() / 1000) corrected for fewer incidents than "
                        + counts.unitWord)
            }
        }
        return lines
    }

    public var explanation: Explanation {
        Explanation(
            spanish: """
                Se contaron los incidentes en \(counts.units.count) unidades (\(counts.supportInSpanish)); las unidades del área de estudio sin \
                incidentes cuentan como cero. La concentración se mide con la proporción de incidentes en el 20 % de unidades con más incidentes \
                y con el índice de Gini generalizado G' = max(1/c, 1/n) · (2 Σ i·yᵢ − n − 1) − max(n/c, 1) + 1, que corrige el caso de menos \
                incidentes (c) que unidades (n) (Bernasco & Steenbeek 2017, Journal of Quantitative Criminology 33).
                """,
            english: """
                Incidents were counted on \(counts.units.count) units (\(counts.supportInEnglish)); units of the study area without incidents \
                count as zero. Concentration is the share of incidents in the fifth of the units with most of them, and the generalised Gini \
                index G' = max(1/c, 1/n) · (2 Σ i·yᵢ − n − 1) − max(n/c, 1) + 1, which corrects for fewer incidents (c) than units (n) \
                (Bernasco & Steenbeek 2017, Journal of Quantitative Criminology 33).
                """)
    }
}

extension SupportCounts {
    /// What its units are, in the plural.
    public var unitWord: String {
        if case .areas = support { return "areas" }
        return "cells"
    }

    var supportInSpanish: String {
        switch support {
        case .squares(let mask): "celdas cuadradas de \(mask.grid.cellSize.metres.inWords) m"
        case .hexagons(let mask): "hexágonos de \(mask.grid.cellSize.metres.inWords) m entre lados opuestos"
        case .areas(let level, let version): "áreas del nivel \(level), versión \(version)"
        }
    }

    var supportInEnglish: String {
        switch support {
        case .squares(let mask): "square cells of \(mask.grid.cellSize.metres.inWords) m"
        case .hexagons(let mask): "hexagons, \(mask.grid.cellSize.metres.inWords) m between opposite sides"
        case .areas(let level, let version): "areas of level \(level), version \(version)"
        }
    }
}
