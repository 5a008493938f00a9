import Boundaries
import Incidents
import Testing

typealias AnyStore = any IncidentStore & BoundaryStore & GazetteerStore

/// One thing that every store must do, told as a sentence, and checked on a new and empty store.
struct ConformanceCheck: Sendable, CustomTestStringConvertible {
    let title: String
    let body: @Sendable (AnyStore) throws -> Void

    init(_ title: String, _ body: @escaping @Sendable (AnyStore) throws -> Void) {
        self.title = title
        self.body = body
    }

    var testDescription: String { title }

    /// What all stores pass, whatever they are made of.
    static let all = imports + tables + visits + assignments + boundaries + versions + places + gazetteer
}
