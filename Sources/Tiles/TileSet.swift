public import SimpleFeatures

/// What a set of tiles says of itself, whatever holds it: TileJSON and the metadata of every archive are made from it.
public struct TileSet: Hashable, Sendable {
    /// What a tile's bytes are.
    public enum Format: String, Hashable, Sendable {
        /// Mapbox Vector Tiles 2.1, each compressed with gzip.
        case vector = "pbf"
        case png
    }

    public var name: String
    /// A sentence for people.
    public var summary: String
    /// Who is to be named beside the map; empty for nobody.
    public var attribution: String
    public var format: Format
    /// Width of a picture tile in pixels: 256 or 512. Vector tiles have none.
    public var pixels: Int?
    public var zooms: ClosedRange<Int>
    public var bounds: Envelope<LonLat>
    /// The layers of vector tiles, in drawing order.
    public var layers: [TileLayer] = []
    /// Method, parameters, what was coarsened and the rest of the provenance.
    public var members: [Property] = []

    /// - Parameter zooms: from the widest to the deepest that has tiles.
    public init(
        name: String, summary: String, attribution: String = "", format: Format, pixels: Int? = nil,
        zooms: ClosedRange<Int>, bounds: Envelope<LonLat>, layers: [TileLayer] = [], members: [Property] = []
    ) {
        self.name = name
        self.summary = summary
        self.attribution = attribution
        self.format = format
        self.pixels = pixels
        self.zooms = zooms
        self.bounds = bounds
        self.layers = layers
        self.members = members
    }
}

/// One layer of vector tiles as TileJSON's `vector_layers` describes it.
public struct TileLayer: Hashable, Sendable {
    public enum Shape: String, Hashable, Sendable {
        case point = "Point"
        case line = "LineString"
        case polygon = "Polygon"
        /// Somebody else's archive that does not say.
        case unknown = "Unknown"
    }

    /// An attribute of the layer's features.
    public struct Field: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable {
            case text = "String"
            case number = "Number"
            case bool = "Boolean"
        }

        public var name: String
        public var kind: Kind

        public init(_ name: String, _ kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    public var id: String
    public var summary: String
    public var shape: Shape
    public var zooms: ClosedRange<Int>
    public var fields: [Field]

    public init(id: String, summary: String, shape: Shape, zooms: ClosedRange<Int>, fields: [Field]) {
        self.id = id
        self.summary = summary
        self.shape = shape
        self.zooms = zooms
        self.fields = fields
    }
}
