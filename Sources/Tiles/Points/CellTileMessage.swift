/// Writes merged points as a layer of a tile.
struct CellTileMessage {
    private let table: PointTable
    private let groups: PointGroups
    private let countName: String
    private var message = LayerMessage()
    /// The keys of the layer in the order of their first use, and of each property its place among them, or −1.
    private var keys: [String] = []
    private var places: [Int]

    private static let count = 0
    private static let weight = 1
    private static let firstGroup = 2

    init(_ table: PointTable, _ groups: PointGroups, countName: String) {
        (self.table, self.groups, self.countName) = (table, groups, countName)
        places = [Int](repeating: -1, count: Self.firstGroup + groups.names.count + table.width)
    }

    mutating func append(
        _ level: CellLevel, _ cells: Range<Int>, _ tile: TileID, layer: String, to bytes: inout [UInt8]
    ) {
        var geometry: [UInt8] = []
        for cell in cells {
            let size = level.size(of: cell)
            let row = Int(level.starts[cell])
            message.tag(key: key(Self.count), integer: Int64(size))
            if !level.weights.isEmpty {
                message.tag(key: key(Self.weight), number: Double(level.weights[cell]) / 1e6)
            }
            level.forEachGroup(of: cell) { group, count in
                message.tag(key: key(Self.firstGroup + Int(group)), integer: Int64(count))
            }
            if size == 1 { tag(row) }
            let x = tile.unit(level.sumX[cell] / UInt64(size), column: tile.x)
            let y = tile.unit(level.sumY[cell] / UInt64(size), column: tile.y)
            geometry.removeAll(keepingCapacity: true)
            geometry.append(9)
            geometry.appendVarint(2 * x)
            geometry.appendVarint(2 * y)
            let id = size == 1 && !table.ids.isEmpty ? UInt64(exactly: table.ids[row]) : nil
            message.feature(id: id, shape: 1, geometry: geometry)
        }
        message.append(name: layer, keys: keys, extent: 1 << PointPyramid.extentBits, to: &bytes)
    }

    private mutating func tag(_ row: Int) {
        for column in 0..<table.width {
            let cell = row * table.width + column
            guard table.earlier[cell] != PointTable.absent else { continue }
            let place = key(Self.firstGroup + groups.names.count + column)
            switch table.kinds[column] {
            case .number: message.tag(key: place, number: Double(bitPattern: table.cells[cell]))
            case .integer: message.tag(key: place, integer: Int64(bitPattern: table.cells[cell]))
            case .text:
                message.tag(key: place, text: table.cells[cell], message: table.texts.message(Int(table.cells[cell])))
            }
        }
    }

    private mutating func key(_ property: Int) -> Int {
        if places[property] < 0 {
            places[property] = keys.count
            keys.append(name(property))
        }
        return places[property]
    }

    private func name(_ property: Int) -> String {
        switch property {
        case Self.count: countName
        case Self.weight: "weight"
        case ..<(Self.firstGroup + groups.names.count): groups.names[property - Self.firstGroup]
        default: table.names[property - Self.firstGroup - groups.names.count]
        }
    }
}

extension TileID {
    /// A place on an axis of the square in units of 1/4096 of this tile, from the tile's own border.
    func unit(_ place: UInt64, column: Int) -> UInt64 {
        let unitBits = UInt64(32 - zoom - PointPyramid.extentBits)
        return (place &- UInt64(column) << UInt64(32 - zoom)) >> unitBits
    }
}
