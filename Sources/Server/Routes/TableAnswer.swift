import CrimeMapping
import Files
import Incidents
import Pictures
import Privacy
import SimpleFeatures

/// A result of places in the form that is asked for.
enum TableAnswer {
    static let media: [Media] = [.geojson, .csv, .png]

    static func answer(
        _ table: FeatureTable, layer: String, _ ask: Ask, _ subject: PictureSubject, _ control: JobControl
    ) throws -> Answer {
        if ask.media == .png {
            let language = try ask.query.choice("lang", PictureLanguage.self) ?? .spanish
            let picture = TablePicture(table, subject: subject, language: language)
            return Answer(.png, try picture.png(level: Answer.pictureLevel))
        }
        let output = MemoryOutput(limit: ask.caps.answerBytes)
        let sink = FeatureTextFile(ask.media == .csv ? nil : .collection, to: output)
        try table.write(layer: layer, to: sink, control: control)
        return Answer(ask.media, output.bytes)
    }

    /// A table that has passed the gate, in the form that is asked for, with what was left out of it.
    static func published(
        _ table: Published<FeatureTable>, _ subject: PictureSubject, _ ask: Ask, _ control: JobControl
    ) throws -> Answer {
        var told = table.value
        told.members += table.account.members
        return try answer(told, layer: "units", ask, subject, control)
    }

    /// The cells of a surface, one feature or row each.
    static func surface(_ file: SurfaceFile, _ ask: Ask, _ control: JobControl) throws -> Answer {
        let output = MemoryOutput(limit: ask.caps.answerBytes)
        try file.write(to: FeatureTextFile(ask.media == .csv ? nil : .collection, to: output), control: control)
        return Answer(ask.media, output.bytes)
    }
}
