import CivilTime
import Incidents
import Indicators
public import Pictures
import Privacy

/// A monthly sheet as one page to read and print: HTML with everything in it, no script and nothing from elsewhere.
///
/// On letter and A4 alike; every light has a shape and a letter beside its colour, every chart its words for a screen reader. What
/// reports say (names of areas, sources, owners) is escaped and never written as markup.
public struct SheetPage: Sendable {
    let figures: SheetFigures
    let store: String
    let say: SheetWords
    let mark: LightMark
    let charts: SheetCharts
    /// One page for the press: what changed, the lights, and how to read them.
    let isPress: Bool

    /// Longer lists are cut, with a word on where the rest stands.
    static let longestList = 60

    /// - Parameters:
    ///   - store: what the sheet is of, for its heading.
    ///   - language: of the page's own words.
    ///   - isPress: whether only the one page for the press is written.
    public init(_ figures: SheetFigures, store: String, language: PictureLanguage = .spanish, isPress: Bool = false) {
        self.figures = figures
        self.store = store
        self.isPress = isPress
        say = SheetWords(language: language)
        mark = LightMark(say: say)
        charts = SheetCharts(say: say, mark: mark)
    }

    /// The whole document.
    public var html: String {
        let title = say("Hoja mensual de indicadores", "Monthly sheet of indicators")
        return """
            <!DOCTYPE html>
            <html lang="\(say.language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(title) · \(say.month(figures.month)) · \(HTMLText.escaped(store))</title>
            <style>\(SheetPageStyle.css)</style>
            </head>
            <body\(isPress ? " class=\"press\"" : "")>\(mark.definitions)\(isPress ? "" : charts.borders(figures.map))<main>
            <header><p class="eyebrow">\(title)\(isPress ? say(" · Para la prensa", " · For the press") : "")</p>
            <h1>\(capitalised(say.month(figures.month)))</h1><p class="sub">\(subtitle)</p></header>
            \(gateSentence)\(body)
            <footer>\(footer)</footer>
            </main></body>
            </html>

            """
    }

    private var body: String {
        guard !figures.indicators.isEmpty else {
            return
                "<p class=\"lead\">\(say("No hay cifras de ningún indicador.", "There is no figure of any indicator."))</p>"
        }
        if isPress { return lead + changes(most: 6) + glance + (figures.areas.count <= 25 ? matrix : "") + legend }
        return lead + changes(most: 8) + glance + matrix + legend + goals
            + figures.indicators.map(section).joined() + index + measures + surveys + restatements
    }

    /// What a reader without a token is told first: that small counts are not there, and what follows from it.
    private var gateSentence: String {
        guard let suppression = figures.suppression, !suppression.reasons.isEmpty else { return "" }
        return "<p class=\"gate\">"
            + say(
                "<b>Edición pública.</b> No se muestra ninguna cifra menor que \(suppression.k), ni otra de la que se obtendría; lo que se calcularía con ellas (luces, cambios, sumas, tasas) tampoco. Dice «supr.».",
                "<b>Public edition.</b> No count below \(suppression.k) is shown, nor any from which one could be found; nor what they are part of (lights, changes, sums, rates). It says “supp.”."
            ) + "</p>"
    }

    private var subtitle: String {
        var parts = [
            HTMLText.escaped(store), "\(say.count(figures.areas.count)) \(say.levels(figures.level))",
        ]
        if let asOf = figures.asOf {
            parts.append(say("como se sabía el \(asOf.prefix(10))", "as known on \(asOf.prefix(10))"))
        }
        let cuts = Set(figures.indicators.compactMap(\.cut))
        if let day = figures.lastDay {
            parts.append(say("datos hasta el \(day)", "data up to \(day)"))
        } else if let cut = cuts.max() {
            parts.append(say("datos hasta \(say.month(cut))", "data up to \(say.month(cut))"))
        }
        return parts.joined(separator: " · ")
    }

    /// A figure as it is written; one that is withheld says so, so that nobody takes it for none.
    func figure(_ line: SheetLine, _ figure: SheetLine.Figure, _ text: String) -> String {
        guard line.withheld.contains(figure) else { return text }
        let words = say("suprimida por privacidad", "suppressed for privacy")
        return
            "<span class=\"held\" title=\"\(words)\"><span aria-hidden=\"true\">\(say("supr.", "supp."))</span>"
            + "<span class=\"sr\">\(words)</span></span>"
    }

    /// A change that cannot be told because one of its two figures is withheld is left blank: that one says why.
    func change(_ change: Change?, _ line: SheetLine, of figures: Set<SheetLine.Figure>) -> String {
        change == nil && !line.withheld.isDisjoint(with: figures) ? "" : self.change(change)
    }

    func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    func heading(_ title: String, _ note: String = "") -> String {
        "<h2>\(title)</h2>" + (note.isEmpty ? "" : "<p class=\"note\">\(note)</p>")
    }

    /// A change as it is written: bold beyond chance, soft within.
    func change(_ change: Change?) -> String {
        guard let change else { return "<span class=\"maybe\">–</span>" }
        let text =
            change.percent.map { say.signedPercent($0) }
            ?? (change.difference == 0 ? "0" : "+\(say.count(change.difference))")
        let sure = change.isBeyondChance
        let words = sure ? say("más que el azar", "beyond chance") : say("puede ser azar", "may be chance")
        return
            "<span class=\"\(sure ? "sure" : "maybe")\" title=\"p \(say.p(change.p)), z \(say.decimal(change.z, 1))\">"
            + "\(sure ? (change.difference > 0 ? "▲ " : "▼ ") : "")\(text)<span class=\"sr\"> \(words)</span></span>"
    }
}
