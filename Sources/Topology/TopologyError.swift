/// Why a geometry cannot be computed with.
public enum TopologyError: Error, Hashable, CustomStringConvertible {
    /// GEOS could not be started.
    case unavailable
    /// A coordinate is NaN or infinite.
    case notFinite(x: Double, y: Double)
    /// GEOS gave up; `message` is its own word on it.
    case failed(operation: String, message: String)

    /// One sentence: what must hold, what was found, and what to do where something helps.
    public var description: String {
        switch self {
        case .unavailable: "GEOS must be able to start, but could not"
        case .notFinite(let x, let y): "every coordinate must be finite, but one position is x \(x), y \(y)"
        case .failed(let operation, let message):
            "the \(operation) must have a result, but GEOS found none (\(message)); repair the geometry first"
        }
    }
}
