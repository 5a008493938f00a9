/// A level of a traffic light. Beside its colour it always has a letter and a shape, so that nobody needs to tell colours apart.
public enum LightLevel: String, Hashable, Sendable, Codable, CaseIterable {
    case darkGreen = "dark_green"
    case green, yellow, red
    case doubleRed = "double_red"

    /// From the best, 0, to the worst, 4: the same number in every rule.
    public var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The letter that stands in the light, in Spanish: Verde, Amarillo, Rojo.
    public var spanishLetter: String {
        switch self {
        case .darkGreen: "VV"
        case .green: "V"
        case .yellow: "A"
        case .red: "R"
        case .doubleRed: "RR"
        }
    }

    /// The letter that stands in the light, in English.
    public var englishLetter: String {
        switch self {
        case .darkGreen: "GG"
        case .green: "G"
        case .yellow: "Y"
        case .red: "R"
        case .doubleRed: "RR"
        }
    }

    public var spanishName: String {
        switch self {
        case .darkGreen: "verde intenso"
        case .green: "verde"
        case .yellow: "amarillo"
        case .red: "rojo"
        case .doubleRed: "doble rojo"
        }
    }

    public var englishName: String { rawValue.replacing("_", with: " ") }
}
