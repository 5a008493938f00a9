import CrimeMapping
import Foundation
import Hotspots
import SimpleFeatures

/// The description of a pattern, for a person.
enum DescribeText {
    static func of(
        _ summary: PatternSummary, tests: [(name: String, test: GlobalAssociation)], profile: TemporalProfile?
    ) -> String {
        let duplicates = summary.duplicates
        var lines = [
            row(
                "incidents",
                "\(summary.pattern.count.grouped) at \(duplicates.places.grouped) places"
                    + (summary.outside > 0 ? ", \(summary.outside.grouped) outside the study area left out" : "")
                    + (summary.pattern.dropped > 0 ? ", \(summary.pattern.dropped.grouped) without one left out" : "")),
            row("study area", summary.studyArea),
            row("mean centre", place(summary.mean.centre)), row("median centre", place(summary.median.centre)),
        ]
        if let distance = summary.distance { lines.append(row("standard distance", metres(distance.distance))) }
        if let ellipse = summary.ellipse {
            lines.append(
                row(
                    "ellipse",
                    "\(metres(ellipse.semiMajorAxis)) by \(metres(ellipse.semiMinorAxis))"
                        + (ellipse.azimuth.map { ", long axis \($0.rounded(to: 1))° from north" } ?? "")))
        }
        lines.append(row("convex hull", "\((summary.hull.squareMetres / 1e6).rounded(to: 2)) km²"))
        if let nearest = summary.nearest {
            lines.append(
                row(
                    "nearest neighbour",
                    "\(metres(nearest.meanDistance)) on average, \(metres(nearest.expectedDistance)) by chance: index "
                        + "\(nearest.index.rounded(to: 4))" + significance(z: nearest.z, p: nearest.p)))
        }
        if let share = duplicates.share {
            lines.append(
                row(
                    "duplicates",
                    "\((share * 100).rounded(to: 1)) % share their place with another, at most \(duplicates.mostAtOnePlace.grouped) one"
                ))
        }
        if let ripley = summary.ripley { lines.append(row("Ripley's K", self.ripley(ripley))) }
        for (name, test) in tests {
            lines.append(
                row(
                    name,
                    "\(test.statistic.rounded(to: 5)), \(test.expected.rounded(to: 5)) by chance"
                        + significance(z: test.z, p: test.permuted?.p ?? test.p)))
        }
        if let profile { lines += self.profile(profile) }
        return lines.joined(separator: "\n")
    }

    static func members(_ name: String, _ test: GlobalAssociation) -> [Property] {
        let key = name.lowercased().filter { $0.isLetter || $0 == " " }.replacingOccurrences(of: " ", with: "_")
        return [
            Property(key, .number(test.statistic)), Property("\(key)_expected", .number(test.expected)),
            Property("\(key)_z", .number(test.z)), Property("\(key)_p", .number(test.p)),
            Property("\(key)_p_permuted", test.permuted.map { .number($0.p) } ?? .null),
            Property("\(key)_neighbours", .text(test.neighbours.description)),
        ].map { Property($0.name, $0.value.finite) }
    }

    private static func ripley(_ result: RipleyKResult) -> String {
        let steps = result.steps
        let peak = steps.max { ($0.lMinusDistance ?? -.infinity) < ($1.lMinusDistance ?? -.infinity) }
        var text = "\(steps.count) steps to \(metres(steps.last?.distance ?? .metres(0)))"
        if let peak, let value = peak.lMinusDistance {
            text += "; L − r greatest at \(metres(peak.distance)): \(value.rounded(to: 1)) m"
        }
        if let p = result.p { text += "; p \(p.rounded(to: 4)) of \(result.method.simulations) simulations" }
        return text
    }

    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    private static func profile(_ profile: TemporalProfile) -> [String] {
        let greatest = max(1, profile.hourOfWeek.flatMap { $0 }.max() ?? 1)
        let shades = Array(" ·░▒▓█")
        let all = profile.months.reduce(0) { $0 + $1.count }
        var lines = [
            row("by hour", "00    06    12    18    24, each mark an hour, darkest \(greatest.grouped)"),
            row("", "all \(all.grouped) incidents taken by the filter, wherever they lie"),
        ]
        for (day, hours) in zip(days, profile.hourOfWeek) {
            let marks = hours.map { shades[$0 == 0 ? 0 : 1 + min(4, $0 * 5 / (greatest + 1))] }
            lines.append(row("  \(day)", "\(String(marks))  \(hours.reduce(0, +).grouped)"))
        }
        let without = profile.withoutHour.reduce(0, +)
        if without > 0 { lines.append(row("  no hour", without.grouped)) }
        if let first = profile.months.first, let last = profile.months.last {
            let counts = profile.months.map(\.count)
            lines.append(
                row(
                    "by month",
                    "\(first.period) to \(last.period): \((counts.min() ?? 0).grouped) to \((counts.max() ?? 0).grouped) a month"
                ))
        }
        return lines
    }

    private static func significance(z: Double?, p: Double?) -> String {
        guard let z, let p else { return "" }
        return ", z \(z.rounded(to: 2)), p " + (p < 0.0001 ? "< 0.0001" : "\(p.rounded(to: 4))")
    }

    private static func place(_ point: PlanarPoint) -> String { "\(point.x.rounded(to: 1)), \(point.y.rounded(to: 1))" }

    private static func metres(_ length: Length) -> String { "\(length.metres.rounded(to: 1)) m" }

    private static func row(_ name: String, _ value: String) -> String {
        name.padding(toLength: max(19, name.count + 1), withPad: " ", startingAt: 0) + value
    }
}
