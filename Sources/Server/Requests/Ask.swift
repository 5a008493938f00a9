public import CrimeMapping
public import HTTPTypes
public import Privacy

/// One request as a route sees it. It holds the snapshot with which it began.
public struct Ask: Sendable {
    /// What every request shares.
    public let server: FaroServer
    public let snapshot: StoreSnapshot
    public let role: Role
    public let query: Query
    public let headers: HTTPFields
    /// The name by which the client knows the server, with its port.
    let authority: String?
    /// The form to answer in, one of those the route offers.
    public let media: Media
    /// The parts of the path that the route names.
    let path: [String: String]
    let deadline: ContinuousClock.Instant
    /// Whether nobody waits for the answer any more.
    var isAbandoned: @Sendable () -> Bool

    /// A part of the path, decoded; empty where the route has no such part.
    public func part(_ name: String) -> String { path[name] ?? "" }

    var caps: Caps { server.options.caps }

    /// Work that computes for more than a millisecond, on threads of its own.
    /// - Throws: ``Problem/busy``, ``Problem/late``, and what `body` throws.
    public func analyse<Value: Sendable>(
        _ body: @escaping @Sendable (JobControl) throws -> Value
    ) async throws -> Value {
        try await server.analysts.run(until: deadline, isAbandoned: isAbandoned, body)
    }

    /// Work that is soon done, which is not to wait behind work that is not.
    /// - Throws: as ``analyse(_:)``.
    public func draw<Value: Sendable>(
        _ body: @escaping @Sendable (JobControl) throws -> Value
    ) async throws -> Value {
        try await server.painters.run(until: deadline, isAbandoned: isAbandoned, body)
    }

    /// - Throws: ``Problem`` 403 for whoever may not see exact places.
    public func requirePlaces(_ what: String) throws {
        guard role.seesPlaces else {
            throw Problem.forbidden(
                "\(what) would show exact places, which the role \(role.rawValue) may not see; ask for counts by area or on a grid"
            )
        }
    }

    /// - Throws: ``Problem`` 403 where a distance would let those see exact places who may not.
    func requireCoarse(_ metres: Double?, _ name: String) throws {
        guard !role.seesPlaces, let metres, metres < caps.publicCellSize else { return }
        throw Problem.forbidden(
            "\(name) must be at least \(caps.publicCellSize) m for the role \(role.rawValue), but is \(metres) m")
    }
}
