import Indicators
public import Pictures

/// A quality report as one page to read and print: HTML with everything in it, no script and nothing from elsewhere.
///
/// What reports say (names, crimes, texts of rows) is escaped and never written as markup.
public struct QualityPage: Sendable {
    let report: QualityReport
    let store: String
    let say: QualityWords

    /// Longer lists are cut, with a word on how much is left out.
    static let longestList = 40

    /// - Parameters:
    ///   - store: the store's file name, for the heading.
    ///   - language: of the page's own words.
    public init(_ report: QualityReport, store: String, language: PictureLanguage = .spanish) {
        self.report = report
        self.store = store
        say = QualityWords(language: language)
    }

    /// The whole document.
    public var html: String {
        let title = say("Calidad de la georreferencia", "Quality of the georeferencing")
        return """
            <!DOCTYPE html>
            <html lang="\(say.language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(title) · \(HTMLText.escaped(store))</title>
            <style>\(QualityPageStyle.css)</style>
            </head>
            <body><main>
            <header><h1>\(title)</h1><p>\(subtitle)</p></header>
            \(body)
            \(footer)
            </main></body>
            </html>

            """
    }

    private var subtitle: String {
        var parts = [HTMLText.escaped(store)]
        if let first = report.firstDate, let last = report.lastDate {
            parts.append(say("del \(first) al \(last)", "\(first) to \(last)"))
        }
        parts.append(
            say("\(say.count(report.overall.incidents)) incidentes", "\(say.count(report.overall.incidents)) incidents")
        )
        return parts.joined(separator: " · ")
    }

    private var body: String {
        guard report.overall.incidents > 0 else {
            return "<p class=\"none\">\(say("El archivo no tiene incidentes.", "The store has no incidents."))</p>"
        }
        return [
            hero, cards, rows, below, months, crimes, areas, methods, names, artefacts, positions, labels, reasons,
        ].joined(separator: "\n")
    }

    private var footer: String {
        let gate = say(
            "Un acierto es un punto o un cruce; el centro de una colonia, de un código postal o de un municipio nunca lo es. "
                + "El 85 % es la tasa mínima con la que un mapa de delitos no engaña (Ratcliffe 2004, International Journal of "
                + "Geographical Information Science 18). Los intervalos son de Wilson (1927), al 95 %.",
            "A hit is a point or a crossing; the middle of a colonia, a postal code or a municipality never is. 85 % is the least "
                + "rate with which a map of crimes does not mislead (Ratcliffe 2004, International Journal of Geographical "
                + "Information Science 18). Intervals are Wilson's (1927), 95 %.")
        let revision = say("revisión \(report.revision) del archivo", "revision \(report.revision) of the store")
        return "<footer><p>\(gate)</p><p>Faro \(HTMLText.escaped(FaroVersion.current)) · \(revision)</p></footer>"
    }
}
