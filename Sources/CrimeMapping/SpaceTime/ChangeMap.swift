public import CivilTime
import Grids
import Hotspots
import Pictures
import SimpleFeatures

/// Where incidents became more or fewer: the job behind `faro hotspot change`.
public struct ChangeMap: Sendable {
    /// The first day of the second period; what lies before is the first one.
    public var split: CalendarDate
    /// Whether cells are compared with the change of all together.
    public var relative: Bool

    public init(split: CalendarDate, relative: Bool = false) {
        self.split = split
        self.relative = relative
    }

    /// - Throws: `HotspotError`, ``JobError/usage(_:)``.
    public func run(on support: SpaceTimeSupport) throws -> SpaceTimeTable {
        guard support.days.lowerBound < split, split <= support.days.upperBound else {
            throw JobError.usage(
                "the second period must begin after \(support.days.lowerBound) and by \(support.days.upperBound), but begins \(split)"
            )
        }
        let end = CalendarDate(daysSince1970: support.days.upperBound.daysSince1970 &+ 1)
        let cube = try support.cube([support.days.lowerBound, split, end], .middle)
        let inside = cube.mask.isInside.indices.filter { cube.mask.isInside[$0] }
        let counts = (0..<2).map { period in
            let values = Array(cube.period(period))
            return inside.map { Int(min(values[$0].rounded(), 1e12)) }
        }
        let lengths = zip(cube.limits, cube.limits.dropFirst()).map { $1 - $0 }
        let method = ChangeSurface(exposures: .init(before: lengths[0], after: lengths[1]), relative: relative)
        let changes = try method.changes(before: counts[0], after: counts[1])
        let members =
            [
                Property("method", .text("change (E-test, false discoveries controlled)")),
                Property("split", .text(split.description)), Property("days_before", .number(lengths[0])),
                Property("days_after", .number(lengths[1])), Property("relative", .bool(relative)),
            ] + support.members(of: cube, .middle)
        let columns = ["before", "after", "expected", "difference", "percent", "z", "p", "q", "class"]
        let words = ["more", "fewer", "not significant"]
        let kinds = changes.map { change -> Int? in
            guard change.before + change.after > 0 else { return nil }
            let direction = change.direction(at: 0.05)
            return direction > 0 ? 0 : direction < 0 ? 1 : 2
        }
        var table = support.table(columns, members: members) { index in
            let change = changes[index]
            return [
                .integer(Int64(change.before)), .integer(Int64(change.after)), .number(change.expected),
                .number(change.difference), change.percent.map(PropertyValue.number) ?? .null, .number(change.z),
                .number(change.p), .number(change.q), kinds[index].map { .text(words[$0]) } ?? .null,
            ]
        }
        table.style = .init(
            .kinds(
                kinds,
                names: [
                    .init(spanish: "Más", english: "More", colour: Colour(0xB2182B)),
                    .init(spanish: "Menos", english: "Fewer", colour: Colour(0x2166AC)),
                    .init(spanish: "No significativo", english: "Not significant", colour: Colour(0xE9ECEF)),
                ]), spanish: "cambio desde \(split) (q ≤ 0.05)", english: "change since \(split) (q ≤ 0.05)")
        let sums = counts.map { $0.reduce(0, +) }
        let account = [
            "change since \(split): \(sums[0]) in \(lengths[0].inWords) days before, \(sums[1]) in \(lengths[1].inWords) after",
            "  more         \(kinds.count { $0 == 0 }) cells",
            "  fewer        \(kinds.count { $0 == 1 }) cells",
            "  no evidence  \(kinds.count { $0 == 2 }) cells",
        ]
        let result = SpaceTimeTable(table: table, account: account, explanation: explanation)
        return UncertainTimes.middle.told(in: result, of: support)
    }

    private var explanation: Explanation {
        Explanation(
            spanish: """
                El cambio de cada celda se probó con la prueba E de dos medias de Poisson (Krishnamoorthy & Thomson 2004), con los días de cada \
                periodo como exposición\(relative ? " y relativo al cambio del conjunto" : ""), ajustada por la tasa de falsos descubrimientos; el \
                porcentaje es nulo donde antes no hubo incidentes.
                """,
            english: """
                The change of each cell was tested by the E-test of two Poisson means (Krishnamoorthy & Thomson 2004), with the days of each \
                period as exposure\(relative ? " and relative to the change of the whole" : ""), adjusted for the false discovery rate; the \
                percentage is null where nothing happened before.
                """)
    }
}
