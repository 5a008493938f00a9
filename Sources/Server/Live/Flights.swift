import Synchronization

/// Makes what several ask for at once only once: the first who asks starts the work, the others wait for it.
///
/// The work is given up when nobody waits any more.
final class Flights<Value: Sendable>: Sendable {
    private struct Flight {
        var number: Int
        var task: Task<Value, any Error>
        var riders: Riders
    }

    private struct State {
        var flights: [String: Flight] = [:]
        var number = 0
    }

    private let state = Mutex(State())

    /// - Parameters:
    ///   - isAbandoned: whether this caller has gone.
    ///   - make: is given what says whether all have.
    func value(
        _ key: String, isAbandoned: @escaping @Sendable () -> Bool,
        _ make: @escaping @Sendable (_ isAbandoned: @escaping @Sendable () -> Bool) async throws -> Value
    ) async throws -> Value {
        let flight = state.withLock { state in
            if let known = state.flights[key] {
                known.riders.add(isAbandoned)
                return known
            }
            let riders = Riders()
            riders.add(isAbandoned)
            state.number += 1
            let number = state.number
            let task = Task {
                defer { self.end(key, number) }
                return try await make { riders.areAllGone }
            }
            let flight = Flight(number: number, task: task, riders: riders)
            state.flights[key] = flight
            return flight
        }
        return try await flight.task.value
    }

    private func end(_ key: String, _ number: Int) {
        state.withLock { state in
            if state.flights[key]?.number == number { state.flights[key] = nil }
        }
    }
}

/// Those who wait for one piece of work.
private final class Riders: Sendable {
    private let gone = Mutex<[@Sendable () -> Bool]>([])

    func add(_ isGone: @escaping @Sendable () -> Bool) { gone.withLock { $0.append(isGone) } }

    var areAllGone: Bool { gone.withLock { $0.allSatisfy { $0() } } }
}
