import CrimeMapping
import Dispatch
import NIOPosix
import Synchronization

/// Threads for work that computes, so that those which serve connections never wait for it.
///
/// Bounded twice: so many work, so many wait, and whoever comes then is told to come again.
final class WorkerPool: Sendable {
    private let pool: NIOThreadPool
    private let mostWaiting: Int
    private let waiting = Atomic(0)

    init(threads: Int, mostWaiting: Int) {
        pool = NIOThreadPool(numberOfThreads: max(1, threads))
        self.mostWaiting = mostWaiting
        pool.start()
    }

    /// Those that work and those that wait.
    var load: Int { waiting.load(ordering: .relaxed) }

    /// - Parameters:
    ///   - deadline: after it the caller is told so, whether the work heeds it or not.
    ///   - isAbandoned: is asked from the worker; once it says true the work ends at its next safe place.
    /// - Throws: ``Problem/busy``, ``Problem/late``, and what `body` throws.
    func run<Value: Sendable>(
        until deadline: ContinuousClock.Instant, isAbandoned: @escaping @Sendable () -> Bool,
        _ body: @escaping @Sendable (JobControl) throws -> Value
    ) async throws -> Value {
        guard waiting.add(1, ordering: .relaxed).newValue <= mostWaiting else {
            waiting.subtract(1, ordering: .relaxed)
            throw Problem.busy
        }
        let settlement = Settlement<Value>()
        let control = JobControl(isCancelled: { ContinuousClock.now > deadline || isAbandoned() })
        return try await withCheckedThrowingContinuation { continuation in
            settlement.begin(continuation)
            let rest = max(.zero, deadline - .now)
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(rest.milliseconds)) {
                [weak settlement] in
                settlement?.settle(.failure(Problem.late))
            }
            pool.submit { _ in
                defer { self.waiting.subtract(1, ordering: .relaxed) }
                guard !control.isCancelled else { return settlement.settle(.failure(Problem.late)) }
                let result = Result { try body(control) }
                settlement.settle(ContinuousClock.now > deadline ? .failure(Problem.late) : result)
            }
        }
    }
}

/// A continuation that is resumed by whoever comes first.
private final class Settlement<Value: Sendable>: Sendable {
    private let continuation = Mutex<CheckedContinuation<Value, any Error>?>(nil)

    func begin(_ continuation: CheckedContinuation<Value, any Error>) {
        self.continuation.withLock { $0 = continuation }
    }

    func settle(_ result: Result<Value, any Error>) {
        let waiting = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        waiting?.resume(with: result)
    }
}

extension Duration {
    /// Rounded down, within what an `Int` holds.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        return overflow ? .max : Int(clamping: whole) &+ Int(attoseconds / 1_000_000_000_000_000)
    }

    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
