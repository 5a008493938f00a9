import Privacy
import Testing

@Suite struct PermissionTests {
    private let gate = Gate()

    /// The whole table, written out by hand: public, planner, researcher, admin.
    private static let table: [(Resource, [Permission])] = [
        (.description, [.open, .open, .open, .open]),
        (.boundaries, [.open, .open, .open, .open]),
        (.summary, [.published, .full, .full, .full]),
        (.report, [.published, .full, .full, .full]),
        (.surfaces, [.published, .withoutSensitivePlaces, .full, .full]),
        (.heatTiles, [.published, .withoutSensitivePlaces, .full, .full]),
        (.areaTiles, [.published, .full, .full, .full]),
        (.cityTiles, [.published, .withoutSensitivePlaces, .full, .full]),
        (.incidents, [.refused, .withoutSensitivePlaces, .full, .full]),
        (.incidentTiles, [.refused, .withoutSensitivePlaces, .full, .full]),
        (.statistics, [.refused, .withoutSensitivePlaces, .full, .full]),
        (.districtHeatmap, [.refused, .withoutSensitivePlaces, .full, .full]),
        (.imports, [.refused, .refused, .refused, .full]),
        (.metrics, [.refused, .refused, .refused, .full]),
    ]

    @Test func `Every role and resource is decided as the table says`() {
        #expect(Set(Self.table.map(\.0)) == Set(Resource.allCases))
        for (resource, permissions) in Self.table {
            for (role, expected) in zip([Role.public, .planner, .researcher, .admin], permissions) {
                #expect(gate.permits(role, resource) == expected, "\(role) \(resource)")
            }
        }
    }

    @Test func `Counts in a box of a planner's own hold nothing sensitive`() {
        for resource in [Resource.summary, .report, .areaTiles] {
            #expect(gate.permits(.planner, resource, hasOwnPlaces: true) == .withoutSensitivePlaces)
            #expect(gate.permits(.researcher, resource, hasOwnPlaces: true) == .full)
            #expect(gate.permits(.public, resource, hasOwnPlaces: true) == .published)
        }
    }

    @Test func `The public never gets an incident as it is`() {
        for resource in Resource.allCases {
            #expect([.open, .published, .refused].contains(gate.permits(.public, resource)))
        }
    }

    @Test func `Only the public has no token`() {
        #expect(Role.allCases.filter { !$0.needsToken } == [.public])
    }
}
