public import SimpleFeatures

/// Where the pixels of a picture lie on the plane: exact at the nodes of a mesh, bilinear between them.
///
/// Projecting each pixel would cost more than all the rest. Node (*i*, *j*) is the corner of pixel (*i* · step, *j* ·
/// step), counted from the upper left; nodes on a tile's edge are those of its neighbour, so that both agree about
/// every pixel, to the bit, as long as the same place is always projected to the same point.
///
/// ## Error
/// Of a web-mercator tile of 256 pixels at zoom *z* on a UTM or Lambert plane of Mexico, in pixels: below *step*² · 2⁻ᶻ /
/// 500, as measured for zooms 0 to 14 and steps 4 to 32 within 20° of the plane's middle. So a step of 16 is right to
/// 0.07 pixel from zoom 3 on and to 0.002 from zoom 8 on; zooms 0 to 2 want a step of 4.
public struct PixelMesh: Sendable {
    /// Pixels across.
    public let width: Int
    /// Pixels down.
    public let height: Int
    /// Pixels from node to node; divides both.
    public let step: Int
    /// Row by row from the top: `width / step + 1` to a row. Not finite where a place has no point on the plane: the
    /// pixels around it are empty.
    public let nodes: [PlanarPoint]

    /// The largest side of a picture in pixels.
    public static let maximumSide = 1 << 14

    /// Nodes projected elsewhere, all at once.
    /// - Throws: ``PictureError/meshMisshapen(width:height:step:nodes:)``.
    public init(width: Int, height: Int, step: Int, nodes: [PlanarPoint]) throws(PictureError) {
        let sides = 1...Self.maximumSide
        guard sides.contains(width), sides.contains(height), step > 0, width.isMultiple(of: step),
            height.isMultiple(of: step), nodes.count == (width / step + 1) * (height / step + 1)
        else { throw .meshMisshapen(width: width, height: height, step: step, nodes: nodes.count) }
        self.width = width
        self.height = height
        self.step = step
        self.nodes = nodes
    }

    /// - Parameter place: the planar point of a corner of pixels, `x` pixels from the left and `y` from the top; called
    ///   once for each node.
    /// - Throws: ``PictureError/meshMisshapen(width:height:step:nodes:)``.
    public init(
        width: Int, height: Int, step: Int = 16, place: (_ x: Int, _ y: Int) -> PlanarPoint
    ) throws(PictureError) {
        let places = Self.corners(width: width, height: height, step: step)
        try self.init(width: width, height: height, step: step, nodes: places.map { place($0.x, $0.y) })
    }

    /// The corners of pixels at which nodes stand, in their order; none where the step does not divide both sides.
    public static func corners(width: Int, height: Int, step: Int) -> [(x: Int, y: Int)] {
        let sides = 1...maximumSide
        guard sides.contains(width), sides.contains(height), step > 0, width.isMultiple(of: step),
            height.isMultiple(of: step)
        else { return [] }
        return stride(from: 0, through: height, by: step).flatMap { y in
            stride(from: 0, through: width, by: step).map { x in (x, y) }
        }
    }
}
