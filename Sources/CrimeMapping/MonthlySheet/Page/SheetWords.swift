import CivilTime
import Indicators
import Pictures

/// The sheet's own words and numbers in its language.
struct SheetWords {
    let language: PictureLanguage

    /// One of two texts.
    func callAsFunction(_ spanish: String, _ english: String) -> String { language == .spanish ? spanish : english }

    private static let dash = "–"

    /// With a comma between thousands, as Mexico and English write them; a dash where there is none.
    func count(_ value: Int?) -> String {
        guard let value else { return Self.dash }
        return PictureLanguage.number(Double(value), decimals: 0)
    }

    /// With as many decimals as a reader can use: three digits in all.
    func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return Self.dash }
        let size = abs(value)
        if value == value.rounded() { return PictureLanguage.number(value, decimals: 0) }
        return PictureLanguage.number(value, decimals: size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 1 : 2)
    }

    /// Of an axis: no decimals that say nothing.
    func tick(_ value: Double) -> String {
        guard value.isFinite else { return Self.dash }
        let decimals = value == value.rounded() ? 0 : value * 10 == (value * 10).rounded() ? 1 : 2
        return PictureLanguage.number(value, decimals: decimals)
    }

    func decimal(_ value: Double?, _ decimals: Int) -> String {
        guard let value, value.isFinite else { return Self.dash }
        return PictureLanguage.number(value, decimals: decimals)
    }

    /// Of a percent with its sign: `−64 %`.
    func signedPercent(_ value: Double?) -> String {
        guard let value, value.isFinite else { return Self.dash }
        let text = PictureLanguage.number(value, decimals: 0)
        return (value > 0 && text != "0" ? "+" : "") + text + "\u{A0}%"
    }

    /// Of a share, with one decimal: `6.3`.
    func share(_ value: Double, decimals: Int = 1) -> String {
        PictureLanguage.number(value * 100, decimals: decimals)
    }

    func p(_ value: Double?) -> String {
        guard let value else { return Self.dash }
        return value < 0.001 ? "< 0.001" : PictureLanguage.number(value, decimals: 3)
    }

    /// `marzo de 2024`.
    func month(_ period: Period) -> String {
        let (year, month, _) = period.first.components
        return language == .spanish
            ? "\(Self.spanishMonths[(month - 1) % 12]) de \(year)" : "\(Self.englishMonths[(month - 1) % 12]) \(year)"
    }

    /// `mar 24`.
    func short(_ period: Period) -> String {
        let (year, month, _) = period.first.components
        let name = (language == .spanish ? Self.spanishMonths : Self.englishMonths)[(month - 1) % 12]
        let digits = String(year % 100)
        return "\(name.prefix(3)) \(digits.count < 2 ? "0" : "")\(digits)"
    }

    /// A label of a month as series write it: `2024-03`.
    func short(_ label: String?) -> String { label.flatMap { Period($0) }.map { short($0) } ?? Self.dash }

    func name(_ indicator: Indicator) -> String {
        language == .spanish ? indicator.spanishName : indicator.englishName
    }

    func name(_ level: LightLevel) -> String { language == .spanish ? level.spanishName : level.englishName }
    func letter(_ level: LightLevel) -> String { language == .spanish ? level.spanishLetter : level.englishLetter }

    func chance(_ chance: Light.Chance) -> String {
        switch chance {
        case .below: self("menos de lo que el azar explica", "fewer than chance explains")
        case .within: self("dentro de lo que el azar explica", "within what chance explains")
        case .above: self("más de lo que el azar explica", "more than chance explains")
        }
    }

    func absence(_ absence: Light.Absence) -> String {
        switch absence {
        case .noFigure: self("sin cifra", "no figure")
        case .noBase: self("sin base suficiente", "not enough base")
        case .withheld: self("suprimida", "suppressed")
        }
    }

    func status(_ status: GoalAssessment.Status) -> String {
        switch status {
        case .reached: self("meta alcanzada", "target met")
        case .onPath: self("en camino", "on the path")
        case .behind: self("rezagada", "behind")
        case .missed: self("no cumplida", "missed")
        case .notBegun: self("por comenzar", "not begun")
        case .noFigure: self("sin cifra", "no figure")
        }
    }

    /// In the plural: `municipios`.
    func levels(_ name: String) -> String {
        switch name {
        case "municipality": self("municipios", "municipalities")
        case "colonia": "colonias"
        case "district": self("distritos", "districts")
        default: name
        }
    }

    func level(_ name: String) -> String {
        switch name {
        case "municipality": self("municipio", "municipality")
        case "colonia": "colonia"
        case "district": self("distrito", "district")
        default: name
        }
    }

    func component(_ name: String) -> String {
        switch name {
        case "light_score": self("puntaje de luces", "score of lights")
        case "twelve_months_percent": self("cambio de doce meses", "change of twelve months")
        case "rate_rank_mean": self("lugar medio por tasa", "mean rank by rate")
        default: name
        }
    }

    private static let spanishMonths = [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
        "diciembre",
    ]
    private static let englishMonths = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
