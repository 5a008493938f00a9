import Statistics

/// Draws of one part of the city, from a stream of its own.
///
/// The draws are written out here, since the standard library may change how it shuffles between releases, and the
/// city must stay the same byte for byte. The streams keep a change in the streets from moving the borders.
struct Dice {
    private var generator: SplitMix64

    init(seed: UInt64, stream: StaticString) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
        for byte in UnsafeBufferPointer(start: stream.utf8Start, count: stream.utf8CodeUnitCount) {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        var first = SplitMix64(seed: seed ^ hash)
        generator = SplitMix64(seed: first.next())
    }

    mutating func next() -> UInt64 { generator.next() }

    /// Uniform in [0, 1).
    mutating func unit() -> Double { generator.unit() }

    mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

    mutating func happens(_ probability: Double) -> Bool { unit() < probability }

    /// Uniform in 0..<bound; 0 where the bound is not positive.
    mutating func below(_ bound: Int) -> Int {
        bound > 0 ? Int(next().multipliedFullWidth(by: UInt64(bound)).high) : 0
    }

    /// Mean 0, deviation 1, nearly normal: twelve uniform draws, so that no logarithm decides.
    mutating func bell() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + unit() } }

    mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[below(elements.count)]
    }

    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var elements = elements
        for last in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(last, below(last + 1)) }
        return elements
    }

    /// Draws an index with the probabilities of a table of choices.
    mutating func index(in choices: Choices) -> Int { choices.index(of: unit()) }
}

/// Weights laid end to end, to draw an index in proportion to them.
struct Choices {
    private let upTo: [Double]

    init(weights: some Sequence<Double>) {
        var sum = 0.0
        upTo = weights.map {
            sum += max(0, $0)
            return sum
        }
    }

    /// The first index whose weights so far exceed the share `unit` of them all.
    func index(of unit: Double) -> Int {
        let target = unit * (upTo.last ?? 0)
        var (low, high) = (0, max(0, upTo.count - 1))
        while low < high {
            let middle = (low + high) / 2
            if upTo[middle] > target { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
