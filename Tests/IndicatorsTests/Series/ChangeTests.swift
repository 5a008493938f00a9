import Indicators
import Testing

struct ChangeTests {
    @Test func `108 violent car thefts after 300 are a fall of 64 percent, beyond chance`() throws {
        let change = try #require(Change(from: 300, to: 108))
        #expect(change.percent == -64)
        #expect(change.difference == -192)
        #expect(change.isBeyondChance && change.isNotable)
    }

    /// Krishnamoorthy & Thomson's test as published values: see methods.md's golden values.
    @Test func `20 against 10 has p 0.0688, and is not beyond chance`() throws {
        let change = try #require(Change(from: 10, to: 20))
        #expect(abs(change.p - 0.0688) < 0.00005)
        #expect(!change.isBeyondChance)
        #expect(try #require(Change(from: 4, to: 9)).z == 2)
    }

    @Test func `From zero there is no percent, and from a missing figure no change`() throws {
        #expect(try #require(Change(from: 0, to: 3)).percent == nil)
        #expect(Change(from: nil, to: 3) == nil)
        #expect(Change(from: 3, to: nil) == nil)
        #expect(Change(from: -1, to: 3) == nil)
        let nothing = try #require(Change(from: 0, to: 0))
        #expect(nothing.p == 1 && nothing.z == 0 && nothing.percent == nil)
    }
}

struct PlausibilityTests {
    @Test func `18 homicides per 1,000 were meant per 100,000`() {
        let question = Plausibility().question(stated: 18, per: 1000, count: 252, population: 1_400_000)
        #expect(question?.name == "wrong_base")
        #expect(question?.englishSentence == "18 is not per 1,000: count and population give 18 per 100,000.")
        #expect(Plausibility().question(stated: 18, per: 100_000, count: 252, population: 1_400_000) == nil)
    }

    @Test func `A rate over 300 per 100,000 is questioned, 300 is not`() {
        #expect(Plausibility().question(ratePer100k: 300) == nil)
        #expect(Plausibility().question(ratePer100k: 300.1) == .rateTooHigh(rate: 300.1, limit: 300))
        #expect(Plausibility(rateUpTo: 1500).question(ratePer100k: 800) == nil)
        #expect(Plausibility().question(ratePer100k: nil) == nil)
    }

    @Test func `A stated rate that no base explains is questioned too`() {
        #expect(
            Plausibility().question(stated: 50, per: 100_000, count: 252, population: 1_400_000)
                == .rateDiffers(stated: 50, per: 100_000, computed: 18))
    }
}
