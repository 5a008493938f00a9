import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Pieces of work that do not depend on each other, side by side on several threads.
///
/// Threads take the next piece when they are done with one, which evens out pieces of unequal size.
enum ParallelWork {
    /// - Parameters:
    ///   - count: how many pieces there are.
    ///   - threads: how many may work at once; nil for one per active processor.
    ///   - progress: told the share that is done after each piece, one call at a time but on any thread.
    ///   - work: does a piece; must not write where another piece does.
    /// - Returns: whether all pieces were worked on, and progress never returned false.
    static func run(
        _ count: Int, threads: Int?, progress: (@Sendable (Double) -> Bool)?, _ work: @Sendable (Int) -> Void
    ) -> Bool {
        let next = Atomic(0)
        let isCancelled = Atomic(false)
        let done = Mutex(0)
        let workers = max(1, min(threads ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)), count))
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while !isCancelled.load(ordering: .relaxed) {
                let piece = next.add(1, ordering: .relaxed).oldValue
                guard piece < count else { return }
                work(piece)
                guard let progress else { continue }
                let goesOn = done.withLock { done in
                    done += 1
                    return progress(Double(done) / Double(count))
                }
                if !goesOn { isCancelled.store(true, ordering: .relaxed) }
            }
        }
        return !isCancelled.load(ordering: .relaxed)
    }

    /// Tells of a part of some work as of the whole: its beginning and its length as shares.
    static func part(
        of progress: (@Sendable (Double) -> Bool)?, from start: Double, length: Double
    ) -> (@Sendable (Double) -> Bool)? {
        guard let progress else { return nil }
        return { progress(start + $0 * length) }
    }

    /// One number per item, worked out in pieces of some items.
    static func values(
        _ count: Int, threads: Int?, progress: (@Sendable (Double) -> Bool)?, _ value: @Sendable (Int) -> Double
    ) throws(HotspotError) -> [Double] {
        let piece = 256
        var isComplete = false
        let values = [Double](unsafeUninitializedCapacity: count) { values, initialised in
            values.initialize(repeating: 0)
            guard let base = values.baseAddress else {
                isComplete = true
                return
            }
            let output = SharedNumbers(base: base)
            isComplete = run((count + piece - 1) / piece, threads: threads, progress: progress) { index in
                for item in index * piece..<min(count, (index + 1) * piece) { output.base[item] = value(item) }
            }
            initialised = count
        }
        guard isComplete else { throw .cancelled }
        return values
    }
}

/// What threads write numbers to, each to places of its own.
struct SharedNumbers: @unchecked Sendable {
    let base: UnsafeMutablePointer<Double>
}
