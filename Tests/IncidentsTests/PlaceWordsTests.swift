import Bytes
import Incidents
import Testing

struct PlaceWordsTests {
    private static let header = ["fecha", "calle", "num_ext", "cruce", "entre_calle", "y_calle", "cp", "referencia"]

    @Test(
        arguments: [
            (["20 DE NOVIEMBRE", "", "ENRIQUE GARCIA LEAL", "", "", "", ""], "20 DE NOVIEMBRE y ENRIQUE GARCIA LEAL"),
            (["X", "123", "", "A", "B", "", ""], "X 123 entre A y B"),
            (["X", "123", "", "A y B", "", "", ""], "X 123 entre A y B"),
            (["X", "", "", "A", "", "32000", ""], "X entre A, C.P. 32000"),
            (["X", "", "", "", "B", "", ""], "X entre B"),
            (["X", "0", "", "", "", "0", "FRENTE AL MERCADO"], "X, ref. FRENTE AL MERCADO"),
            (["X", "S/N", "", "", "", "1000.0", ""], "X S/N, C.P. 01000"),
            (["", "12", "Y", "", "", "", ""], "Y"),
            (["", "", "", "A", "B", "", ""], "entre A y B"),
            (["", "", "", "", "", "C.P. 32000", ""], "C.P. 32000"),
            (["", "", "", "", "", "320", ""], "C.P. 320"),
            (["", "", "", "", "", "", "OXXO"], "ref. OXXO"),
            (["", "7", "", "", "", "00000", ""], nil),
            (["NA", "", "-", "", "", "", ""], nil),
        ] as [([String], String?)])
    func `Street, crossing and the rest become one text`(parts: [String], text: String?) throws {
        var file = try Import(Self.header)
        file.read(["2024-03-01"] + parts)
        #expect(file.batch.placeText[0] == text)
    }

    @Test func `Rows that differ in a crossing only are no duplicates`() throws {
        var file = try Import(Self.header)
        for crossing in ["A", "B", "A"] { file.read(["2024-03-01", "X", "", crossing, "", "", "", ""]) }
        #expect(file.batch.isDuplicate == [false, false, true])
    }

    @Test func `Without such columns the place is the text as it stands`() throws {
        var file = try Import(["fecha", "calle", "otra"])
        file.read(["2024-03-01", "AV. X 12", "A"])
        file.read(["2024-03-01", "", "A"])
        #expect(file.batch.placeText[0] == "AV. X 12" && file.batch.placeText[1] == nil)
    }

    @Test func `A required part of the place is required`() throws {
        var profile = ImportProfile.generic
        profile.required = [.postalCode]
        var file = try Import(["fecha", "calle", "cp"], profile: profile)
        #expect(file.read(["2024-03-01", "X", ""]) == .rejected)
        #expect(file.issues.last?.reason == "postal_code_missing")
    }
}
