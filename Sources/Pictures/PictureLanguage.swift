/// The language of a picture's own words.
public enum PictureLanguage: String, Hashable, Sendable, Codable, CaseIterable {
    case spanish = "es"
    case english = "en"

    /// Of a density, where nothing else is said.
    public var unit: String { self == .spanish ? "delitos por km²" : "crimes per km²" }
    var noEvents: String { self == .spanish ? "ninguno" : "none" }
    var maximum: String { self == .spanish ? "máximo" : "maximum" }
    var nothingToShow: String { self == .spanish ? "sin valores que mostrar" : "no values to show" }

    func cells(_ size: String, crs: String) -> String {
        self == .spanish ? "Celdas de \(size) · \(crs)" : "Cells of \(size) · \(crs)"
    }

    func projection(crs: String) -> String { self == .spanish ? "Proyección \(crs)" : "Projection \(crs)" }
    func more(_ count: Int) -> String { self == .spanish ? "y \(count) más" : "and \(count) more" }

    /// `1,234.5`: commas between thousands and a point before decimals, as Mexico and English write both.
    /// - Parameter decimals: how many digits after the point, from 0 to 9.
    public static func number(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "–" }
        let decimals = min(max(decimals, 0), 9)
        var scale: Int64 = 1
        for _ in 0..<decimals { scale *= 10 }
        guard let scaled = Int64(exactly: (abs(value) * Double(scale)).rounded()), scaled < 1 << 53 else {
            return "\(value)"
        }
        let (whole, rest) = scaled.quotientAndRemainder(dividingBy: scale)
        let fraction = decimals == 0 ? "" : "." + String(String(scale + rest).dropFirst())
        return (value < 0 && scaled != 0 ? "−" : "") + grouped(whole) + fraction
    }

    /// With as many decimals as it has, up to six: `1,000`, `2.5`.
    static func short(_ value: Double) -> String { number(value, decimals: decimals(for: [value])) }

    /// How many decimals a legend needs: enough to write its borders exactly, or, where they are not round, to tell
    /// them apart with two digits.
    static func decimals(for borders: [Double]) -> Int {
        var scale = 1.0
        for decimals in 0..<6 {
            let areExact = borders.allSatisfy {
                abs($0 * scale - ($0 * scale).rounded()) <= 1e-9 * abs($0 * scale)
            }
            let leastStep = zip(borders, borders.dropFirst()).map { $1 - $0 }.min() ?? 0
            if areExact || leastStep * scale >= 10 { return decimals }
            scale *= 10
        }
        return 6
    }

    private static func grouped(_ whole: Int64) -> String {
        var text = ""
        for (index, digit) in String(whole).reversed().enumerated() {
            if index > 0, index % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}
