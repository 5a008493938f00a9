/// Why a job cannot be done as asked. What lower floors throw passes through unchanged.
public enum JobError: Error, Hashable, CustomStringConvertible {
    /// The request contradicts itself or the store.
    case usage(String)
    /// The input was readable and is not what it must be.
    case badData(String)
    /// Something outside that the job needs cannot be had: an address, a service.
    case unavailable(String)
    /// The user stopped the job; the text says what is kept.
    case interrupted(String)

    /// The sentence as it was written where it happened.
    public var description: String {
        switch self {
        case .usage(let text), .badData(let text), .unavailable(let text): text
        case .interrupted(let state): "interrupted: \(state)"
        }
    }
}
