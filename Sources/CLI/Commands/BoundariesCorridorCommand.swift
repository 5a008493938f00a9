import ArgumentParser
import CrimeMapping
import SimpleFeatures

struct BoundariesCorridorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "corridor", abstract: "Make areas of lines: a secured street, a perimeter.",
        discussion: """
            What lies within --reach of each line of FILE (GeoJSON, or a Shapefile, plain or in a zip), with the line's attributes. The \
            areas can be imported as a level, and compared before and after.

            Examples:
              faro boundaries corridor street.geojson --reach 50 -o corridor.geojson
              faro boundaries import juarez.gpkg corridor.geojson --level corridor --id-field corridor
            """)

    @Argument(help: "The file of lines.")
    var file: String

    @Option(help: "How far a corridor reaches on either side of its line, in metres.")
    var reach: Double

    @Option(help: "Projected reference system in which is measured. Default: the UTM zone of the lines.")
    var workingCrs: String?

    @Flag(help: "All lines together are one area.")
    var one = false

    @OptionGroup var output: TableOutput

    func run() throws {
        let targets = try TableTargets(output)
        let job = CorridorFile(
            path: file, reach: .metres(reach), workingCRS: workingCrs.map { CRS($0) }, isOne: one)
        let table = try job.run()
        let subject = PictureSubject(categories: [], days: nil, outlines: [], source: file.fileName)
        try targets.write(
            table, layer: "corridors", subject: subject,
            account: ["corridors: \(table.rows.count) areas within \(job.reach) of the lines"],
            explanation: Explanation(
                spanish: "Un corredor es todo lo que está a \(job.reach) o menos de su línea, con extremos redondos.",
                english: "A corridor is all that lies within \(job.reach) of its line, with round ends."))
    }
}
