/// Limits at 1, 2 or 5 times a power of ten.
public enum RoundBreaks {
    /// The rungs 1, 2, 5, 10, 20, 50 and so on that lead up to a value: events concentrate so much that equal steps would show
    /// one class and a few dots.
    /// - Returns: `count` limits, ascending, of which the last is the first rung above `greatest`; nil where that is not
    ///   positive and finite, or too near to the ends of what numbers can hold.
    public static func ladder(above greatest: Double, count: Int) -> [Double]? {
        guard greatest >= 1e-200, greatest <= 1e200, (1...300).contains(count) else { return nil }
        let digits = [1.0, 2, 5]
        // Rung 3 · e + d is the digit times the power.
        func rung(_ index: Int) -> Double {
            let exponent = index >= 0 ? index / 3 : (index - 2) / 3
            return RoundStep.multiple(digits[index - 3 * exponent], exponent: exponent)
        }
        var top = 0
        while rung(top) <= greatest { top += 1 }
        while rung(top - 1) > greatest { top -= 1 }
        return ((top - count + 1)...top).map(rung)
    }

    /// R's `pretty` with its default weights.
    /// - Returns: ascending, the first at most `low`, the last at least `high`, at least two.
    static func limits(from low: Double, to high: Double, intervals: Int) -> [Double] {
        let span = high - low
        // Where all values are equal there is no span to divide: a step of about their size.
        let scale = max(abs(low), abs(high))
        let step = RoundStep(near: span > scale * 1e-10 ? span / Double(intervals) : scale > 0 ? scale : 1)
        // A value that is a multiple of the step but for rounding counts as one.
        let (first, last) = ((low / step.value + 1e-7).rounded(.down), (high / step.value - 1e-7).rounded(.up))
        // Values beyond what whole steps can count stay as they are.
        guard abs(first) < 1e15, abs(last) < 1e15, last - first < 1e6 else { return [low, high] }
        let (south, north) = (Int(first), max(Int(first) + 1, Int(last)))
        let steps = (step.times(south) > low ? south - 1 : south)...(step.times(north) < high ? north + 1 : north)
        return steps.map { step.times($0) }
    }
}

private struct RoundStep {
    private let digit: Double
    private let exponent: Int

    /// The step among 1, 2, 5 and 10 times the power of ten below `cell` that R's weights prefer.
    init(near cell: Double) {
        var exponent = 0
        while exponent < 300, Self.power(exponent + 1) <= cell { exponent += 1 }
        while exponent > -300, Self.power(exponent) > cell { exponent -= 1 }
        let unit = Self.power(exponent)
        var digit = 1.0
        if 2 * unit - cell < 1.5 * (cell - digit * unit) { digit = 2 }
        if digit == 2, 5 * unit - cell < 2.75 * (cell - digit * unit) { digit = 5 }
        if digit == 5, 10 * unit - cell < 1.5 * (cell - digit * unit) { digit = 10 }
        self.digit = digit
        self.exponent = exponent
    }

    /// The double nearest to the power.
    private static func power(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? 1 }

    var value: Double { times(1) }

    /// A multiple, rounded once: dividing by a power of ten keeps 0.3 from becoming 0.30000000000000004.
    func times(_ factor: Int) -> Double {
        Self.multiple(Double(factor) * digit, exponent: exponent)
    }

    static func multiple(_ whole: Double, exponent: Int) -> Double {
        exponent < 0 ? whole / Self.power(-exponent) : whole * Self.power(exponent)
    }
}
