import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Pieces of work that do not depend on each other, side by side on several threads.
///
/// Threads take the next piece when they are done with one, which evens out pieces of unequal size. What a piece makes may
/// depend on its number only, so that the number of threads changes nothing.
struct ParallelWork: Sendable {
    /// How many may work at once; nil for one per active processor.
    let threads: Int?
    /// Told the share that is done after each piece, one call at a time but on any thread; the work is given up when it
    /// returns false.
    let progress: (@Sendable (Double) -> Bool)?

    /// - Parameter work: does a piece; must not write where another piece does.
    /// - Returns: whether all pieces were worked on, and progress never returned false.
    func run(_ count: Int, _ work: @Sendable (Int) -> Void) -> Bool {
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

    /// What the pieces make, in their order.
    /// - Throws: ``HotspotError/cancelled``.
    func products<Product: Sendable>(
        _ count: Int, _ work: @Sendable (Int) -> Product
    ) throws(HotspotError) -> [Product] {
        let products = Mutex([Product?](repeating: nil, count: max(0, count)))
        let isComplete = run(count) { piece in
            let product = work(piece)
            products.withLock { $0[piece] = product }
        }
        guard isComplete else { throw .cancelled }
        return products.withLock { $0.compactMap { $0 } }
    }

    /// One number per item, worked out in pieces of some items.
    /// - Parameters:
    ///   - start: what stands where `fill` sets nothing.
    ///   - fill: sets the numbers of a range of items.
    /// - Throws: ``HotspotError/cancelled``.
    func numbers<Number: BinaryFloatingPoint & Sendable>(
        _ count: Int, piece: Int = 256, start: Number = 0,
        _ fill: @Sendable (Range<Int>, SharedNumbers<Number>) -> Void
    ) throws(HotspotError) -> [Number] {
        var isComplete = true
        let numbers = [Number](unsafeUninitializedCapacity: count) { numbers, initialised in
            numbers.initialize(repeating: start)
            initialised = count
            guard let base = numbers.baseAddress else { return }
            let output = SharedNumbers(base: base)
            isComplete = run((count + piece - 1) / piece) { index in
                fill(index * piece..<min(count, (index + 1) * piece), output)
            }
        }
        guard isComplete else { throw .cancelled }
        return numbers
    }

    /// The same, one after the other.
    func values(
        _ count: Int, piece: Int = 256, _ value: @Sendable (Int) -> Double
    ) throws(HotspotError) -> [Double] {
        try numbers(count, piece: piece) { range, output in
            for item in range { output.base[item] = value(item) }
        }
    }

    /// Tells of a part of some work as of the whole: its beginning and its length as shares.
    static func part(
        of progress: (@Sendable (Double) -> Bool)?, from start: Double, length: Double
    ) -> (@Sendable (Double) -> Bool)? {
        guard let progress else { return nil }
        return { progress(start + $0 * length) }
    }
}

/// What threads write numbers to, each to places of its own.
struct SharedNumbers<Number: Sendable>: @unchecked Sendable {
    let base: UnsafeMutablePointer<Number>
}
