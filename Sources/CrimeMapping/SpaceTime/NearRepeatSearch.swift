import CivilTime
import Grids
public import Hotspots
import Pictures
import SimpleFeatures

/// Whether incidents repeat near and soon: the job behind `faro hotspot near-repeat`.
public struct NearRepeatSearch: Sendable {
    /// What the rows of the result are.
    public enum Rows: String, Sendable, CaseIterable {
        /// Bands of distance and time.
        case bands
        /// Incidents, with how many went before and came after nearby.
        case incidents
        /// Cells, with how much likelier an incident is there on the days after the last one.
        case risk
    }

    public var test: NearRepeat
    public var rows: Rows
    public var threads: Int?
    /// For how many days after the last one a risk is told, 1 to ``greatestDaysAhead``.
    public var ahead = 1
    /// Mantel's test beside Knox's; nil for none.
    public var mantel: Mantel?

    public init(test: NearRepeat, rows: Rows = .bands, threads: Int? = nil) {
        self.test = test
        self.rows = rows
        self.threads = threads
    }

    /// - Throws: `HotspotError`, ``JobError/usage(_:)`` for days ahead that are none, ``JobError/interrupted(_:)``.
    public func run(on support: SpaceTimeSupport, control: JobControl = .silent) throws -> SpaceTimeTable {
        guard (1...Self.greatestDaysAhead).contains(ahead) else {
            throw JobError.usage("the days ahead must be 1 to \(Self.greatestDaysAhead), but are \(ahead)")
        }
        let found = try interruptible(control, "dealing times") {
            try test.table(of: support.pattern, threads: threads, progress: $0)
        }
        let (table, lines): (FeatureTable, [String]) =
            switch rows {
            case .bands: (bands(found, support), [])
            case .incidents: (try incidents(found, support), [])
            case .risk: try risk(found, support, control)
            }
        var result = SpaceTimeTable(table: table, account: account(found) + lines, explanation: explanation)
        if rows == .risk { result.explanation = riskExplanation(after: result.explanation) }
        if let mantel { try add(mantel, to: &result, support, control) }
        return UncertainTimes.middle.told(in: result, of: support)
    }

    /// Where Mantel's test cannot be made, Knox's still stands: its table is given, and what is missing is said.
    private func add(
        _ mantel: Mantel, to result: inout SpaceTimeTable, _ support: SpaceTimeSupport, _ control: JobControl
    ) throws {
        result.table.members.append(Property("mantel_form", .text(mantel.form.words)))
        do {
            let found = try interruptible(control, "correlating") {
                try mantel.test(of: support.pattern, threads: threads, progress: $0)
            }
            result.table.members += [
                Property("mantel_r", .number(found.correlation)), Property("mantel_p", .number(found.p)),
            ]
            let rounded = (found.correlation * 1e4).rounded() / 1e4
            result.account.append("  Mantel (\(mantel.form.words)): r \(rounded), p \(found.p)")
        } catch let error as HotspotError {
            result.table.members += [
                Property("mantel_r", .null), Property("mantel_p", .null),
                Property("mantel_missing", .text(error.description)),
            ]
            result.warnings.append("Mantel's test is missing: \(error.description)")
        }
    }

    func members(_ support: SpaceTimeSupport) -> [Property] {
        [
            Property("method", .text("near-repeat (Knox)")),
            Property("permutations", .integer(Int64(test.permutations))), Property("seed", .text(String(test.seed))),
            Property("bands_closed", .text(test.closed.rawValue)),
        ] + support.members
    }

    private func bands(_ found: NearRepeatTable, _ support: SpaceTimeSupport) -> FeatureTable {
        let columns = ["distance", "days", "observed", "expected", "simulated", "ratio", "p", "notable"]
        var table = FeatureTable(crs: support.counts.crs, columns: columns, members: members(support))
        for distance in 0..<found.distanceBands {
            for time in 0..<found.timeBands {
                let cell = found[distance: distance, days: time]
                table.append(
                    nil,
                    [
                        .text(found.distanceLabel(distance)), .text(found.timeLabel(time)),
                        .integer(Int64(cell.observed)), .number(cell.expected), .number(cell.simulated),
                        .number(cell.ratio), .number(cell.p), .bool(cell.isNotable),
                    ])
            }
        }
        return table
    }

