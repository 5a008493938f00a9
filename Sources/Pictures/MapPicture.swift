public import SimpleFeatures

/// A map to print or to send, made of layers: with title, legend, scale, north, and how it was made.
///
/// Every picture of Faro is one of these; ``SurfacePicture`` is the one for a single surface. The same picture always
/// gives the same bytes on machines with the same fonts (DejaVu Sans; without it Cairo takes what it finds).
///
/// ## Example
/// ```swift
/// var map = MapPicture(title: "Puntos calientes de robo a transeúnte", crs: hexagons.crs)
/// map.subtitles = ["Monterrey, enero a marzo de 2024"]
/// map.layers = [
///     .areas(.init(cells, legend: .hotSpots(.spanish))), .lines(.init(colonias)),
///     .lines(.init(municipality, weight: .strong, label: "Límite municipal")),
/// ]
/// map.attribution = "Fuente: Secretaría de Seguridad"
/// let png = try map.png()
/// ```
public struct MapPicture: Sendable {
    /// The largest line, above everything else.
    public var title: String
    /// What is shown: place, period, number of events. One line each.
    public var subtitles: [String] = []
    /// The method, at the foot. The reference system is always added.
    public var notes: [String] = []
    /// Whose data and whose work it is: the last line, and a note in the file.
    public var attribution: String?
    /// Of the words the picture adds itself; all others stay as given.
    public var language: PictureLanguage = .spanish
    /// In pixels, of ``SurfacePicture/widths``. The height follows from the shape of the extent.
    public var width = 1600
    /// Under the map and its margins alike.
    public var background: SurfacePicture.Background = .paper
    /// From the lowest to the highest; the legend explains them in the same order.
    public var layers: [MapLayer] = []
    /// In place of one map, small ones side by side: each its own layers under those of the picture, all at one scale and
    /// with one legend, which explains the first panel's layers.
    public var panels: [Panel] = []
    /// When what is shown happened, under the map; nil for nothing.
    public var charts: TemporalCharts?
    /// What is shown; nil for all that surfaces, areas, lines and points cover.
    public var extent: Envelope<PlanarPoint>?
    /// The projected reference system of all layers, which the picture names.
    public let crs: CRS

    /// Everything else begins with the value that stands beside it.
    public init(title: String, crs: CRS) {
        self.title = title
        self.crs = crs
    }

    /// One of several maps in a picture.
    public struct Panel: Sendable {
        /// Above the map: its day or period.
        public var label: String
        /// The first lies lowest; all of them under the picture's own.
        public var layers: [MapLayer]

        /// Both as given.
        public init(_ label: String, layers: [MapLayer]) {
            self.label = label
            self.layers = layers
        }
    }

    /// Draws the layers.
    /// - Parameter level: how hard to compress, as ``PNGEncoder/level``.
    /// - Returns: the bytes of a PNG file, which holds title, subtitles, notes and attribution as text too.
    /// - Throws: ``PictureError``.
    public func png(level: Int = 6) throws(PictureError) -> [UInt8] {
        // As wide on paper as a letter page.
        try canvas().png(PNGEncoder(level: level, dotsPerInch: Double(width) / 8.5, notes: provenance))
    }

    func canvas() throws(PictureError) -> Canvas {
        guard SurfacePicture.widths.contains(width) else { throw .widthOutOfRange(width) }
        let explained = (panels.first?.layers ?? []) + layers
        let sections = try explained.map { (layer) throws(PictureError) in try LegendSection(layer, of: self) }
        let layout = try MapLayout(picture: self, sections: sections.compactMap(\.self))
        let canvas = try Canvas(width: width, height: layout.height, paper: background == .paper ? Palette.paper : nil)
        try MapPainter(picture: self, layout: layout, canvas: canvas).paint()
        return canvas
    }

    var provenance: [PNGEncoder.Note] {
        let texts: [(PNGEncoder.Keyword, [String])] = [
            (.title, [title]), (.description, subtitles + notes), (.source, [attribution ?? ""]), (.software, ["Faro"]),
        ]
        return texts.map { .init($0, $1.filter { !$0.isEmpty }.joined(separator: "\n")) }.filter { !$0.text.isEmpty }
    }
}
