import Incidents
import Indicators

extension QualityPage {
    // MARK: At a glance

    /// The rate of all incidents, large, on a scale with the gate.
    var hero: String {
        let rate = report.overall
        let sentence =
            switch rate.standing {
            case .reached:
                say(
                    "de los incidentes están en el mapa. Alcanza el 85 % que un mapa necesita.",
                    "of the incidents are on the map. That reaches the 85 % that a map needs.")
            case .missed:
                say(
                    "de los incidentes están en el mapa. No alcanza el 85 %: un mapa de puntos engañaría.",
                    "of the incidents are on the map. That misses the 85 %: a map of points would mislead.")
            case .tooFew:
                say(
                    "de los incidentes están en el mapa. Son muy pocos para saber si alcanza el 85 %.",
                    "of the incidents are on the map. They are too few to tell whether that reaches 85 %.")
            }
        return """
            <section class="hero \(rate.standing.rawValue)"><strong class="figure">\(say.percent(rate.rate ?? 0))</strong>
            <p>\(sentence)</p>\(scale(rate, label: "85 %"))</section>
            """
    }

    /// A bar from 0 to 100 % with the interval as a line and the gate as a mark.
    func scale(_ rate: HitRate, label: String = "") -> String {
        let low = rate.low ?? 0
        let width = (rate.high ?? 0) - low
        return
            "<div class=\"scale \(rate.standing.rawValue)\"><i class=\"fill\" style=\"width:\(css(rate.rate ?? 0))\"></i>"
            + "<i class=\"span\" style=\"left:\(css(low));width:\(css(width))\"></i>"
            + "<i class=\"gate\" style=\"left:\(css(HitRate.gate))\">\(label.isEmpty ? "" : "<b>\(label)</b>")</i></div>"
    }

    private func css(_ share: Double) -> String { "\((min(1, max(0, share)) * 1000).rounded() / 10)%" }

    var cards: String {
        let open = report.names
        let cards: [(Int, String)] = [
            (report.overall.hits, say("con punto o cruce", "with a point or a crossing")),
            (
                report.overall.incidents - report.overall.hits,
                say("sin punto: se cuentan, no se dibujan", "without a point: counted, not drawn")
            ),
            (
                report.incidentsAtArtefacts,
                say(
                    "en \(say.count(report.artefacts.count)) lugares sospechosos",
                    "at \(say.count(report.artefacts.count)) suspect places")
            ),
            (
                open.names.count,
                say(
                    "nombres por responder, de \(say.count(open.incidents)) incidentes",
                    "names to answer, of \(say.count(open.incidents)) incidents")
            ),
        ]
        return "<div class=\"cards\">"
            + cards.map { "<div class=\"card\"><b>\(say.count($0.0))</b><span>\($0.1)</span></div>" }.joined()
            + "</div>"
    }

    // MARK: Rows and precision

    var rows: String {
        let counts = report.counts
        let outcomes = [
            (say("con lugar", "placed"), counts.placed, 0), (say("ambiguos", "ambiguous"), counts.ambiguous, 1),
            (say("sin lugar", "unplaced"), counts.unplaced, 2), (say("rechazadas", "rejected"), counts.rejected, 3),
        ]
        let precision = report.precision.enumerated().map { index, count in
            (say.precision(count.name), count.incidents, count.isHit ? 0 : min(4, 1 + index % 4))
        }
        return heading(
            say("Cada fila tiene cuenta", "Every row is accounted for"),
            say(
                "\(say.count(counts.read)) filas leídas; \(say.count(counts.duplicates)) repiten otra en todo.",
                "\(say.count(counts.read)) rows read; \(say.count(counts.duplicates)) repeat another in everything."))
            + stack(outcomes) + "<h3>\(say("Qué tan fino es el lugar", "How closely the place is known"))</h3>"
            + stack(precision)
    }

    private func stack(_ parts: [(name: String, count: Int, colour: Int)]) -> String {
        let total = parts.reduce(0) { $0 + $1.count }
        let shown = parts.filter { $0.count > 0 }
        guard total > 0 else { return "" }
        let bars = shown.map { "<i class=\"c\($0.colour)\" style=\"flex:\($0.count) 0 0\"></i>" }.joined()
        let key = shown.map {
            "<li><i class=\"c\($0.colour)\"></i>\($0.name) \(say.count($0.count)) (\(say.percent(Double($0.count) / Double(total))))</li>"
        }
        return "<div class=\"stack\">\(bars)</div><ul class=\"key\">\(key.joined())</ul>"
    }

    // MARK: Groups

