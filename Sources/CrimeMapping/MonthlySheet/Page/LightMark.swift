import Indicators

/// The lights as they are drawn: a colour, a shape and a letter each, filled where it is more than chance, and open where
/// chance alone explains it.
struct LightMark {
    let say: SheetWords

    /// The shapes, once a page; marks refer to them.
    var definitions: String {
        let symbols = LightLevel.allCases.flatMap { level in
            [symbol(level, isOpen: false), symbol(level, isOpen: true)]
        }
        return
            "<svg width=\"0\" height=\"0\" aria-hidden=\"true\" style=\"position:absolute\">\(symbols.joined())</svg>"
    }

    /// A light with its words for whoever does not see it.
    func mark(_ level: LightLevel?, _ light: Light, size: Int = 24) -> String {
        guard let level else {
            let why = say.absence(light.absence ?? .noFigure)
            return
                "<span class=\"nolight\" title=\"\(why)\"><span class=\"sr\">\(why)</span><span aria-hidden=\"true\">·</span></span>"
        }
        let chance = light.chance ?? .within
        let words = "\(say.name(level)), \(say.chance(chance))"
        return
            "<svg class=\"light\" width=\"\(size)\" height=\"\(size)\" viewBox=\"0 0 24 24\" role=\"img\" aria-label=\"\(words)\">"
            + "<title>\(words)</title><use href=\"#\(Self.id(level, isOpen: chance == .within))\"/></svg>"
    }

    /// A filled light beside its words in the legend.
    func sample(_ level: LightLevel) -> String {
        "<svg class=\"light\" width=\"18\" height=\"18\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><use href=\"#\(Self.id(level, isOpen: false))\"/></svg>"
    }

    /// A light of a history: its shape, small and without a letter.
    func small(_ level: LightLevel?, x: Double, y: Double) -> String {
        let (x, y) = (SVGText.short(x), SVGText.short(y))
        guard let level else { return "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"1\" class=\"none\"/>" }
        switch level {
        case .darkGreen, .green: return "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"3.6\" class=\"f-\(level.rawValue)\"/>"
        case .yellow:
            return "<path transform=\"translate(\(x) \(y))\" d=\"M0-4.6 4.6 0 0 4.6-4.6 0Z\" class=\"f-yellow\"/>"
        case .red, .doubleRed:
            return
                "<rect transform=\"translate(\(x) \(y))\" x=\"-3.4\" y=\"-3.4\" width=\"6.8\" height=\"6.8\" class=\"f-\(level.rawValue)\"/>"
        }
    }

    private func symbol(_ level: LightLevel, isOpen: Bool) -> String {
        let shape =
            switch level {
            case .darkGreen, .green: "<circle cx=\"12\" cy=\"12\" r=\"10.4\"/>"
            case .yellow: "<path d=\"M12 .9 23.1 12 12 23.1.9 12Z\" stroke-linejoin=\"round\"/>"
            case .red, .doubleRed: "<rect x=\"1.7\" y=\"1.7\" width=\"20.6\" height=\"20.6\" rx=\"3\"/>"
            }
        let letter = say.letter(level)
        return
            "<symbol id=\"\(Self.id(level, isOpen: isOpen))\" viewBox=\"0 0 24 24\"><g class=\"\(isOpen ? "o" : "f")-\(level.rawValue)\">"
            + "\(shape)<text x=\"12\" y=\"\(letter.count > 1 ? "15.4" : "16.2")\" text-anchor=\"middle\" class=\"letter\(letter.count > 1 ? " two" : "")\">\(letter)</text></g></symbol>"
    }

    private static func id(_ level: LightLevel, isOpen: Bool) -> String { "l-\(level.rawValue)\(isOpen ? "-o" : "")" }
}

/// Numbers as SVG takes them.
enum SVGText {
    /// With one decimal at most.
    static func short(_ value: Double) -> String {
        let tenths = (value * 10).rounded()
        guard tenths.isFinite, abs(tenths) < 1e9 else { return "0" }
        let whole = Int(tenths)
        return whole % 10 == 0 ? "\(whole / 10)" : "\(Double(whole) / 10)"
    }
}
