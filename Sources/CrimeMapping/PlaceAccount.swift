import CivilTime
public import Hotspots
public import Incidents
public import SimpleFeatures

/// Which of the selected incidents a point analysis takes, and how many each rule leaves out.
///
/// Unless the filter says which precisions are wanted, only hits are taken: a place that stands for a colonia would make a
/// hotspot of its middle. Places at which reports pile up for another reason than that they happened there are left out
/// unless the filter includes them. Incidents = used + without place + left out.
public struct PlaceAccount: Hashable, Sendable {
    /// The precisions taken, the finest first.
    public var grades: [PrecisionGrade] = []
    /// Selected by the filter.
    public var incidents = 0
    /// Those of them without coordinates.
    public var withoutPlace = 0
    /// With coordinates of another precision, by precision.
    public var leftOutByGrade: [PrecisionGrade: Int] = [:]
    /// Of the precisions taken, at places that are artefacts, and left out.
    public var leftOutAtArtefacts = 0
    /// Whether places that are artefacts were taken.
    public var includesArtefacts = false

    /// The rows that the analysis works on.
    public var used: Int { incidents - withoutPlace - leftOutAsCoarse - leftOutAtArtefacts }

    /// Left out for their precision.
    public var leftOutAsCoarse: Int { leftOutByGrade.values.reduce(0, +) }

    /// The rule and its figures, for a result's own record.
    public var members: [Property] {
        let counts = leftOutByGrade.sorted { $0.key < $1.key }.map { "\"\($0.key.name)\":\($0.value)" }
        return [
            Property("precision", .text(grades.map(\.name).joined(separator: ", "))),
            Property("left_out_by_precision", .json("{\(counts.joined(separator: ","))}")),
            Property("include_artefacts", .bool(includesArtefacts)),
            Property("left_out_at_artefacts", .integer(Int64(leftOutAtArtefacts))),
        ]
    }
}

extension IncidentSelection {
    /// The places of the selected incidents that a point analysis takes; ``placeAccount`` says which those are. Incidents
    /// without a place are counted as dropped.
    public func pattern() throws -> PointPattern {
        let rows = points().rows
        return try PointPattern(
            x: rows.map { table.x[$0] }, y: rows.map { table.y[$0] }, weights: rows.map { table.weight[$0] }, crs: crs)
    }

    /// The same with each incident weighing less the longer ago it was, seen from the filter's last day or the last incident.
    public func pattern(forgetting decay: TemporalDecay) throws -> PointPattern {
        try DatedPoints(self).places(forgetting: decay)
    }

    /// What ``pattern()`` takes and leaves out.
    public var placeAccount: PlaceAccount { points().account }

    func points() -> (rows: [Int], account: PlaceAccount) {
        let wanted = filter.grades ?? Set(PrecisionGrade.allCases.filter(\.isHit))
        var account = PlaceAccount()
        account.grades = wanted.sorted()
        account.incidents = rows.count
        account.includesArtefacts = filter.includesArtefacts
        let taken = rows.filter { row in
            guard table.x[row].isFinite, table.y[row].isFinite else {
                account.withoutPlace += 1
                return true
            }
            guard wanted.contains(table.grade[row]) else {
                account.leftOutByGrade[table.grade[row], default: 0] += 1
                return false
            }
            guard filter.includesArtefacts || !table.isArtefact[row] else {
                account.leftOutAtArtefacts += 1
                return false
            }
            return true
        }
        return (taken, account)
    }
}
