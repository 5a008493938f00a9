/// One of the 32 federal entities, by INEGI's code.
public struct MexicanState: Hashable, Sendable {
    /// 1 (Aguascalientes) to 32 (Zacatecas).
    public let code: UInt8

    /// - Returns: nil unless 1 to 32.
    public init?(code: Int) {
        guard let byte = UInt8(exactly: code), (1...32).contains(byte) else { return nil }
        self.code = byte
    }

    /// Capitals without accents, as names are normalised.
    public var name: String { Self.names[Int(code) - 1] }

    /// The state that words name: its official or usual name or abbreviation. `MEXICO` alone is the country.
    /// - Parameter folded: capitals and digits without blanks or points: `NL`, `QUINTANAROO`.
    static func named(_ folded: some Collection<UInt8>) -> (state: MexicanState, isCertain: Bool)? {
        guard let found = spellings.first(where: { $0.spelling.elementsEqual(folded) }) else { return nil }
        return MexicanState(code: found.code).map { ($0, found.isCertain) }
    }

    private static let names = [
        "AGUASCALIENTES", "BAJA CALIFORNIA", "BAJA CALIFORNIA SUR", "CAMPECHE", "COAHUILA DE ZARAGOZA", "COLIMA",
        "CHIAPAS", "CHIHUAHUA", "CIUDAD DE MEXICO", "DURANGO", "GUANAJUATO", "GUERRERO", "HIDALGO", "JALISCO",
        "MEXICO", "MICHOACAN DE OCAMPO", "MORELOS", "NAYARIT", "NUEVO LEON", "OAXACA", "PUEBLA", "QUERETARO",
        "QUINTANA ROO", "SAN LUIS POTOSI", "SINALOA", "SONORA", "TABASCO", "TAMAULIPAS", "TLAXCALA",
        "VERACRUZ DE IGNACIO DE LA LLAVE", "YUCATAN", "ZACATECAS",
    ]

    /// Official and usual spellings by code, without blanks. Those before the bar also name cities and municipalities,
    /// so at the end of a longer text they decide nothing (`CIUDAD HIDALGO`).
    private static let table = [
        "AGUASCALIENTES|AGS", "|BAJACALIFORNIA BC BCN BAJACALIFORNIANORTE", "|BAJACALIFORNIASUR BCS", "CAMPECHE|CAMP",
        "COAHUILA|COAHUILADEZARAGOZA COAH", "COLIMA|COL", "CHIAPAS|CHIS", "CHIHUAHUA|CHIH",
        "|CIUDADDEMEXICO CDDEMEXICO CDMEXICO CDDEMEX CDMEX CDMX DISTRITOFEDERAL DF MEXICODF MEXDF", "DURANGO|DGO",
        "GUANAJUATO|GTO", "GUERRERO|GRO", "HIDALGO|HGO", "JALISCO|JAL",
        "MEX|ESTADODEMEXICO EDODEMEXICO EDOMEXICO EDOMEX EDODEMEX EDOMX", "|MICHOACANDEOCAMPO MICHOACAN MICH",
        "MORELOS|MOR", "NAYARIT|NAY", "|NUEVOLEON NL NVOLEON", "OAXACA|OAX", "PUEBLA|PUE",
        "QUERETARO|QUERETARODEARTEAGA QRO QUER", "|QUINTANAROO QROO QR", "SANLUISPOTOSI|SLP SNLUISPOTOSI",
        "SINALOA|SIN", "SONORA|SON", "|TABASCO TAB", "|TAMAULIPAS TAMPS TAMS", "TLAXCALA|TLAX",
        "VERACRUZ|VERACRUZDEIGNACIODELALLAVE VERACRUZLLAVE VER", "|YUCATAN YUC", "ZACATECAS|ZAC",
    ]

    private static let spellings: [(spelling: [UInt8], code: Int, isCertain: Bool)] = table.enumerated().flatMap {
        (index, row) in
        row.split(separator: "|", omittingEmptySubsequences: false).enumerated().flatMap { (side, spellings) in
            spellings.split(separator: " ").map { (Array($0.utf8), index + 1, side == 1) }
        }
    }
}
