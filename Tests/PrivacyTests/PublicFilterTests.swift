import Boundaries
import CivilTime
import Incidents
import Privacy
import SimpleFeatures
import Testing

@Suite struct PublicFilterTests {
    private let axes = TestTerritory(
        seed: 1, categories: TestTerritory.categories + [.init("DENUNCIA ANÓNIMA", .withheld)], mean: 0
    ).axes
    private let lattice = PublicLattice.standard

    private func query(
        _ filter: IncidentFilter, by level: Level? = .municipality, _ period: PeriodLength? = .month
    ) throws -> PublicQuery {
        try lattice.query(filter, by: level, period: period, on: axes)
    }

    private func refusal(_ change: (inout IncidentFilter) -> Void, by level: Level? = .municipality) -> String? {
        var filter = IncidentFilter()
        change(&filter)
        do {
            _ = try query(filter, by: level)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func `Whole months, municipalities and categories are asked for as a filter has them`() throws {
        var filter = IncidentFilter()
        filter.from = CalendarDate("2023-02-01")
        filter.to = CalendarDate("2023-04-30")
        filter.categories = ["fraude", "violencia  familiar"]
        filter.areas = [AreaSelector(level: "municipality", key: "M1")]
        let query = try query(filter)
        #expect(query.months == (try #require(Period("2023-02")))...(try #require(Period("2023-04"))))
        #expect(query.categories == [1, 2])
        #expect(query.municipalities == [1])
        #expect(try self.query(IncidentFilter()).months == nil)
    }

    @Test func `Everything finer than the lattice is refused by name`() throws {
        #expect(
            refusal { $0.hours = HourRange(first: 18, last: 23) }
                == "without a token, hours of the day cannot be asked for")
        #expect(
            refusal { $0.days = try? WeekdaySet("fri,sat") } == "without a token, days of the week cannot be asked for")
        #expect(
            refusal { $0.box = Envelope(minX: 0, minY: 0, maxX: 1, maxY: 1) }
                == "without a token, a box cannot be asked for; ask for areas")
        #expect(refusal { $0.modalities = ["CON VIOLENCIA"] } != nil)
        #expect(refusal { $0.placedOnly = true } != nil)
        #expect(refusal { $0.grades = [] } != nil)
        #expect(refusal { $0.includesArtefacts = true } != nil)
        #expect(
            refusal { $0.from = CalendarDate("2023-02-02") }
                == "without a token, the first day must be the first of a month")
        #expect(
            refusal { $0.to = CalendarDate("2023-02-27") }
                == "without a token, the last day must be the last of a month")
        #expect(refusal { $0.areas = [AreaSelector(level: "district", key: "P1")] } != nil)
        #expect(refusal { $0.areas = [AreaSelector(level: "municipality", key: "M9")] } != nil)
        #expect(
            refusal({ _ in }, by: .district)
                == "without a token, counts are by municipality or colonia, not by district")
        #expect(
            refusal {
                $0.from = CalendarDate("2023-05-01")
                $0.to = CalendarDate("2023-04-30")
            } != nil)
    }

    @Test func `A withheld category is answered as one that does not exist`() {
        let unknown = refusal { $0.categories = ["NO HAY TAL"] }
        #expect(unknown == "without a token, a category must be one of those published")
        #expect(refusal { $0.categories = ["DENUNCIA ANÓNIMA"] } == unknown)
    }

    @Test func `The finest areas have whole years and all ordinary offences only`() throws {
        let territory = TestTerritory(seed: 4, mean: 40)
        let (gate, release) = (Gate(), try territory.release())
        func isRefused(_ change: (inout PublicQuery) -> Void) -> Bool {
            var query = PublicQuery(ground: .areas, period: .year)
            change(&query)
            do {
                _ = try gate.counts(query, of: release)
                return false
            } catch {
                return true
            }
        }
        #expect(!isRefused { _ in })
        #expect(isRefused { $0.period = .month })
        #expect(!isRefused { $0.period = nil })
        #expect(isRefused { $0.byCategory = true })
        #expect(isRefused { $0.categories = [0] })
        #expect(isRefused { $0.months = Period("2023-01").flatMap { a in Period("2023-11").map { a...$0 } } })
        #expect(!isRefused { $0.months = Period("2023-01").flatMap { a in Period("2023-12").map { a...$0 } } })
        #expect(throws: PrivacyError.self) { try gate.counts(PublicQuery(period: .week), of: release) }
        #expect(throws: PrivacyError.self) { try gate.counts(PublicQuery(period: .day), of: release) }
        let noFinest = Gate(lattice: try PublicLattice(finest: nil))
        #expect(throws: PrivacyError.self) {
            try noFinest.counts(PublicQuery(ground: .areas, period: .year), of: release)
        }
    }

    @Test func `A lattice of small cells or a senseless delay is refused`() {
        #expect(throws: PrivacyError.cellTooSmall(metres: 499)) { try PublicLattice(cellSize: .metres(499)) }
        #expect(throws: PrivacyError.self) { try PublicLattice(cellSize: .metres(.nan)) }
        #expect(throws: PrivacyError.self) { try PublicLattice(cellSize: .metres(.infinity)) }
        #expect(throws: PrivacyError.delayOutOfRange(-1)) { try PublicLattice(delay: -1) }
    }
}
