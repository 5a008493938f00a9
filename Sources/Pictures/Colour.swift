/// A colour of the screen (sRGB), each part from 0 to 255.
public struct Colour: Hashable, Sendable {
    /// 0 for none, 255 for full red; coded for the screen, not linear in light.
    public var red: UInt8
    /// The green part, likewise.
    public var green: UInt8
    /// The blue part, likewise.
    public var blue: UInt8

    /// The three parts as given.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// From six hexadecimal digits: `0xFCA50A`.
    public init(_ hex: UInt32) {
        self.init(
            red: UInt8(truncatingIfNeeded: hex >> 16), green: UInt8(truncatingIfNeeded: hex >> 8),
            blue: UInt8(truncatingIfNeeded: hex))
    }

    /// As web pages and style files write it: `#FCA50A`.
    public var hex: String {
        func digits(_ part: UInt8) -> String { (part < 16 ? "0" : "") + String(part, radix: 16, uppercase: true) }
        return "#" + digits(red) + digits(green) + digits(blue)
    }

    /// Opaque, as Cairo keeps pixels in memory.
    var pixel: UInt32 { 0xFF00_0000 | UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }
}

/// The colours of a picture's paper, ink and ground.
enum Palette {
    static let paper = Colour(0xFFFFFF)
    /// Inside the map's frame, where no cell has a value.
    static let ground = Colour(0xF6F7F8)
    /// Cells of the study area without any event.
    static let none = Colour(0xE9ECEF)
    static let water = Colour(0xD5E4EE)
    static let shore = Colour(0x9DBACD)
    static let frame = Colour(0xC9D1D9)
    static let outline = Colour(0x24292F)
    static let ink = Colour(0x1F2328)
    static let softInk = Colour(0x57606A)
}
