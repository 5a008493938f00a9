import CrimeMapping
import Files
import Hotspots
import Pictures
import SimpleFeatures
import Privacy

/// `/hotspots/kde`: the job of `faro hotspot kde`.
enum SurfaceRoute {
    static let route = Route(
        "/hotspots/kde", of: .surfaces,
        parameters: AnalysisInput.parameters.union(SurfaceQuery.parameters).union(["lang", "explain"]),
        media: [.geojson, .csv, .png, .tif]
    ) { ask in
        try await ask.analyse { control in
            let input = try AnalysisInput(ask)
            let result = try SurfaceQuery.surface(ask, input, control)
            var members = result.members + input.members
            if let days = try ask.query.number("half_life", in: 0.01...100_000) {
                members.append(Property("half_life_days", .number(days)))
            }
            members = try ExplainQuery.members(members, result.explanation, ask)
            let file = SurfaceFile(surface: result.surface, valueName: result.valueName, members: members)
            return Answer(ask.media, try bytes(of: file, result, ask, input, control))
        }
    }.publishing { ask, city in
        guard ask.media != .tif else {
            throw Problem.tokenNeeded("without a token, the surface is classes of cells: geojson, csv or png")
        }
        return try await ask.analyse { control in
            let filter = try PublicQuestion.filter(ask, allowing: ["cell_size", "bandwidth", "lang"])
            try PublicQuestion.requirePublicGrid(ask, city)
            let year = try city.year(filter)
            let cells = try city.cells(.density, year: year, control: control)
            return try TableAnswer.published(
                city.table(of: cells, .density, members: PublicQuestion.members(ask)),
                city.subject(filter, year: year, source: ask.server.options.name, cells.account), ask, control)
        }
    }

    private static func bytes(
        of file: SurfaceFile, _ result: DensityMapResult, _ ask: Ask, _ input: AnalysisInput, _ control: JobControl
    ) throws -> [UInt8] {
        switch ask.media {
        case .tif: return try file.geoTIFF(control: control)
        case .png:
            let language = try ask.query.choice("lang", PictureLanguage.self) ?? .spanish
            return try DensityPicture(result: result, subject: input.subject, language: language)
                .png(level: Answer.pictureLevel)
        default:
            return try TableAnswer.surface(file, ask, control).bytes
        }
    }
}
