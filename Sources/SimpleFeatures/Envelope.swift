/// The smallest upright rectangle around some positions. Its borders belong to it.
public struct Envelope<P: Position>: Hashable, Sendable {
    /// The western border, in the unit of the positions; +∞ in ``empty``.
    public var minX: Double
    /// The southern border; +∞ in ``empty``.
    public var minY: Double
    /// The eastern border; −∞ in ``empty``.
    public var maxX: Double
    /// The northern border; −∞ in ``empty``.
    public var maxY: Double

    /// An envelope that contains nothing yet.
    public static var empty: Envelope {
        Envelope(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)
    }

    /// The borders as given; nothing is checked, and a minimum above its maximum makes it empty.
    public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
        self.minX = minX
        self.minY = minY
        self.maxX = maxX
        self.maxY = maxY
    }

    /// Empty where there are no positions; coordinates that are NaN are passed over.
    /// - Complexity: O(positions).
    public init(_ positions: some Sequence<P>) {
        self = .empty
        for position in positions { expand(toInclude: position) }
    }

    /// Whether it contains nothing. A single position makes an envelope without width that is not empty.
    public var isEmpty: Bool { !(minX <= maxX && minY <= maxY) }
    /// From west to east, in the unit of the positions; 0 where it is empty.
    public var width: Double { isEmpty ? 0 : maxX - minX }
    /// From south to north, in the unit of the positions; 0 where it is empty.
    public var height: Double { isEmpty ? 0 : maxY - minY }

    /// Half way from border to border; not finite where it is empty.
    public var middle: P { P(x: (minX + maxX) / 2, y: (minY + maxY) / 2) }

    /// Moves the borders out as far as the position needs; a coordinate that is NaN moves none.
    public mutating func expand(toInclude position: P) {
        minX = min(minX, position.x)
        minY = min(minY, position.y)
        maxX = max(maxX, position.x)
        maxY = max(maxY, position.y)
    }

    /// The smallest envelope around both; an empty one adds nothing.
    public func union(_ other: Envelope) -> Envelope {
        Envelope(
            minX: min(minX, other.minX), minY: min(minY, other.minY), maxX: max(maxX, other.maxX),
            maxY: max(maxY, other.maxY))
    }

    /// Whether a position lies inside or on a border.
    public func contains(_ position: P) -> Bool {
        position.x >= minX && position.x <= maxX && position.y >= minY && position.y <= maxY
    }

    /// Whether the two share at least one position: touching borders are enough, an empty one meets none.
    public func intersects(_ other: Envelope) -> Bool {
        minX <= other.maxX && other.minX <= maxX && minY <= other.maxY && other.minY <= maxY
    }
}

extension Envelope where P == PlanarPoint {
    /// The envelope with `margin` metres more on every side.
    public func grown(by margin: Double) -> Envelope {
        isEmpty ? self : Envelope(minX: minX - margin, minY: minY - margin, maxX: maxX + margin, maxY: maxY + margin)
    }
}
