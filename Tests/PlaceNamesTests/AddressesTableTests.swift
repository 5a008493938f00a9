import PlaceNames
import Testing

/// Addresses as people write them, and what the first reading of each must find.
///
/// Expected fields are `name=TEXT<source>`; the source is the first place of these words in the address, and the range
/// of the field must be exactly theirs.
struct AddressesTableTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var text: String
        var fields: [String]
        var testDescription: String { text }

        init(_ text: String, _ fields: String...) {
            self.text = text
            self.fields = fields
        }
    }

    static let streets: [Row] = [
        Row("Av. Juárez 123", "street=AVENIDA JUAREZ<Av. Juárez>", "number=123<123>"),
        Row("AVENIDA JUÁREZ No. 123-B", "street=AVENIDA JUAREZ<AVENIDA JUÁREZ>", "number=123-B<123-B>"),
        Row("Calle Hidalgo #45", "street=CALLE HIDALGO<Calle Hidalgo>", "number=45<45>"),
        Row("Hidalgo S/N", "street=HIDALGO<Hidalgo>", "number=S/N<S/N>"),
        Row("Morelos sin número", "street=MORELOS<Morelos>", "number=S/N<sin número>"),
        Row(
            "Blvd. Adolfo López Mateos s/n", "street=BOULEVARD ADOLFO LOPEZ MATEOS<Blvd. Adolfo López Mateos>",
            "number=S/N<s/n>"),
        Row("C. 5 de Mayo 12", "street=CALLE 5 DE MAYO<C. 5 de Mayo>", "number=12<12>"),
        Row("C/ Morelos 7", "street=CALLE MORELOS<C/ Morelos>", "number=7<7>"),
        Row("Cinco de Mayo 12", "street=5 DE MAYO<Cinco de Mayo>", "number=12<12>"),
        Row(
            "Calle 16 de Septiembre núm. 45 int. 3", "street=CALLE 16 DE SEPTIEMBRE<Calle 16 de Septiembre>",
            "number=45<45>", "interior=INTERIOR 3<int. 3>"),
        Row(
            "Loma Dorada 12 depto 302 edif. B", "street=LOMA DORADA<Loma Dorada>", "number=12<12>",
            "interior=DEPARTAMENTO 302 EDIFICIO B<depto 302 edif. B>"),
        Row("Calle 15", "street=CALLE 15<Calle 15>"),
        Row("Norte 77 45", "street=NORTE 77<Norte 77>", "number=45<45>"),
        Row("Eje 8 Sur 123", "street=EJE 8 SUR<Eje 8 Sur>", "number=123<123>"),
        Row("Calle 13 Sur 1502", "street=CALLE 13 SUR<Calle 13 Sur>", "number=1502<1502>"),
        Row("Periférico Sur 4121", "street=PERIFERICO SUR<Periférico Sur>", "number=4121<4121>"),
        Row("Fco. I. Madero 230 Pte.", "street=FRANCISCO I MADERO<Fco. I. Madero>", "number=230 PONIENTE<230 Pte>"),
        Row("Priv. Los Ángeles #3", "street=PRIVADA LOS ANGELES<Priv. Los Ángeles>", "number=3<3>"),
        Row("2a Cerrada de Hidalgo 14", "street=2A CERRADA DE HIDALGO<2a Cerrada de Hidalgo>", "number=14<14>"),
        Row(
            "Prol. Paseo de la Reforma 1235", "street=PROLONGACION PASEO DE LA REFORMA<Prol. Paseo de la Reforma>",
            "number=1235<1235>"),
        Row("Calle Olmo Mz. 3 Lt. 5", "street=CALLE OLMO<Calle Olmo>", "block=3<3>", "lot=5<5>"),
        Row("Mz 3 Lt 5", "block=3<3>", "lot=5<5>"),
        Row("DÃ\u{AD}az Ordaz 40", "street=DIAZ ORDAZ<DÃ\u{AD}az Ordaz>", "number=40<40>"),
    ]

    static let crossings: [Row] = [
        Row("Revolución y Reforma", "street=REVOLUCION<Revolución>", "crossing=REFORMA<Reforma>"),
        Row("Ignacio Zaragoza y Ocampo", "street=IGNACIO ZARAGOZA<Ignacio Zaragoza>", "crossing=OCAMPO<Ocampo>"),
        Row("Díaz Soto y Gama", "street=DIAZ SOTO Y GAMA<Díaz Soto y Gama>"),
        Row(
            "Díaz Soto y Gama y Luis Cabrera", "street=DIAZ SOTO Y GAMA<Díaz Soto y Gama>",
            "crossing=LUIS CABRERA<Luis Cabrera>"),
        Row(
            "Ramón y Cajal esq. Ortega y Gasset", "street=RAMON Y CAJAL<Ramón y Cajal>",
            "crossing=ORTEGA Y GASSET<Ortega y Gasset>"),
        Row(
            "Belisario Domínguez y 5 de Mayo", "street=BELISARIO DOMINGUEZ<Belisario Domínguez>",
            "crossing=5 DE MAYO<5 de Mayo>"),
        Row("Juárez esq. Hidalgo", "street=JUAREZ<Juárez>", "crossing=HIDALGO<Hidalgo>"),
        Row("Juárez esquina con Hidalgo", "street=JUAREZ<Juárez>", "crossing=HIDALGO<Hidalgo>"),
        Row("Juárez, casi esq. con Hidalgo", "street=JUAREZ<Juárez>", "crossing=HIDALGO<Hidalgo>"),
        Row("Juárez / Hidalgo", "street=JUAREZ<Juárez>", "crossing=HIDALGO<Hidalgo>"),
        Row("Juárez/Hidalgo", "street=JUAREZ<Juárez>", "crossing=HIDALGO<Hidalgo>"),
        Row("Juárez & Hidalgo", "street=JUAREZ<Juárez>", "crossing=HIDALGO<Hidalgo>"),
        Row("Cruce de Juárez y Hidalgo", "street=JUAREZ<Juárez>", "crossing=HIDALGO<Hidalgo>"),
        Row("Esq. de Juárez y Morelos", "street=JUAREZ<Juárez>", "crossing=MORELOS<Morelos>"),
        Row("Juárez con Morelos", "street=JUAREZ<Juárez>", "crossing=MORELOS<Morelos>"),
        Row("Juárez e Hidalgo", "street=JUAREZ<Juárez>", "crossing=HIDALGO<Hidalgo>"),
        Row("JUÁREZ CRUCE CON HIDALGO", "street=JUAREZ<JUÁREZ>", "crossing=HIDALGO<HIDALGO>"),
        Row("Av. Juárez, Calle Hidalgo", "street=AVENIDA JUAREZ<Av. Juárez>", "crossing=CALLE HIDALGO<Calle Hidalgo>"),
        Row("Calle 60 x 61", "street=CALLE 60<Calle 60>", "crossing=61<61>"),
        Row(
            "Francisco X. Salazar esq. Tláhuac", "street=FRANCISCO X SALAZAR<Francisco X. Salazar>",
            "crossing=TLAHUAC<Tláhuac>"),
        Row(
            "Garza Sada a la altura de Alfonso Reyes", "street=GARZA SADA<Garza Sada>",
            "crossing=ALFONSO REYES<Alfonso Reyes>"),
        Row(
            "8 SUR (CALZADA ERMITA IZTAPALAPA) y GENERAL ANAYA",
            "street=8 SUR CALZADA ERMITA IZTAPALAPA<8 SUR (CALZADA ERMITA IZTAPALAPA)>",
            "crossing=GENERAL ANAYA<GENERAL ANAYA>"),
        Row(
            "3 ORIENTE (FRANCISCO DEL PASO Y TRONCOSO) y ERASMO CASTELLANOS",
            "street=3 ORIENTE FRANCISCO DEL PASO Y TRONCOSO<3 ORIENTE (FRANCISCO DEL PASO Y TRONCOSO)>",
            "crossing=ERASMO CASTELLANOS<ERASMO CASTELLANOS>"),
        Row(
            "Av. Juárez #123 esq. Hidalgo", "street=AVENIDA JUAREZ<Av. Juárez>", "number=123<123>",
            "crossing=HIDALGO<Hidalgo>"),
        Row(
            "EJE 5 NORTE AVENIDA 412 / 699", "street=EJE 5 NORTE AVENIDA 412<EJE 5 NORTE AVENIDA 412>",
            "crossing=699<699>"),
        Row(
            "calle Olmo entre Pino y Cedro", "street=CALLE OLMO<calle Olmo>", "between=PINO<Pino>",
            "between=CEDRO<Cedro>"),
        Row(
            "Olmo #12 entre Pino y Cedro", "street=OLMO<Olmo>", "number=12<12>", "between=PINO<Pino>",
            "between=CEDRO<Cedro>"),
        Row("hidalgo entre juarez", "street=HIDALGO<hidalgo>", "crossing=JUAREZ<juarez>"),
        Row("entre Juárez y Morelos", "street=JUAREZ<Juárez>", "crossing=MORELOS<Morelos>"),
        Row(
            "Calle 60 x 61 y 63, Mérida, Yucatán", "street=CALLE 60<Calle 60>", "between=61<61>", "between=63<63>",
            "municipality=MERIDA<Mérida>", "state=YUCATAN<Yucatán>"),
    ]

    static let places: [Row] = [
        Row(
            "Carr. Panamericana Km 12.5", "street=CARRETERA PANAMERICANA<Carr. Panamericana>",
            "kilometre=12500/100<12.5>"),
        Row(
            "km 12+500 carretera Chihuahua-Delicias",
            "street=CARRETERA CHIHUAHUA DELICIAS<carretera Chihuahua-Delicias>", "kilometre=12500/1<12+500>"),
        Row(
            "Carretera México-Toluca kilómetro 23", "street=CARRETERA MEXICO TOLUCA<Carretera México-Toluca>",
            "kilometre=23000/1000<23>"),
        Row(
            "km 7 de la autopista México-Puebla", "street=AUTOPISTA MEXICO PUEBLA<autopista México-Puebla>",
            "kilometre=7000/1000<7>"),
        Row("frente a la Plaza Galerías", "landmark=PLAZA GALERIAS<Plaza Galerías>"),
        Row("afuera del Metro Pino Suárez", "landmark=METRO PINO SUAREZ<Metro Pino Suárez>"),
        Row("Hospital General", "landmark=HOSPITAL GENERAL<Hospital General>"),
        Row("Plaza Galerías", "landmark=PLAZA GALERIAS<Plaza Galerías>"),
        Row(
            "frente a la Alameda sobre Av. Juárez", "landmark=ALAMEDA<Alameda>", "street=AVENIDA JUAREZ<Av. Juárez>"),
        Row(
            "Parque Lira y Constituyentes", "street=PARQUE LIRA<Parque Lira>", "crossing=CONSTITUYENTES<Constituyentes>"
        ),
        Row(
            "Insurgentes Sur 1602, Col. Crédito Constructor, 03940 Benito Juárez, CDMX",
            "street=INSURGENTES SUR<Insurgentes Sur>", "number=1602<1602>",
            "colonia=CREDITO CONSTRUCTOR<Crédito Constructor>", "postalCode=03940<03940>",
            "municipality=BENITO JUAREZ<Benito Juárez>", "state=CDMX<CDMX>"),
        Row(
            "Hidalgo 5, fracc. Las Torres", "street=HIDALGO<Hidalgo>", "number=5<5>",
            "colonia=FRACCIONAMIENTO LAS TORRES<fracc. Las Torres>"),
        Row(
            "Olmo 4, U.H. Vicente Guerrero, Iztapalapa", "street=OLMO<Olmo>", "number=4<4>",
            "colonia=UNIDAD HABITACIONAL VICENTE GUERRERO<U.H. Vicente Guerrero>",
            "municipality=IZTAPALAPA<Iztapalapa>"),
        Row("Juárez 123 Centro", "street=JUAREZ<Juárez>", "number=123<123>", "colonia=CENTRO<Centro>"),
        Row(
            "Col. Del Valle, San Pedro Garza García, N.L.", "colonia=DEL VALLE<Del Valle>",
            "municipality=SAN PEDRO GARZA GARCIA<San Pedro Garza García>", "state=NL<N.L>"),
        Row(
            "Pino 3, C.P. 76060, Querétaro, Qro.", "street=PINO<Pino>", "number=3<3>", "postalCode=76060<76060>",
            "municipality=QUERETARO<Querétaro>", "state=QRO<Qro>"),
        Row(
            "Calle: Juárez Colonia: Centro Municipio: Apizaco", "street=CALLE JUAREZ<Calle: Juárez>",
            "colonia=CENTRO<Centro>", "municipality=APIZACO<Apizaco>"),
        Row(
            "Barrio de Santiago, Iztapalapa", "colonia=BARRIO DE SANTIAGO<Barrio de Santiago>",
            "municipality=IZTAPALAPA<Iztapalapa>"),
        Row(
            "Calzada San Juan de Aragón; Col. Casas Alemán; Alcaldía Gustavo A. Madero",
            "street=CALZADA SAN JUAN DE ARAGON<Calzada San Juan de Aragón>", "colonia=CASAS ALEMAN<Casas Alemán>",
            "municipality=GUSTAVO A MADERO<Gustavo A. Madero>"),
        Row(
            "Hidalgo 8, Centro, Pachuca, Hidalgo", "street=HIDALGO<Hidalgo>", "number=8<8>", "colonia=CENTRO<Centro>",
            "municipality=PACHUCA<Pachuca>", "state=HIDALGO<Hidalgo>#2"),
        Row("Loc. El Salitre", "locality=EL SALITRE<El Salitre>"),
    ]

    @Test(arguments: streets + crossings + places)
    func `The first reading has exactly these fields, with their places in the text`(row: Row) throws {
        let reading = try #require(AddressParser().readings(of: row.text).first)
        #expect(described(reading).sorted() == row.fields.map { expectation($0, in: row.text) }.sorted())
    }

    @Test func `The table has at least sixty addresses`() {
        #expect((Self.streets + Self.crossings + Self.places).count >= 60)
    }

    /// `street=HIDALGO 0..<7`
    private func described(_ address: Address) -> [String] {
        var fields: [String] = []
        func add(_ name: String, _ text: String, _ source: Range<Int>) { fields.append("\(name)=\(text) \(source)") }
        if let street = address.street { add("street", street.text, street.source) }
        if let street = address.crossing { add("crossing", street.text, street.source) }
        for street in address.between { add("between", street.text, street.source) }
        if let place = address.kilometre { add("kilometre", "\(place.metres)/\(place.resolution)", place.source) }
        let named: [(String, Address.Field?)] = [
            ("number", address.exteriorNumber), ("interior", address.interiorNumber), ("block", address.block),
            ("lot", address.lot), ("landmark", address.landmark), ("colonia", address.colonia),
            ("postalCode", address.postalCode), ("municipality", address.municipality), ("locality", address.locality),
            ("state", address.state),
        ]
        for (name, field) in named { if let field { add(name, field.text, field.source) } }
        for field in address.rest { add("rest", field.text, field.source) }
        return fields
    }

    /// The same from `street=HIDALGO<Hidalgo>`; `#2` behind it says that the second place of the words is meant.
    private func expectation(_ field: String, in text: String) -> String {
        let parts = field.split(separator: "<")
        let ends = (parts.last ?? "").split(separator: ">", omittingEmptySubsequences: false)
        let words = Array((ends.first ?? "").utf8)
        let bytes = Array(text.utf8)
        var starts = bytes.indices.filter { bytes[$0...].starts(with: words) }
        if ends.last == "#2" { starts.removeFirst() }
        let start = starts.first ?? 0
        return "\(parts.first ?? "") \(start..<start + words.count)"
    }
}
