/// Questions figures before they are printed: a rate that no city has had, a slip of a power of ten, a jump or a silence that
/// looks like a fault of the record.
///
/// A question stops nothing. It stands beside the figure until somebody has answered it.
public struct Plausibility: Hashable, Sendable {
    /// A yearly rate per 100,000 above this is questioned.
    public var rateUpTo: Double

    /// - Parameter rateUpTo: 300, above which the homicide rates of even the most violent cities and years do not lie.
    public init(rateUpTo: Double = 300) { self.rateUpTo = rateUpTo }

    /// What is doubtful about a figure.
    public enum Question: Hashable, Sendable {
        /// More per 100,000 and year than is plausible.
        case rateTooHigh(rate: Double, limit: Double)
        /// A rate as somebody stated it, and what count and population give: told per another number than it says.
        case wrongBase(stated: Double, per: Int, computed: Double, likelyPer: Int)
        /// A rate as somebody stated it that its count and population do not give.
        case rateDiffers(stated: Double, per: Int, computed: Double)
        /// Far more than the base, beyond chance.
        case jump(count: Int, base: Double)
        /// No incident where the base leads to expect many: zero, or not delivered?
        case silence(base: Double)
    }

    /// Looks at a yearly rate per 100,000.
    public func question(ratePer100k rate: Double?) -> Question? {
        guard let rate, rate > rateUpTo else { return nil }
        return .rateTooHigh(rate: rate, limit: rateUpTo)
    }

    /// Holds a stated yearly rate against its count and population.
    /// - Parameter per: what the rate is said to be per: 1,000 or 100,000.
    public func question(stated: Double, per: Int, count: Int, population: Double) -> Question? {
        guard population > 0, per > 0, count >= 0, stated.isFinite else { return nil }
        let share = Double(count) / population
        func agrees(_ base: Int) -> Bool { abs(share * Double(base) - stated) <= max(0.05 * stated, 0.05) }
        let computed = share * Double(per)
        if agrees(per) { return question(ratePer100k: share * 100_000) }
        if let likely = [100, 1000, 10_000, 100_000, 1_000_000].first(where: { $0 != per && agrees($0) }) {
            return .wrongBase(stated: stated, per: per, computed: computed, likelyPer: likely)
        }
        return .rateDiffers(stated: stated, per: per, computed: computed)
    }

    /// Looks at a month's light: five times the base and beyond chance is a jump, none after twenty a month is a silence.
    public func question(light: Light) -> Question? {
        guard let figure = light.figure, let base = light.base, let band = light.band else { return nil }
        if figure == 0, base >= 20 { return .silence(base: base) }
        if figure > band.upperBound, figure >= 10, Double(figure) >= 5 * base {
            return .jump(count: figure, base: base)
        }
        return nil
    }
}

extension Plausibility.Question {
    /// A short stable word, as JSON and CSV have it.
    public var name: String {
        switch self {
        case .rateTooHigh: "rate_too_high"
        case .wrongBase: "wrong_base"
        case .rateDiffers: "rate_differs"
        case .jump: "jump"
        case .silence: "silence"
        }
    }

    public var spanishSentence: String {
        switch self {
        case .rateTooHigh(let rate, let limit):
            "¿Es correcta una tasa de \(Self.short(rate)) por 100 mil al año? Rebasa lo plausible, \(Self.short(limit))."
        case .wrongBase(let stated, let per, _, let likely):
            "\(Self.short(stated)) no es por \(Self.grouped(per)): cifra y población dan \(Self.short(stated)) por \(Self.grouped(likely))."
        case .rateDiffers(let stated, let per, let computed):
            "La tasa dicha, \(Self.short(stated)) por \(Self.grouped(per)), no sale de la cifra y la población, que dan \(Self.short(computed))."
        case .jump(let count, let base):
            "¿Es correcto el salto a \(count), de \(Self.short(base)) al mes?"
        case .silence(let base):
            "¿Cero incidentes o sin reportar? La base es de \(Self.short(base)) al mes."
        }
    }

    public var englishSentence: String {
        switch self {
        case .rateTooHigh(let rate, let limit):
            "Is a rate of \(Self.short(rate)) per 100,000 and year right? Plausible is up to \(Self.short(limit))."
        case .wrongBase(let stated, let per, _, let likely):
            "\(Self.short(stated)) is not per \(Self.grouped(per)): count and population give \(Self.short(stated)) per \(Self.grouped(likely))."
        case .rateDiffers(let stated, let per, let computed):
            "The rate as stated, \(Self.short(stated)) per \(Self.grouped(per)), does not follow from count and population, which give \(Self.short(computed))."
        case .jump(let count, let base): "Is the jump to \(count) right, from \(Self.short(base)) a month?"
        case .silence(let base): "No incident, or not reported? The base is \(Self.short(base)) a month."
        }
    }

    private static func short(_ value: Double) -> String {
        guard let tenths = Int(exactly: (value * 10).rounded()) else { return "\(value)" }
        let (whole, rest) = tenths.quotientAndRemainder(dividingBy: 10)
        return grouped(whole) + (rest == 0 ? "" : ".\(abs(rest))")
    }

    private static func grouped(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        let text = digits.enumerated().map { index, digit in
            (index > 0 && (digits.count - index).isMultiple(of: 3) ? "," : "") + String(digit)
        }
        return (value < 0 ? "−" : "") + text.joined()
    }
}
