import Foundation
import SimpleFeatures

/// The median wall and CPU seconds (user and system, all threads) of a repeated piece of work, as the peers report them.
struct Measurement {
    var wall: Double
    var cpu: Double
    var repetitions: Int

    /// - Returns: the figures, and the result of the last repetition.
    static func of<Result>(repetitions: Int = 5, _ work: () throws -> Result) rethrows -> (Measurement, Result) {
        try of(repetitions: repetitions, preparing: {}, work)
    }

    /// - Parameter prepare: runs before each repetition, and is not measured.
    static func of<Result>(
        repetitions: Int, preparing prepare: () throws -> Void, _ work: () throws -> Result
    ) rethrows -> (Measurement, Result) {
        var walls: [Double] = []
        var cpus: [Double] = []
        func once() throws -> Result {
            try prepare()
            let (wall, cpu) = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
            let result = try work()
            walls.append(seconds(CLOCK_MONOTONIC) - wall)
            cpus.append(seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu)
            return result
        }
        var result = try once()
        for _ in 1..<max(1, repetitions) { result = try once() }
        let measurement = Measurement(
            wall: walls.sorted()[walls.count / 2], cpu: cpus.sorted()[cpus.count / 2], repetitions: walls.count)
        return (measurement, result)
    }

    /// Prints the JSON line that `peers/ours.py` reads. `check` is a JSON object.
    func report(_ workload: String, case name: String, check: String, note: String = "") {
        print(
            "{\"w\":\"\(workload)\",\"case\":\"\(name)\",\"wall\":\(wall),\"cpu\":\(cpu),\"reps\":\(repetitions),"
                + "\"rss_mb\":\(Self.peakMegabytes),\"check\":\(check),\"note\":\"\(note)\"}")
    }

    /// The most memory the process has had resident so far, its inputs included.
    static var peakMegabytes: Int {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return usage.ru_maxrss / 1024
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }
}

/// The generator's files. The binary ones are little-endian columns without a header.
enum BenchInput {
    static func path(_ name: String) throws -> String {
        guard let folder = getenv("BENCH_DATA") else {
            throw BenchError("BENCH_DATA must name the folder of the inputs")
        }
        return String(cString: folder) + "/" + name
    }

    /// Where what is written goes: `$BENCH_TMP`, or the system's temporary folder.
    static var scratch: URL {
        getenv("BENCH_TMP").map { URL(filePath: String(cString: $0)) } ?? FileManager.default.temporaryDirectory
    }

    static func column<Value: BitwiseCopyable>(_ name: String, of type: Value.Type) throws -> [Value] {
        let path = try path(name)
        guard let file = fopen(path, "rb") else { throw BenchError("\(path) cannot be opened") }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        let count = ftell(file) / MemoryLayout<Value>.size
        rewind(file)
        return [Value](unsafeUninitializedCapacity: count) { values, initialized in
            initialized = fread(values.baseAddress, MemoryLayout<Value>.size, count, file)
        }
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw BenchError("\(path) cannot be opened") }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        let count = ftell(file)
        rewind(file)
        return [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
            initialized = fread(bytes.baseAddress, 1, count, file)
        }
    }

    /// Longitudes and latitudes, interleaved in the file.
    static func positions(_ name: String) throws -> [LonLat] {
        let numbers = try column(name, of: Double.self)
        return (0..<numbers.count / 2).map { LonLat(longitude: numbers[2 * $0], latitude: numbers[2 * $0 + 1]) }
    }
}
