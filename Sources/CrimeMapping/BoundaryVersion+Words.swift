public import Boundaries

extension BoundaryVersion {
    /// `version 2 (from 2024-01-01)`, for sentences.
    public var words: String { validity == .always ? "version \(number)" : "version \(number) (\(validity.words))" }
}

extension Validity {
    /// `from 2021-01-01 until 2024-01-01`, the last day not included; `always` where it is open at both ends.
    public var words: String {
        switch (from, to) {
        case (nil, nil): "always"
        case (let from?, nil): "from \(from)"
        case (nil, let to?): "until \(to)"
        case (let from?, let to?): "from \(from) until \(to)"
        }
    }
}
