import CivilTime
import Hotspots
import Incidents
import Pictures
import SimpleFeatures
import Statistics

/// The areas and the tests of a comparison before and after, as rows.
struct BeforeAfterTable {
    let job: BeforeAfter
    let zones: [BeforeAfter.Zone]
    let days: Int

    func table(_ selection: IncidentSelection, incidents: Int) -> SpaceTimeTable {
        let columns = [
            "row", "before", "after", "difference", "percent", "z", "p", "low", "high", "km2",
        ]
        let last = job.since.adding(days: days - 1).map(\.description) ?? ""
        let members = [
            Property("method", .text("before and after (WDD, E-test)")),
            Property("since", .text(job.since.description)),
            Property("until", .text(last)), Property("days_of_each_period", .integer(Int64(days))),
            Property("treated", .text(job.treated.words)),
            Property("control", job.control.map { .text($0.words) } ?? .null),
            Property("ring_m", job.ring.map { .number($0.metres) } ?? .null),
            Property("incidents", .integer(Int64(incidents))),
            Property("incidents_counted", .integer(Int64(zones.reduce(0) { $0 + $1.before + $1.after }))),
            Property("crs", .text(selection.crs.name)), Property("faro_version", .text(FaroVersion.current)),
        ]
        var table = FeatureTable(crs: selection.crs, columns: columns, members: members)
        for zone in zones { table.append(.multiPolygon(zone.shape), row(zone)) }
        for test in tests { table.append(nil, row(test)) }
        let kinds = zones.map { BeforeAfter.Role.allCases.firstIndex(of: $0.role) } + tests.map { _ in nil }
        table.style = .init(
            .kinds(kinds, names: named), spanish: "antes y después del \(job.since), \(days) días cada periodo",
            english: "before and after \(job.since), \(days) days each")
        table.showsRowsOnly = true
        return SpaceTimeTable(table: table, account: account, warnings: warnings, explanation: Self.explanation)
    }

    // MARK: Tests

    private struct Test {
        var name: String
        var meaning: String
        var found: WeightedDisplacementDifference
    }

    private func counts(_ role: BeforeAfter.Role) -> WeightedDisplacementDifference.Counts? {
        zones.first { $0.role == role }.map { .init($0.before, $0.after) }
    }

    /// The zone against the control, the ring against the control's ring, and all four.
    private var tests: [Test] {
        guard let treated = counts(.treated), let control = counts(.control) else { return [] }
        var tests: [Test] = []
        if let effect = WeightedDisplacementDifference(treated: treated, control: control) {
            tests.append(Test(name: "effect", meaning: "the treated area less the control", found: effect))
        }
        guard let ring = counts(.treatedRing), let other = counts(.controlRing) else { return tests }
        if let moved = WeightedDisplacementDifference(treated: ring, control: other) {
            tests.append(Test(name: "displacement", meaning: "its ring less the control's ring", found: moved))
        }
        if let net = WeightedDisplacementDifference(
            treated: treated, control: control, treatedRing: ring, controlRing: other)
        {
            tests.append(Test(name: "net", meaning: "both together", found: net))
        }
        return tests
    }

    private func row(_ zone: BeforeAfter.Zone) -> [PropertyValue] {
        let difference = Double(zone.after - zone.before)
        let test = PoissonETest(zone.after, zone.before)
        return [
            .text(zone.role.rawValue), .integer(Int64(zone.before)), .integer(Int64(zone.after)), .number(difference),
            zone.before > 0 ? .number(100 * difference / Double(zone.before)) : .null,
            .number(RootDifference(zone.after, zone.before)?.z ?? .nan), .number(test?.p ?? .nan), .null, .null,
            .number(zone.squareMetres / 1e6),
        ]
    }

    private func row(_ test: Test) -> [PropertyValue] {
        [
            .text(test.name), .null, .null, .number(test.found.difference),
            test.name == "effect" ? .number(test.found.percent ?? .nan) : .null, .number(test.found.z),
            .number(test.found.p), .number(test.found.interval.lowerBound), .number(test.found.interval.upperBound),
            .null,
        ]
    }

