import CivilTime
public import CrimeMapping
public import HTTPTypes
public import Privacy
import SimpleFeatures

/// One request as a route sees it. It holds the snapshot with which it began.
public struct Ask: Sendable {
    /// What every request shares.
    public let server: FaroServer
    /// As much of the state as the role may see of what is asked for.
    public internal(set) var snapshot: StoreSnapshot
    public let role: Role
    /// What the role gets of it.
    let permission: Permission
    /// The local day: what is published depends on it.
    let today: CalendarDate
    public let query: Query
    public let headers: HTTPFields
    /// The name by which the client knows the server, with its port.
    let authority: String?
    /// The form to answer in, one of those the route offers.
    public let media: Media
    /// Whether the client takes an answer compressed with gzip.
    let takesGzip: Bool
    /// The parts of the path that the route names.
    var path: [String: String]
    let deadline: ContinuousClock.Instant
    /// Whether nobody waits for the answer any more.
    var isAbandoned: @Sendable () -> Bool

    /// A part of the path, decoded; empty where the route has no such part.
    public func part(_ name: String) -> String { path[name] ?? "" }

    var caps: Caps { server.options.caps }

    /// What an answer depends on beside the question itself.
    var state: String {
        "\(snapshot.tag) \(role.rawValue) \(permission.rawValue)" + (permission == .published ? " \(today)" : "")
    }

    /// What the role is not shown of the incidents that a result is made of.
    var reservations: [Property] {
        permission == .withoutSensitivePlaces ? [Property("sensitive_offences", .text("left out"))] : []
    }

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
}
