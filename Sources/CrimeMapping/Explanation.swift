/// A paragraph on a method, fit for the methods section of a paper: what was computed, by which formula, after whom.
public struct Explanation: Hashable, Sendable {
    public var spanish: String
    public var english: String

    public init(spanish: String, english: String) {
        self.spanish = spanish
        self.english = english
    }
}

extension Double {
    /// As a paragraph writes a parameter: no more digits than were given.
    var inWords: String {
        guard let whole = Int(exactly: self) else { return String(self) }
        return String(whole)
    }
}
