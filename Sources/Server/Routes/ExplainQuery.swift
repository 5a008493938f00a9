import CrimeMapping
import Pictures
import SimpleFeatures

/// `explain`: the paragraph of `--explain` among the members of an answer.
enum ExplainQuery {
    /// The members, and what the method is where that was asked for.
    /// - Throws: ``Problem`` where the form has no place for it.
    static func members(_ members: [Property], _ explanation: Explanation, _ ask: Ask) throws -> [Property] {
        guard try ask.query.flag("explain") else { return members }
        guard ask.media == .geojson || ask.media == .json else {
            throw Problem.badParameter("explain", "is for answers as GeoJSON; other forms have no place for it")
        }
        let isSpanish = try ask.query.choice("lang", PictureLanguage.self) != .english
        return members + [Property("explanation", .text(isSpanish ? explanation.spanish : explanation.english))]
    }
}
