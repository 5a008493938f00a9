import Foundation

/// Somebody else's program, which a test has read what we wrote.
public struct ForeignProgram: Sendable {
    public let path: String

    /// What else must be there: a library that it is to load; nil for nothing.
    public let library: String?

    public init(path: String, library: String? = nil) {
        self.path = path
        self.library = library
    }

    /// GDAL's tools, where the system has them.
    public static let ogrinfo = ForeignProgram(path: "/usr/bin/ogrinfo")
    public static let gdalinfo = ForeignProgram(path: "/usr/bin/gdalinfo")
    /// The interpreter that the environment variable `FARO_PYTHON` names, with the packages of the benchmarks.
    public static let python = ForeignProgram(path: ProcessInfo.processInfo.environment["FARO_PYTHON"] ?? "")

    /// The system's Python with QGIS, and R with sf, where they are installed: they are large, and no script installs them.
    public static let qgis = ForeignProgram(
        path: "/usr/bin/python3", library: "/usr/lib/python3/dist-packages/qgis/core")
    public static let rWithSF = ForeignProgram(path: "/usr/bin/Rscript", library: "/usr/lib/R/site-library/sf")

    public var isInstalled: Bool {
        FileManager.default.isExecutableFile(atPath: path)
            && library.map { FileManager.default.fileExists(atPath: $0) } ?? true
    }

    public struct Outcome: Sendable {
        public var status: Int32
        public var output: String
        public var errors: String
    }

    /// Runs the program to its end.
    public func run(_ arguments: [String]) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let complaint = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            errors: String(decoding: complaint, as: UTF8.self))
    }
}
