import Compression
import Dispatch
import Glibc
import SimpleFeatures
import Synchronization

/// A tile that has been drawn.
struct DrawnTile: Sendable {
    /// Of each coarsened layer, what was done to it.
    struct Coarsening: Sendable {
        var layer: Int
        var step: Int
        var features: Int
        var inFull: Int?
        var sentence: String
    }

    /// Empty where no layer has something.
    var bytes: [UInt8] = []
    /// Of each layer.
    var features: [Int] = []
    var coarsened: [Coarsening] = []
    var isOverLimit = false
}

/// Draws tiles, one after the other, with memory that it keeps in between. For one thread at a time.
final class TileDrawing {
    private let pyramid: TilePyramid
    private let compressor: GzipCompressor
    private var parts: [[UInt8]]
    private var accounts: [TileLayerAccount]
    private var steps: [Int]
    private var message: [UInt8] = []

    /// Larger buffers are given back after each tile: few tiles need them.
    private static let mostKept = 1 << 24

    init(_ pyramid: TilePyramid) throws(CompressionError) {
        self.pyramid = pyramid
        compressor = try GzipCompressor(level: pyramid.gzipLevel)
        parts = [[UInt8]](repeating: [], count: pyramid.layers.count)
        accounts = [TileLayerAccount](repeating: TileLayerAccount(features: 0), count: pyramid.layers.count)
        steps = [Int](repeating: 0, count: pyramid.layers.count)
    }

    func draw(_ tile: TileID, isCompressed: Bool) -> DrawnTile {
        for layer in parts.indices {
            steps[layer] = step(layer, tile, from: 0)
            draw(layer, tile)
        }
        guard parts.contains(where: { !$0.isEmpty }) else { return DrawnTile() }
        while true {
            if let drawn = finished(tile, isCompressed: isCompressed, isLast: false) { return drawn }
            guard let largest = largestThatCanBeCoarser() else { break }
            steps[largest] = step(largest, tile, from: steps[largest] + 1)
            draw(largest, tile)
        }
        return finished(tile, isCompressed: isCompressed, isLast: true) ?? DrawnTile()
    }

    /// The first step, from one on, at which the layer does not have too many features by itself.
    private func step(_ layer: Int, _ tile: TileID, from start: Int) -> Int {
        let source = pyramid.layers[layer]
        var step = start
        while step < source.coarsestStep, let features = source.features(in: tile, coarsening: step),
            features > mostFeatures
        {
            step += 1
        }
        return step
    }

    private var mostFeatures: Int { (pyramid.sizeLimit ?? Int.max) / TilePyramid.fewestBytesOfAFeature }

    private func draw(_ layer: Int, _ tile: TileID) {
        parts[layer].removeAll(keepingCapacity: parts[layer].capacity < Self.mostKept)
        accounts[layer] = pyramid.layers[layer].append(tile, coarsening: steps[layer], to: &parts[layer])
        if accounts[layer].features == 0 { parts[layer].removeAll(keepingCapacity: true) }
    }

    private func largestThatCanBeCoarser() -> Int? {
        parts.indices.filter { steps[$0] < pyramid.layers[$0].coarsestStep && !parts[$0].isEmpty }
            .max { parts[$0].count < parts[$1].count }
    }

    /// - Parameter isLast: whether the tile is taken whatever its size.
    /// - Returns: nil where the tile is too large.
    private func finished(_ tile: TileID, isCompressed: Bool, isLast: Bool) -> DrawnTile? {
        let features = accounts.map(\.features)
        let limit = pyramid.sizeLimit ?? Int.max
        guard isLast || features.reduce(0, +) <= mostFeatures else { return nil }
        var drawn = DrawnTile(features: features, coarsened: coarsenings(tile))
        if isLast, size(drawn) > limit { drawn.isOverLimit = true }
        join(drawn)
        // Gzip adds at most its frame and five bytes to each block of what it can only store.
        if !isCompressed, isLast || message.count + message.count / 1000 + 64 <= limit {
            drawn.bytes = message
            return drawn
        }
        let compressed = compressor.compress(message)
        guard isLast || compressed.count <= limit else { return nil }
        drawn.bytes = isCompressed ? compressed : message
        return drawn
    }

    private func size(_ drawn: DrawnTile) -> Int {
        join(drawn)
        return compressor.compress(message).count
    }

    private func coarsenings(_ tile: TileID) -> [DrawnTile.Coarsening] {
        accounts.indices.compactMap { layer in
            guard let sentence = accounts[layer].coarsened else { return nil }
            return DrawnTile.Coarsening(
                layer: layer, step: steps[layer], features: accounts[layer].features,
                inFull: pyramid.layers[layer].features(in: tile, coarsening: 0), sentence: sentence)
        }
    }

    /// Puts the layers together in ``message``, with the one that says what was coarsened.
    private func join(_ drawn: DrawnTile) {
        message.removeAll(keepingCapacity: message.capacity < Self.mostKept)
        for part in parts { message.append(contentsOf: part) }
        guard !drawn.coarsened.isEmpty else { return }
        var notes = LayerMessage()
        for note in drawn.coarsened {
            notes.tag(key: 0, value: notes.place(of: pyramid.layers[note.layer].layer.id))
            notes.tag(key: 1, value: notes.place(of: note.sentence))
            notes.tag(key: 2, integer: Int64(note.step))
            notes.tag(key: 3, integer: Int64(note.features))
            if let inFull = note.inFull { notes.tag(key: 4, integer: Int64(inFull)) }
            if drawn.isOverLimit { notes.tag(key: 5, integer: 1) }
            // MoveTo, once, to 2048, 2048.
            notes.feature(id: nil, shape: 1, geometry: [9, 0x80, 0x20, 0x80, 0x20])
        }
        notes.append(name: TilePyramid.notesLayer, keys: TilePyramid.noteKeys, extent: 4096, to: &message)
    }
}

/// Draws several tiles at once.
final class TileCrew {
    /// Each is used by one thread at a time.
    private struct Members: @unchecked Sendable {
        let drawings: [TileDrawing]
    }

    private let members: Members

    init(_ pyramid: TilePyramid) throws(CompressionError) {
        let count = max(1, pyramid.threads ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        var drawings: [TileDrawing] = []
        for _ in 0..<count { drawings.append(try TileDrawing(pyramid)) }
        members = Members(drawings: drawings)
    }

    /// - Returns: the tiles in their order.
    func draw(_ tiles: [TileID]) -> [DrawnTile] {
        let next = Atomic(0)
        let drawn = Mutex([DrawnTile](repeating: DrawnTile(), count: tiles.count))
        let members = members
        DispatchQueue.concurrentPerform(iterations: min(members.drawings.count, tiles.count)) { member in
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < tiles.count else { return }
                let tile = members.drawings[member].draw(tiles[index], isCompressed: true)
                drawn.withLock { $0[index] = tile }
            }
        }
        return drawn.withLock { $0 }
    }
}
