/// What the records of analyses of space and time call their methods and neighbours, in the Spanish of a picture's foot.
///
/// Words that are not known here stay as they are: names such as DBSCAN are the same in both languages.
enum MethodWords {
    static func spanish(_ text: String) -> String {
        if let known = known[text] { return known }
        for (english, spanish) in [("forecast: ", "pronóstico: "), ("within ", "a no más de ")]
        where text.hasPrefix(english) {
            let rest = String(text.dropFirst(english.count))
            let also = ", this period and the one before"
            guard rest.hasSuffix(also) else { return spanish + (known[rest] ?? rest) }
            return spanish + rest.dropLast(also.count) + ", en el mismo periodo y el anterior"
        }
        return text
    }

    private static let known = [
        "emerging hot spots": "puntos calientes emergentes",
        "hot spot classification": "clasificación de puntos calientes",
        "near-repeat (Knox)": "repeticiones cercanas (Knox)",
        "space-time permutation scan": "barrido espacio-temporal de permutaciones",
        "Poisson scan": "barrido espacio-temporal de Poisson",
        "change (E-test, false discoveries controlled)": "cambio (prueba E, con control de falsos descubrimientos)",
        "before and after (WDD, E-test)": "antes y después (WDD, prueba E)",
        "counts by area": "conteo por área", "count": "conteo", "rates": "tasas", "corridor": "corredor",
        "last period": "último periodo", "long-run density": "densidad de largo plazo",
        "recent density": "densidad reciente", "near repeat": "repetición cercana", "self-exciting": "autoexcitación",
        "municipality": "municipio", "district": "distrito",
        "quartic": "cuártico", "gaussian": "gaussiano", "epanechnikov": "de Epanechnikov", "uniform": "uniforme",
        "exponential": "exponencial", "none": "ninguna", "diggle": "Jones-Diggle",
        "the box around the incidents": "el rectángulo de los incidentes",
    ]
}
