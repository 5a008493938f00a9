import CrimeMapping
import Files
import Hotspots
import Pictures
import SimpleFeatures

/// `/hotspots/kde`: the job of `faro hotspot kde`.
enum SurfaceRoute {
    static let route = Route(
        "/hotspots/kde",
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
    }

    private static func bytes(
        of file: SurfaceFile, _ result: DensityMapResult, _ ask: Ask, _ input: AnalysisInput, _ control: JobControl
    ) throws -> [UInt8] {
        switch ask.media {
        case .tif: return try file.geoTIFF(control: control)
        case .png:
            let language = try ask.query.choice("lang", PictureLanguage.self) ?? .spanish
            return try DensityPicture(result: result, subject: input.subject, language: language).png()
        default:
            return try TableAnswer.surface(file, ask, control).bytes
        }
    }
}