    /// The groups that surely miss the gate, those that lose most incidents first.
    var below: String {
        let axes = [
            (say("delito", "crime"), report.byCrime), (say("municipio", "municipality"), report.byMunicipality),
            (say("colonia", "colonia"), report.byColonia), (say("mes", "month"), report.byMonth),
        ]
        let missed = axes.flatMap { axis, groups in
            groups.filter { $0.rate.standing == .missed }.map { (axis: axis, group: $0) }
        }.sorted { lost($0.group) > lost($1.group) }
        let title = heading(
            say("Bajo el 85 %", "Below 85 %"),
            say(
                "Grupos en los que un mapa de puntos engañaría; primero, los que más incidentes pierden.",
                "Groups of which a map of points would mislead; those that lose most incidents first."))
        guard !missed.isEmpty else {
            return title + "<p class=\"none\">\(say("Ninguno.", "None."))</p>"
        }
        let cells = missed.prefix(Self.worst).map { [$0.axis] + groupCells($0.group) }
        return title + HTMLText.table([say("por", "by")] + groupHead, Array(cells), [""] + groupClasses)
            + cut(missed.count, Self.worst)
    }

    private static let worst = 20

    private func lost(_ group: HitRateGroup) -> Int { group.rate.incidents - group.rate.hits }

    var crimes: String {
        heading(say("Por delito", "By crime")) + groups(report.byCrime)
    }

    var areas: String {
        let municipalities =
            report.byMunicipality.isEmpty
            ? "" : heading(say("Por municipio", "By municipality")) + groups(report.byMunicipality)
        guard !report.byColonia.isEmpty else { return municipalities }
        let standing = Dictionary(grouping: report.byColonia, by: \.rate.standing).mapValues(\.count)
        let summary = say(
            "\(say.count(standing[.reached] ?? 0)) alcanzan el 85 %, \(say.count(standing[.missed] ?? 0)) no, y en "
                + "\(say.count(standing[.tooFew] ?? 0)) son muy pocos incidentes para saberlo. Las de más incidentes:",
            "\(say.count(standing[.reached] ?? 0)) reach 85 %, \(say.count(standing[.missed] ?? 0)) do not, and "
                + "\(say.count(standing[.tooFew] ?? 0)) have too few incidents to tell. Those with most incidents:")
        return municipalities + heading(say("Por colonia", "By colonia"), summary) + groups(report.byColonia, 15)
    }

    var methods: String {
        let total = max(1, report.overall.incidents)
        let cells = report.byMethod.map { group in
            [
                say.method(group.key ?? ""), say.count(group.rate.incidents),
                say.percent(Double(group.rate.incidents) / Double(total)),
                group.rate.hits > 0 ? say("sí", "yes") : say("no", "no"),
            ]
        }
        return heading(say("Cómo se halló el lugar", "How the place was found"))
            + HTMLText.table(
                [
                    say("método", "method"), say("incidentes", "incidents"), say("parte", "share"),
                    say("acierto", "hit"),
                ],
                cells, ["", "n", "n", ""])
    }

    func groups(_ groups: [HitRateGroup], _ most: Int = QualityPage.longestList) -> String {
        HTMLText.table(groupHead, groups.prefix(most).map(groupCells), groupClasses) + cut(groups.count, most)
    }

    private var groupHead: [String] {
        [
            say("grupo", "group"), say("incidentes", "incidents"), say("en el mapa", "on the map"), "",
            say("frente al 85 %", "against 85 %"),
        ]
    }

    private var groupClasses: [String] { ["", "n", "n", "w", ""] }

    private func groupCells(_ group: HitRateGroup) -> [String] {
        var name = HTMLText.escaped(group.name ?? group.key ?? say("ninguno conocido", "none that is known"))
        if group.name != nil, let key = group.key { name += "<small>\(HTMLText.escaped(key))</small>" }
        let rate = group.rate
        let verdict =
            switch rate.standing {
            case .reached: say("alcanza", "reaches")
            case .missed: say("no alcanza", "misses")
            case .tooFew: say("muy pocos", "too few")
            }
        return [
            name, say.count(rate.incidents), say.percent(rate.rate ?? 0), scale(rate),
            "<span class=\"tag \(rate.standing.rawValue)\">\(verdict)</span>",
        ]
    }

    func heading(_ title: String, _ lead: String = "") -> String {
        "<h2>\(title)</h2>" + (lead.isEmpty ? "" : "<p class=\"lead\">\(lead)</p>")
    }

    /// A word on what a list leaves out.
    func cut(_ count: Int, _ most: Int = QualityPage.longestList) -> String {
        count <= most
            ? ""
            : "<p class=\"none\">\(say("y \(say.count(count - most)) más", "and \(say.count(count - most)) more"))</p>"
    }
}
