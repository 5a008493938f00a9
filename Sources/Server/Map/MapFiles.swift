import Files
import Foundation

/// The files of the web map, read once: our own, and MapLibre's where the operator has them.
///
/// A name from a request is only ever compared with the names that were found.
public struct MapFiles: Sendable {
    /// What a file is, by its ending.
    private static let media: [String: Media] = ["html": .html, "css": .css, "js": .script, "svg": .svg]
    /// MapLibre's files, as its makers call them.
    static let library = ["maplibre-gl.js", "maplibre-gl.css"]
    static let greatestFile = 8 << 20

    private var files: [String: Answer] = [:]
    private let folder: String
    /// Read again for every request: for whoever works on the pages.
    private let isFresh: Bool

    /// Whether there is something to draw maps with.
    public var hasLibrary: Bool { Self.library.allSatisfy { files[$0] != nil } }

    /// - Parameters:
    ///   - folder: our own files; nil for those that were built with the program.
    ///   - library: the folder of MapLibre's two files; nil for none.
    /// - Throws: ``MapFilesError`` where a folder or a file that must be there is not.
    public init(folder: String? = nil, library: String? = nil) throws {
        isFresh = folder != nil
        guard let found = folder ?? Self.builtIn else { throw MapFilesError.notFound(Self.candidates) }
        self.folder = found
        guard let names = FolderTree.names(in: found), names.contains("index.html") else {
            throw MapFilesError.incomplete(folder: found, file: "index.html")
        }
        for name in names { files[name] = try Self.read(name, in: found) }
        guard let library else { return }
        for name in Self.library {
            guard let file = try Self.read(name, in: library) else {
                throw MapFilesError.incomplete(folder: library, file: name)
            }
            files[name] = file
        }
    }

    /// - Returns: nil where there is no such file.
    func answer(_ name: String) throws -> Answer? {
        guard isFresh, !Self.library.contains(name) else { return files[name] }
        guard FolderTree.names(in: folder)?.contains(name) == true else { return nil }
        return try Self.read(name, in: folder)
    }

    /// - Returns: nil for what is no file of a page.
    private static func read(_ name: String, in folder: String) throws -> Answer? {
        let ending = name.split(separator: ".").last.map(String.init) ?? ""
        guard let media = media[ending], !name.hasPrefix("."),
            let file = try? RandomAccessFile(path: folder + "/" + name)
        else { return nil }
        guard file.count <= greatestFile else { throw MapFilesError.tooLarge(name) }
        return try Answer(media, try file.read(at: 0, count: Int(file.count))).compressed()
    }

    /// Beside the program, where the package manager puts what belongs to a target; on Debian under /usr/share.
    private static var builtIn: String? {
        candidates.first { FolderTree.names(in: $0)?.contains("index.html") == true }
    }

    private static var candidates: [String] {
        let program = URL(fileURLWithPath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        let running = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? program.path
        let beside = URL(fileURLWithPath: running).deletingLastPathComponent()
        return [
            beside.appendingPathComponent("faro_Server.resources/Web").path,
            beside.deletingLastPathComponent().appendingPathComponent("share/faro/Web").path,
        ]
    }
}

/// Why there is no web map.
public enum MapFilesError: Error, Hashable, CustomStringConvertible {
    case notFound([String])
    case incomplete(folder: String, file: String)
    case tooLarge(String)

    public var description: String {
        switch self {
        case .notFound(let folders):
            "the files of the web map must lie beside the program, but none of these folders is there: \(folders.joined(separator: ", ")); name one with --web"
        case .incomplete(let folder, let file):
            "the folder \(folder) must have the file \(file), but has not" + Self.advice(file)
        case .tooLarge(let name):
            "a file of the web map must have at most \(MapFiles.greatestFile) bytes, but \(name) has more"
        }
    }

    private static func advice(_ file: String) -> String {
        MapFiles.library.contains(file) ? "; tools/map-assets fills such a folder" : ""
    }
}
