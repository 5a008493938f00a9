/// How a long job tells how far it is, and learns that it should stop.
public struct JobControl: Sendable {
    /// How far a job is.
    public struct Progress: Sendable {
        /// What is going on: "reading reports".
        public var step: String
        /// 0 to 1; nil where the end is not known.
        public var fraction: Double?
        /// A count worth showing: rows read.
        public var count: Int?
    }

    private let report: @Sendable (Progress) -> Void
    private let cancelled: @Sendable () -> Bool

    /// - Parameters:
    ///   - report: is told of every step, on whichever thread works.
    ///   - isCancelled: is asked often and from any thread; once it says true the job stops at the next safe place.
    public init(
        report: @escaping @Sendable (Progress) -> Void = { _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.report = report
        self.cancelled = isCancelled
    }

    /// Says nothing and never stops.
    public static let silent = JobControl()

    /// Asks the caller anew each time.
    public var isCancelled: Bool { cancelled() }

    func progress(_ step: String, fraction: Double? = nil, count: Int? = nil) {
        report(Progress(step: step, fraction: fraction, count: count))
    }

    /// - Throws: ``JobError/interrupted(_:)`` when the caller wants the job to stop.
    func stopIfCancelled(_ state: @autoclosure () -> String) throws(JobError) {
        if cancelled() { throw .interrupted(state()) }
    }
}
