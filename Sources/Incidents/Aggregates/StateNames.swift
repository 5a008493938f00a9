import Bytes

/// The 32 states by name, as INEGI writes them and as people do.
public enum StateNames {
    /// In the order of their codes, 01 to 32; the official name first.
    private static let names: [[String]] = [
        ["Aguascalientes"], ["Baja California", "Baja California Norte"], ["Baja California Sur"], ["Campeche"],
        ["Coahuila de Zaragoza", "Coahuila"], ["Colima"], ["Chiapas"], ["Chihuahua"],
        ["Ciudad de México", "Distrito Federal", "CDMX"], ["Durango"], ["Guanajuato"], ["Guerrero"], ["Hidalgo"],
        ["Jalisco"], ["México", "Estado de México", "Edo de México", "Edomex"],
        ["Michoacán de Ocampo", "Michoacán"], ["Morelos"], ["Nayarit"], ["Nuevo León"], ["Oaxaca"], ["Puebla"],
        ["Querétaro", "Querétaro de Arteaga"], ["Quintana Roo"], ["San Luis Potosí"], ["Sinaloa"], ["Sonora"],
        ["Tabasco"], ["Tamaulipas"], ["Tlaxcala"], ["Veracruz de Ignacio de la Llave", "Veracruz"], ["Yucatán"],
        ["Zacatecas"],
    ]

    private static let codes: [String: String] = {
        var codes: [String: String] = [:]
        for (index, spellings) in names.enumerated() {
            for spelling in spellings { codes[LabelFolding.fold(spelling)] = AreaCode.state("\(index + 1)") }
        }
        return codes
    }()

    /// The code of a state by its name without regard to case, accents and punctuation.
    static func code(of name: String) -> String? { codes[LabelFolding.fold(name)] }

    /// The official name of a state; the code where it is none.
    public static func name(of code: String) -> String {
        guard let number = Int(code), names.indices.contains(number - 1) else { return code }
        return names[number - 1][0]
    }
}
