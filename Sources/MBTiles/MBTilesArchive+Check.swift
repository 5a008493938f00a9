public import Tiles

extension MBTilesArchive {
    /// Holds the archive to the rules of MBTiles 1.3: tables, metadata, places, and each tile's content.
    /// - Throws: ``TileArchiveError/database(path:reason:)`` where SQLite finds the file damaged.
    /// - Complexity: O(tiles), O(bytes) with contents; 16 bytes of memory a tile then.
    public func check(_ depth: TileArchiveCheck.Depth) throws -> TileArchiveCheck {
        var auditor = TileAuditor(description)
        try checkFile(depth, &auditor)
        checkMetadata(&auditor)
        var distinct: Set<UInt64> = []
        var stored = 0
        let rows = try database.statement(
            "SELECT zoom_level, tile_column, tile_row, length(tile_data)"
                + (depth == .contents ? ", tile_data FROM tiles" : " FROM tiles"))
        while try rows.step() {
            guard let tile = Self.tile(rows), rows.integer(3) > 0 else {
                auditor.violation("every row must be a tile with bytes, but one is none: \(Self.place(rows))")
                continue
            }
            stored += rows.integer(3)
            auditor.count(tile, bytes: rows.integer(3))
            guard depth == .contents else { continue }
            guard let bytes = rows.blob(4) else {
                auditor.violation("tile \(tile) must be a blob, but is none")
                continue
            }
            // A content that came before has been looked at.
            if distinct.insert(ContentHash.of(bytes)).inserted { auditor.content(tile, bytes) }
            if description.format == .vector, !bytes.starts(with: [0x1F, 0x8B]) {
                auditor.violation("tile \(tile) must be compressed with gzip, but is not")
            }
        }
        return auditor.finish(distinct: depth == .contents ? distinct.count : nil, storedBytes: stored)
    }

    private func checkFile(_ depth: TileArchiveCheck.Depth, _ auditor: inout TileAuditor) throws {
        let id = try database.statement("PRAGMA application_id")
        if try id.step(), id.integer(0) != MBTilesWriter.applicationID {
            auditor.warn("the file does not say in its header that it is MBTiles (application_id 0x4D504258)")
        }
        if depth == .contents {
            let result = try database.statement("PRAGMA quick_check(1)")
            if try result.step(), let text = result.text(0), text != "ok" {
                auditor.violation("the database must be whole, but SQLite says: \(text)")
            }
        }
        let twice = try database.statement(
            "SELECT zoom_level, tile_column, tile_row FROM tiles GROUP BY 1, 2, 3 HAVING count(*) > 1 LIMIT 1")
        if try twice.step() { auditor.violation("no tile may come twice, but one does: \(Self.place(twice))") }
    }

    private func checkMetadata(_ auditor: inout TileAuditor) {
        for name in ["name", "format"] where metadata[name] == nil {
            auditor.violation("the metadata must have \(name), but have not")
        }
        for name in ["bounds", "center", "minzoom", "maxzoom"] where metadata[name] == nil {
            auditor.warn("the metadata should have \(name), but have not")
        }
        if description.format == .vector, metadata["json"] == nil {
            auditor.violation("the metadata must name the layers of vector tiles in json, but do not")
        }
    }
}
