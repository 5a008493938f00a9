import Privacy
import Testing

@Suite struct ComplementarySuppressionTests {
    /// All ways to divide a total into parts.
    private func tables(total: Int, parts: Int) -> [[Int]] {
        guard parts > 1 else { return [[total]] }
        return (0...total).flatMap { first in tables(total: total - first, parts: parts - 1).map { [first] + $0 } }
    }

    /// What a reader sees.
    private struct View: Hashable {
        var shown: [Int?]
    }

    /// Of every hidden small count, the values that it may have for somebody who knows the rule, k, the order and the total,
    /// and who has tried all tables with it: the strongest attack that there is.
    private func candidates(
        _ suppression: ComplementarySuppression, total: Int, parts: Int
    ) -> [(view: View, part: Int, values: Set<Int>)] {
        let order = Array(0..<parts)
        var values: [View: [Set<Int>]] = [:]
        for table in tables(total: total, parts: parts) {
            let hidden = suppression.hidden(table, order: order)
            let view = View(shown: zip(table, hidden).map { $1 ? nil : $0 })
            for part in 0..<parts where hidden[part] {
                values[view, default: Array(repeating: [], count: parts)][part].insert(table[part])
            }
        }
        return values.flatMap { view, sets in
            sets.indices.filter { !sets[$0].isEmpty }.map { (view, $0, sets[$0]) }
        }
    }

    @Test(arguments: [(4, 2, 40), (4, 3, 40), (4, 4, 30), (4, 5, 18), (5, 3, 40), (8, 2, 60), (8, 3, 60)])
    func `Whoever knows the rule and tries every table learns no small count`(k: Int, parts: Int, most: Int) throws {
        let suppression = ComplementarySuppression(try SmallCounts(k: k))
        for total in k...most {
            for (view, part, values) in candidates(suppression, total: total, parts: parts) {
                // A part that may be small may be any small count.
                let small = values.filter { (1..<k).contains($0) }
                #expect(small.isEmpty || small == Set(1..<k), "\(view) \(part) \(values)")
            }
        }
    }

    @Test(arguments: [(4, 4), (8, 3)]) func `What is hidden together is never a small count`(k: Int, parts: Int) throws
    {
        let suppression = ComplementarySuppression(try SmallCounts(k: k))
        for total in k...(4 * k) {
            for table in tables(total: total, parts: parts) {
                let hidden = suppression.hidden(table, order: Array(0..<parts))
                let sum = zip(table, hidden).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
                #expect(sum == 0 || sum >= k, "\(table)")
                #expect(zip(table, hidden).allSatisfy { $1 || $0 == 0 || $0 >= k }, "\(table)")
                // Zeros are shown where nothing is hidden, and only there.
                #expect(!hidden.contains(true) || zip(table, hidden).allSatisfy { $0 > 0 || $1 }, "\(table)")
            }
        }
    }

    @Test func `A single small part takes the first large one with it, and more where that does not hide it`() throws {
        let suppression = ComplementarySuppression(.standard)
        #expect(suppression.hidden([3, 40, 50], order: [0, 1, 2]) == [true, true, false])
        #expect(suppression.hidden([3, 40, 50], order: [2, 1, 0]) == [true, false, true])
        #expect(suppression.hidden([1, 8, 50, 60], order: [0, 1, 2, 3]) == [true, true, true, false])
        #expect(suppression.hidden([4, 5, 0, 60], order: [0, 1, 2, 3]) == [true, true, true, false])
        #expect(suppression.hidden([0, 0, 60], order: [0, 1, 2]) == [false, false, false])
        #expect(suppression.hidden([], order: []) == [])
    }

    @Test func `An order of no use leaves nothing open`() {
        let suppression = ComplementarySuppression(.standard)
        #expect(suppression.hidden([3, 40], order: [-1, 7, 1, 1]) == [true, true])
    }

    @Test func `The order of complements depends on names and scope alone, the unnamed first`() {
        let names: [String?] = ["ROBO", "FRAUDE", nil, "LESIONES", "DAÑO"]
        let order = ComplementarySuppression.order(of: names, in: "09015@1 2024-03")
        #expect(order.first == 2)
        #expect(order.sorted() == [0, 1, 2, 3, 4])
        #expect(order == ComplementarySuppression.order(of: names, in: "09015@1 2024-03"))
        let others = (1...12).map { ComplementarySuppression.order(of: names, in: "09015@1 2024-\($0)") }
        #expect(Set(others).count > 1, "no category is always the one that is hidden")
    }
}
