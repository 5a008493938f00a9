import SimpleFeatures

/// How much of a study area lies in its own copy, shifted: the translation correction's denominator.
///
/// Exact for an upright rectangle. Else the shared areas are summed over levels for shifts on a lattice, and what lies
/// between is interpolated.
struct SetCovariance: Sendable {
    private let area: Double
    /// Of an upright rectangle.
    private var sides: (width: Double, height: Double)?
    private var shared: [Double] = []
    private var columns = 0
    private var rows = 0
    private var stepX = 1.0
    private var stepY = 1.0

    init(_ window: StudyWindow, reach: Double) {
        area = window.squareMetres
        let box = window.width * window.height
        if window.edges.count == 4, abs(area - box) <= 1e-12 * box {
            sides = (window.width, window.height)
            return
        }
        (stepX, columns) = Self.lattice(reach, across: window.width)
        (stepY, rows) = Self.lattice(reach, across: window.height)
        fill(window)
    }

    /// No pair is farther apart than the window is wide.
    private static func lattice(_ reach: Double, across side: Double) -> (step: Double, count: Int) {
        let steps = min(48, max(4, (min(reach, side) / side * 192).rounded(.up)))
        return (min(reach, side) / steps, Int(steps) + 1)
    }

    private mutating func fill(_ window: StudyWindow) {
        let levels = WindowLevels(window)
        let shifts = ((1 - columns)..<columns).map { Double($0) * stepX }
        for row in 0..<rows { shared += levels.sharedArea(shiftedBy: shifts, north: Double(row) * stepY) }
        let whole = shared[columns - 1]
        guard whole > 0 else {
            shared = []
            return
        }
        for index in shared.indices { shared[index] *= area / whole }
    }

    /// The study area over what it shares with itself when shifted, at most ``RipleyK/greatestPairWeight``.
    @inline(__always)
    func weight(_ dx: Double, _ dy: Double) -> Double {
        let most = RipleyK.greatestPairWeight
        if let sides { return area / max(area / most, (sides.width - abs(dx)) * (sides.height - abs(dy))) }
        guard !shared.isEmpty else { return 1 }
        // Shifts there and back share the same.
        let (x, y) = dy < 0 ? (-dx / stepX, -dy / stepY) : (dx / stepX, dy / stepY)
        let column = min(Double(columns - 2), max(Double(1 - columns), x.rounded(.down)))
        let row = min(Double(rows - 2), max(0, y.rounded(.down)))
        let (right, up) = (x - column, y - row)
        let cell = Int(row) * (2 * columns - 1) + Int(column) + columns - 1
        let south = shared[cell] * (1 - right) + shared[cell + 1] * right
        let north = shared[cell + 2 * columns - 1] * (1 - right) + shared[cell + 2 * columns] * right
        return area / max(area / most, south * (1 - up) + north * up)
    }
}

/// A window cut into levels, to measure what it shares with a shifted copy: exact along each level's middle line.
private struct WindowLevels {
    private let height: Double
    private let levelHeight: Double
    private let count: Int
    /// Per level the edges that reach it.
    private var edges: [[StudyWindow.Edge]]
    /// Northings at which the width of the window leaps, or nearly so: levels are cut there.
    private var leaps: [Double] = []

    init(_ window: StudyWindow) {
        height = window.height
        count = 256
        levelHeight = window.height / Double(count)
        edges = Array(repeating: [], count: count)
        for edge in window.edges {
            let (low, high) = edge.a.y <= edge.b.y ? (edge.a, edge.b) : (edge.b, edge.a)
            if high.y - low.y < levelHeight, abs(high.x - low.x) > window.width / 512 { leaps += [low.y, high.y] }
            for level in level(low.y)...level(high.y) { edges[level].append(StudyWindow.Edge(a: low, b: high)) }
        }
    }

    private func level(_ y: Double) -> Int { Int(min(Double(count - 1), max(0, y / levelHeight))) }

    /// Per eastward shift the area shared with the copy shifted so and northwards.
    func sharedArea(shiftedBy shifts: [Double], north: Double) -> [Double] {
        var areas = [Double](repeating: 0, count: shifts.count)
        var cuts = leaps + leaps.map { $0 + north } + (0...count).map { Double($0) * levelHeight }
        cuts = cuts.filter { $0 > north && $0 < height }.sorted() + [height]
        var south = north
        for cut in cuts where cut > south {
            let middle = south + (cut - south) / 2
            let (here, copy) = (stretches(at: middle), stretches(at: middle - north))
            for (index, shift) in shifts.enumerated() {
                areas[index] += Self.shared(here, copy, shift) * (cut - south)
            }
            south = cut
        }
        return areas
    }

    /// Where a level line lies in the window: from, to, from, to …
    private func stretches(at y: Double) -> [Double] {
        var crossings: [Double] = []
        for edge in edges[level(y)] where edge.a.y <= y && y < edge.b.y {
            crossings.append(edge.a.x + (y - edge.a.y) * (edge.b.x - edge.a.x) / (edge.b.y - edge.a.y))
        }
        return crossings.sorted()
    }

    private static func shared(_ a: [Double], _ b: [Double], _ shift: Double) -> Double {
        var (i, j, sum) = (0, 0, 0.0)
        while i + 1 < a.count, j + 1 < b.count {
            sum += max(0, min(a[i + 1], b[j + 1] + shift) - max(a[i], b[j] + shift))
            if a[i + 1] < b[j + 1] + shift { i += 2 } else { j += 2 }
        }
        return sum
    }
}
