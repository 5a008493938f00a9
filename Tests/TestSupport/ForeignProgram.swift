import Foundation

/// Somebody else's program, which a test has read what we wrote.
public struct ForeignProgram: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    /// GDAL's tools, where the system has them.
    public static let ogrinfo = ForeignProgram(path: "/usr/bin/ogrinfo")
    public static let gdalinfo = ForeignProgram(path: "/usr/bin/gdalinfo")
    /// The interpreter that the environment variable `FARO_PYTHON` names, with the packages of the benchmarks.
    public static let python = ForeignProgram(path: ProcessInfo.processInfo.environment["FARO_PYTHON"] ?? "")

    public var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

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
