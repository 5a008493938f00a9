import ArgumentParser
import Bytes
import CrimeMapping
import Files
import Formats
import Georeferencing
import GeoPackageStore

struct PlaceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "place", abstract: "Find where words say that something happened, and say why.",
        discussion: """
            TEXT is a colonia, an address, a crossing, a kilometre of a highway, with or without municipality and postal code. \
            With - one text a line is read from standard input, or a CSV where --text-field names its column, and one answer a \
            line is written; with --json one JSON object a line.

            Examples:
              faro place "Col. Centro, Cd. Juárez, Chih." --store juarez.gpkg
              faro place - --store cdmx.gpkg --json --text-field colonia --municipality-field alcaldia --id-field id < rows.csv
            """)

    @Argument(help: "The words; - reads them from standard input.")
    var text: String

    @Option(help: "The store that has the boundaries, aliases and street tables.")
    var store: String

    @Option(help: "The municipality, where the words do not say it.")
    var municipality: String?

    @Option(help: ArgumentHelp("Column of a CSV on standard input that holds the words.", valueName: "column"))
    var textField: String?

    @Option(help: ArgumentHelp("Column that holds the municipality.", valueName: "column"))
    var municipalityField: String?

    @Option(
        help: ArgumentHelp("Column that holds the key of a row; without it, the row's number.", valueName: "column"))
    var idField: String?

    @OptionGroup var names: CatalogueOption

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if text != "-", textField ?? municipalityField ?? idField != nil {
            throw ValidationError(
                "--text-field, --municipality-field and --id-field are for a CSV on standard input; say -")
        }
        if textField == nil, municipalityField ?? idField != nil {
            throw ValidationError("--municipality-field and --id-field need --text-field")
        }
    }

    func run() throws {
        let search = try PlaceSearch(
            in: GeoPackageStore.open(at: store, readOnly: true), source: names.source ?? .sameCatalogue)
        if text == "-" { try answerAll(search) } else { try answer(text, search) }
    }

    /// Texts that are read before the first answer, where they tell whose names they are.
    private static let surveyed = 5_000

    private func answerAll(_ search: PlaceSearch) throws {
        let output = try AtomicFile(path: "-", overwrite: false)
        var buffer = ByteWriter(capacity: 1 << 17)
        var counts = [PlaceStatus: Int]()
        func answer(_ id: String, _ words: PlaceWords) throws {
            let report = search.answer(to: search.find(words), id: id)
            counts[report.status, default: 0] += 1
            buffer.text(global.json ? try JSONText.of(report) : PlaceText.line(report, words))
            buffer.byte(UInt8(ascii: "\n"))
            guard buffer.count > 1 << 16 else { return }
            try output.write(buffer.bytes)
            buffer.removeAll()
        }
        var waiting: [(id: String, words: PlaceWords)] = []
        var isSurveyed = names.source != nil
        func survey() throws {
            isSurveyed = true
            let survey = search.georeferencer.survey(Set(waiting.map(\.words)))
            if let note = PlaceText.survey(survey) { global.console.note(note) }
            for question in waiting { try answer(question.id, question.words) }
        }
        try eachQuestion { id, words in
            if isSurveyed { return try answer(id, words) }
            waiting.append((id, words))
            if waiting.count == Self.surveyed { try survey() }
        }
        if !isSurveyed { try survey() }
        try output.write(buffer.bytes)
        try output.commit()
        global.console.note(PlaceText.counts(counts))
    }

    private func answer(_ text: String, _ search: PlaceSearch) throws {
        let words = PlaceWords(municipality: municipality, place: text)
        let finding = search.find(words)
        let report = search.answer(to: finding)
        try global.console.result(
            global.json
                ? JSONText.of(report, pretty: true)
                : PlaceText.explanation(of: finding, report, words, names: search.georeferencer))
    }

    /// Visits the texts of standard input, with the row's key or number.
    private func eachQuestion(_ body: (String, PlaceWords) throws -> Void) throws {
        // A file without a header is one whose only row so far is its first: lines are read as a CSV of one column is not.
        guard let textField else { return try eachLine(body) }
        let reader = try CSVReader(source: ByteSource(path: "-"))
        func column(_ name: String?) throws -> Int? {
            guard let name else { return nil }
            if let index = reader.header.firstIndex(of: name) { return index }
            throw JobError.usage(
                "standard input has no column \(name); it has \(reader.header.joined(separator: ", "))")
        }
        let (text, municipality, id) = (
            try column(textField), try column(municipalityField), try column(idField)
        )
        while try reader.next() {
            func field(_ column: Int?) -> String? {
                guard let column, !reader.row[column].isEmpty else { return nil }
                return String(decoding: reader.row[column], as: UTF8.self)
            }
            try body(
                field(id) ?? "\(reader.rowNumber)",
                PlaceWords(municipality: field(municipality) ?? self.municipality, place: field(text)))
        }
    }

    private func eachLine(_ body: (String, PlaceWords) throws -> Void) throws {
        var number = 0
        while let line = readLine() {
            number += 1
            try body("\(number)", PlaceWords(municipality: municipality, place: line))
        }
    }
}
