import Privacy
import Testing

@Suite struct SmallCountsTests {
    @Test func `One to seven are small; nothing, and eight and more, stand alone`() {
        let rule = SmallCounts.standard
        #expect((0...9).filter(rule.isSmall) == Array(1...7))
        #expect((0...9).filter(rule.mayStandAlone) == [0, 8, 9])
    }

    @Test(arguments: [Int.min, -1, 0, 3, 1001, Int.max]) func `A k that hides nothing or everything is refused`(k: Int)
    {
        #expect(throws: PrivacyError.thresholdOutOfRange(k)) { try SmallCounts(k: k) }
        #expect(PrivacyError.thresholdOutOfRange(k).description == "k must be 4 to 1000, but is \(k)")
    }
}
