import Foundation

/// JSON of parameter records and summaries: sorted keys, so that equal values are equal texts.
public enum JSONText {
    /// - Parameter pretty: whether over several lines, for people; otherwise on one.
    /// - Throws: `EncodingError`, for a number that is not finite among others.
    public static func of(_ value: some Encodable, pretty: Bool = false) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
