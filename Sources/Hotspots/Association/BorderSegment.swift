/// A straight piece of an area's border.
struct BorderSegment {
    var ax: Double
    var ay: Double
    var bx: Double
    var by: Double
    var area: Int32

    var length: Double { ((bx - ax) * (bx - ax) + (by - ay) * (by - ay)).squareRoot() }

    /// Whether the boxes around the two come within a distance of each other, along either axis.
    func mayReach(_ other: BorderSegment, within tolerance: Double) -> Bool {
        max(ax, bx) + tolerance >= min(other.ax, other.bx) && max(other.ax, other.bx) + tolerance >= min(ax, bx)
            && max(ay, by) + tolerance >= min(other.ay, other.by)
            && max(other.ay, other.by) + tolerance >= min(ay, by)
    }

    /// Which part of the segment, in shares of its length, lies within a distance of another; nil where none does.
    ///
    /// What lies within reach of a segment is convex (a rectangle and a disc at either end), so the part is one piece.
    func part(within tolerance: Double, of other: BorderSegment) -> ClosedRange<Double>? {
        var part = Part()
        part.join(discAround: (other.ax, other.ay), tolerance, self)
        part.join(discAround: (other.bx, other.by), tolerance, self)
        part.join(besides: other, tolerance, self)
        return part.low <= part.high ? part.low...part.high : nil
    }
}

private struct Part {
    var low = Double.infinity
    var high = -Double.infinity

    private mutating func join(_ from: Double, _ to: Double) {
        let (from, to) = (max(0, from), min(1, to))
        if from <= to { (low, high) = (min(low, from), max(high, to)) }
    }

    mutating func join(discAround centre: (x: Double, y: Double), _ radius: Double, _ segment: BorderSegment) {
        let (dx, dy) = (segment.bx - segment.ax, segment.by - segment.ay)
        let (cx, cy) = (centre.x - segment.ax, centre.y - segment.ay)
        let squared = dx * dx + dy * dy
        guard squared > 0 else {
            if cx * cx + cy * cy <= radius * radius { join(0, 1) }
            return
        }
        let nearest = (cx * dx + cy * dy) / squared
        let (offX, offY) = (cx - nearest * dx, cy - nearest * dy)
        let rest = radius * radius - (offX * offX + offY * offY)
        guard rest >= 0 else { return }
        let reach = (rest / squared).squareRoot()
        join(nearest - reach, nearest + reach)
    }

    /// The rectangle along the other segment.
    mutating func join(besides other: BorderSegment, _ tolerance: Double, _ segment: BorderSegment) {
        let (ex, ey) = (other.bx - other.ax, other.by - other.ay)
        let length = other.length
        guard length > 0 else { return }
        let (ux, uy) = (ex / length, ey / length)
        func along(_ x: Double, _ y: Double) -> Double { (x - other.ax) * ux + (y - other.ay) * uy }
        func across(_ x: Double, _ y: Double) -> Double { (y - other.ay) * ux - (x - other.ax) * uy }
        guard
            let first = shares(along(segment.ax, segment.ay), along(segment.bx, segment.by), from: 0, to: length),
            let second = shares(
                across(segment.ax, segment.ay), across(segment.bx, segment.by), from: -tolerance, to: tolerance)
        else { return }
        join(max(first.lowerBound, second.lowerBound), min(first.upperBound, second.upperBound))
    }

    /// Where a value that goes evenly from a to b lies between two limits.
    private func shares(_ a: Double, _ b: Double, from low: Double, to high: Double) -> ClosedRange<Double>? {
        guard a != b else { return a >= low && a <= high ? 0...1 : nil }
        let (s, t) = ((low - a) / (b - a), (high - a) / (b - a))
        let (first, last) = (max(0, min(s, t)), min(1, max(s, t)))
        return first <= last ? first...last : nil
    }
}
