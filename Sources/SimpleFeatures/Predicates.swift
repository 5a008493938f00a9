/// Which way three positions turn.
public enum Orientation: Int, Sendable {
    case clockwise = -1
    case collinear = 0
    case counterClockwise = 1
}

/// Geometric decisions that rounding cannot make wrong.
public enum Predicates {
    /// Whether the way from `a` over `b` to `c` turns left (counter-clockwise), right, or not at all.
    ///
    /// The answer is that of exact arithmetic on the numbers as given. A filter settles nearly every case in floating
    /// point; only where its error bound leaves the sign open are the products expanded without rounding.
    /// Coordinates must be finite and, where not 0, between 1e-140 and 1e140 in magnitude, so that no product is lost.
    ///
    /// ## Source
    /// Shewchuk (1997), *Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates*,
    /// section 4.1, error bound A.
    @inlinable public static func orientation<P: Position>(_ a: P, _ b: P, _ c: P) -> Orientation {
        let left = (a.x - c.x) * (b.y - c.y)
        let right = (a.y - c.y) * (b.x - c.x)
        let determinant = left - right
        let bound = orientationErrorFactor * (abs(left) + abs(right))
        if determinant > bound { return .counterClockwise }
        if -determinant > bound { return .clockwise }
        return exactOrientation(a.x, a.y, b.x, b.y, c.x, c.y)
    }

    /// The computed determinant errs by at most this share of the magnitudes of its two products: (3 + 16ε)ε, ε = 2⁻⁵³.
    @inlinable public static var orientationErrorFactor: Double { (3 + 16 * 0x1p-53) * 0x1p-53 }

    /// The determinant multiplied out: six products, each held as two numbers, summed without loss.
    @usableFromInline static func exactOrientation(
        _ ax: Double, _ ay: Double, _ bx: Double, _ by: Double, _ cx: Double, _ cy: Double
    ) -> Orientation {
        var sum = Expansion()
        sum.add(product: ax, by)
        sum.add(product: -ax, cy)
        sum.add(product: -cx, by)
        sum.add(product: -ay, bx)
        sum.add(product: ay, cx)
        sum.add(product: cy, bx)
        let sign = sum.sign
        return sign > 0 ? .counterClockwise : sign < 0 ? .clockwise : .collinear
    }
}

/// A sum of up to twelve numbers kept exactly, as numbers of increasing magnitude that do not overlap in their bits.
///
/// Shewchuk (1997), theorem 10 (GROW-EXPANSION).
private struct Expansion {
    private var parts = InlineArray<12, Double>(repeating: 0)
    private var count = 0

    /// Adds `a` times `b`: the rounded product, and what rounding took from it.
    mutating func add(product a: Double, _ b: Double) {
        let rounded = a * b
        add((-rounded).addingProduct(a, b))
        add(rounded)
    }

    private mutating func add(_ value: Double) {
        var carried = value
        for index in 0..<count {
            let part = parts[index]
            let sum = carried + part
            let partAsAdded = sum - carried
            parts[index] = (carried - (sum - partAsAdded)) + (part - partAsAdded)
            carried = sum
        }
        parts[count] = carried
        count += 1
    }

    /// The sign of the largest part that is not 0, which outweighs all below it.
    var sign: Double {
        for index in stride(from: count - 1, through: 0, by: -1) where parts[index] != 0 { return parts[index] }
        return 0
    }
}

extension Predicates {
    /// Which way a closed ring winds, by the sign of its area; collinear where it encloses none.
    ///
    /// The sign is computed in floating point: it is sure for rings wider than a few units in the last place.
    /// - Complexity: O(*n*).
    @inlinable public static func winding<P: Position>(of ring: [P]) -> Orientation {
        let area = signedArea(of: ring)
        return area > 0 ? .counterClockwise : area < 0 ? .clockwise : .collinear
    }

    /// The area a closed ring encloses in square metres, negative where it winds clockwise.
    ///
    /// - Complexity: O(*n*).
    public static func signedSquareMetres(of ring: [PlanarPoint]) -> Double { signedArea(of: ring) }

    /// The area a closed ring encloses, negative where it winds clockwise, in the unit of its coordinates, squared: in degrees
    /// only the sign means something, and which of two is larger.
    ///
    /// The shoelace sum, measured from the first position so that large eastings and northings do not cancel.
    /// - Complexity: O(*n*).
    @inlinable public static func signedArea<P: Position>(of ring: [P]) -> Double {
        guard let origin = ring.first else { return 0 }
        var twice = 0.0
        var previous = (x: 0.0, y: 0.0)
        for position in ring.dropFirst() {
            let next = (x: position.x - origin.x, y: position.y - origin.y)
            twice += previous.x * next.y - next.x * previous.y
            previous = next
        }
        return twice / 2
    }
}
