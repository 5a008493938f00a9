import Boundaries

/// Tells from the labels of a file whether they are the layer's own names or another authority's.
///
/// People who write a layer's own names write most of them so that they can be told: the prosecutor's labels against the
/// prosecutor's own polygons, 91 in 100 of the different labels. Against the electoral institute's areas it is 58.
public struct NameSurvey: Hashable, Sendable, Codable {
    /// Fewer different labels than this tell nothing.
    public static let fewest = 100
    /// Below this share of labels that name an area, the names are taken for another catalogue's.
    public static let leastShare = 0.75

    /// Different labels, of places that the layer may have.
    public internal(set) var labels = 0
    /// Of those: labels that are an area's name, however abbreviated or misspelt.
    public internal(set) var known = 0

    public init() {}

    /// Whose names these are.
    public var source: NameSource {
        labels >= Self.fewest && Double(known) < Self.leastShare * Double(labels) ? .otherCatalogue : .sameCatalogue
    }

    mutating func count(_ answer: PlaceAnswer) {
        // What lies elsewhere, or nowhere, does not say how the layer's own places are written.
        if answer.rule == .otherMunicipality || answer.unknown != nil
            || answer.rule >= .postalCode
                && answer.rule != .nothingSimilar
        {
            return
        }
        labels += 1
        if answer.status != .unmatched, answer.rule.mayMatch { known += 1 }
    }
}
