/// One kind of crime: how often, when in the week and the year, and where it happens.
struct Crime {
    /// As the report files write it.
    var offence: String
    var modality: String
    /// The class of CNSP/38/15 under which it is counted.
    var classCode: String
    /// Share of a year's rows in the first year.
    var share: Double
    /// By how much each later year differs from the one before.
    var trend: Double
    /// A digit per hour of the day, its weight: Monday to Friday, and at the weekend.
    var weekdayHours: String
    var weekendHours: String
    /// A digit per day, Monday first, and a digit per month.
    var days: String
    var months: String
    var setting: Setting
    /// Shares of the incidents that happen in the hot streets and at the hot corners.
    var inHotStreets: Double
    var atHotCorners: Double

    /// How much a crossing weighs because of where it lies.
    struct Setting {
        var centre: Double
        var avenue: Double
        var residents: Double
        var periphery: Double
    }

    /// The crime whose places are houses, and which comes back to the neighbours within a fortnight.
    static let burglary = 1

    static let all = [
        Crime(
            offence: "ROBO A TRANSEUNTE EN VIA PUBLICA", modality: "CON VIOLENCIA",
            classCode: "property.robbery.passerby_street.violent", share: 0.13, trend: 0.93,
            weekdayHours: "210000333222233345678964", weekendHours: "543211122223333445678998", days: "5555776",
            months: "445555555678", setting: Setting(centre: 6, avenue: 2, residents: 1, periphery: 0),
            inHotStreets: 0.35,
            atHotCorners: 0.14),
        Crime(
            offence: "ROBO A CASA HABITACION", modality: "SIN VIOLENCIA",
            classCode: "property.robbery.home.nonviolent", share: 0.08, trend: 0.96,
            weekdayHours: "111121246898877765443322", weekendHours: "332211112334444455567766", days: "6555687",
            months: "544665886448", setting: Setting(centre: 0, avenue: 0, residents: 5, periphery: 1), inHotStreets: 0,
            atHotCorners: 0),
        Crime(
            offence: "ROBO DE VEHICULO AUTOMOTOR", modality: "SIN VIOLENCIA",
            classCode: "property.robbery.motor_vehicle.car_nonviolent", share: 0.08, trend: 1.0,
            weekdayHours: "654333344444444455678999", weekendHours: "765443333333444455678999", days: "5556776",
            months: "555555555556", setting: Setting(centre: 2, avenue: 2, residents: 3, periphery: 0),
            inHotStreets: 0.08,
            atHotCorners: 0.03),
        Crime(
            offence: "ROBO DE VEHICULO AUTOMOTOR", modality: "CON VIOLENCIA",
            classCode: "property.robbery.motor_vehicle.car_violent", share: 0.03, trend: 1.08,
            weekdayHours: "432223443322233345678997", weekendHours: "654333322222333445678999", days: "5556776",
            months: "555555555556", setting: Setting(centre: 1, avenue: 5, residents: 1, periphery: 1),
            inHotStreets: 0.2,
            atHotCorners: 0.05),
        Crime(
            offence: "ROBO A NEGOCIO", modality: "CON VIOLENCIA",
            classCode: "property.robbery.business.violent", share: 0.07, trend: 0.95,
            weekdayHours: "110000012456665556789852", weekendHours: "110000012345666666788742", days: "6555775",
            months: "444455555679", setting: Setting(centre: 5, avenue: 5, residents: 1, periphery: 0),
            inHotStreets: 0.3,
            atHotCorners: 0.08),
        Crime(
            offence: "ROBO A PASAJERO A BORDO DE TRANSPORTE PUBLICO", modality: "CON VIOLENCIA",
            classCode: "property.robbery.public_transport_collective.violent", share: 0.05,
            trend: 0.88,
            weekdayHours: "000002798533333445789963", weekendHours: "000001233334444445667752", days: "7777753",
            months: "556655455667", setting: Setting(centre: 2, avenue: 9, residents: 0, periphery: 0),
            inHotStreets: 0.45,
            atHotCorners: 0.05),
        Crime(
            offence: "ROBO DE OBJETOS DEL INTERIOR DE UN VEHICULO", modality: "SIN VIOLENCIA",
            classCode: "property.robbery.other.nonviolent", share: 0.07, trend: 1.02,
            weekdayHours: "332211234566667666788754", weekendHours: "433211123456666666788776", days: "5556787",
            months: "555555555566", setting: Setting(centre: 7, avenue: 3, residents: 1, periphery: 0),
            inHotStreets: 0.15,
            atHotCorners: 0.06),
        Crime(
            offence: "LESIONES INTENCIONALES POR GOLPES", modality: "DOLOSO",
            classCode: "life.injury.intentional.other_means", share: 0.08, trend: 1.0,
            weekdayHours: "321111112222333344556665", weekendHours: "998875421112223344567889", days: "3233589",
            months: "455666566568", setting: Setting(centre: 3, avenue: 1, residents: 2, periphery: 1),
            inHotStreets: 0.08,
            atHotCorners: 0.15),
        Crime(
            offence: "LESIONES CULPOSAS POR TRANSITO VEHICULAR EN COLISION", modality: "CULPOSO",
            classCode: "life.injury.negligent.traffic", share: 0.05,
            trend: 1.03,
            weekdayHours: "111111468754555667776543", weekendHours: "766654322334444455555665", days: "5555777",
            months: "555555555556", setting: Setting(centre: 1, avenue: 9, residents: 0, periphery: 0),
            inHotStreets: 0.1,
            atHotCorners: 0.12),
        Crime(
            offence: "HOMICIDIO DOLOSO", modality: "POR DISPARO DE ARMA DE FUEGO",
            classCode: "life.homicide.intentional.firearm", share: 0.015, trend: 1.05,
            weekdayHours: "543321122222223334567886", weekendHours: "887654322222223334567899", days: "5455678",
            months: "555666655556", setting: Setting(centre: 0, avenue: 1, residents: 2, periphery: 5), inHotStreets: 0,
            atHotCorners: 0.12),
        Crime(
            offence: "VIOLENCIA FAMILIAR", modality: "DOLOSO",
            classCode: "family.domestic_violence", share: 0.13, trend: 1.07,
            weekdayHours: "321111123333344444567876", weekendHours: "654322222334455555678987", days: "5444579",
            months: "455677665556", setting: Setting(centre: 0, avenue: 0, residents: 6, periphery: 1), inHotStreets: 0,
            atHotCorners: 0),
        Crime(
            offence: "ABUSO SEXUAL", modality: "DOLOSO",
            classCode: "sexual.abuse", share: 0.02, trend: 1.06,
            weekdayHours: "211111235333334444555543", weekendHours: "543322222333333444555665", days: "5555555",
            months: "555566555555", setting: Setting(centre: 2, avenue: 2, residents: 3, periphery: 0),
            inHotStreets: 0.05,
            atHotCorners: 0.02),
        Crime(
            offence: "NARCOMENUDEO", modality: "POSESION SIMPLE",
            classCode: "other.drug_dealing", share: 0.04, trend: 1.12,
            weekdayHours: "321100001233445667788765", weekendHours: "432110001223345667788876", days: "5556775",
            months: "555555555555", setting: Setting(centre: 2, avenue: 0, residents: 2, periphery: 2), inHotStreets: 0,
            atHotCorners: 0.4),
        Crime(
            offence: "EXTORSION", modality: "POR VIA TELEFONICA",
            classCode: "property.extortion", share: 0.03, trend: 1.1,
            weekdayHours: "000000001477888887763211", weekendHours: "000000001234444444322111", days: "7777731",
            months: "655555555556", setting: Setting(centre: 4, avenue: 3, residents: 2, periphery: 0),
            inHotStreets: 0.1,
            atHotCorners: 0),
        Crime(
            offence: "FRAUDE", modality: "POR MEDIOS ELECTRONICOS",
            classCode: "property.fraud", share: 0.07, trend: 1.09,
            weekdayHours: "000000012589988888764321", weekendHours: "000000011234444444333211", days: "8777731",
            months: "765555555569", setting: Setting(centre: 4, avenue: 1, residents: 3, periphery: 0),
            inHotStreets: 0.05,
            atHotCorners: 0),
        Crime(
            offence: "DAÑO EN PROPIEDAD AJENA, INTENCIONAL", modality: "DOLOSO, SIN LESIONADOS",
            classCode: "property.damage", share: 0.055,
            trend: 0.99,
            weekdayHours: "322211223444444455556665", weekendHours: "765443222333344445566778", days: "5555677",
            months: "655555555567", setting: Setting(centre: 2, avenue: 2, residents: 3, periphery: 0),
            inHotStreets: 0.05,
            atHotCorners: 0.03),
    ]
}
