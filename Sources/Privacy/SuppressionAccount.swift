/// What the gate left out of an answer and why.
///
/// It says no more than the answer itself shows: which of the suppressed figures are small and which only protect
/// another is nowhere told apart.
public struct SuppressionAccount: Hashable, Sendable, Codable {
    /// The least count that may be seen.
    public var k: Int
    /// Figures of the answer that are shown.
    public var shown: Int
    /// Figures of the answer that are suppressed wholly or are sums with a suppressed part.
    public var suppressed: Int
    /// Why, a code each, in a fixed order.
    public var reasons: [Reason]

    public init(k: Int, shown: Int = 0, suppressed: Int = 0, reasons: [Reason] = []) {
        self.k = k
        self.shown = shown
        self.suppressed = suppressed
        self.reasons = reasons
    }

    /// Why something is left out.
    public enum Reason: String, Hashable, Sendable, Codable, CaseIterable {
        /// Fewer than k, or needed so that such a count cannot be found by subtraction.
        case smallCounts = "small_counts"
        /// Sensitive offences stand only by municipality and month.
        case sensitive
        /// Offences that are not published at all.
        case withheld
        /// The last months, which reports still reach.
        case recent
        /// Classes and cells in place of values and places.
        case coarsened

        /// One sentence in Spanish.
        public func spanish(k: Int) -> String {
            switch self {
            case .smallCounts:
                "suprimido: menos de \(k), o necesario para que una cifra menor que \(k) no se obtenga restando"
            case .sensitive: "los delitos sensibles se publican sólo por municipio y mes"
            case .withheld: "hay delitos que no se publican"
            case .recent: "los meses más recientes se publican cuando terminan y sus reportes están completos"
            case .coarsened: "el mapa público muestra clases por celda, nunca lugares ni valores"
            }
        }

        /// One sentence in English.
        public func english(k: Int) -> String {
            switch self {
            case .smallCounts:
                "suppressed: fewer than \(k), or needed so that a count below \(k) cannot be found by subtraction"
            case .sensitive: "sensitive offences are published by municipality and month only"
            case .withheld: "some offences are not published"
            case .recent: "the latest months are published once they are over and their reports are in"
            case .coarsened: "the public map shows classes by cell, never places or values"
            }
        }
    }

    /// Every reason, a sentence each, in Spanish.
    public var spanish: [String] { reasons.map { $0.spanish(k: k) } }
    /// Every reason, a sentence each, in English.
    public var english: [String] { reasons.map { $0.english(k: k) } }
}
