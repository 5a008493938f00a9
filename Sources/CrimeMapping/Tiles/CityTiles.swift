public import Boundaries
import Hotspots
public import Incidents
public import SimpleFeatures
public import Tiles

/// Vector tiles of a store: its selected incidents, counts on a grid, and the areas of every level: the job behind
/// `faro tiles`, and of the server's tiles.
public struct CityTiles: Sendable {
    public var zooms: ClosedRange<Int>
    /// `incidents`, `grid`, and names of levels; empty is all of them.
    public var layers: [String] = []
    /// Below this zoom incidents are merged into counts.
    public var mergesBelow = 13
    /// Attributes by whose values merged incidents are counted too.
    public var countsBy: [String] = []
    public var gridType = CountMap.GridType.rect
    /// Of the grid at the deepest zoom; nil is what ``CountMap`` chooses.
    public var cellSize: Length?
    /// The most bytes of a tile; nil for no limit.
    public var sizeLimit: Int? = 500_000
    /// How many threads may work; nil for one per processor. The tiles do not depend on it.
    public var threads: Int?

    /// Whether tiles on which nothing is are an answer, as on request; otherwise nothing to draw is an error.
    public var mayBeEmpty = false

    public init(zooms: ClosedRange<Int> = 0...14) { self.zooms = zooms }

    /// Makes the layers, ready to draw any tile.
    ///
    /// - Parameter members: provenance that the caller knows: source, revision, filter.
    /// - Throws: ``JobError/usage(_:)`` for a layer that the store has not or nothing to draw, ``JobError/interrupted(_:)``,
    ///   `HotspotError`, `GridError`, `GeodesyError`, the store's errors.
    public func drawing(
        of selection: IncidentSelection, in store: any IncidentSource & BoundarySource, name: String,
        members: [Property],
        control: JobControl = .silent
    ) throws -> TileDrawingResult {
        let levels = Set(try store.boundaryVersions().map(\.level)).sorted { $0.name < $1.name }
        let known = ["incidents", "grid"] + levels.map(\.name)
        if let unknown = layers.first(where: { !known.contains($0) }) {
            throw JobError.usage("a layer must be one of \(known.joined(separator: ", ")), but is \(unknown)")
        }
        func isWanted(_ layer: String) -> Bool { layers.isEmpty || layers.contains(layer) }
        var sources: [any TileLayerSource] = []
        var bounds = Envelope<LonLat>.empty
        // What a map shows first: a few incidents far away must not make the city small.
        var areas = Envelope<LonLat>.empty
        var record = members
        for level in levels where isWanted(level.name) {
            control.progress("cutting \(level) into tiles")
            let made = try selection.tileLayer(of: level, in: store, zooms: zooms)
            sources.append(made.layer)
            areas = areas.union(made.bounds)
            bounds = bounds.union(made.bounds)
            record += made.members
            try control.stopIfCancelled("nothing was written")
        }
        let pattern = try selection.pattern()
        if isWanted("grid"), pattern.count > 0 {
            let made = try grid(pattern, selection, store, control)
            sources.append(made.layer)
            record += made.members
        }
        if isWanted("incidents") {
            control.progress("sorting incidents")
            let made = try selection.tileLayer(zooms: zooms, merging: mergesBelow, countsBy: countsBy)
            sources.append(made.layer)
            bounds = bounds.union(made.bounds)
            record += [
                Property("incidents_in_tiles", .integer(Int64(made.layer.count))),
                Property("incidents_without_place", .integer(Int64(pattern.dropped))),
                Property("incidents_merged_below_zoom", .integer(Int64(mergesBelow))),
            ]
        } else if !pattern.envelope.isEmpty {
            bounds = bounds.union(try selection.bounds(of: pattern.envelope))
        }
        if !areas.isEmpty {
            let edges = [areas.minX, areas.minY, areas.maxX, areas.maxY].map { "\($0)" }.joined(separator: ",")
            record.append(Property("view", .json("[\(edges)]")))
        }
        record.append(Property("faro_version", .text(FaroVersion.current)))
        if mayBeEmpty, bounds.isEmpty { bounds = try Self.place(of: store, levels) }
        return try TileDrawingResult(sources, self, name: name, bounds: bounds, members: record)
    }

