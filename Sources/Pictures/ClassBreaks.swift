/// The borders between classes of values, from the least to the greatest.
///
/// Class *i* holds the values from border *i* up to, but not including, border *i* + 1; the last one also holds its
/// upper border and all that is greater. Values below the first border belong to no class.
struct ClassBreaks: Hashable {
    let borders: [Double]

    init(_ borders: [Double]) throws(PictureError) {
        guard borders.count >= 2 else { throw .tooFewBreaks(borders.count) }
        for (index, border) in borders.enumerated() {
            guard border.isFinite, index == 0 || border > borders[index - 1] else {
                throw .breaksNotRising(position: index)
            }
        }
        self.borders = borders
    }

    /// At most seven classes of equal, round width from 0 to at least `maximum`.
    static func nice(upTo maximum: Double) -> ClassBreaks {
        guard maximum > 0, maximum.isFinite else { return ClassBreaks(unchecked: [0, 1]) }
        let step = roundNumber(atLeast: maximum / 7)
        guard step > 0, step.isFinite else { return ClassBreaks(unchecked: [0, maximum]) }
        let count = min(7, max(1, (maximum / step).rounded(.up)))
        return ClassBreaks(unchecked: (0...Int(count)).map { Double($0) * step })
    }

    private init(unchecked borders: [Double]) { self.borders = borders }

    var count: Int { borders.count - 1 }

    /// What to print beside each class, from the first: `0 – 50`, and `≥ 50` for a last one that is open.
    func labels(isOpen: Bool) -> [String] {
        let decimals = PictureLanguage.decimals(for: borders)
        let texts = borders.map { PictureLanguage.number($0, decimals: decimals) }
        return (0..<count).map { index in
            index == count - 1 && isOpen ? "≥ \(texts[index])" : "\(texts[index]) – \(texts[index + 1])"
        }
    }

    /// The class of a value; nil for NaN and below the first border.
    @inline(__always)
    func index(of value: Double) -> Int? {
        guard value >= borders[0] else { return nil }
        var (low, high) = (0, count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if value >= borders[middle] { low = middle } else { high = middle }
        }
        return low
    }
}

/// The least of 1, 2, 2.5 and 5 times a power of ten that is not below a number; 0 where there is none.
func roundNumber(atLeast value: Double) -> Double {
    // A hair of tolerance, so that 0.3 / 3 still is 0.1.
    let power = powerOfTen(atMost: value)
    return ([1, 2, 2.5, 5].first { $0 * power >= value * (1 - 1e-12) } ?? 10) * power
}

/// The greatest of 1, 2 and 5 times a power of ten that is not above a number; 0 where there is none.
func roundNumber(atMost value: Double) -> Double {
    let power = powerOfTen(atMost: value)
    return ([5, 2].first { $0 * power <= value } ?? 1) * power
}

private func powerOfTen(atMost value: Double) -> Double {
    // Below this a tenth would become zero, and ten times zero never grows.
    guard value > 1e-300, value.isFinite else { return 0 }
    var power = 1.0
    while power > value { power /= 10 }
    while power * 10 <= value { power *= 10 }
    return power
}
