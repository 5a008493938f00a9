import Boundaries
import Georeferencing
import SimpleFeatures
import Testing

struct LabelAgreementTests {
    private func agreement() -> LabelAgreement {
        let names = ["Gustavo A. Madero", "Cuauhtémoc", ""]
        let areas = names.enumerated().map { index, name in
            Area(id: "\(index)", name: name, geometry: MultiPolygon([]), squareMetres: 1)
        }
        let version = BoundaryVersion(
            level: .municipality, number: 1, validity: .always, parentLevel: nil, source: "a.geojson", sha256: "",
            areaCount: 3)
        return LabelAgreement(layer: BoundaryLayer(version: version, areas: areas))
    }

    @Test func `A label agrees with the name of its area in any spelling`() {
        var agreement = agreement()
        #expect(agreement.agrees(label: "GUSTAVO A. MADERO", areaIndex: 0) == true)
        #expect(agreement.agrees(label: "gustavo a madero", areaIndex: 0) == true)
        #expect(agreement.agrees(label: "CUAUHTEMOC", areaIndex: 0) == false)
        #expect(agreement.agrees(label: "CUAUHTEMOC", areaIndex: 1) == true)
        #expect(agreement.agrees(label: "Tlalpan", areaIndex: 1) == false)
    }

    @Test func `Without a label, an area or a name there is nothing to compare`() {
        var agreement = agreement()
        #expect(agreement.agrees(label: "", areaIndex: 0) == nil)
        #expect(agreement.agrees(label: " . ", areaIndex: 0) == nil)
        #expect(agreement.agrees(label: "Tlalpan", areaIndex: -1) == nil)
        #expect(agreement.agrees(label: "Tlalpan", areaIndex: 3) == nil)
        #expect(agreement.agrees(label: "Tlalpan", areaIndex: 2) == nil)
    }
}
