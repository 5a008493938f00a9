public import Boundaries
import Incidents

/// Says whether the label that a report publishes names the area in which its place lies.
///
/// Both are compared folded (see ``LabelFolding``): without case, accents and punctuation. A label in other words, as
/// `CENTRO` for `CENTRO VIII`, does not agree; the two are kept side by side, and nothing is moved.
public struct LabelAgreement: Sendable {
    private var labels = LabelCodes()
    private let areaCodes: [Int32]

    /// - Complexity: O(areas · length of a name).
    public init(layer: BoundaryLayer) {
        var labels = LabelCodes()
        areaCodes = layer.areas.map { labels.code(for: $0.name) }
        self.labels = labels
    }

    /// - Parameter areaIndex: index into the layer's areas, −1 for none.
    /// - Returns: nil where there is nothing to compare: no label, no area, or an area without a name.
    /// - Complexity: O(length of the label); each spelling is folded once.
    public mutating func agrees(label: UnsafeBufferPointer<UInt8>, areaIndex: Int) -> Bool? {
        guard areaCodes.indices.contains(areaIndex), areaCodes[areaIndex] >= 0 else { return nil }
        let code = labels.code(for: label)
        return code < 0 ? nil : code == areaCodes[areaIndex]
    }

    /// The same for a `String`.
    public mutating func agrees(label: String, areaIndex: Int) -> Bool? {
        var label = label
        return label.withUTF8 { agrees(label: $0, areaIndex: areaIndex) }
    }
}