    /// The farthest and longest bands that are notable, or the first ones.
    private func window(_ found: NearRepeatTable) -> (distance: Length, days: Double) {
        var (distance, days) = (0, 0)
        for band in 1..<found.distanceBands {
            for time in 0..<found.timeBands where found[distance: band, days: time].isNotable {
                (distance, days) = (max(distance, band - 1), max(days, time))
            }
        }
        return (test.distances[distance], test.days[days])
    }

    private func incidents(_ found: NearRepeatTable, _ support: SpaceTimeSupport) throws -> FeatureTable {
        let window = window(found)
        let roles = try NearRepeatRoles(distance: window.distance, days: window.days, closed: test.closed)
            .roles(of: support.pattern)
        let pattern = support.pattern
        let own = [
            Property("within_m", .number(window.distance.metres)), Property("within_days", .number(window.days)),
        ]
        var table = FeatureTable(
            crs: support.counts.crs, columns: ["day", "role", "earlier", "later", "same_day"],
            members: members(support) + own)
        var kinds: [Int?] = []
        for (index, role) in roles.enumerated() {
            let kind = role.isRepeat ? (role.isOriginator ? 1 : 2) : role.isOriginator ? 0 : 3
            kinds.append(kind)
            table.append(
                .point(PlanarPoint(x: pattern.x[index], y: pattern.y[index])),
                [
                    .text(CalendarDate(daysSince1970: Int32(clamping: Int(pattern.day(of: index)))).description),
                    .text(["originator", "repeat and originator", "repeat", "single"][kind]),
                    .integer(Int64(role.earlier)), .integer(Int64(role.later)), .integer(Int64(role.simultaneous)),
                ])
        }
        let words = "\(window.distance), \(window.days.inWords) "
        table.style = .init(
            .kinds(
                kinds,
                names: [
                    .init(spanish: "Primero de una serie", english: "Originator", colour: .init(0xD55E00)),
                    .init(
                        spanish: "Repetición y origen de otra", english: "Repeat and originator",
                        colour: .init(0xCC79A7)),
                    .init(spanish: "Repetición", english: "Repeat", colour: .init(0x0072B2)),
                    .init(spanish: "Aislado", english: "Single", colour: .init(0x9AA0A6)),
                ]), spanish: "repeticiones cercanas (\(words)días)", english: "near repeats (\(words)days)")
        return table
    }

    private func account(_ found: NearRepeatTable) -> [String] {
        var lines = ["near-repeat test of \(found.incidents) incidents, \(test.permutations) permutations"]
        for band in 0..<found.distanceBands {
            let ratios = (0..<found.timeBands).map { time -> String in
                let cell = found[distance: band, days: time]
                guard cell.ratio.isFinite else { return "-" }
                return String((cell.ratio * 100).rounded() / 100) + (cell.isNotable ? "*" : "")
            }
            lines.append("  \(found.distanceLabel(band)):  \(ratios.joined(separator: "  "))")
        }
        let days = (0..<found.timeBands).map(found.timeLabel).joined(separator: " ")
        lines.append("  times the chance; * p < 0.05 and at least 1.2; \(days)")
        return lines
    }

    private var explanation: Explanation {
        Explanation(
            spanish: """
                Las repeticiones cercanas se probaron con la tabla de Knox (1964): pares de incidentes por banda de distancia y de días, contra \
                \(test.permutations) repartos al azar de las fechas entre los lugares fijos (semilla \(test.seed)); razón = observados / media \
                simulada; p = (1 + tablas con al menos tantos) / (1 + tablas).
                """,
            english: """
                Near repeats were tested by Knox's table (1964): pairs of incidents by band of distance and of days, against \
                \(test.permutations) random deals of the dates among the fixed places (seed \(test.seed)); ratio = observed / simulated \
                mean; p = (1 + tables with at least as many) / (1 + tables).
                """)
    }
}

extension Mantel.Form {
    /// As a record writes it.
    fileprivate var words: String {
        switch self {
        case .plain: "distances and days as they are"
        case .reciprocal(let metres, let days):
            "1 / (distance + \(metres.inWords) m), 1 / (time + \(days.inWords) days)"
        }
    }
}
