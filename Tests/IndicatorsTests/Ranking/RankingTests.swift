import Indicators
import Testing

struct AreaRankingTests {
    @Test func `Equal rates share a rank that may be any, and areas without people have none`() {
        let ranking = AreaRanking.ofRates(counts: [10, 10, 10, nil, 3], population: [1000, 1000, 1000, 5, 0])
        #expect(ranking.places.map(\.?.rank) == [1, 1, 1, nil, nil])
        #expect(ranking.places[0]?.range == 1...3)
        #expect(ranking.count == 3)
    }

    @Test func `Far apart in large cities ranks are sure, in villages they are not`() {
        let people: [Double?] = [1_000_000, 1_000_000, 1_000_000]
        let cities = AreaRanking.ofRates(counts: [100, 400, 900], population: people)
        #expect(cities.places.map(\.?.range) == [1...1, 2...2, 3...3])
        let villages = AreaRanking.ofRates(counts: [0, 1, 2], population: [1000, 1000, 1000])
        #expect(villages.places.map(\.?.rank) == [1, 2, 3])
        #expect(villages.places.allSatisfy { $0?.range == 1...3 })
    }

    @Test func `Changes are ranked by their ratio, the greatest fall first`() {
        let ranking = AreaRanking.ofChanges(from: [400, 400, 400, 0], to: [100, 400, 900, 0])
        #expect(ranking.places.map(\.?.rank) == [1, 2, 4, 2])
        #expect(ranking.places.prefix(3).map(\.?.range) == [1...1 + 1, 2...3, 3...4])
    }

    @Test func `One area alone is first, and none are no ranking`() {
        #expect(AreaRanking.ofRates(counts: [7], population: [10]).places == [.init(rank: 1, range: 1...1)])
        #expect(AreaRanking.ofRates(counts: [], population: []).places.isEmpty)
    }
}

struct MixedIndexTests {
    @Test func `The index is the weighted mean of scores from 0 to 100, recomputable by hand`() throws {
        let index = try MixedIndex(components: [
            .init(name: "rate", weight: 2, isMoreBetter: false), .init(name: "police", weight: 1, isMoreBetter: true),
        ])
        let entries = index.entries([[10, 20, 30], [3, 1, 2]], areas: 3)
        #expect(entries.map(\.scores) == [[100, 100], [50, 0], [0, 50]])
        #expect(entries.map(\.index) == [100, 100.0 / 3, 50.0 / 3])
        #expect(entries.map(\.rank) == [1, 2, 3])
        // By police alone the second would be third, by the rate alone it is second.
        #expect(entries.map(\.range) == [1...1, 2...3, 2...3])
    }

    @Test func `A missing component is left out and no zero`() throws {
        let index = try MixedIndex(components: [
            .init(name: "a", weight: 1, isMoreBetter: true), .init(name: "b", weight: 1, isMoreBetter: true),
        ])
        let entries = index.entries([[nil, 0, 10], [10, 0, nil]], areas: 3)
        #expect(entries.map(\.index) == [100, 0, 100])
        #expect(entries.map(\.rank) == [1, 3, 1])
        #expect(index.entries([[nil]], areas: 1).map(\.rank) == [nil])
        #expect(throws: IndicatorError.self) { _ = try MixedIndex(components: []) }
        #expect(throws: IndicatorError.self) {
            _ = try MixedIndex(components: [.init(name: "a", weight: 0, isMoreBetter: true)])
        }
    }
}

struct BalloonCheckTests {
    @Test func `What falls here and rises next door is a balloon`() throws {
        let checks = BalloonCheck.all(
            from: [100, 50, 50, 80], to: [40, 90, 60, 80], neighbours: [[1, 2], [0, 2], [0, 1], []])
        #expect(checks[0]?.verdict == .balloon)
        #expect(checks[0]?.nextDoor.from == 100 && checks[0]?.nextDoor.to == 150)
        #expect(checks[1]?.verdict == .noFall)
        #expect(checks[3] == nil)
        let calm = BalloonCheck.all(from: [100, 50], to: [40, 52], neighbours: [[1], [0]])
        #expect(calm.map(\.?.verdict) == [.fellHere, .noFall])
        #expect(BalloonCheck.all(from: [100, 90], to: [40, 30], neighbours: [[1], [0]])[0]?.verdict == .fellAround)
        #expect(
            BalloonCheck.all(from: [nil, 90], to: [40, 30], neighbours: [[1], [0, 7]]).compactMap { $0 }.isEmpty)
    }
}
