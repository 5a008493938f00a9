import Boundaries
import Bytes
import PlaceNames
import SimpleFeatures

/// What the attributes of an area, as Mexican boundary files name them, say of its postal code, type and municipality.
struct AreaAttributes {
    /// 0 where none is given; files write `3200` for 03200 and 0 for unknown.
    private(set) var postalCode: Int32 = 0
    private(set) var settlementType: UInt8 = 0
    /// Names of municipalities.
    private(set) var municipalityNames: [String] = []
    /// INEGI codes of municipalities: of 5 digits with the state's, or up to 3 digits without.
    private(set) var municipalityCodes: [Int] = []
    /// INEGI's code of the state; 0 where none is given.
    private(set) var state = 0

    init(_ area: Area, reader: inout PlaceNameReader) {
        for property in area.properties {
            guard let text = property.value.keyText, !text.isEmpty else { continue }
            switch Self.meanings[property.name.lowercased()] {
            case .postalCode: postalCode = Self.postalCode(Array(text.utf8)[...])
            case .settlementType: settlementType = SettlementCode.code(reader.read(text).settlementType)
            case .municipality:
                // A bare number may be INE's, which counts municipalities otherwise than INEGI does.
                if Self.number(text) == nil { municipalityNames.append(text) }
            case .municipalityCode: if let code = Self.number(text) { municipalityCodes.append(code) }
            case .areaCode:
                if text.utf8.count > 5, let code = Self.number(String(text.prefix(5))) {
                    municipalityCodes.append(code)
                }
            case .state:
                if let code = Self.number(text), (1...32).contains(code) { state = code }
            case nil: break
            }
        }
    }

    private enum Meaning { case postalCode, settlementType, municipality, municipalityCode, areaCode, state }

    private static let meanings: [String: Meaning] = {
        var meanings: [String: Meaning] = [:]
        func add(_ names: String, _ meaning: Meaning) {
            for name in names.split(separator: " ") { meanings[String(name)] = meaning }
        }
        add("cp c_p d_codigo codigo_postal codigopostal cod_postal cve_cp", .postalCode)
        add("clasif tipo tipo_asent tipo_asen d_tipo_asenta tipo_asentamiento tipoasen", .settlementType)
        add("alcaldia delegacion nomdt nom_dt nom_mun nom_mpio nom_agem municipio d_mnpio mpio mun", .municipality)
        add("cve_mun cvedt cve_dt cve_mpio cve_agem c_mnpio", .municipalityCode)
        add("cvegeo cve_geo", .areaCode)
        add("ent cve_ent entidad c_estado cve_edo cve_agee", .state)
        return meanings
    }()

    /// The digits of a text of nothing else, up to nine of them.
    static func number(_ text: String) -> Int? { number(Array(text.utf8)[...]) }

    static func number(_ text: ArraySlice<UInt8>) -> Int? {
        guard !text.isEmpty, text.count <= 9 else { return nil }
        var number = 0
        for byte in text {
            guard (0x30...0x39).contains(byte) else { return nil }
            number = number * 10 + Int(byte - 0x30)
        }
        return number
    }

    /// A postal code as files and people write it, a lost leading zero put back by reading it as a number; 0 for none.
    static func postalCode(_ text: ArraySlice<UInt8>) -> Int32 {
        var digits = text.drop { $0 == 0x20 }
        if let dot = digits.firstIndex(of: UInt8(ascii: ".")), digits[dot...].dropFirst().allSatisfy({ $0 == 0x30 }) {
            digits = digits[..<dot]  // 66000.0
        }
        while digits.last == 0x20 { digits = digits.dropLast() }
        guard let number = number(digits), (1000...99999).contains(number) else { return 0 }
        return Int32(number)
    }
}
