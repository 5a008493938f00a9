import Foundation
public import Incidents

/// What an import of published aggregates says at its end.
public struct SeriesImportSummary: Sendable, Codable {
    /// The file's name, without its folder.
    public var file: String
    /// The name it stands under; a later import of the same name supersedes it.
    public var source: String
    /// Name and version of the profile.
    public var profile: String
    public var kind: ImportProfile.Kind
    /// How municipalities were joined: by INEGI's codes, or by name.
    public var codeScheme: CodeScheme
    /// Whether the store has municipalities to join to; without, codes were only looked at for their form.
    public var hasMunicipalityLayer: Bool
    /// The import's key in the store; nil for a dry run.
    public var importID: Int64?
    /// Whether the file was in the store before, and nothing was changed.
    public var alreadyImported: Bool
    /// What became of the rows.
    public var counts: ImportCounts
    /// What the figures are.
    public var account: SeriesAccount
    /// Field and the column it was read from.
    public var columns: [String: String]
    /// Columns of the file that nothing was read from.
    public var columnsNotKept: [String]
    /// The most frequent reason first.
    public var issues: [ReportImportSummary.IssueTally]
}

extension JSONText {
    /// Reads a value back from the JSON that ``of(_:pretty:)`` wrote.
    static func value<Value: Decodable>(_ type: Value.Type, of text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
