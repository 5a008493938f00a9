import Foundation
import Testing

@testable import Server

extension FaroServer {
    /// Runs a body, on a thread of its own, while this server listens on a free port of this machine.
    func listening<Value: Sendable>(_ body: @escaping @Sendable (_ port: Int) throws -> Value) async throws -> Value {
        let (ports, tell) = AsyncStream<Int>.makeStream()
        let task = Task { try await self.run { tell.yield($0) } }
        defer { task.cancel() }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())
        // Waiting for a socket must not hold a thread that answers it.
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try body(port) })
            }
        }
    }
}
