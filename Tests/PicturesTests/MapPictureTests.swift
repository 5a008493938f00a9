import Grids
import SimpleFeatures
import Testing

@testable import Pictures

@Suite struct MapPictureTests {
    /// The pixel at a place of the plane.
    static func pixel(at point: PlanarPoint, of picture: MapPicture) throws -> UInt32 {
        let sections = try picture.layers.compactMap { try LegendSection($0, of: picture) }
        let place = try MapLayout(picture: picture, sections: sections).place(point)
        return try #require(try picture.canvas().pixel(x: Int(place.x), y: Int(place.y)))
    }
}
