/// Turns bytes into characters and sets right what wrong encodings and HTML did to them.
///
/// Bytes that are no UTF-8 are read as Windows-1252. Characters that are UTF-8 read as Windows-1252 (`Ã±` for `ñ`), as
/// DOS or as Macintosh text are put together again, also where that happened several times (`ÃƒÂ±`). A lead whose second byte is gone
/// (`GARCÃA`) is a lost letter.
struct CharacterRepair: Sendable {
    static let lost: UInt32 = 0xFFFD

    private(set) var scalars: [UInt32] = []
    private(set) var origins: [UInt16] = []
    private(set) var isRepaired = false
    private var hasLeads = false

    mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
        scalars.removeAll(keepingCapacity: true)
        origins.removeAll(keepingCapacity: true)
        isRepaired = false
        hasLeads = false
        decode(text)
        // Each round takes away one wrong reading; three are more than was ever seen.
        var round = 0
        while hasLeads, round < 3 {
            hasLeads = false
            joinMisread()
            round += 1
        }
    }

    private mutating func decode(_ text: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "&"), let entity = HTMLEntity(text, at: index) {
                put(entity.scalar, index)
                isRepaired = true
                index += entity.length
            } else if byte < 0x80 {
                put(UInt32(byte), index)
                index += 1
            } else if let (scalar, length) = Self.utf8(text, at: index) {
                put(scalar, index)
                index += length
            } else {
                put(Windows1252.scalar(of: byte), index)
                isRepaired = true
                index += 1
            }
        }
    }

    private mutating func put(_ scalar: UInt32, _ origin: Int) {
        if Self.isLead(scalar) { hasLeads = true }
        scalars.append(scalar)
        origins.append(UInt16(truncatingIfNeeded: origin))
    }

    /// The leads of the letters and marks that Spanish text has, also where somebody changed case: `Â`, `Ã`, `â`, `ï`.
    private static func isLead(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xC2, 0xC3, 0xE2, 0xE3, 0xCF, 0xEF: true
        default: OldCodePages.isLead(scalar)
        }
    }

    private mutating func joinMisread() {
        var read = 0
        var written = 0
        while read < scalars.count {
            let scalar = scalars[read]
            let next = read + 1 < scalars.count ? scalars[read + 1] : 0x20
            let origin = origins[read]
            var joined = scalar
            if let (repaired, length) = misread(at: read, next: next) {
                joined = repaired
                isRepaired = true
                read += length - 1
            } else if scalar == 0xC3, next != 0x4F, next != 0x6F, next != 0x45, next != 0x65 {
                // Spanish has no Ã; Portuguese has ÃO and ÃE.
                joined = Self.lost
                if next == Self.lost || next == 0x3F { read += 1 }
            }
            if Self.isLead(joined) { hasLeads = true }
            scalars[written] = joined
            origins[written] = origin
            written += 1
            read += 1
        }
        scalars.removeLast(scalars.count - written)
        origins.removeLast(origins.count - written)
    }

    /// The character that was read as several, and how many.
    private func misread(at index: Int, next: UInt32) -> (scalar: UInt32, length: Int)? {
        let scalar = scalars[index]
        if let mark = misreadMark(at: index) { return (mark, 3) }
        if scalar & 0xDC == 0xC0, Self.isLead(scalar), let byte = Windows1252.byte(of: next), byte & 0xC0 == 0x80 {
            return ((scalar & 0x03) << 6 | UInt32(byte & 0x3F), 2)
        }
        return OldCodePages.letter(scalar, next).map { ($0, 2) }
    }

    /// A dash, quote or replacement character that was read as three characters: `â€™`, `ï¿½`.
    private func misreadMark(at index: Int) -> UInt32? {
        let lead = scalars[index] | 0x20
        guard lead == 0xE2 || lead == 0xEF, index + 2 < scalars.count,
            let second = Windows1252.byte(of: scalars[index + 1]), second & 0xC0 == 0x80,
            let third = Windows1252.byte(of: scalars[index + 2]), third & 0xC0 == 0x80
        else { return nil }
        return (lead & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F)
    }

    /// The character that begins at `index`, if the bytes are valid UTF-8.
    private static func utf8(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> (scalar: UInt32, length: Int)? {
        let lead = text[index]
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard (0xC2...0xF4).contains(lead), index + length <= text.count else { return nil }
        var scalar = UInt32(lead) & (0x7F >> UInt32(length))
        for offset in 1..<length {
            let byte = text[index + offset]
            guard byte & 0xC0 == 0x80 else { return nil }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
        guard scalar >= least, Unicode.Scalar(scalar) != nil else { return nil }
        return (scalar, length)
    }
}
