import CrimeMapping
import Files
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
        let input = try ByteSource(path: argument)
        var chunk = [UInt8](repeating: 0, count: ByteSource.defaultChunkSize)
        while true {
            let count = try chunk.withUnsafeMutableBytes { try input.read(into: $0) }
            guard count > 0 else { break }
            try chunk.withUnsafeBytes { try copy.write(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
        try copy.commit()
    }

    func discard() {
        if isTemporary { try? FileManager.default.removeItem(atPath: path) }
    }
}
