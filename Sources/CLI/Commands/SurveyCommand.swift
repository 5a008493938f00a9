import ArgumentParser
import Boundaries
import CrimeMapping
import GeoPackageStore
import Incidents

struct SurveyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "survey", abstract: "Surveys: waves of answers with their weights, for the monthly sheet.",
        subcommands: [SurveyImportCommand.self])
}

struct SurveyImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring in a wave of a survey; who answered what is summed up and not kept.",
        discussion: """
            FILE is CSV (also .gz) with a row a respondent and question: area, question, answer, weight, and wave where it is \
            not said here. The questions with their wording come from a JSON file with --questions, once.

            Example: faro survey import juarez.gpkg pulso_2024q1.csv --survey pulso --questions pulso.json --wave 2024-Q1
            """)

    @Argument(help: "The store.")
    var store: String

    @Argument(help: "The answers.")
    var file: String

    @Option(help: "The survey's name, as its questions have it.")
    var survey: String

    @Option(help: ArgumentHelp("The questions with their wording, as JSON.", valueName: "file"))
    var questions: String?

    @Option(help: "The wave, where no column says it: 2024-Q1.")
    var wave: String?

    @Option(help: "Level of the areas.")
    var level: Level = .municipality

    @Option(
        name: .customLong("map"),
        help: ArgumentHelp("Which column holds a field; repeat for several.", valueName: "field=column"))
    var mapping: [String] = []

    @Flag(help: "Everybody had the same chance to be asked: there are no weights.")
    var unweighted = false

    @Option(help: "Name under which a later file replaces this one. Default: the file's name.")
    var source: String?

    @Flag(help: "Exit with 65 when a row was rejected.")
    var strict = false

    @OptionGroup var edition: PublishedOption
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let store = try GeoPackageStore.open(at: store)
        if let questions {
            _ = try CouncilImport(json: try CouncilFiles.data(questions), published: edition.published).run(into: store)
        }
        var job = SurveyImport(path: file, survey: survey, level: level)
        (job.wave, job.isUnweighted, job.source) = (wave, unweighted, source)
        job.dates.published = edition.published
        job.columns = try CouncilText.columns(mapping, known: ["wave", "area", "question", "answer", "weight"])
        var wrong = 0
        let summary = try job.run(into: store) { issue in
            wrong += 1
            if wrong <= 5 { global.console.warning("row \(issue.row): \(issue.message)") }
        }
        try CouncilText.tell(summary, wrong: wrong, unit: "answers", global)
        if strict, summary.counts.rejected > 0 { throw ExitCode(ExitStatus.badData.code) }
    }
}
