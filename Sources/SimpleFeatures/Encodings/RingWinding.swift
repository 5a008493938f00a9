/// Which way round a ring goes.
public enum RingWinding {
    /// Twice the area a closed ring encloses: positive where it goes counter-clockwise, negative where clockwise.
    ///
    /// Coordinates are taken relative to the first position, so that large ones lose no digits (shoelace formula).
    /// The unit is that of the coordinates, squared: in degrees only the sign means something.
    /// - Complexity: O(positions).
    @specialized(where P == LonLat)
    @specialized(where P == PlanarPoint)
    @specialized(where P == FilePosition)
    public static func signedDoubleArea<P: Position>(_ ring: [P]) -> Double {
        guard let origin = ring.first else { return 0 }
        var sum = 0.0
        var (previousX, previousY) = (0.0, 0.0)
        for position in ring {
            let (x, y) = (position.x - origin.x, position.y - origin.y)
            sum += previousX * y - x * previousY
            (previousX, previousY) = (x, y)
        }
        return sum
    }
}
