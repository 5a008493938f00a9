import PlaceNames
import Testing

struct RepairTests {
    @Test(arguments: [
        ("NUEVA ESPAÃ‘A", "NUEVA ESPANA"), ("PeÃ±on", "PENON"), ("PEÃ±ON", "PENON"), ("JuÃ¡rez", "JUAREZ"),
        ("JuÃƒÂ¡rez", "JUAREZ"), ("nueva espaã±a", "NUEVA ESPANA"), ("CÃ³rdoba", "CORDOBA"), ("Ã‰BANO", "EBANO"),
        ("GÃ¼ero", "GUERO"), ("1Â° DE MAYO", "1 DE MAYO"), ("O\u{00E2}\u{20AC}\u{2122}Farrill", "OFARRILL"),
        ("ESPA├æA", "ESPANA"), ("Espa├▒a", "ESPANA"), ("Espa√±a", "ESPANA"), ("Ju√°rez", "JUAREZ"),
        ("JU√ÅREZ", "JUAREZ"),
        ("Pe&ntilde;a", "PENA"), ("Pe&#241;a", "PENA"), ("Pe&#xF1;a", "PENA"), ("PE&NTILDE;A", "PENA"),
        ("Pe&amp;ntilde;a", "PENA"), ("Sol &amp; Luna", "SOL Y LUNA"), ("&Aacute;lamos", "ALAMOS"),
    ])
    func `Letters spoiled by a wrong encoding are set right`(text: String, expected: String) {
        let name = read(text)
        #expect(name.description == expected)
        #expect(name.isRepaired && !name.hasLostLetters)
    }

    @Test func `Bytes of Windows-1252 are read as such`() {
        let name = read(bytes: [0x50, 0x45, 0xD1, 0x4F, 0x4E])
        #expect(name.description == "PENON" && name.isRepaired)
    }

    @Test func `Letters written with combining accents are the same letters`() {
        let name = read("Pen\u{303}o\u{301}n")
        #expect(name.description == "PENON" && !name.isRepaired)
    }

    @Test(arguments: [
        ("NUEVA ESPA?A", "NUEVA ESPA?A"), ("NUEVA ESPA??A", "NUEVA ESPA?A"), ("NUEVA ESPA\u{FFFD}A", "NUEVA ESPA?A"),
        ("NUEVA ESPAï¿½A", "NUEVA ESPA?A"), ("BERNAB\u{FFFD}", "BERNAB?"), ("?LAMOS", "?LAMOS"), ("GARCÃA", "GARC?A"),
    ])
    func `A letter that cannot be known again is marked`(text: String, expected: String) {
        let name = read(text)
        #expect(name.description == expected && name.hasLostLetters)
    }

    @Test(arguments: ["SECCI?N 2 LOMAS", "SECCI\u{FFFD}N 2 LOMAS"])
    func `Words that cannot be mistaken are known without the letter`(text: String) {
        #expect(read(text).description == "SECCION 2 LOMAS")
    }

    @Test(arguments: ["PENON", "PEÑÓN", "SÃO PAULO", "JOÃO", "¿CENTRO", "T & T", "2° SECTOR"])
    func `Sound text is not called repaired`(text: String) {
        #expect(!read(text).isRepaired && !read(text).hasLostLetters)
    }
}
