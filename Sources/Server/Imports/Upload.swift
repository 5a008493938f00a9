import CrimeMapping
import Files
import Glibc
import Hummingbird
import NIOCore

/// The body of a request as a file in a folder of its own, which goes when the value is discarded.
struct Upload: Sendable {
    /// As messages name the file: nothing of a request becomes a name.
    static let name = "upload"

    private let folder: String
    var path: String { folder + "/" + Self.name }

    /// Writes what comes as it comes.
    /// - Throws: ``Problem`` 413 for more bytes than the cap, 400 for none; `FileError`.
    init(_ body: RequestBody, in parent: String, most: Int) async throws {
        folder = try Self.makeFolder(in: parent)
        do {
            let file = try AtomicFile(path: folder + "/" + Self.name, overwrite: false, mode: 0o600)
            for try await piece in body {
                guard piece.readableBytes <= most - file.count else { throw Self.tooLong(most) }
                try piece.withUnsafeReadableBytes { try file.write($0) }
            }
            guard file.count > 0 else {
                throw Problem(
                    .badRequest, "no-body", "the body must be the file that is to be brought in, but is empty")
            }
            try file.commit()
        } catch {
            discard()
            throw error
        }
    }

    /// Removes the file and its folder.
    func discard() {
        unlink(path)
        rmdir(folder)
    }

    static func tooLong(_ most: Int) -> Problem {
        Problem(
            .contentTooLarge, "cap-import-bytes",
            "import-bytes must be at most \(most); compress the file with gzip, or use faro import")
    }

    /// Messages of jobs name the file by its path, which is nobody's business.
    func withoutPath(_ text: String) -> String {
        text.split(separator: folder + "/", omittingEmptySubsequences: false).joined()
    }

    /// Only this process's user may look into it.
    private static func makeFolder(in parent: String) throws -> String {
        var template = Array((parent + "/faro-import-XXXXXX").utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) } != nil
        }
        guard made else { throw FileError.unwritable(path: parent, reason: String(cString: strerror(errno))) }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
