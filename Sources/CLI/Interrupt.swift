import Dispatch
import Foundation
import Synchronization

/// Control-C and termination: the first asks the job to stop at its next safe point, the second ends the process.
enum Interrupt {
    private static let count = Atomic<Int>(0)

    static var requested: Bool { count.load(ordering: .relaxed) > 0 }

    /// Call once, before a command runs. The sources live as long as the process.
    static func listen(beforeForcedExit cleanUp: @escaping @Sendable () -> Void) {
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)  // the default action would end the process before the source sees it
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                guard count.add(1, ordering: .relaxed).newValue > 1 else { return }
                cleanUp()
                exit(130)
            }
            source.resume()
            sources.append(source)
        }
        // Both are errors of write() as well, which says more than a signal and cleans up.
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    }

    // Written once, before any other thread exists, and then only kept alive.
    nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []
}
