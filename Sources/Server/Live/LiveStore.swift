public import CrimeMapping
import Incidents
import Logging
import Synchronization

/// A store that others may write to, as its latest revision in memory.
///
/// A request takes ``current`` once and keeps it to its end, so that every answer is of one revision. Between two loads the
/// server rests at least twice as long as a load takes: a long import counts the revision up with every batch.
public final class LiveStore: Sendable {
    /// Opens the store to read; called again after an error.
    public typealias Open = @Sendable () throws -> any StoreSource & Sendable

    private struct State {
        var snapshot: StoreSnapshot
        var store: (any StoreSource & Sendable)?
        var lastLoad = Duration.zero
        var loadedAt = ContinuousClock.now
        /// Why the store could not be read the last time.
        var failure: String?
    }

    private let open: Open
    private let state: Mutex<State>

    /// Loads the store; takes as long as that.
    /// - Throws: the store's errors.
    public init(_ open: @escaping Open) throws {
        self.open = open
        let store = try open()
        let start = ContinuousClock.now
        let snapshot = try StoreSnapshot(of: store)
        state = Mutex(State(snapshot: snapshot, store: store, lastLoad: ContinuousClock.now - start))
    }

    /// The state to answer from.
    public var current: StoreSnapshot { state.withLock { $0.snapshot } }

    /// The store itself, opened anew: for what no snapshot holds. It may be a revision ahead of ``current``.
    /// - Throws: the store's errors.
    func opened() throws -> any StoreSource & Sendable { try open() }

    /// nil while the store can be read.
    var failure: String? { state.withLock { $0.failure } }

    /// Looks once whether the store has changed, and loads it then.
    /// - Returns: whether there is a new snapshot.
    public func refresh() -> Bool {
        do {
            let store = try state.withLock { $0.store } ?? open()
            let known = current.revision()
            let isDue = state.withLock { ContinuousClock.now - $0.loadedAt > $0.lastLoad * 2 }
            guard try store.revision() != known, isDue else {
                state.withLock {
                    $0.store = store; $0.failure = nil
                }
                return false
            }
            let start = ContinuousClock.now
            let snapshot = try StoreSnapshot(of: store)
            state.withLock {
                $0 = State(snapshot: snapshot, store: store, lastLoad: ContinuousClock.now - start)
            }
            return true
        } catch {
            state.withLock {
                $0.store = nil
                $0.failure = "\(error)"
            }
            return false
        }
    }
}
