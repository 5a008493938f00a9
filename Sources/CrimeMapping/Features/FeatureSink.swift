public import SimpleFeatures

/// A file to which features go one after the other, in whatever format: the last step of every table and export.
///
/// It is opened before the work begins, so that a name that cannot be written costs nothing, and appears complete or not at
/// all: a sink that goes away before ``finish()`` leaves nothing behind.
public protocol FeatureSink: AnyObject {
    /// Whether geometries are written: those who make them can spare the work otherwise.
    var wantsGeometry: Bool { get }
    /// Comes once, before the first feature.
    func begin(_ schema: FeatureSchema) throws
    /// The feature's properties are those of the schema's columns, in their order.
    func append(_ feature: Feature<LonLat>) throws
    /// Completes the file and gives it its name.
    func finish() throws
}

extension FeatureSink {
    public var wantsGeometry: Bool { true }
}

/// What is known of features before the first of them is written.
public struct FeatureSchema: Sendable {
    /// What a column holds.
    public enum Kind: Hashable, Sendable {
        case text, integer, number, bool
        /// JSON as text.
        case json
    }

    /// A column of the attribute table.
    public struct Column: Hashable, Sendable {
        public var name: String
        public var kind: Kind

        public init(_ name: String, _ kind: Kind) {
            self.name = name
            self.kind = kind
        }

        /// Keys such as `09015` are text whatever they look like.
        var isKey: Bool { kind == .text && name.hasSuffix("_id") }
    }

    /// What a feature has besides its columns, and a table without geometries writes before them.
    public enum LeadingColumn: String, Hashable, Sendable {
        case longitude = "lon"
        case latitude = "lat"
        case id
    }

    /// What the features are, in the plural and in one word, where a format names its layers: `incidents`.
    public var layer: String
    public var columns: [Column]
    /// Method, parameters and provenance.
    public var members: [Property]
    /// What a table without geometries begins with. Results have none: they name their units by the metres of their plane.
    public var leading: [LeadingColumn]

    public init(layer: String, columns: [Column], members: [Property], leading: [LeadingColumn] = []) {
        self.layer = layer
        self.columns = columns
        self.members = members
        self.leading = leading
    }
}

/// The formats of features, by the suffix of the file.
public enum FeatureFormat: String, SuffixFormat {
    case geoJSON = "geojson"
    /// A feature a line.
    case geoJSONLines = "geojsonl"
    /// A feature a line, each behind a record separator (RFC 8142).
    case geoJSONSequence = "geojsons"
    case csv
    case flatGeobuf = "fgb"
    case geoPackage = "gpkg"

    public static let subject = "a table of places"
}
