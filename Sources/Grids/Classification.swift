import Statistics

/// Values sorted into classes, as a legend shows them.
///
/// A class holds the values above the upper limit of the one before it, up to and including its own; the first class
/// also holds its lowest value. Classes are numbered from 0.
public struct Classification: Hashable, Sendable {
    /// How the limits are chosen.
    public enum Method: Hashable, Sendable {
        /// Classes of equal width from the least to the greatest value.
        case equalInterval(Int)
        /// Classes of equally many values (limits are quantiles, R's type 7); fewer classes where values repeat.
        case quantile(Int)
        /// Classes with the least sum of squared deviations from their means, exactly; also called Jenks.
        ///
        /// Source: Fisher (1958), *On Grouping for Maximum Homogeneity*; Jenks (1977), *Optimal Data Classification for
        /// Choropleth Maps*.
        case naturalBreaks(Int)
        /// About so many classes, with limits at 1, 2 or 5 times a power of ten, around all values.
        ///
        /// Source: `pretty` of R, with its default weights.
        case pretty(Int)
        /// The lowest limit, then the upper limit of each class, ascending.
        case fixed([Double])
    }

    /// More classes than a legend or a colour ramp can tell apart.
    public static let maximumCount = 1000

    /// How the limits were chosen, with the number of classes asked for.
    public let method: Method
    /// The lower limit of the first class.
    public let lowest: Double
    /// Of each class, ascending; those of ``Method/naturalBreaks(_:)`` and the last ones are values that occur.
    public let upperLimits: [Double]

    /// - Parameter values: those to classify; NaN and infinite ones are left out.
    /// - Throws: ``GridError/noValuesToClassify``, ``GridError/classCountOutOfRange(_:)``, ``GridError/breaksNotAscending(_:)``.
    /// - Complexity: O(*n* log *n*); natural breaks O(*k*·*m* log *m*) time and *k*·*m* memory with *m* distinct values.
    public init(of values: some Sequence<Double>, by method: Method) throws(GridError) {
        if let count = method.classCount, !(1...Self.maximumCount).contains(count) {
            throw .classCountOutOfRange(count)
        }
        let sorted = values.filter(\.isFinite).sorted()
        guard let least = sorted.first, let greatest = sorted.last else { throw .noValuesToClassify }
        self.method = method
        var limits: [Double]
        switch method {
        case .equalInterval(let count):
            lowest = least
            let width = greatest / Double(count) - least / Double(count)
            limits = (1..<count).map { least + Double($0) * width } + [greatest]
        case .quantile(let count):
            lowest = least
            limits =
                (1..<count).compactMap { Quantile.value(at: Double($0) / Double(count), ofSorted: sorted) } + [greatest]
        case .naturalBreaks(let count):
            lowest = least
            limits = NaturalBreaks.upperLimits(ofSorted: sorted, classes: count)
        case .pretty(let count):
            let round = RoundBreaks.limits(from: least, to: greatest, intervals: count)
            lowest = round.first ?? least
            limits = Array(round.dropFirst())
        case .fixed(let breaks):
            guard breaks.count >= 2, breaks.allSatisfy(\.isFinite), zip(breaks, breaks.dropFirst()).allSatisfy(<) else {
                throw .breaksNotAscending(breaks)
            }
            lowest = breaks[0]
            limits = Array(breaks.dropFirst())
        }
        upperLimits = limits.reduce(into: []) { kept, limit in
            if kept.last.map({ limit > $0 }) ?? true { kept.append(limit) }
        }
    }

    /// How many classes there are: fewer than asked for where limits coincide, as many as round steps need with
    /// ``Method/pretty(_:)``.
    public var count: Int { upperLimits.count }

    /// The class of a value; nil for NaN, and for values below the first or above the last class.
    /// - Complexity: O(log *k*) with *k* classes.
    public func classIndex(of value: Double) -> Int? {
        guard value >= lowest, let last = upperLimits.last, value <= last else { return nil }
        var (low, high) = (0, upperLimits.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if value <= upperLimits[middle] { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension Classification.Method {
    /// How many classes are asked for; nil for given limits.
    fileprivate var classCount: Int? {
        switch self {
        case .equalInterval(let count), .quantile(let count), .naturalBreaks(let count), .pretty(let count): count
        case .fixed: nil
        }
    }
}
