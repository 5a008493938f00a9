public import Grids

/// Which colour a density has, once for all tiles and zooms, so that a colour means the same wherever one looks.
///
/// Tiles, TileJSON, pages and pictures all print this one. Values below the first stop are not drawn.
public struct HeatmapLegend: Hashable, Sendable {
    /// What lies between two stops.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// One colour from a stop's value up to the next one's, which is not included; the last colour for all above.
        case classes
        /// Colours between those of the two stops, in equal shares of the way from value to value.
        case continuous
    }

    /// Where a colour begins.
    public struct Stop: Hashable, Sendable {
        /// In the legend's unit.
        public var value: Double
        public var colour: Colour
        /// From 0 for nothing to be seen to 1 for opaque.
        public var opacity: Double

        public init(value: Double, colour: Colour, opacity: Double = 1) {
            self.value = value
            self.colour = colour
            self.opacity = opacity
        }
    }

    /// How the values of the stops were chosen.
    public enum Rule: Hashable, Sendable {
        /// By whoever asked for the map.
        case given
        /// At 1, 2 and 5 times powers of ten around the surface's greatest value.
        case ladder(greatest: Double)
    }

    /// The numbers of colours a palette has room for beside "nothing".
    public static let stopCounts = 1...255

    public let kind: Kind
    /// With rising values.
    public let stops: [Stop]
    /// Of the values, in words: crimes per km².
    public let unit: String
    public let rule: Rule

    /// - Throws: ``PictureError/breaksNotRising(position:)``, ``PictureError/stopCountOutOfRange(_:)``.
    public init(kind: Kind, stops: [Stop], unit: String, rule: Rule = .given) throws(PictureError) {
        guard Self.stopCounts.contains(stops.count) else { throw .stopCountOutOfRange(stops.count) }
        for (index, stop) in stops.enumerated() {
            guard stop.value.isFinite, index == 0 || stop.value > stops[index - 1].value else {
                throw .breaksNotRising(position: index)
            }
        }
        self.kind = kind
        self.stops = stops
        self.unit = unit
        self.rule = rule
    }

    /// Values with the colours of a ramp, of which the low ones fade.
    /// - Parameter isOnDark: whether the tiles lie over a dark map, where much must be light.
    public init(
        kind: Kind, values: [Double], ramp: ColourRamp, unit: String, isOnDark: Bool = false, rule: Rule = .given
    ) throws(PictureError) {
        let colours = ramp.colours(count: values.count)
        // A continuous one begins from nothing; a class must be seen to be told from none.
        let least = kind == .continuous ? 0 : 0.4
        let stops = zip(values, isOnDark ? colours.reversed() : colours).enumerated().map { index, pair in
            let share = values.count > 1 ? Double(index) / Double(values.count - 1) : 1
            return Stop(value: pair.0, colour: pair.1, opacity: least + (0.9 - least) * share.squareRoot())
        }
        try self.init(kind: kind, stops: stops, unit: unit, rule: rule)
    }

    /// The legend of a surface for which none is given: seven steps at 1, 2 and 5 times powers of ten. The last class
    /// holds the greatest value; a continuous legend ends with the step above it. The rule is kept in the legend, to be
    /// stated.
    /// - Parameter greatest: the value to take for the surface's greatest, so that pictures of several surfaces compare; nil
    ///   for the surface's own.
    /// - Returns: nil where no value is above 0: there is nothing to show.
    public static func automatic(
        for surface: Surface, greatest: Double? = nil, kind: Kind = .continuous, ramp: ColourRamp = .magma,
        language: PictureLanguage = .spanish, unit: String? = nil, isOnDark: Bool = false
    ) -> HeatmapLegend? {
        guard let own = surface.range?.upperBound, own > 0, case let greatest = greatest ?? own,
            let ladder = RoundBreaks.ladder(above: greatest, count: 8)
        else { return nil }
        return try? HeatmapLegend(
            kind: kind, values: Array(kind == .classes ? ladder.dropLast() : ladder.dropFirst()), ramp: ramp,
            unit: unit ?? language.unit, isOnDark: isOnDark,
            rule: greatest == own ? .ladder(greatest: greatest) : .given)
    }

    /// What to print beside each stop: `20 – 50` and `≥ 1,000` for classes, single values otherwise.
    public var labels: [String] {
        let decimals = PictureLanguage.decimals(for: stops.map(\.value))
        let numbers = stops.map { PictureLanguage.number($0.value, decimals: decimals) }
        let isClosed = kind == .continuous && rule != .given
        return numbers.enumerated().map { index, number in
            // No value of a surface lies beyond the end of its own continuous legend.
            guard index < numbers.count - 1 else { return isClosed ? number : "≥ \(number)" }
            return kind == .classes ? "\(number) – \(numbers[index + 1])" : number
        }
    }

    /// How the values were chosen, as a sentence for whoever reads the map.
    public func statement(in language: PictureLanguage) -> String {
        switch (rule, language) {
        case (.given, .spanish): "Límites de la leyenda fijados por quien hizo el mapa."
        case (.given, .english): "Legend limits as given by the map's maker."
        case (.ladder(let greatest), .spanish):
            "Límites de la leyenda en 1, 2 y 5 por potencias de diez (máximo \(Self.rounded(greatest))); "
                + "los mismos en todas las escalas."
        case (.ladder(let greatest), .english):
            "Legend limits at 1, 2 and 5 times powers of ten (maximum \(Self.rounded(greatest))); "
                + "the same at every zoom."
        }
    }

    private static func rounded(_ value: Double) -> String {
        PictureLanguage.number(value, decimals: value >= 100 ? 0 : value >= 1 ? 1 : 4)
    }

    // MARK: Palette

    /// The colours of an indexed picture: entry 0 is nothing, the others follow the stops upwards.
    public var palette: [PNGEncoder.Entry] {
        let nothing = PNGEncoder.Entry(Colour(0xFFFFFF), alpha: 0)
        switch kind {
        case .classes: return [nothing] + stops.map { Self.entry($0.colour, $0.opacity) }
        case .continuous: return [nothing] + (0..<255).map { entry(at: Double($0) / 254) }
        }
    }

    /// The colour at a fraction of the way through the stops.
    private func entry(at fraction: Double) -> PNGEncoder.Entry {
        let place = fraction * Double(stops.count - 1)
        let index = min(Int(place), max(stops.count - 2, 0))
        let (low, high) = (stops[index], stops[min(index + 1, stops.count - 1)])
        let share = place - Double(index)
        return Self.entry(
            ColourRamp.between(low.colour, high.colour, at: share), low.opacity + (high.opacity - low.opacity) * share)
    }

    private static func entry(_ colour: Colour, _ opacity: Double) -> PNGEncoder.Entry {
        .init(colour, alpha: UInt8((255 * min(max(opacity.isNaN ? 0 : opacity, 0), 1)).rounded()))
    }
}

/// From a value to its place in the palette, for every pixel.
struct PaletteIndex {
    private let kind: HeatmapLegend.Kind
    private let values: [Double]
    /// Palette entries per unit of value, from each stop to the next.
    private let slopes: [Double]
    private let entriesPerStop: Double

    init(_ legend: HeatmapLegend) {
        kind = legend.kind
        values = legend.stops.map(\.value)
        let entries = values.count > 1 ? 254 / Double(values.count - 1) : 254
        entriesPerStop = entries
        slopes = zip(values, values.dropFirst()).map { entries / ($1 - $0) }
    }

    /// 0 for NaN and below the first stop.
    @inline(__always)
    func index(of value: Double) -> UInt8 {
        guard value >= values[0] else { return 0 }
        var stop = 0
        while stop + 1 < values.count, value >= values[stop + 1] { stop += 1 }
        guard kind == .continuous else { return UInt8(truncatingIfNeeded: stop + 1) }
        guard stop < slopes.count else { return 255 }
        let place = Double(stop) * entriesPerStop + (value - values[stop]) * slopes[stop]
        return UInt8(min(max(place, 0), 254).rounded()) + 1
    }
}
