public import Grids
public import SimpleFeatures

/// One layer of a ``MapPicture``. All places lie in the picture's one projected reference system.
public enum MapLayer: Sendable {
    case surface(SurfaceLayer)
    case areas(AreaLayer)
    case lines(LineLayer)
    case points(PointLayer)
    case labels([MapLabel])
    /// Lakes, rivers and sea as closed lines.
    case water([[PlanarPoint]])

    /// A value per cell of a grid, in classes.
    public struct SurfaceLayer: Sendable {
        public var surface: Surface
        /// Borders of the classes, rising: *n* + 1 for *n* classes. The last class also holds what is greater; what is
        /// less than the first border is not drawn. nil for at most seven equal classes between round numbers.
        public var breaks: [Double]?
        /// From the first class to the last.
        public var ramp: ColourRamp
        public var cells: SurfacePicture.Cells
        /// Above its part of the legend: what the values are.
        public var unit: String

        public init(
            _ surface: Surface, unit: String, breaks: [Double]? = nil, ramp: ColourRamp = .magma,
            cells: SurfacePicture.Cells = .crisp
        ) {
            self.surface = surface
            self.unit = unit
            self.breaks = breaks
            self.ramp = ramp
            self.cells = cells
        }
    }

    /// Cells, districts or clusters, each in the colour of its class.
    public struct AreaLayer: Sendable {
        /// Closed lines, those within another its holes, and the place of their class in the legend.
        public struct Area: Hashable, Sendable {
            public var rings: [[PlanarPoint]]
            /// Counted from 0, from the top of the legend; one that the legend does not have is not drawn.
            public var classIndex: Int

            public init(rings: [[PlanarPoint]], classIndex: Int) {
                self.rings = rings
                self.classIndex = classIndex
            }
        }

        public var areas: [Area]
        public var legend: MapLegend
        /// How much the areas cover what lies below, from 0 to 1.
        public var opacity = 1.0
        /// Light lines between areas, where they are large enough for it.
        public var hasSeams = true

        public init(_ areas: [Area], legend: MapLegend) {
            self.areas = areas
            self.legend = legend
        }
    }

    /// Borders or routes.
    public struct LineLayer: Sendable {
        public enum Weight: String, Hashable, Sendable, Codable {
            /// Borders within the study area: seen, but no more.
            case thin
            /// The border of the study area, or what the map is about.
            case strong
        }

        public var lines: [[PlanarPoint]]
        public var weight: Weight
        /// nil for that of ink.
        public var colour: Colour?
        /// In the legend; nil leaves them out of it.
        public var label: String?

        public init(_ lines: [[PlanarPoint]], weight: Weight = .thin, colour: Colour? = nil, label: String? = nil) {
            self.lines = lines
            self.weight = weight
            self.colour = colour
            self.label = label
        }
    }

    /// Single places.
    public struct PointLayer: Sendable {
        public var points: [PlanarPoint]
        public var colour: Colour
        /// In pixels of a picture 1600 pixels wide.
        public var radius: Double
        /// From 0 to 1; where points crowd, less shows how many lie upon each other.
        public var opacity: Double
        /// In the legend; nil leaves them out of it.
        public var label: String?

        public init(
            _ points: [PlanarPoint], colour: Colour = Colour(0x1F2328), radius: Double = 4, opacity: Double = 0.8,
            label: String? = nil
        ) {
            self.points = points
            self.colour = colour
            self.radius = radius
            self.opacity = opacity
            self.label = label
        }
    }

    /// A name on the map, with a light halo. Where two would overlap, or one would leave the frame, the later one is
    /// left out.
    public struct MapLabel: Hashable, Sendable {
        public var text: String
        /// The middle of the text.
        public var place: PlanarPoint
        public var isBold: Bool

        public init(_ text: String, at place: PlanarPoint, isBold: Bool = false) {
            self.text = text
            self.place = place
            self.isBold = isBold
        }
    }

    /// What it covers; labels and water make a map no larger.
    var envelope: Envelope<PlanarPoint> {
        switch self {
        case .surface(let layer): layer.surface.grid.envelope
        case .areas(let layer): Envelope(layer.areas.lazy.flatMap(\.rings).joined())
        case .lines(let layer): Envelope(layer.lines.joined())
        case .points(let layer): Envelope(layer.points)
        case .labels, .water: .empty
        }
    }
}
