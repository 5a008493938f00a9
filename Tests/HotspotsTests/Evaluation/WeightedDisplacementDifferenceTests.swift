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

    /// Wheeler & Ratcliffe (2018), as ptools' own tests have it.
    @Test func `The article's four areas have 118 fewer, with a standard error of √1568`() throws {
        let test = try #require(
            WeightedDisplacementDifference(
                treated: .init(207, 110), control: .init(308, 318), treatedRing: .init(178, 157),
                controlRing: .init(150, 140)))
        #expect(test.difference == -118)
        #expect(test.standardError == 1568.0.squareRoot())
        #expect(abs(test.z + 2.98) < 0.005)
        #expect(abs(test.interval.lowerBound + 196) < 0.5)
        #expect(abs(test.interval.upperBound + 40) < 0.5)
    }

    /// Areas of 1.2, 0.9, 1.5 and 1.6 square miles: again those tests.
    @Test func `Areas of unequal size are weighed by one over their size`() throws {
        let test = try #require(
            WeightedDisplacementDifference(
                treated: .init(207, 110, weight: 1 / 1.2), control: .init(308, 318, weight: 1 / 0.9),
                treatedRing: .init(178, 157, weight: 1 / 1.5), controlRing: .init(150, 140, weight: 1 / 1.6)))
        #expect(abs(test.difference + 99.69444444) < 1e-8)
        #expect(abs(test.standardError - 35.4280755) < 1e-7)
        #expect(abs(test.z + 2.813995483) < 1e-9)
        #expect(abs(test.interval.lowerBound + 169.1321965) < 1e-7)
        #expect(abs(test.interval.upperBound + 30.25669241) < 1e-7)
    }

    /// ptools 1.0.2: tools/reference/ptools.R.
    @Test func `With and without rings, the figures are those of ptools`() throws {
        let plain = try #require(WeightedDisplacementDifference(treated: .init(20, 10), control: .init(20, 20)))
        #expect(abs(plain.standardError - 8.36660026534076) < 1e-13)
        #expect(abs(plain.z + 1.19522860933439) < 1e-13)
        #expect(abs(plain.interval.lowerBound + 26.3982351931111) < 1e-12)
        let weighed = try #require(
            WeightedDisplacementDifference(
                treated: .init(207, 110, weight: 1 / 1.2), control: .init(308, 318, weight: 1 / 0.9)))
        #expect(abs(weighed.difference + 91.9444444444444) < 1e-12)
        #expect(abs(weighed.standardError - 31.5115597053165) < 1e-12)
        #expect(abs(weighed.interval.upperBound + 30.1829223253404) < 1e-11)
        let ring = try #require(
            WeightedDisplacementDifference(
                treated: .init(207, 110), control: .init(308, 318), treatedRing: .init(178, 157)))
        #expect(ring.difference == -128)
        #expect(abs(ring.standardError - 35.749125863439) < 1e-12)
        #expect(abs(ring.z + 3.58050712873254) < 1e-13)
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
