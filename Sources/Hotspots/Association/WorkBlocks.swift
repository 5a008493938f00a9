import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Work cut into blocks that several threads take one after the other.
///
/// A block's outcome must depend on its number only, so that the number of threads changes nothing.
struct WorkBlocks: Sendable {
    var count: Int
    var threads: Int?
    var progress: (@Sendable (Double) -> Bool)?

    /// - Throws: ``HotspotError/cancelled`` where `progress` returned false.
    func run(_ work: @Sendable (Int) -> Void) throws(HotspotError) {
        guard count > 0 else { return }
        let next = Atomic(0)
        let isCancelled = Atomic(false)
        let done = Mutex(0)
        let workers = max(1, min(threads ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)), count))
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while !isCancelled.load(ordering: .relaxed) {
                let block = next.add(1, ordering: .relaxed).oldValue
                guard block < count else { return }
                work(block)
                guard let progress else { continue }
                let goesOn = done.withLock { done in
                    done += 1
                    return progress(Double(done) / Double(count))
                }
                if !goesOn { isCancelled.store(true, ordering: .relaxed) }
            }
        }
        guard !isCancelled.load(ordering: .relaxed) else { throw .cancelled }
    }
}

/// An array that blocks of work fill side by side, no two at the same place.
struct SharedBuffer<Element: Sendable>: @unchecked Sendable {
    let base: UnsafeMutablePointer<Element>

    subscript(_ index: Int) -> Element {
        get { base[index] }
        nonmutating set { base[index] = newValue }
    }
}

extension Array where Element: Sendable {
    /// An array whose every place is set by `fill`.
    /// - Throws: what `fill` throws.
    init(
        filling count: Int, with start: Element, _ fill: (SharedBuffer<Element>) throws(HotspotError) -> Void
    ) throws(HotspotError) {
        self.init(repeating: start, count: count)
        var failure: HotspotError?
        withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            do throws(HotspotError) { try fill(SharedBuffer(base: base)) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}
