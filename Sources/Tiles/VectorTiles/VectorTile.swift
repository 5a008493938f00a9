public import SimpleFeatures

/// A vector tile as read from its bytes, uncompressed, with everything in which it departs from the specification.
///
/// Any bytes can be read: what cannot be understood is left out and stands in ``findings``.
///
/// ## Source
/// *Mapbox Vector Tile Specification* 2.1; findings name its sections.
public struct VectorTile: Hashable, Sendable {
    /// A departure from the specification.
    public struct Finding: Hashable, Sendable, CustomStringConvertible {
        public enum Severity: String, Hashable, Sendable {
            /// Against a "must".
            case error
            /// Against a "should".
            case warning
        }

        public var severity: Severity
        /// One sentence: what must hold, what was found, where.
        public var description: String
    }

    public struct Layer: Hashable, Sendable {
        public var name = ""
        public var version: UInt64 = 1
        public var extent: UInt64 = 4096
        public var keys: [String] = []
        /// ``PropertyValue/null`` for a value that has none or several types.
        public var values: [PropertyValue] = []
        public var features: [Feature] = []
    }

    public enum Shape: UInt64, Hashable, Sendable {
        case unknown = 0
        case point = 1
        case line = 2
        case polygon = 3
    }

    public struct Feature: Hashable, Sendable {
        public var id: UInt64?
        public var shape = Shape.unknown
        /// In the order of the tags.
        public var properties: [Property] = []
        /// Points: all in one part. Lines: one part each. Polygons: one part per ring, not closed, in the order of the
        /// tile: an exterior, then its holes.
        public var parts: [[TilePoint]] = []

        /// The value of the first attribute with this name; nil where the feature has none.
        public subscript(name: String) -> PropertyValue? { properties.first { $0.name == name }?.value }
    }

    public internal(set) var layers: [Layer] = []
    /// In the order of the bytes. After ``mostFindings`` of them the rest is not listed.
    public internal(set) var findings: [Finding] = []

    public static let mostFindings = 100

    /// Reads a tile.
    /// - Complexity: O(bytes) time; memory about fifty times the bytes.
    public init(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { buffer in
            var reading = VectorTileReading(buffer)
            reading.tile()
            layers = reading.layers
            findings = reading.findings
        }
    }

    /// Whether nothing in it is against a "must" of the specification.
    public var isValid: Bool { !findings.contains { $0.severity == .error } }

    /// The first layer of a name; nil where the tile has none.
    public subscript(name: String) -> Layer? { layers.first { $0.name == name } }
}
