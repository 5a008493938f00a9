import Files

extension PMTilesArchive {
    /// How many entries a check takes into memory: 800 MB. A small file can say that it has any number.
    private static let checkedEntries = 1 << 25

    /// Holds the archive to the rules of PMTiles version 3: order, places, counts, metadata, and each tile's content.
    /// - Throws: ``TileArchiveError/file(_:)`` where the file cannot be read.
    /// - Complexity: O(entries log entries), O(bytes) with contents; 24 bytes of memory an entry.
    public func check(_ depth: TileArchiveCheck.Depth) throws -> TileArchiveCheck {
        var auditor = TileAuditor(description)
        checkSections(&auditor)
        var entries: [PMTilesDirectory.Entry] = []
        do {
            try forEachEntry { entry in
                guard entries.count < Self.checkedEntries else {
                    throw damaged("directory", "must have at most \(Self.checkedEntries) entries to be checked")
                }
                entries.append(entry)
            }
        } catch let error as TileArchiveError {
            if case .file = error { throw error }
            auditor.violation(error.description)
        }
        count(entries, &auditor)
        checkOrder(entries, &auditor)
        let contents = Self.contents(of: entries)
        checkPlaces(contents, &auditor)
        checkCounts(entries, contents: contents.count, &auditor)
        if depth == .contents { try checkContents(contents, &auditor) }
        return auditor.finish(
            distinct: contents.count, storedBytes: contents.reduce(0) { $0 &+ Int($1.length) })
    }

    private func checkSections(_ auditor: inout TileAuditor) {
        let sections = header.sections.filter { $0.section.length > 0 }.sorted { $0.section.offset < $1.section.offset }
        for (one, next) in zip(sections, sections.dropFirst()) where (one.section.end ?? .max) > next.section.offset {
            auditor.violation("the \(one.name) must end before the \(next.name), but reach into them")
        }
        if description.format == .vector, !metadataNames.contains("vector_layers") {
            auditor.violation("the metadata must name the layers of vector tiles as vector_layers, but do not")
        }
        let layers = Set(description.layers.map(\.id))
        if layers.count < description.layers.count {
            auditor.violation("the layers must have different names, but have not")
        }
        if !description.zooms.contains(Int(header.centerZoom)) {
            auditor.violation("the center must have a zoom of the archive, but has \(header.centerZoom)")
        }
        let (x, y) = (header.center[0], header.center[1])
        if x < header.bounds[0] || x > header.bounds[2] || y < header.bounds[1] || y > header.bounds[3] {
            auditor.violation("the center must lie within the bounds, but does not")
        }
    }

    /// Counts runs zoom by zoom: a run may go on over the end of one.
    private func count(_ entries: [PMTilesDirectory.Entry], _ auditor: inout TileAuditor) {
        for entry in entries {
            var start = entry.tile
            let end = entry.tile + UInt64(entry.run)
            while start < end, let tile = TileID(number: start) {
                let next = min(end, TileID.tilesAbove(tile.zoom + 1))
                auditor.count(tile, run: Int(next - start), bytes: Int(entry.length))
                start = next
            }
        }
    }

    /// In a clustered archive a content lies directly behind all before it, or is one of them.
    private func checkOrder(_ entries: [PMTilesDirectory.Entry], _ auditor: inout TileAuditor) {
        guard header.isClustered else {
            auditor.warn("the archive is not clustered: tiles that lie together on the map do not in the file")
            return
        }
        var end: UInt64 = 0
        for entry in entries {
            guard entry.offset <= end else {
                return auditor.violation("the tiles must lie in order without gaps, but do not behind byte \(end)")
            }
            if entry.offset == end { end += UInt64(entry.length) }
        }
    }

    /// One entry for each content, ascending by place.
    private static func contents(of entries: [PMTilesDirectory.Entry]) -> [PMTilesDirectory.Entry] {
        var contents: [PMTilesDirectory.Entry] = []
        for entry in entries.sorted(by: { ($0.offset, $0.length, $0.tile) < ($1.offset, $1.length, $1.tile) }) {
            if let last = contents.last, last.offset == entry.offset, last.length == entry.length { continue }
            contents.append(entry)
        }
        return contents
    }

    private func checkPlaces(_ contents: [PMTilesDirectory.Entry], _ auditor: inout TileAuditor) {
        for (one, next) in zip(contents, contents.dropFirst()) where one.offset + UInt64(one.length) > next.offset {
            auditor.violation("contents must not overlap, but those at bytes \(one.offset) and \(next.offset) do")
        }
    }

    private func checkCounts(_ entries: [PMTilesDirectory.Entry], contents: Int, _ auditor: inout TileAuditor) {
        let addressed = entries.reduce(UInt64(0)) { $0 &+ UInt64($1.run) }
        for (name, said, found) in [
            ("tiles", header.addressed, addressed), ("entries", header.entries, UInt64(entries.count)),
            ("contents", header.contents, UInt64(contents)),
        ] where said != found && said != 0 {
            auditor.violation("the header must count the \(name), \(found), but says \(said)")
        }
    }

    private func checkContents(_ contents: [PMTilesDirectory.Entry], _ auditor: inout TileAuditor) throws {
        for entry in contents {
            guard let tile = TileID(number: entry.tile) else { continue }
            do throws(TileArchiveError) {
                let bytes = try content(entry)
                let isGzip = bytes.starts(with: [0x1F, 0x8B])
                if description.format == .vector, isGzip != (header.tileCompression == PMTilesHeader.gzip) {
                    auditor.violation("tile \(tile) must be compressed as the header says, but is not")
                }
                auditor.content(tile, bytes)
            } catch {
                if case .file = error { throw error }
                auditor.violation(error.description)
            }
        }
    }
}
