import Boundaries
import CrimeMapping
import Hotspots
import Incidents
import Pictures
import SimpleFeatures
import Privacy

/// `/districts/{id}/heatmap`: what a planner wants to see of one district: where, at which hours of the week, and the trend.
///
/// The usual bandwidth is Esri's: the city's rule would blur a district of some kilometres into one hill.
enum DistrictRoute {
    static let route = Route(
        "/districts/{id}/heatmap", of: .districtHeatmap,
        parameters: FilterQuery.parameters.subtracting(["area"]).union(SurfaceQuery.parameters).union(["level", "lang"]
        ),
        media: [.png, .json, .tif, .geojson]
    ) { ask in
        try await ask.analyse { control in
            let level = try LevelQuery.level(ask.query.text("level") ?? "district", ask.snapshot)
            let district = try AreaSelector("\(level.name):\(ask.part("id"))")
            let input: AnalysisInput
            do {
                input = try AnalysisInput(ask, adding: [district])
            } catch let error as FilterError {
                guard case .unknownArea = error else { throw error }
                throw Problem.notFound(error.description)
            }
            let result = try SurfaceQuery.surface(ask, input, usual: .esri, control)
            return try answer(ask, input, result, control)
        }
    }

    private static func answer(
        _ ask: Ask, _ input: AnalysisInput, _ result: DensityMapResult, _ control: JobControl
    ) throws -> Answer {
        let members = result.members + input.members
        let file = SurfaceFile(surface: result.surface, valueName: result.valueName, members: members)
        switch ask.media {
        case .tif: return Answer(.tif, try file.geoTIFF(control: control))
        case .json:
            var json = JSONObject()
            json.add("surface", json: try GeoJSONWriter.object(of: members.map { Property($0.name, $0.value.finite) }))
            try json.add("time", encoding: TemporalProfile(of: input.selection))
            return Answer(.json, json.bytes)
        case .geojson: return try TableAnswer.surface(file, ask, control)
        default:
            let language = try ask.query.choice("lang", PictureLanguage.self) ?? .spanish
            var picture = DensityPicture(result: result, subject: input.subject, language: language)
            picture.place = name(ask, input)
            picture.profile = TemporalProfile(of: input.selection)
            return Answer(.png, try picture.png(level: Answer.pictureLevel))
        }
    }

    /// The district's name, with its key where that is another.
    private static func name(_ ask: Ask, _ input: AnalysisInput) -> String? {
        guard let area = input.selection.areas.last else { return nil }
        let layer = ask.snapshot.layers.first {
            $0.version.level.name == area.level && $0.version.number == area.version
        }
        return layer?.areas.first { $0.id == area.key }.map { $0.name == $0.id ? $0.name : "\($0.name) (\($0.id))" }
    }
}