    // MARK: Words

    private var account: [String] {
        var lines = ["before and after \(job.since): \(days) days each"]
        for zone in zones {
            let test = PoissonETest(zone.after, zone.before)
            let score = RootDifference(zone.after, zone.before)
            var line = "  \(Self.padded(zone.role.rawValue))\(zone.before) → \(zone.after)"
            if zone.before > 0 {
                line += " (\(Self.signed(100 * Double(zone.after - zone.before) / Double(zone.before))) %)"
            }
            if let test, let score {
                line +=
                    ", E-test \(Self.words(p: test.p)), z \(Self.signed(score.z))"
                    + (score.isNotable ? " (notable)" : "")
            }
            lines.append(line)
        }
        for test in tests {
            let (low, high) = (test.found.interval.lowerBound, test.found.interval.upperBound)
            lines.append(
                "  \(Self.padded(test.name))\(Self.signed(test.found.difference)) incidents (95 %: \(Self.signed(low)) to "
                    + "\(Self.signed(high))), \(Self.words(p: test.found.p)): \(test.meaning)")
        }
        return lines
    }

    private var warnings: [String] {
        var warnings = tests.first?.found.warning.map { [$0] } ?? []
        if tests.isEmpty {
            warnings.append("without a control nobody can say whether crime would have changed anyway")
        } else if job.ring == nil, job.treatedRing == nil {
            warnings.append("without rings nobody can say whether crime moved next door")
        }
        if days < 365 {
            warnings.append("periods of \(days) days lie in different seasons, which only a good control makes up for")
        }
        for zone in zones where zone.before + zone.after < 10 {
            warnings.append(
                "\(zone.role.rawValue) has \(zone.before + zone.after) incidents in all: too few to say much")
        }
        return warnings
    }

    private static func padded(_ text: String) -> String {
        text + String(repeating: " ", count: max(1, 14 - text.utf8.count))
    }

    private static func words(p: Double) -> String { p < 0.0001 ? "p < 0.0001" : "p \(rounded(p, 4))" }

    private static func rounded(_ value: Double, _ decimals: Int) -> Double {
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        return (value * scale).rounded() / scale
    }

    private static func signed(_ value: Double) -> String {
        (value > 0 ? "+" : "") + rounded(value, 1).inWords
    }

    /// The roles with what happened in each: `Zona intervenida: 89 → 29`.
    private var named: [FeatureTable.Style.Kind] {
        zip(BeforeAfter.Role.allCases, Self.kinds).map { role, kind in
            guard let zone = zones.first(where: { $0.role == role }) else { return kind }
            var kind = kind
            kind.spanish += ": \(zone.before) → \(zone.after)"
            kind.english += ": \(zone.before) → \(zone.after)"
            return kind
        }
    }

    private static let kinds: [FeatureTable.Style.Kind] = [
        .init(spanish: "Zona intervenida", english: "Treated area", colour: Colour(0xB2182B)),
        .init(spanish: "Control", english: "Control", colour: Colour(0x2166AC)),
        .init(spanish: "Anillo de la zona", english: "Ring of the treated area", colour: Colour(0xF4A582)),
        .init(spanish: "Anillo del control", english: "Ring of the control", colour: Colour(0x92C5DE)),
    ]

    private static let explanation = Explanation(
        spanish: """
            El cambio se midió con la diferencia ponderada con desplazamiento (Wheeler & Ratcliffe 2018): cambio de la zona menos cambio del control, y lo \
            mismo con sus anillos; la varianza es la suma de los conteos (Poisson). Cada área se probó además con la prueba E (Krishnamoorthy & Thomson \
            2004) y con z = 2(√a − √b), notable desde ±3 (Wheeler 2016).
            """,
        english: """
            The change was measured by the weighted displacement difference (Wheeler & Ratcliffe 2018): the change of the treated area less that of the \
            control, and the same of their rings; the variance is the sum of the counts (Poisson). Each area was also tested by the E-test (Krishnamoorthy \
            & Thomson 2004) and by z = 2(√a − √b), notable from ±3 on (Wheeler 2016).
            """)
}
