import Synchronization

/// Values by key within a budget of bytes; what was not asked for longest goes first.
///
/// Two generations stand for the order: what is asked for is put into the young one, and when that is half the budget the old
/// one goes and the young one takes its place. Every step costs the same, however many values there are.
final class GenerationCache<Value: Sendable>: Sendable {
    private struct Generation {
        var values: [String: (value: Value, cost: Int)] = [:]
        var cost = 0

        mutating func insert(_ key: String, _ value: Value, _ cost: Int) {
            if let before = values.updateValue((value, cost), forKey: key) { self.cost -= before.cost }
            self.cost += cost
        }
    }

    private struct State {
        var young = Generation()
        var old = Generation()
        var hits = 0
        var misses = 0
    }

    private let budget: Int
    private let state = Mutex(State())

    init(budget: Int) { self.budget = budget }

    func value(_ key: String) -> Value? {
        state.withLock { state in
            if let found = state.young.values[key] {
                state.hits += 1
                return found.value
            }
            guard let found = state.old.values.removeValue(forKey: key) else {
                state.misses += 1
                return nil
            }
            state.hits += 1
            state.old.cost -= found.cost
            Self.add(key, found.value, found.cost, to: &state, budget)
            return found.value
        }
    }

    /// A value that alone is more than half the budget is not kept, unless `always`: then nothing else is.
    func insert(_ key: String, _ value: Value, cost: Int, always: Bool = false) {
        guard cost <= budget / 2 || always else { return }
        state.withLock { Self.add(key, value, cost, to: &$0, budget) }
    }

    private static func add(_ key: String, _ value: Value, _ cost: Int, to state: inout State, _ budget: Int) {
        if state.young.cost + cost > budget / 2 {
            state.old = state.young
            state.young = Generation()
        }
        state.young.insert(key, value, cost)
    }

    func removeAll() {
        state.withLock {
            $0.young = Generation()
            $0.old = Generation()
        }
    }

    var account: (bytes: Int, values: Int, hits: Int, misses: Int) {
        state.withLock {
            ($0.young.cost + $0.old.cost, $0.young.values.count + $0.old.values.count, $0.hits, $0.misses)
        }
    }
}
