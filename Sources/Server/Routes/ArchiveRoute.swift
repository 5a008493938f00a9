import Files
import HTTPTypes
import Privacy

/// `/archives/{name}.pmtiles`: the tiles of a folder that the operator named, whole or in ranges.
///
/// A name from a request is only ever compared with the names in the folder.
enum ArchiveRoute {
    static let route = Route("/archives/{name}.pmtiles", of: .description, media: [.pmtiles], caching: .never) { ask in
        guard let folder = ask.server.options.archives else {
            throw Problem.notFound("this server hands out no archives")
        }
        let wanted = ask.part("name") + ".pmtiles"
        // Archives are made for whoever may see what is in them: the operator says so by the folder.
        return try await ask.draw { _ in
            guard let name = FolderTree.names(in: folder)?.first(where: { $0 == wanted && !$0.hasPrefix(".") }) else {
                throw Problem.notFound("there is no archive of this name")
            }
            return try answer(RandomAccessFile(path: folder + "/" + name), ask)
        }
    }

    /// The most bytes of one answer; readers of PMTiles ask for less.
    private static let most: UInt64 = 64 << 20

    private static func answer(_ file: RandomAccessFile, _ ask: Ask) throws -> Answer {
        guard let range = try ByteRange(ask.headers[.range], of: file.count) else {
            guard file.count <= most else {
                throw Problem(
                    .contentTooLarge, "cap-answer-bytes",
                    "the archive must be asked for in ranges of at most \(most) bytes")
            }
            var answer = Answer(.pmtiles, try file.read(at: 0, count: Int(file.count)))
            answer.headers[.acceptRanges] = "bytes"
            return answer
        }
        let count = min(range.count, most)
        var answer = Answer(.pmtiles, try file.read(at: range.start, count: Int(count)))
        answer.status = .partialContent
        answer.headers[.acceptRanges] = "bytes"
        answer.headers[.contentRange] = "bytes \(range.start)-\(range.start + count - 1)/\(file.count)"
        return answer
    }
}

/// One range of bytes.
///
/// ## Source
/// RFC 9110, section 14: several ranges, and what is no range, are answered with the whole.
struct ByteRange: Hashable {
    var start: UInt64
    var count: UInt64

    /// - Returns: nil where the whole is asked for.
    /// - Throws: ``Problem`` 416 for a range beyond the end.
    init?(_ header: String?, of total: UInt64) throws {
        guard let header, header.hasPrefix("bytes="), !header.contains(",") else { return nil }
        let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2 else { return nil }
        let unsatisfied = Problem(
            .rangeNotSatisfiable, "range", "the range must begin within the \(total) bytes there are",
            headers: [.contentRange: "bytes */\(total)"])
        if ends[0].isEmpty {
            guard let suffix = UInt64(ends[1]) else { return nil }
            guard suffix > 0, total > 0 else { throw unsatisfied }
            start = total - min(suffix, total)
            count = total - start
            return
        }
        guard let first = UInt64(ends[0]), ends[1].isEmpty || UInt64(ends[1]) != nil else { return nil }
        let last = UInt64(ends[1]) ?? .max
        guard first <= last else { return nil }
        guard first < total else { throw unsatisfied }
        start = first
        count = min(last, total - 1) - first + 1
    }
}
