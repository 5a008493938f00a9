import PlaceNames
import Testing

struct TailTests {
    /// Text, name, tail segments, state, postal code.
    typealias Case = (text: String, name: String, tail: [String], state: UInt8?, code: Int32?)

    static let cases: [Case] = [
        ("Col. Centro, Cd. Juárez, Chih.", "COLONIA CENTRO", ["CIUDAD JUAREZ", ""], 8, nil),
        ("Mitras Centro, Monterrey N.L.", "MITRAS CENTRO", ["MONTERREY"], 19, nil),
        ("Mitras Centro, Monterrey, Nuevo León", "MITRAS CENTRO", ["MONTERREY", ""], 19, nil),
        ("Roma Norte, Alc. Cuauhtémoc, CDMX", "ROMA NORTE", ["CUAUHTEMOC", ""], 9, nil),
        ("Roma Norte, Cuauhtémoc, D.F.", "ROMA NORTE", ["CUAUHTEMOC", ""], 9, nil),
        ("Centro, Toluca, Edo. de Méx.", "CENTRO", ["TOLUCA", ""], 15, nil),
        ("Centro, Ecatepec, Edo. Mex.", "CENTRO", ["ECATEPEC", ""], 15, nil),
        ("Centro, Cancún, Q. Roo", "CENTRO", ["CANCUN", ""], 23, nil),
        ("Centro, Ciudad Hidalgo", "CENTRO", ["CIUDAD HIDALGO"], nil, nil),
        ("Centro, Hidalgo", "CENTRO", ["HIDALGO"], 13, nil),
        ("Centro, San Luis Potosí, S.L.P.", "CENTRO", ["SAN LUIS POTOSI", ""], 24, nil),
        ("Centro, Puebla, México", "CENTRO", ["PUEBLA", "MEXICO"], 21, nil),
        ("Melchor Ocampo Mpio. de Juárez", "MELCHOR OCAMPO", ["JUAREZ"], nil, nil),
        ("Doctores C.P.06720 Deleg. Cuauhtemoc", "DOCTORES", ["CUAUHTEMOC"], nil, 6720),
        ("Centro C.P. 32000", "CENTRO", [], nil, 32000), ("Centro CP32000", "CENTRO", [], nil, 32000),
        ("Centro c.p. 6600", "CENTRO", [], nil, 6600), ("Centro 06600", "CENTRO", [], nil, 6600),
        ("Centro Código Postal 32000", "CENTRO", [], nil, 32000), ("06600 Centro", "CENTRO", [], nil, 6600),
        ("Centro, 06600, CDMX", "CENTRO", [""], 9, 6600), ("Centro C.P. 0", "CENTRO", [], nil, nil),
        ("Municipio Libre", "MUNICIPIO LIBRE", [], nil, nil), ("Juárez", "JUAREZ", [], nil, nil),
        ("Puerta de Anahuac, Privada del Nogal", "PUERTA DE ANAHUAC PRIVADA DEL NOGAL", [], nil, nil),
        ("C.P. 32000", "", [], nil, 32000), ("Centro C.P.", "CENTRO", [], nil, nil),
    ]

    @Test(arguments: cases) func `What stands behind the name is cut off and kept`(expected: Case) {
        let name = read(expected.text)
        #expect(name.description == expected.name)
        #expect(name.tail.map { String(decoding: $0.text, as: UTF8.self) } == expected.tail)
        #expect(name.state?.code == expected.state)
        #expect(name.postalCode?.value == expected.code)
    }

    @Test func `A segment says where it stood, and whether a municipality was announced`() {
        let text = "Roma, Alcaldía Cuauhtémoc, CDMX"
        let name = read(text)
        let sources = name.tail.map { String(decoding: Array(text.utf8)[$0.source], as: UTF8.self) }
        #expect(sources == ["Alcaldía Cuauhtémoc", "CDMX"])
        #expect(name.tail.map(\.isMunicipality) == [true, false])
    }

    @Test func `Words in brackets are part of the name and of the tail`() {
        let name = read("CENTRO (IZTAPALAPA)")
        #expect(name.tail.map { String(decoding: $0.text, as: UTF8.self) } == ["IZTAPALAPA"])
        #expect(name.tail[0].isBracketed)
        #expect(name.tokens.map(\.isBracketed) == [false, true])
    }

    @Test func `Five digits stand for a postal code`() {
        #expect(read("Centro 06600").postalCode?.digits == Array("06600".utf8))
    }

    @Test(arguments: 1...32) func `Every state is known by its official name`(code: Int) throws {
        let state = try #require(MexicanState(code: code))
        guard state.name != "MEXICO" else { return }
        #expect(read("Centro, Juárez, " + state.name).state == state)
    }

    @Test func `There is no state 0 and no state 33`() {
        #expect(MexicanState(code: 0) == nil && MexicanState(code: 33) == nil)
    }
}