    /// Where a map without anything on it is to look: where the store's areas are, or the world.
    private static func place(of store: any BoundarySource, _ levels: [Level]) throws -> Envelope<LonLat> {
        var bounds = Envelope<LonLat>.empty
        for version in try store.boundaryVersions() where levels.contains(version.level) {
            let areas = try store.boundaryLayer(version.level, number: version.number).areas
            bounds = areas.reduce(bounds) { $0.union($1.geometry.envelope) }
        }
        return bounds.isEmpty ? Envelope(minX: -180, minY: -85, maxX: 180, maxY: 85) : bounds
    }

    private func grid(
        _ pattern: PointPattern, _ selection: IncidentSelection, _ store: any IncidentSource & BoundarySource,
        _ control: JobControl
    ) throws -> (layer: any TileLayerSource, members: [Property]) {
        control.progress("counting on grids")
        let middle = try selection.bounds(of: pattern.envelope).middle
        let job = GridPyramid(gridType: gridType, cellSize: cellSize, zooms: zooms, threads: threads)
        let levels = try job.levels(
            of: pattern, studyArea: selection.studyArea(in: store), latitude: middle.latitude, control: control)
        return (try levels.tileLayer(crs: selection.crs), levels.members)
    }
}

/// Layers ready to be drawn, and what their archive will say of itself.
public struct TileDrawingResult: Sendable {
    public let pyramid: TilePyramid
    public let name: String
    public let bounds: Envelope<LonLat>
    public private(set) var members: [Property]

    init(
        _ sources: [any TileLayerSource], _ job: CityTiles, name: String, bounds: Envelope<LonLat>, members: [Property]
    ) throws {
        guard !sources.isEmpty || job.mayBeEmpty, !bounds.isEmpty else {
            throw JobError.usage(
                "there must be something to draw, but no incident is selected and no area is asked for")
        }
        var pyramid = try TilePyramid(layers: sources, zooms: job.zooms)
        pyramid.sizeLimit = job.sizeLimit
        pyramid.threads = job.threads
        self.pyramid = pyramid
        self.name = name
        self.bounds = bounds
        self.members = members
    }

    /// The same layers, of whose archive more is said.
    public func recording(_ further: [Property]) -> TileDrawingResult {
        var result = self
        result.members += further
        return result
    }

    /// What the tiles say of themselves.
    /// - Parameter account: of the tiles written; nil where they are drawn on request.
    public func tileSet(_ account: TilePyramidAccount? = nil) -> TileSet {
        var record = members
        if let account { record += account.members }
        return TileSet(
            name: name, summary: "Incidents, counts and areas, by Faro \(FaroVersion.current)", format: .vector,
            zooms: pyramid.zooms, bounds: bounds,
            layers: account.map(pyramid.describedLayers) ?? pyramid.layers.map(\.layer), members: record)
    }

    /// Every tile into an archive, which is finished.
    /// - Throws: ``JobError/interrupted(_:)``, the archive's errors.
    public func write(
        to archive: any TileArchiveWriter, control: JobControl = .silent
    ) throws -> TilePyramidAccount {
        do {
            let account = try pyramid.write(to: archive) { done in
                control.progress("drawing tiles", fraction: done)
                return !control.isCancelled
            }
            try archive.finish(tileSet(account))
            return account
        } catch TilePyramidError.cancelled {
            throw JobError.interrupted("nothing was written")
        }
    }
}

extension TilePyramidAccount {
    /// Which zooms have how many tiles, and what was coarsened in how many of them.
    var members: [Property] {
        let coarsened = zooms.sorted { $0.key < $1.key }.flatMap { zoom, account in
            account.coarsenings.sorted { $0.key < $1.key }.map { "zoom \(zoom): \($1) tiles, \($0)" }
        }
        return [
            Property("tiles", .integer(Int64(tiles))), Property("largest_tile_bytes", .integer(Int64(largestTile))),
            Property("coarsened_tiles", .integer(Int64(coarsenedTiles))),
            Property("coarsened", .text(coarsened.joined(separator: "; "))),
        ]
    }
}

extension IncidentSelection {
    /// West, south, east and north of a rectangle on the plane.
    func bounds(of box: Envelope<PlanarPoint>) throws -> Envelope<LonLat> {
        let file = Envelope<FilePosition>(minX: box.minX, minY: box.minY, maxX: box.maxX, maxY: box.maxY)
        let degrees = try Self.planar(file, from: crs, to: .wgs84)
        return Envelope(minX: degrees.minX, minY: degrees.minY, maxX: degrees.maxX, maxY: degrees.maxY)
    }
}
