/// A place given by two numbers, in one of the three ways Faro tells apart by type.
public protocol Position: Hashable, Sendable {
    /// Eastward: longitude or easting.
    var x: Double { get }
    /// Northward: latitude or northing.
    var y: Double { get }
    init(x: Double, y: Double)
}

/// A place on WGS 84, in degrees.
public struct LonLat: Position {
    public var longitude: Double
    public var latitude: Double

    public init(longitude: Double, latitude: Double) {
        self.longitude = longitude
        self.latitude = latitude
    }

    @inlinable public init(x: Double, y: Double) { self.init(longitude: x, latitude: y) }
    @inlinable public var x: Double { longitude }
    @inlinable public var y: Double { latitude }

    /// Whether both numbers are finite and in the range of degrees.
    public var isOnEarth: Bool { abs(longitude) <= 180 && abs(latitude) <= 90 }
}

/// A place in one projected coordinate reference system, in metres.
public struct PlanarPoint: Position {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    /// The straight distance to another point of the same reference system.
    public func distance(to other: PlanarPoint) -> Length {
        let (dx, dy) = (x - other.x, y - other.y)
        return .metres((dx * dx + dy * dy).squareRoot())
    }
}

/// A place as it stands in a file, before its coordinate reference system has been settled.
///
/// Nothing computes with it: Geodesy turns it into ``LonLat`` or ``PlanarPoint`` at the door.
public struct FilePosition: Position {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}
