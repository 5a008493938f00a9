import CrimeMapping
import Formats
import Foundation

/// A file to read twice: standard input is first kept in a temporary file.
struct InputFile {
    let path: String
    /// For messages: the file's name, or `standard input`.
    let name: String
    private let isTemporary: Bool

    init(_ argument: String) throws {
        guard argument == "-" else {
            path = argument
            name = argument
            isTemporary = false
            return
        }
        path = FileManager.default.temporaryDirectory.appendingPathComponent("faro-\(UUID().uuidString).csv").path
        name = "standard input"
        isTemporary = true
        let copy = try AtomicFile(path: path, overwrite: false)
        while case let chunk = FileHandle.standardInput.availableData, !chunk.isEmpty { try copy.write(Array(chunk)) }
        try copy.commit()
    }

    func discard() {
        if isTemporary { try? FileManager.default.removeItem(atPath: path) }
    }
}
