/// A sequence of colours from little to much, even to the eye and told apart by the colour-blind.
///
/// ## Source
/// Smith, van der Walt and Firing (2015), the colour maps of matplotlib 2.0, given to the public domain (CC0);
/// cividis: Nuñez, Anderton and Renslow (2018), the same to eyes with and without red-green deficiency. Here
/// seventeen evenly spaced entries, light to dark, since the paper is light; between two entries by straight line.
public enum ColourRamp: String, Hashable, Sendable, Codable, CaseIterable {
    case inferno, magma, viridis, cividis

    /// The colour at a fraction of the ramp, 0 for the least and 1 for the most; beyond, that of the end.
    public func colour(at fraction: Double) -> Colour {
        let stops = stops
        let place = min(max(fraction.isNaN ? 0 : fraction, 0), 1) * Double(stops.count - 1)
        let index = min(Int(place), stops.count - 2)
        return Self.between(stops[index], stops[index + 1], at: place - Double(index))
    }

    /// Colours for a number of classes. The ends of the ramp are left out: nearly white and nearly black.
    public func colours(count: Int) -> [Colour] {
        (0..<max(count, 0)).map { index in
            let share = count == 1 ? 0.5 : Double(index) / Double(count - 1)
            return colour(at: 0.03 + share * 0.87)
        }
    }

    static func between(_ a: Colour, _ b: Colour, at share: Double) -> Colour {
        func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
            UInt8((Double(a) + (Double(b) - Double(a)) * share).rounded())
        }
        return Colour(red: mix(a.red, b.red), green: mix(a.green, b.green), blue: mix(a.blue, b.blue))
    }

    private var stops: [Colour] {
        let darkToLight: [UInt32] =
            switch self {
            case .inferno:
                [
                    0x000004, 0x0B0724, 0x210C4A, 0x3D0965, 0x57106E, 0x71196E, 0x8A226A, 0xA32C61, 0xBC3754, 0xD24644,
                    0xE45A31, 0xF1731D, 0xF98E09, 0xFCAC11, 0xF9CB35, 0xF2EA69, 0xFCFFA4,
                ]
            case .magma:
                [
                    0x000004, 0x0A0822, 0x1D1147, 0x36106B, 0x51127C, 0x6A1C81, 0x832681, 0x9C2E7F, 0xB73779, 0xD0416F,
                    0xE75263, 0xF56B5C, 0xFC8961, 0xFEA772, 0xFEC488, 0xFDE2A3, 0xFCFDBF,
                ]
            case .viridis:
                [
                    0x440154, 0x48186A, 0x472D7B, 0x424086, 0x3B528B, 0x33638D, 0x2C728E, 0x26828E, 0x21918C, 0x1FA088,
                    0x28AE80, 0x3FBC73, 0x5EC962, 0x84D44B, 0xADDC30, 0xD8E219, 0xFDE725,
                ]
            case .cividis:
                [
                    0x00224E, 0x002E6A, 0x1A386F, 0x32436D, 0x434E6C, 0x535A6D, 0x61656F, 0x6F7073, 0x7D7C78, 0x8C8878,
                    0x9B9476, 0xABA072, 0xBCAE6C, 0xCDBB63, 0xDEC958, 0xF0D846, 0xFEE838,
                ]
            }
        return darkToLight.reversed().map { Colour($0) }
    }
}
