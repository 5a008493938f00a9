import Glibc

/// `faro-bench bench <workload> [arguments]` measures one workload of the peer benchmark and prints a JSON line per result.
///
/// Inputs are the files of its generator in the folder `$BENCH_DATA`; the timed region is the one the peers time.
@main struct Bench {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            switch (arguments.first, arguments.dropFirst().first) {
            case ("--version", _): print("faro-bench")
            case ("bench", "w1"): try PointsInAreas(Array(arguments.dropFirst(2))).run()
            case ("bench", "w2"): try DensitySurface(Array(arguments.dropFirst(2))).run()
            case ("bench", "w2a"): try ApproximateSurface(Array(arguments.dropFirst(2))).run()
            case ("bench", "w3"): try CellAssociation(Array(arguments.dropFirst(2))).run()
            case ("bench", "w4a"), ("bench", "w4c"):
                try TilePyramids(arguments[1], Array(arguments.dropFirst(2))).run()
            case ("bench", "w4p"): try AreaTiles(Array(arguments.dropFirst(2))).run()
            case ("bench", "w5"): try ReportImportIntoStore(Array(arguments.dropFirst(2))).run()
            case ("bench", "w6"): try PlaceStrings(Array(arguments.dropFirst(2))).run()
            case ("bench", "w6g"): try GeoJSONPoints(Array(arguments.dropFirst(2))).run()
            case ("bench", "w8"): try PointClusters(Array(arguments.dropFirst(2))).run()
            case ("bench", "w8k"): try NearRepeats(Array(arguments.dropFirst(2))).run()
            case ("bench", "w8f"): try SpaceTimeFrames(Array(arguments.dropFirst(2))).run()
            case ("bench", "w8e"): try EmergingCells(Array(arguments.dropFirst(2))).run()
            case ("bench", "w8s"): try ScannedCylinders(Array(arguments.dropFirst(2))).run()
            case ("bench", "w9"): try PairsWithinDistances(Array(arguments.dropFirst(2))).run()
            case ("bench", "w10"): try MunicipalLights(Array(arguments.dropFirst(2))).run()
            default:
                throw BenchError(
                    """
                    usage: faro-bench bench w1 <layer> <n>
                           faro-bench bench w2 [<kernel>] <n> <grid>
                           faro-bench bench w2a <n> <grid>
                           faro-bench bench w3 gistar|moran <grid> [<permutations>]
                           faro-bench bench w4a|w4c <n>
                           faro-bench bench w4p <layer>
                           faro-bench bench w5 <n>
                           faro-bench bench w6 <n>
                           faro-bench bench w6g <n>
                           faro-bench bench w8 <n>
                           faro-bench bench w8k <n>
                           faro-bench bench w8f <n> <grid>
                           faro-bench bench w8e <n>
                           faro-bench bench w8s <n>
                           faro-bench bench w9 <n> <greatest distance>
                           faro-bench bench w10 <n>
                    """)
            }
        } catch {
            let text = "\(error)\n"
            write(2, text, text.utf8.count)
            exit(64)
        }
    }
}

struct BenchError: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}
