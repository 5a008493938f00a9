import Formats
import Grids
import Hotspots
public import Pictures
import SimpleFeatures

/// A film of densities as a stack of bands, as small maps side by side, and as a picture that moves.
public struct FilmPicture {
    /// The frames, in order.
    public var result: DensityFilmResult
    /// What is shown: title, days, outlines and credit.
    public var subject: PictureSubject
    /// Of title, legend and footer.
    public var language: PictureLanguage

    /// The most small maps in one picture: the last frames.
    public static let greatestPanelCount = 60

    /// All fields as given.
    public init(_ result: DensityFilmResult, subject: PictureSubject, language: PictureLanguage = .spanish) {
        self.result = result
        self.subject = subject
        self.language = language
    }

    /// A band for each frame, called by its period.
    /// - Throws: `GeoTIFFError`.
    public func geoTIFF() throws -> [UInt8] {
        try GeoTIFFStack(
            surfaces: result.surfaces, valueNames: result.labels, title: "density", members: result.members
        ).bytes()
    }

    /// All frames side by side.
    /// - Throws: `PictureError`.
    public func mosaic() throws -> [UInt8] {
        var picture = base(subtitle: nil)
        picture.panels = zip(result.labels, layers).suffix(Self.greatestPanelCount).map {
            .init($0, layers: [$1])
        }
        return try picture.png()
    }

    /// One frame after another.
    /// - Throws: `PictureError`.
    public func animation() throws -> [UInt8] {
        let frames = zip(result.labels, layers).map { label, layer in
            var picture = base(subtitle: label)
            picture.width = 1000
            picture.layers.insert(layer, at: 0)
            return picture
        }
        return try AnimatedPicture(frames: frames).png()
    }

    private var isSpanish: Bool { language == .spanish }

    /// All in the classes of the greatest value of all frames.
    private var layers: [MapLayer] {
        let greatest = (result.film.range?.upperBound ?? 0) * Double(DensityFilmResult.unitDays)
        let unit =
            isSpanish
            ? "delitos por km² y \(DensityFilmResult.unitDays) días"
            : "crimes per km² and \(DensityFilmResult.unitDays) days"
        let breaks = DensityPicture.breaks(upTo: greatest) ?? [0, 1]
        return result.surfaces.map { .surface(.init($0, unit: unit, breaks: breaks)) }
    }

    private func base(subtitle: String?) -> MapPicture {
        let crs = result.support.counts.crs
        var picture = MapPicture(
            title: subject.title(orElse: isSpanish ? "Densidad de delitos" : "Density of crimes"), crs: crs)
        let account = subject.account(
            counted: result.support.incidents, withoutPlace: result.support.withoutPlace, language)
        picture.subtitles = [subtitle].compactMap(\.self) + [account]
        picture.notes = [method]
        picture.attribution = subject.credit(language)
        picture.language = language
        let borders = subject.outlines.flatMap { $0.polygons.flatMap(\.rings) }
        if !borders.isEmpty { picture.layers = [.lines(.init(borders))] }
        return picture
    }

    private var method: String {
        let method = result.film.method
        let metres = "\(method.space.bandwidth.metres.rounded().inWords) m"
        let days = method.days.rounded().inWords
        return isSpanish
            ? "Densidad espacio-temporal: \(metres) y \(days) días (núcleo de tiempo \(MethodWords.spanish(method.time.rawValue)))"
            : "Space-time kernel density: \(metres) and \(days) days (time kernel: \(method.time.rawValue))"
    }
}
