import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Does units of work on several threads, each unit by one thread alone, and hands back what they made in their order.
///
/// What a unit makes may depend on its number only, so that the number of threads changes nothing.
struct WorkUnits: Sendable {
    let threads: Int?
    let progress: (@Sendable (Double) -> Bool)?
    /// The share of the whole that is done before the first unit, and after the last.
    var from = 0.0
    var to = 1.0

    /// - Throws: ``HotspotError/cancelled``.
    func run<Product: Sendable>(
        _ count: Int, _ work: @Sendable (Int) -> Product
    ) throws(HotspotError) -> [Product] {
        let next = Atomic(0)
        let isCancelled = Atomic(false)
        let products = Mutex((made: [Product?](repeating: nil, count: max(0, count)), done: 0))
        let workers = max(1, min(threads ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)), count))
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            while !isCancelled.load(ordering: .relaxed) {
                let unit = next.add(1, ordering: .relaxed).oldValue
                guard unit < count else { return }
                let product = work(unit)
                let goesOn = products.withLock { products in
                    products.made[unit] = product
                    products.done += 1
                    guard let progress else { return true }
                    return progress(from + (to - from) * Double(products.done) / Double(count))
                }
                if !goesOn { isCancelled.store(true, ordering: .relaxed) }
            }
        }
        guard !isCancelled.load(ordering: .relaxed) else { throw .cancelled }
        return products.withLock { $0.made.compactMap { $0 } }
    }
}
