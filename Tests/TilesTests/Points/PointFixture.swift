import Compression
import SimpleFeatures
import Testing
import TestSupport
import Tiles

/// Points with attributes of every type, some at one place, some far away.
struct PointFixture {
    static let texts = ["Fraude", "Robo a transeúnte", "Lesiones"]
    static let periods = ["2022-01", "2022-02"]

    var x: [UInt32] = []
    var y: [UInt32] = []
    var ids: [Int64] = []
    var categories: [Int32] = []
    var periods: [Int32] = []
    var years: [Int64] = []
    var amounts: [Double] = []
    var weights: [Double] = []

    init(count: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for row in 0..<count {
            let isFar = row % 20 == 0
            x.append(isFar ? .random(in: 0...UInt32.max, using: &generator) : 965_000_000 + Self.near(&generator))
            y.append(isFar ? .random(in: 0...UInt32.max, using: &generator) : 1_911_000_000 + Self.near(&generator))
            if row % 7 == 6 { (x[row], y[row]) = (x[row - 1], y[row - 1]) }
            ids.append(Int64(row) * 3 + 1)
            categories.append(.random(in: -1...2, using: &generator))
            periods.append(.random(in: 0...1, using: &generator))
            years.append(.random(in: -2...12, using: &generator))
            amounts.append(row % 11 == 0 ? .nan : Double(Int.random(in: 0...40, using: &generator)) / 8)
            weights.append(Double(Int.random(in: 0...1000, using: &generator)) / 1000)
        }
    }

    /// Within some 25 km, more towards one side.
    private static func near(_ generator: inout SeededGenerator) -> UInt32 {
        let share = Double.random(in: 0...1, using: &generator)
        return UInt32(share * share * 2_700_000)
    }

    var count: Int { x.count }

    mutating func shuffle(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let order = x.indices.shuffled(using: &generator)
        func shuffled<Value>(_ values: [Value]) -> [Value] { order.map { values[$0] } }
        (x, y, ids, years) = (shuffled(x), shuffled(y), shuffled(ids), shuffled(years))
        (categories, periods) = (shuffled(categories), shuffled(periods))
        (amounts, weights) = (shuffled(amounts), shuffled(weights))
    }

    func columns() throws -> MercatorPoints {
        try MercatorPoints(
            x: x, y: y, ids: ids,
            attributes: [
                AttributeColumn(name: "category", values: .codes(categories, of: Self.texts)),
                AttributeColumn(name: "period", values: .codes(periods, of: Self.periods)),
                AttributeColumn(name: "years", values: .integers(years)),
                AttributeColumn(name: "amount", values: .numbers(amounts)),
            ], weights: weights)
    }

    /// The attributes of a row as a tile has them.
    func properties(_ row: Int) -> [Property] {
        var properties: [Property] = []
        if categories[row] >= 0 {
            properties.append(Property("category", .text(Self.texts[Int(categories[row])])))
        }
        properties.append(Property("period", .text(Self.periods[Int(periods[row])])))
        properties.append(Property("years", .integer(years[row])))
        if !amounts[row].isNaN { properties.append(Property("amount", .number(amounts[row]))) }
        return properties
    }
}

/// An archive in memory, which checks that tiles come in order.
final class ArchiveInMemory: TileArchiveWriter {
    private(set) var tiles: [(tile: TileID, bytes: [UInt8])] = []

    func append(_ tile: TileID, _ bytes: [UInt8]) throws {
        if let last = tiles.last { #expect(last.tile < tile) }
        tiles.append((tile, bytes))
    }

    func finish(_ description: TileSet) throws {}

    /// The tiles of a zoom; each must be free of findings.
    func read(zoom: Int) throws -> [(tile: TileID, content: VectorTile)] {
        try tiles.filter { $0.tile.zoom == zoom }.map { tile, bytes in
            let content = VectorTile(try Gzip.decompress(bytes))
            #expect(content.findings == [], "\(tile)")
            return (tile, content)
        }
    }
}

extension VectorTile.Feature {
    func integer(_ name: String) -> Int {
        if case .integer(let value)? = self[name] { Int(value) } else { 0 }
    }

    func number(_ name: String) -> Double {
        if case .number(let value)? = self[name] { value } else { 0 }
    }

    var point: TilePoint? { parts.first?.first }
}
