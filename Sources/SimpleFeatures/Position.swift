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
    /// Degrees east of Greenwich, negative to the west.
    public var longitude: Double
    /// Degrees north of the equator, negative to the south.
    public var latitude: Double

    /// Both in degrees, as given; ``isOnEarth`` says whether they can be true.
    public init(longitude: Double, latitude: Double) {
        self.longitude = longitude
        self.latitude = latitude
    }

    /// - Parameters:
    ///   - x: longitude in degrees.
    ///   - y: latitude in degrees.
    @inlinable public init(x: Double, y: Double) { self.init(longitude: x, latitude: y) }
    /// The longitude.
    @inlinable public var x: Double { longitude }
    /// The latitude.
    @inlinable public var y: Double { latitude }

    /// Whether both numbers are finite and in the range of degrees.
    public var isOnEarth: Bool { abs(longitude) <= 180 && abs(latitude) <= 90 }
}

/// A place in one projected coordinate reference system, in metres.
public struct PlanarPoint: Position {
    /// Easting in metres.
    public var x: Double
    /// Northing in metres.
    public var y: Double

    /// Both in metres, as given; the reference system is known to whoever holds the point.
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
    /// The first number as GeoJSON and Shapefile order them: eastward, in whichever unit the file has.
    public var x: Double
    /// The second number: northward.
    public var y: Double

    /// Both as they stand in the file; nothing is checked.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}
