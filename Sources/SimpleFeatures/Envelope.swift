/// The smallest upright rectangle around some positions. Its borders belong to it.
public struct Envelope<P: Position>: Hashable, Sendable {
    public var minX: Double
    public var minY: Double
    public var maxX: Double
    public var maxY: Double

    /// An envelope that contains nothing yet.
    public static var empty: Envelope {
        Envelope(minX: .infinity, minY: .infinity, maxX: -.infinity, maxY: -.infinity)
    }

    public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
        self.minX = minX
        self.minY = minY
        self.maxX = maxX
        self.maxY = maxY
    }

    public init(_ positions: some Sequence<P>) {
        self = .empty
        for position in positions { expand(toInclude: position) }
    }

    public var isEmpty: Bool { !(minX <= maxX && minY <= maxY) }
    public var width: Double { isEmpty ? 0 : maxX - minX }
    public var height: Double { isEmpty ? 0 : maxY - minY }

    public mutating func expand(toInclude position: P) {
        minX = min(minX, position.x)
        minY = min(minY, position.y)
        maxX = max(maxX, position.x)
        maxY = max(maxY, position.y)
    }

    public func union(_ other: Envelope) -> Envelope {
        Envelope(
            minX: min(minX, other.minX), minY: min(minY, other.minY), maxX: max(maxX, other.maxX),
            maxY: max(maxY, other.maxY))
    }

    public func contains(_ position: P) -> Bool {
        position.x >= minX && position.x <= maxX && position.y >= minY && position.y <= maxY
    }

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
