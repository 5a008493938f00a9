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
        var table = counts.table(
            ["count", "weight"],
            members: [Property("method", .text("count"))] + counts.members + (concentration?.members ?? []) + members
        ) {
            [.integer(Int64(counts.units[$0].incidents)), .number(counts.units[$0].weight)]
        }
        table.style = style
        return table
    }

    /// Cells show their counts; areas are of many sizes, and show how many there are to a square kilometre.
    private var style: FeatureTable.Style {
        if case .areas = counts.support {
            let densities = counts.units.map { unit in
                let km2 = unit.outline.squareMetres / 1e6
                return km2 > 0 ? unit.weight / km2 : .nan
            }
            return .init(.amounts(densities), spanish: "incidentes por km²", english: "incidents per km²")
        }
        return .init(
            .amounts(counts.units.map(\.weight)), spanish: "incidentes por celda", english: "incidents per cell")
    }

    /// What a person is told, a line each.
    public var account: [String] {
        var lines = [
            "counts on \(counts.units.count) \(counts.unitWord)",
            "  incidents    \(counts.counted) counted, \(counts.outside) outside, \(counts.dropped) without a place",
        ]
        lines += concentration?.account(counts.unitWord) ?? []
        return lines
    }

    public var explanation: Explanation {
        let concentration = ConcentrationResult.explanation
        return Explanation(
            spanish: """
                Se contaron los incidentes en \(counts.units.count) unidades (\(counts.supportInSpanish)); las unidades del área de estudio sin \
                incidentes cuentan como cero. \(concentration.spanish)
                """,
            english: """
                Incidents were counted on \(counts.units.count) units (\(counts.supportInEnglish)); units of the study area without incidents \
                count as zero. \(concentration.english)
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
