import Foundation
import Incidents

/// Reads and writes the documents that a council edits: catalogues, rules, goals, questions.
enum CatalogueDocument {
    /// - Parameter kind: what the document is, for the sentence of an error.
    /// - Throws: ``IndicatorError/badDocument(kind:reason:)``.
    static func read<Value: Decodable>(
        _ type: Value.Type, from json: Data, kind: String
    ) throws(IndicatorError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: json)
        } catch let error as IndicatorError {
            throw error
        } catch let error as DecodingError {
            throw .badDocument(kind: kind, reason: error.sentence)
        } catch let TaxonomyError.badScheme(reason) {
            throw .badDocument(kind: kind, reason: reason)
        } catch {
            throw .badDocument(kind: kind, reason: "it is no JSON document")
        }
    }

    /// With sorted keys, so that equal documents are equal texts.
    static func text(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }
}
