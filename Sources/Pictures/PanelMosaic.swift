/// Where small maps of one shape stand side by side, in rows from the upper left, with room for a label above each.
struct PanelMosaic {
    /// Of the whole, labels and all.
    let height: Double
    private let count: Int
    private let columns: Int
    private let scale: Double
    /// Of one map.
    private let mapWidth: Double
    private let mapHeight: Double

    private static let gap = 18.0
    private static let label = 30.0

    /// So many columns that the fewest places stay empty, where the whole is between half and one and a half times as high as
    /// wide; otherwise as few as keep it no higher than wide.
    /// - Parameter shape: height over width of one map.
    /// - Returns: nil without maps.
    init?(count: Int, width whole: Double, shape: Double, scale: Double) {
        guard count > 0 else { return nil }
        func widthOfOne(among columns: Int) -> Double {
            let gaps = Self.gap * scale * Double(columns - 1)
            return max(8, ((whole - gaps) / Double(columns)).rounded(.down))
        }
        func total(_ columns: Int) -> Double {
            let rows = Double((count + columns - 1) / columns)
            return rows * ((widthOfOne(among: columns) * shape).rounded() + (Self.gap + Self.label) * scale)
        }
        let fitting = (1...count).filter { (0.5...1.5).contains(total($0) / whole) }
        func isBetter(_ a: Int, _ b: Int) -> Bool {
            let (ofA, ofB) = (a - 1 - (count - 1) % a, b - 1 - (count - 1) % b)
            return ofA != ofB ? ofA < ofB : abs(total(a) - whole) < abs(total(b) - whole)
        }
        let columns = fitting.min(by: isBetter) ?? (1...count).first { total($0) <= whole } ?? count
        self.count = count
        self.columns = columns
        self.scale = scale
        mapWidth = widthOfOne(among: columns)
        mapHeight = max(8, (widthOfOne(among: columns) * shape).rounded())
        height = total(columns)
    }

    /// The frames, at whole pixels.
    func boxes(x: Double, y: Double) -> [Box] {
        (0..<count).map { index in
            let (row, column) = (Double(index / columns), Double(index % columns))
            return Box(
                x: (x + column * (mapWidth + Self.gap * scale)).rounded(),
                y: (y + Self.label * scale + row * (mapHeight + (Self.gap + Self.label) * scale)).rounded(),
                width: mapWidth, height: mapHeight)
        }
    }
}
