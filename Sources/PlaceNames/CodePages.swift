/// The code page of Windows in western Europe; its five free bytes as in Latin-1.
enum Windows1252 {
    static func scalar(of byte: UInt8) -> UInt32 {
        (0x80...0x9F).contains(byte) ? upper[Int(byte) - 0x80] : UInt32(byte)
    }

    static func byte(of scalar: UInt32) -> UInt8? {
        if scalar < 0x100 { return UInt8(scalar) }
        guard let index = upper.firstIndex(of: scalar) else { return nil }
        return UInt8(0x80 + index)
    }

    private static let upper: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x9D, 0x017E, 0x0178,
    ]
}

/// UTF-8 that was read in a code page of DOS or of the old Macintosh: `├▒` and `√±` for `ñ`.
enum OldCodePages {
    static func isLead(_ scalar: UInt32) -> Bool {
        scalar == 0x251C || scalar == 0x252C || scalar == 0x221A || scalar == 0xAC
    }

    /// The letter that two characters stand for, if they stand for one that Spanish text has.
    static func letter(_ lead: UInt32, _ second: UInt32) -> UInt32? {
        let isDOS = lead == 0x251C || lead == 0x252C
        let base: UInt32 = lead == 0x251C || lead == 0x221A ? 0xC0 : 0x80
        let table = base == 0xC0 ? letters : marks
        guard isLead(lead), let row = table.first(where: { (isDOS ? $0.dos : $0.mac).contains(second) }) else {
            return nil
        }
        return base + UInt32(row.byte) - 0x80
    }

    private typealias Row = (byte: UInt8, dos: [UInt32], mac: [UInt32])

    /// Second bytes of `Á É Í Ñ Ó Ú Ü á é í ñ ó ú ü`, behind lead C3.
    private static let letters: [Row] = [
        (0x81, [0xFC], [0xC5]), (0x89, [0xEB], [0xE2]), (0x8D, [0xEC], [0xE7]), (0x91, [0xE6], [0xEB]),
        (0x93, [0xF4], [0xEC]), (0x9A, [0xDC], [0xF6]), (0x9C, [0xA3], [0xFA]), (0xA1, [0xED], [0xB0]),
        (0xA9, [0xAE, 0x2310], [0xA9]), (0xAD, [0xA1], [0x2260]), (0xB1, [0x2592], [0xB1]),
        (0xB3, [0x2502], [0x2265]), (0xBA, [0x2551], [0x222B]), (0xBC, [0x255D], [0xBA]),
    ]

    /// Second bytes of `ª ° º`, behind lead C2.
    private static let marks: [Row] = [
        (0xAA, [0xAC], [0x2122]), (0xB0, [0x2591], [0x221E]), (0xBA, [0x2551], [0x222B]),
    ]
}
