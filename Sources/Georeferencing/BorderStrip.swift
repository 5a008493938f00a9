import Boundaries
import Glibc
import SimpleFeatures

/// The strip along an area's border: ground that another authority's drawing of the same colonia may well give to a
/// neighbour.
///
/// Measured on Mexico City: of the rows that the prosecutor's office gives to a colonia, and that the electoral institute
/// has under the same name, one in eight lies in another of the institute's areas; half of those lie within 40 m of the
/// border. The larger its share in the strip, the less a colonia's name says about its ground.
struct BorderStrip {
    /// In metres to either side: about a street with its pavements, on which two drawings differ.
    static let width = 30.0
    /// A name proves the area of another catalogue while no more of it than this lies in the strip.
    static let largestShare = 0.2

    private let area: Area
    private let scale: LocalMetres

    init(of area: Area) {
        self.area = area
        scale = LocalMetres(latitude: (area.geometry.envelope.minY + area.geometry.envelope.maxY) / 2)
    }

    /// How much of the area lies in the strip, to the first order: its perimeter times the width. May exceed 1.
    ///
    /// - Complexity: O(vertices).
    var share: Double {
        let perimeter = rings.reduce(0) { sum, ring in
            sum + zip(ring, ring.dropFirst()).reduce(0) { $0 + scale.metres(from: $1.0, to: $1.1) }
        }
        return area.squareMetres > 0 ? perimeter * Self.width / area.squareMetres : .infinity
    }

    /// The areas on which the outer half of the strip lies, those with most of it first.
    ///
    /// - Parameter locate: the index of the area that holds a place, or −1.
    /// - Complexity: O(perimeter / width) places are asked for.
    func neighbours(_ locate: (LonLat) -> Int32) -> [Int32] {
        var found: [Int32: Int] = [:]
        for ring in rings {
            for (a, b) in zip(ring, ring.dropFirst()) {
                let steps = min(max(1, (scale.metres(from: a, to: b) / Self.width).rounded(.up)), 10_000)
                for step in stride(from: 0.5, to: steps, by: 1) {
                    let along = step / steps
                    count(
                        LonLat(
                            longitude: a.longitude + (b.longitude - a.longitude) * along,
                            latitude: a.latitude + (b.latitude - a.latitude) * along), in: &found, locate)
                }
            }
        }
        return found.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }

    private var rings: [[LonLat]] { area.geometry.polygons.flatMap(\.rings) }

    /// Looks in eight directions from a place on the border, to half and to the whole of the width.
    private func count(_ place: LonLat, in found: inout [Int32: Int], _ locate: (LonLat) -> Int32) {
        for eighth in 0..<8 {
            let angle = Double(eighth) * .pi / 4
            for reach in [Self.width / 2, Self.width] {
                let index = locate(
                    LonLat(
                        longitude: place.longitude + reach * cos(angle) / scale.east,
                        latitude: place.latitude + reach * sin(angle) / scale.north))
                if index >= 0 { found[index, default: 0] += 1 }
            }
        }
    }
}
