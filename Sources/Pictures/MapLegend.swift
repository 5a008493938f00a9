/// The classes of a layer of areas, as a picture's legend prints them.
public struct MapLegend: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        public var label: String
        public var colour: Colour

        public init(_ label: String, _ colour: Colour) {
            self.label = label
            self.colour = colour
        }
    }

    /// Above the classes: what they tell, and in which unit.
    public var title: String
    /// From the top down.
    public var entries: [Entry]

    public init(title: String, entries: [Entry]) {
        self.title = title
        self.entries = entries
    }

    /// Classes of values, the greatest at the top: ``index(of:in:)`` says which one holds a value.
    /// - Parameter borders: rising, *n* + 1 for *n* classes.
    /// - Parameter isOpen: whether the last class holds all above its lower border, and says so.
    /// - Throws: ``PictureError/tooFewBreaks(_:)``, ``PictureError/breaksNotRising(position:)``.
    public init(
        title: String, borders: [Double], ramp: ColourRamp = .magma, isOpen: Bool = false
    ) throws(PictureError) {
        let classes = try ClassBreaks(borders)
        let labels = classes.labels(isOpen: isOpen)
        let colours = ramp.colours(count: classes.count)
        self.init(title: title, entries: zip(labels, colours).reversed().map { .init($0, $1) })
    }

    /// That of heatmap tiles, so that a picture beside them prints the same.
    public init(_ legend: HeatmapLegend) {
        self.init(
            title: legend.unit, entries: zip(legend.labels, legend.stops).reversed().map { .init($0, $1.colour) })
    }

    /// The entry of a legend made of the same borders that holds a value; nil below the first border and for NaN.
    public static func index(of value: Double, in borders: [Double]) -> Int? {
        guard let classes = try? ClassBreaks(borders) else { return nil }
        return classes.index(of: value).map { classes.count - 1 - $0 }
    }

    // MARK: Classes of significance

    /// Hot and cold spots with the confidence of 99, 95 and 90 in a hundred, from hottest to coldest, what is neither
    /// in the middle: ``hotSpotIndex(bin:)`` says where a bin stands.
    ///
    /// Red and blue are told apart by eyes that confuse red and green; each step differs in lightness too
    /// (ColorBrewer's RdBu: Harrower and Brewer, 2003, *ColorBrewer.org*).
    public static func hotSpots(_ language: PictureLanguage, title: String? = nil) -> MapLegend {
        let isSpanish = language == .spanish
        let (hot, cold) = isSpanish ? ("Caliente", "Frío") : ("Hot", "Cold")
        return MapLegend(
            title: title
                ?? (isSpanish ? "Puntos calientes y fríos (Gi*): confianza" : "Hot and cold spots (Gi*): confidence"),
            entries: [
                .init("\(hot), 99 %", Colour(0xB2182B)), .init("\(hot), 95 %", Colour(0xE4705A)),
                .init("\(hot), 90 %", Colour(0xF9C5A9)),
                .init(isSpanish ? "No significativo" : "Not significant", Palette.none),
                .init("\(cold), 90 %", Colour(0xBBDAEA)), .init("\(cold), 95 %", Colour(0x5A9FCB)),
                .init("\(cold), 99 %", Colour(0x2166AC)),
            ])
    }

    /// The entry of ``hotSpots(_:title:)`` for a bin from −3 (cold, 99 %) through 0 to 3 (hot, 99 %), as `Gi_Bin` has
    /// them; others are taken as the nearest of these.
    public static func hotSpotIndex(bin: Int) -> Int { 3 - min(max(bin, -3), 3) }

    /// The four kinds of local association and "not significant" after them: high among high, high among low, low among
    /// high, low among low.
    public static func localAssociation(_ language: PictureLanguage, title: String? = nil) -> MapLegend {
        let isSpanish = language == .spanish
        let words =
            isSpanish
            ? ["Alto entre altos", "Alto entre bajos", "Bajo entre altos", "Bajo entre bajos", "No significativo"]
            : ["High among high", "High among low", "Low among high", "Low among low", "Not significant"]
        let colours = [Colour(0xB2182B), Colour(0xF4A582), Colour(0x92C5DE), Colour(0x2166AC), Palette.none]
        return MapLegend(
            title: title ?? (isSpanish ? "Asociación local (I de Moran)" : "Local association (Moran's I)"),
            entries: zip(words, colours).map { .init($0, $1) })
    }

    /// Things that differ in kind, not in amount: clusters, categories. Colours repeat after the eighth.
    ///
    /// ## Source
    /// Okabe and Ito (2008), *Color Universal Design*; black is left to lines, its place taken by grey.
    public static func kinds(title: String, labels: [String]) -> MapLegend {
        MapLegend(title: title, entries: labels.enumerated().map { .init($1, kindColours[$0 % kindColours.count]) })
    }

    /// The colours of ``kinds(title:labels:)``.
    public static let kindColours: [Colour] = [
        0x0072B2, 0xE69F00, 0x009E73, 0xD55E00, 0xCC79A7, 0x56B4E9, 0xF0E442, 0x7F7F7F,
    ].map { Colour($0) }
}
