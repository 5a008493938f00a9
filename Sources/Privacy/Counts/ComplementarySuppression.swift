/// Which parts of a published total are suppressed, so that subtracting the others from it finds no small count.
///
/// ## The rule
/// Parts below k are hidden, zeros with them, as otherwise the hidden ones would be known to be at least 1. They hide each
/// other where their sum S is at least k and, so that none of the n is known to be positive, at most (k − 1)(n − 1). Where it
/// is not, parts of k or more are hidden too, in an order that no count has a say in, until the hidden sum exceeds k for each
/// of those by 2(k − 1) together; where that is never so, all are hidden. Only where S = 0 are zeros shown: all of them
/// could be found by subtraction.
///
/// ## Why it holds
/// The reader sees S and which parts are hidden. Whatever 1 ≤ v ≤ k − 1 a small hidden part is supposed to be, some other
/// counts give the same sum *and the same choice by the same rule*: without complements by the other small parts, with
/// complements by the other small parts 0, all complements but the last k, and the last one the rest. So even a reader who knows the rule, k and the order learns of
/// no small count what it is, and the hidden sum is never 1 to k − 1. `ComplementarySuppressionTests` tries all tables of
/// some sizes.
public struct ComplementarySuppression: Hashable, Sendable {
    public var rule: SmallCounts

    public init(_ rule: SmallCounts) { self.rule = rule }

    /// Whether each part is hidden, where their sum is known to the reader and stands alone.
    /// - Parameters:
    ///   - parts: counts, none negative.
    ///   - order: indexes of all parts; complements are taken from its front. It must not depend on the counts.
    /// - Complexity: O(parts).
    public func hidden(_ parts: [Int], order: [Int]) -> [Bool] {
        let k = rule.k
        var isHidden = parts.map { $0 < k }
        var sum = 0
        var count = 0
        for part in parts where part < k {
            sum += part
            count += 1
        }
        guard sum > 0 else { return Array(repeating: false, count: parts.count) }
        guard sum < k || sum > (k - 1) * (count - 1) else { return isHidden }
        var surplus = sum
        for index in order where parts.indices.contains(index) && !isHidden[index] {
            isHidden[index] = true
            surplus += parts[index] - k
            if surplus >= 2 * (k - 1) { break }
        }
        return isHidden
    }

    /// An order of parts that depends on their names alone: the unnamed rest first, as nobody misses it.
    /// - Returns: indexes of the names, sorted by FNV-1a (Fowler, Noll & Vo) of scope and name.
    public static func order(of names: [String?], in scope: String) -> [Int] {
        let keys = names.map { $0.map { fnv(scope + "\u{1F}" + $0) } ?? 0 }
        return names.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    }

    private static func fnv(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
