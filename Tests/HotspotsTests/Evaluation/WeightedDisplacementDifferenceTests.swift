import Hotspots
import Testing

struct WeightedDisplacementDifferenceTests {
    @Test func `The published example has a difference of -10 and a standard error of 19.24`() throws {
        let test = try #require(WeightedDisplacementDifference(treated: .init(100, 80), control: .init(100, 90)))
        #expect(test.difference == -10)
        #expect(abs(test.standardError - 19.24) < 0.005)
        #expect(abs(test.z + 10 / 370.0.squareRoot()) < 1e-15)
        #expect(abs(test.interval.lowerBound - (-47.70)) < 0.005)
        #expect(abs(test.interval.upperBound - 27.70) < 0.005)
        #expect(abs(try #require(test.percent) - (-10 / 90.0 * 100)) < 1e-12)
        #expect(test.warning == nil)
    }

    @Test func `Rings count with the areas they surround, and weights with their squares`() throws {
        let test = try #require(
            WeightedDisplacementDifference(
                treated: .init(50, 20), control: .init(60, 55), treatedRing: .init(30, 36),
                controlRing: .init(40, 38, weight: 0.5)))
        #expect(test.difference == -30 + 6 - (-5 - 1))
        #expect(abs(test.standardError - (70.0 + 115 + 66 + 78 * 0.25).squareRoot()) < 1e-12)
    }

    @Test func `Where even the end of all crime would prove nothing, it says so`() throws {
        let test = try #require(WeightedDisplacementDifference(treated: .init(6, 2), control: .init(20, 18)))
        #expect(
            test.warning
                == "too few incidents to say anything: a difference below 13.3 cannot be told from chance, and only 6 "
                + "happened in the treated area before")
        let nothing = try #require(WeightedDisplacementDifference(treated: .init(0, 0), control: .init(0, 0)))
        #expect((nothing.z, nothing.p) == (0, 1))
        #expect(nothing.percent == nil)
    }

    @Test func `Negative counts and weights that are none have no test`() {
        #expect(WeightedDisplacementDifference(treated: .init(-1, 0), control: .init(0, 0)) == nil)
        #expect(WeightedDisplacementDifference(treated: .init(1, 0), control: .init(0, 0, weight: .nan)) == nil)
        #expect(WeightedDisplacementDifference(treated: .init(.max, .max), control: .init(0, 0)) != nil)
    }
}
