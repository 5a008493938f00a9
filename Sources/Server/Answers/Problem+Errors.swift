import CQL2
import CrimeMapping
import Files
import Geodesy
import Grids
import HTTPTypes
import Hotspots
import Incidents
import Indicators
import Pictures
import Privacy

extension Problem {
    /// What a job's error is to whoever asked. Errors that a question cannot cause say nothing of the inside.
    /// - Returns: nil for an error that must be looked into.
    init?(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case PrivacyError.notPublic(let what): self = .tokenNeeded("without a token, \(what)")
        case PrivacyError.tooManyRows(let rows, let limit):
            self.init(
                .contentTooLarge, "cap-rows", "rows must be at most \(limit), but would be \(rows); narrow the question"
            )
        case JobError.interrupted: self = .late
        case let error as JobError: self.init(.badRequest, "bad-request", error.description)
        case let error as FilterError: self.init(.badRequest, "bad-filter", error.description)
        case let error as CQL2Error: self.init(.badRequest, "bad-filter", error.description)
        case let error as GridError: self.init(.badRequest, "bad-grid", error.description)
        case let error as HotspotError: self.init(.badRequest, "bad-request", error.description)
        case let error as GeodesyError: self.init(.badRequest, "bad-reference-system", error.description)
        case let error as IndicatorError: self.init(.badRequest, "bad-request", error.description)
        case FileError.tooLarge(_, let limit):
            self.init(
                .contentTooLarge, "cap-answer-bytes",
                "answer-bytes must be at most \(limit), but would be more; ask for less")
        case is CancellationError: self = .late
        default: return nil
        }
    }
}
