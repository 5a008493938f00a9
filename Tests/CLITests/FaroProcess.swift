import Foundation
import TestSupport

/// Runs the built command as a user does.
struct FaroProcess {
    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    /// The executable that stands beside the test bundle.
    static let executable: URL = {
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appendingPathComponent("faro")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
            folder.deleteLastPathComponent()
        }
        return URL(fileURLWithPath: "faro")
    }()

    static func run(_ arguments: String..., input: String? = nil, limits: String? = nil) throws -> Result {
        try run(arguments, input: input, limits: limits)
    }

    static func run(_ arguments: [String], input: String? = nil, limits: String? = nil) throws -> Result {
        let process = Process()
        if let limits {
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", "\(limits); exec \"$@\"", "sh", executable.path] + arguments
        } else {
            process.executableURL = executable
            process.arguments = arguments
        }
        let folder = FileManager.default.temporaryDirectory
        let name = UUID().uuidString
        let (out, err) = (folder.appendingPathComponent(name + ".out"), folder.appendingPathComponent(name + ".err"))
        for url in [out, err] { _ = FileManager.default.createFile(atPath: url.path, contents: nil) }
        defer { for url in [out, err] { try? FileManager.default.removeItem(at: url) } }
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        let pipe = Pipe()
        process.standardInput = pipe
        try process.run()
        if let input { pipe.fileHandleForWriting.write(Data(input.utf8)) }
        try pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: try String(contentsOf: out, encoding: .utf8),
            errors: try String(contentsOf: err, encoding: .utf8))
    }
}

extension TemporaryFolder {
    /// An empty store.
    func store() throws -> String {
        _ = try FaroProcess.run("init", file("s.gpkg"), "--crs", "EPSG:32614", "--tz", "America/Mexico_City", "-q")
        return file("s.gpkg")
    }
}
