public import Grids
public import SimpleFeatures

/// A density surface as a map to print or to send: title, map, legend, scale, north, and how it was made.
///
/// The struct holds everything but the surface; the same struct and surface always give the same bytes on machines
/// with the same fonts (DejaVu Sans; without it Cairo takes what it finds).
///
/// ## Example
/// ```swift
/// var picture = SurfacePicture(title: "Robo a casa habitación")
/// picture.subtitles = ["Monterrey, enero a marzo de 2024"]
/// let png = try picture.png(of: surface)
/// ```
public struct SurfacePicture: Hashable, Sendable {
    /// What lies under the map: white paper, or nothing, for laying the picture over another.
    public enum Background: String, Hashable, Sendable, Codable { case paper, transparent }
    /// How cells are filled: each in its own colour with sharp edges, or with colours between their centres interpolated.
    public enum Cells: String, Hashable, Sendable, Codable { case crisp, smooth }

    /// How wide a picture may be, in pixels.
    public static let widths = 320...8000

    /// The largest line, above everything else.
    public var title: String
    /// What is shown: place, period, number of events. One line each.
    public var subtitles: [String] = []
    /// The method, at the foot. Cell size and reference system are always added.
    public var footer: [String] = []
    /// Whose data and whose work it is: the last line, and a note in the file.
    public var attribution: String?
    /// Above the legend; nil for "crimes per km²" in the picture's language.
    public var unit: String?
    /// Of the words the picture adds itself; title, subtitles and footer stay as given.
    public var language: PictureLanguage = .spanish
    /// In pixels. The height follows from the shape of the grid.
    public var width = 1600
    /// Borders of the classes, rising: *n* + 1 for *n* classes. The last class also holds what is greater; what is less
    /// than the first border is not drawn. nil for at most seven equal classes between round numbers.
    public var breaks: [Double]?
    /// From the first class to the last.
    public var ramp: ColourRamp = .magma
    /// Under the map and its margins alike.
    public var background: Background = .paper
    /// A smooth picture is easier on the eye; a crisp one shows how fine the estimate really is.
    public var cells: Cells = .crisp
    /// Thin lines over the map: borders of colonias or districts, in the surface's reference system.
    public var outlines: [[PlanarPoint]] = []
    /// Stronger lines over the map: the border of the study area.
    public var studyArea: [[PlanarPoint]] = []
    /// Lakes, rivers and sea as closed lines, under the cells.
    public var water: [[PlanarPoint]] = []

    /// Everything else begins with the value that stands beside it.
    public init(title: String) { self.title = title }

    /// Draws a surface.
    /// - Parameter level: how hard to compress, as ``PNGEncoder/level``.
    /// - Returns: the bytes of a PNG file.
    /// - Throws: ``PictureError``.
    public func png(of surface: Surface, level: Int = 6) throws(PictureError) -> [UInt8] {
        try map(of: surface).png(level: level)
    }

    /// The same as a map of layers, to which others can be added.
    public func map(of surface: Surface) -> MapPicture {
        // Its values can be set; making it anew brings them to the number of its cells.
        let surface = Surface(grid: surface.grid, values: surface.values)
        var map = MapPicture(title: title, crs: surface.grid.crs)
        map.subtitles = subtitles
        map.notes = footer
        map.attribution = attribution
        map.language = language
        map.width = width
        map.background = background
        map.extent = surface.grid.envelope
        map.layers = [
            .water(water),
            .surface(.init(surface, unit: unit ?? language.unit, breaks: breaks, ramp: ramp, cells: cells)),
            .lines(.init(outlines)), .lines(.init(studyArea, weight: .strong)),
        ]
        return map
    }
}
