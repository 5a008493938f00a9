import Bytes
import Georeferencing
import Incidents

extension QualityPage {
    // MARK: Names

    var names: String {
        let open = report.names
        let title = heading(
            say("Nombres por responder", "Names to answer"),
            say(
                "Nombres que ninguna colonia tiene, o que pueden ser de varias. Respóndalos en una hoja de cálculo: "
                    + "<code>faro info … --quality --aliases nombres.csv</code>, llene <code>area_id</code>, y luego "
                    + "<code>faro gazetteer aliases</code> y <code>faro assign</code>.",
                "Names that no colonia has, or that may be of several. Answer them in a spreadsheet: "
                    + "<code>faro info … --quality --aliases names.csv</code>, fill in <code>area_id</code>, then "
                    + "<code>faro gazetteer aliases</code> and <code>faro assign</code>."))
        guard !open.names.isEmpty else { return title + "<p class=\"none\">\(say("Ninguno.", "None."))</p>" }
        let cells = open.names.prefix(Self.longestList).map { name in
            [
                HTMLText.escaped(name.name) + small(name.municipality ?? ""), say.count(name.count),
                name.status == .ambiguous
                    ? say("puede ser varias", "may be several") : say("nadie lo tiene", "no area has it"),
                name.candidates.map { HTMLText.escaped($0.name) + small($0.id) }.joined(),
            ]
        }
        return title
            + HTMLText.table(
                [
                    say("como se escribe", "as written"), say("incidentes", "incidents"), say("por qué", "why"),
                    say("las más parecidas", "the most alike"),
                ], Array(cells), ["", "n", "", ""]) + cut(open.names.count)
    }

    private func small(_ text: String) -> String { text.isEmpty ? "" : "<small>\(HTMLText.escaped(text))</small>" }

    // MARK: Places

    var artefacts: String {
        let title = heading(
            say("Lugares que no pueden ser casualidad", "Places that cannot be chance"),
            say(
                "Ahí se juntan reportes por otra razón que porque ahí hayan ocurrido: la fiscalía, un hospital, un punto por "
                    + "omisión. Se cuentan en los totales y no entran en los mapas de puntos, salvo que se pida con "
                    + "<code>--include-artefacts</code>.",
                "Reports pile up there for another reason than that they happened there: the prosecutor's office, a hospital, a "
                    + "default point. They count in totals and stay out of point maps unless "
                    + "<code>--include-artefacts</code> asks for them."))
        guard !report.artefacts.isEmpty else { return title + "<p class=\"none\">\(say("Ninguno.", "None."))</p>" }
        let cells = report.artefacts.prefix(Self.longestList).map { place in
            [
                "\(degrees(place.latitude)), \(degrees(place.longitude))", say.count(place.incidents),
                say.percent(place.share, decimals: 2), "\((place.expected * 10).rounded() / 10)",
                say.sign(place.reason),
            ]
        }
        return title
            + HTMLText.table(
                [
                    say("latitud, longitud", "latitude, longitude"), say("incidentes", "incidents"),
                    say("de todos", "of all"), say("alrededor hay", "usual around"), say("por qué", "why"),
                ], Array(cells), ["", "n", "n", "n", ""]) + cut(report.artefacts.count)
    }

    private func degrees(_ value: Double) -> String {
        var writer = ByteWriter()
        writer.fixed(value, decimals: 5)
        return writer.string
    }

    var positions: String {
        guard !report.positions.isEmpty else { return "" }
        let cells = report.positions.map { source in
            [
                HTMLText.escaped(source.source), say.kind(source.kind), say.count(source.incidents),
                say.count(source.distinctPlaces), say.percent(source.coverage),
                source.spacing.map { say.count(Int(min($0, 1e7))) + " m" } ?? "–",
            ]
        }
        return heading(
            say("Qué son las coordenadas", "What the coordinates are"),
            say(
                "Un archivo ajustado a pocos puntos parece exacto y no lo es; sus incidentes no cuentan como aciertos.",
                "A file drawn to few points looks exact and is not; its incidents are no hits."))
            + HTMLText.table(
                [
                    say("archivo", "file"), say("son", "they are"), say("incidentes", "incidents"),
                    say("lugares distintos", "distinct places"), say("el siguiente caería en uno", "next falls on one"),
                    say("distancia entre ellos", "apart"),
                ], cells, ["", "", "n", "n", "n", "n"])
    }

    var labels: String {
        guard !report.labels.isEmpty else { return "" }
        let cells = report.labels.map { count in
            [
                say.level(count.level), say.count(count.agrees), say.count(count.differs),
                say.percent(count.agreement ?? 0),
            ]
        }
        return heading(
            say("Lo que dice la fuente y lo que dice el polígono", "What the source says and what the polygon says"),
            say(
                "Se guardan los dos. Nombres escritos de otra manera cuentan como distintos.",
                "Both are kept. Names written another way count as different."))
            + HTMLText.table(
                [
                    say("nivel", "level"), say("coinciden", "agree"), say("difieren", "differ"),
                    say("coincidencia", "agreement"),
                ],
                cells, ["", "n", "n", "n"])
    }

    // MARK: Rows

    var reasons: String {
        guard !report.reasons.isEmpty else { return "" }
        let cells = report.reasons.prefix(Self.longestList).map { reason in
            [
                "<code>\(HTMLText.escaped(reason.reason))</code>", say.count(reason.rows),
                reason.examples.map(example).joined(),
            ]
        }
        return heading(
            say("Qué no se pudo tomar como estaba", "What could not be taken as it stood"),
            say("Con filas de ejemplo para buscarlas en el archivo.", "With example rows to look up in the file."))
            + HTMLText.table(
                [say("motivo", "reason"), say("filas", "rows"), say("por ejemplo", "for example")], Array(cells),
                ["", "n", ""])
    }

    private func example(_ example: QualityReport.Example) -> String {
        let place = say("línea \(example.line)", "line \(example.line)")
        let found = example.found.isEmpty ? "" : " <code>\(HTMLText.escaped(example.found.prefix(120)))</code>"
        let column = example.column.map { "\(HTMLText.escaped($0)):" } ?? ""
        return "<div>\(column)\(found)<small>\(HTMLText.escaped(example.source)), \(place)</small></div>"
    }
}
