import Georeferencing
import Pictures

/// The page's own words in its language.
struct QualityWords {
    let language: PictureLanguage

    /// One of two texts.
    func callAsFunction(_ spanish: String, _ english: String) -> String { language == .spanish ? spanish : english }

    /// With a comma between thousands, as Mexico and English write them.
    func count(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        let groups = digits.enumerated().map { index, digit in
            (index > 0 && (digits.count - index).isMultiple(of: 3) ? "," : "") + String(digit)
        }
        return (value < 0 ? "−" : "") + groups.joined()
    }

    /// Rounded down, so that 100 % is all and 85 % is no less.
    func percent(_ share: Double, decimals: Int = 1) -> String {
        let scale: Double = decimals == 0 ? 1 : decimals == 1 ? 10 : 100
        let scaled = (min(1, max(0, share)) * 100 * scale + 1e-9).rounded(.down)
        let whole = Int(scaled / scale)
        guard decimals > 0 else { return "\(whole) %" }
        let rest = String(Int(scaled) - whole * Int(scale))
        return "\(whole).\(String(repeating: "0", count: max(0, decimals - rest.count)))\(rest) %"
    }

    func precision(_ name: String) -> String {
        guard language == .spanish else { return name.replacing("_", with: " ") }
        return switch name {
        case "point": "punto"
        case "crossing": "cruce"
        case "street": "calle"
        case "snapped": "punto de referencia"
        case "colonia": "colonia"
        case "postal_code": "código postal"
        case "municipality": "municipio"
        default: "sin lugar"
        }
    }

    func method(_ name: String) -> String {
        guard language == .spanish else { return name.replacing("_", with: " ") }
        return switch name {
        case "coordinates": "coordenadas"
        case "swapped_coordinates": "coordenadas intercambiadas"
        case "sign_restored": "coordenadas con signo corregido"
        case "address": "dirección"
        case "crossing": "cruce de calles"
        case "kilometre": "kilómetro de carretera"
        case "landmark": "lugar conocido"
        case "street": "calle"
        case "colonia_name": "nombre de la colonia"
        case "colonia_alias": "nombre respondido por una persona"
        case "colonia_similar": "nombre parecido al de la colonia"
        case "postal_code": "código postal"
        case "municipality_name": "nombre del municipio"
        case "no_coordinates": "sin coordenadas"
        case "zero_coordinates": "coordenadas en cero"
        case "unreadable_coordinates": "coordenadas ilegibles"
        case "out_of_range": "coordenadas fuera de rango"
        case "wrong_unit": "coordenadas en otra unidad"
        case "several_places": "varios lugares posibles"
        case "unknown_place": "lugar desconocido"
        case "pseudo_place": "dice que no se sabe el lugar"
        default: name.replacing("_", with: " ")
        }
    }

    func sign(_ reason: String) -> String {
        switch reason {
        case "area_centre": self("es el centro de un área", "it is the middle of an area")
        case "round_coordinates": self("sus coordenadas están redondeadas", "its coordinates are round")
        case "no_hour":
            self("casi todo sin hora, a las 12:00 o a las 0:00", "most without a time, at 12:00 or at 0:00")
        case "all_crimes":
            self("tiene los delitos de toda la ciudad", "it has the whole city's mix of crimes")
        case "pile": self("rebasa por mucho a todos los demás", "it towers over all other places")
        default: reason.replacing("_", with: " ")
        }
    }

    func kind(_ kind: PositionalVerdict.Kind) -> String {
        switch kind {
        case .points: self("puntos propios", "places of their own")
        case .corners: self("esquinas de calles", "corners of streets")
        case .areas: self("puntos que representan áreas", "points that stand for areas")
        }
    }

    func level(_ name: String) -> String {
        switch name {
        case "municipality": self("municipio", "municipality")
        case "colonia": "colonia"
        case "district": self("distrito", "district")
        default: name
        }
    }
}
