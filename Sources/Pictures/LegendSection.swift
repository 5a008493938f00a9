import Grids

/// What a legend says of one layer.
struct LegendSection {
    enum Symbol {
        case box(Colour, opacity: Double)
        case line(Colour, LineWidth)
        case dot(Colour, radius: Double, opacity: Double)
    }

    /// More are not read by anyone; the rest is counted.
    static let maximumEntries = 40

    var title: String?
    /// From the top down; nil where there is nothing but the words.
    var entries: [(symbol: Symbol?, label: String)] = []
    var remark: String?

    /// nil for layers without a word of their own.
    init?(_ layer: MapLayer, of picture: MapPicture) throws(PictureError) {
        switch layer {
        case .surface(let layer): try explain(layer, of: picture)
        case .areas(let layer):
            title = layer.legend.title
            entries = layer.legend.entries.prefix(Self.maximumEntries).map {
                (.box($0.colour, opacity: layer.opacity), $0.label)
            }
            let more = layer.legend.entries.count - Self.maximumEntries
            remark = more > 0 ? picture.language.more(more) : nil
        case .lines(let layer):
            guard let label = layer.label else { return nil }
            entries = [(.line(layer.colour ?? Palette.outline, LineWidth(layer.weight)), label)]
        case .points(let layer):
            guard let label = layer.label else { return nil }
            entries = [(.dot(layer.colour, radius: layer.radius, opacity: layer.opacity), label)]
        case .labels, .water: return nil
        }
    }

    /// Most at the top, as on the map's own scale of attention.
    private mutating func explain(_ layer: MapLayer.SurfaceLayer, of picture: MapPicture) throws(PictureError) {
        title = layer.unit
        guard let range = layer.surface.range else {
            entries = [(nil, picture.language.nothingToShow)]
            return
        }
        let classes = try layer.classes
        let labels = classes.labels(isOpen: range.upperBound > classes.borders[classes.count])
        entries = zip(layer.ramp.colours(count: classes.count), labels).map { (.box($0, opacity: 1), $1) }.reversed()
        if picture.background == .paper, layer.surface.values.contains(0) {
            entries.append((.box(Palette.none, opacity: 1), picture.language.noEvents))
        }
        guard range.upperBound > 0 else { return }
        let decimals = min(PictureLanguage.decimals(for: classes.borders) + 1, 9)
        // The first of several maps does not hold the greatest value of all.
        guard picture.panels.isEmpty else { return }
        remark = "\(picture.language.maximum) \(PictureLanguage.number(range.upperBound, decimals: decimals))"
    }
}

/// How wide the lines of a layer are, in pixels of a picture 1600 pixels wide: dark, on a light seam that keeps it
/// visible over dark cells.
struct LineWidth {
    var line: Double
    var opacity: Double
    var seam: Double
    var seamOpacity: Double

    init(_ weight: MapLayer.LineLayer.Weight) {
        switch weight {
        case .thin: (line, opacity, seam, seamOpacity) = (0.9, 0.5, 2.2, 0.35)
        case .strong: (line, opacity, seam, seamOpacity) = (2.2, 0.95, 5, 0.65)
        }
    }
}

extension MapLayer.SurfaceLayer {
    var classes: ClassBreaks {
        get throws(PictureError) {
            if let breaks { return try ClassBreaks(breaks) }
            return .nice(upTo: surface.range?.upperBound ?? 0)
        }
    }
}
