import SimpleFeatures

/// An upright rectangle as an area of its own.
func rectangle<P: Position>(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> MultiPolygon<P> {
    MultiPolygon([Polygon(exterior: ring(x, y, width, height))])
}

func ring<P: Position>(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> [P] {
    corners([(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)])
}

func corners<P: Position>(_ corners: [(Double, Double)]) -> [P] { corners.map { P(x: $0.0, y: $0.1) } }

/// Two triangles of 25 m² each that meet at (5, 5), drawn as one ring that crosses itself.
func bowTie<P: Position>() -> MultiPolygon<P> {
    MultiPolygon([Polygon(exterior: corners([(0, 0), (10, 10), (10, 0), (0, 10), (0, 0)]))])
}
