import Statistics
import Testing

struct RootDifferenceTests {
    @Test func `Nine against four is two, and the sign says which is greater`() throws {
        #expect(try #require(RootDifference(9, 4)).z == 2)
        #expect(try #require(RootDifference(4, 9)).z == -2)
        #expect(try #require(RootDifference(7, 7)).z == 0)
    }

    @Test func `A change is notable from three on`() throws {
        #expect(try #require(RootDifference(9, 4)).isNotable == false)
        // 2(√25 − √12.25) would be exactly 3: whole counts around it.
        #expect(try #require(RootDifference(25, 13)).isNotable == false)
        #expect(try #require(RootDifference(25, 12)).isNotable)
        #expect(try #require(RootDifference(0, 3)).isNotable)
    }

    @Test func `The largest counts have a score, negative ones none`() throws {
        #expect(try #require(RootDifference(.max, 0)).z.isFinite)
        #expect(RootDifference(-1, 0) == nil)
        #expect(RootDifference(0, .min) == nil)
    }
}
