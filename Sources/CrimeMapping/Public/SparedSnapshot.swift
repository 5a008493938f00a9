import Bytes
import Incidents
public import Privacy

extension StoreSnapshot {
    /// The state without the incidents of sensitive and withheld offences: what a planner sees of places.
    ///
    /// They are known as the public's are: by the taxonomy's flag, or by the words of the label.
    /// - Throws: `TaxonomyError` where the store's rules name what is not there, `GeodesyError`.
    public func withoutSensitiveOffences(_ gate: Gate) throws -> StoreSnapshot {
        var known: [String: SensitiveCategories.Treatment] = [:]
        for category in try PublicCity.categories(of: self, gate) {
            known[LabelFolding.fold(category.label)] = category.treatment
        }
        return try without { label in
            (known[LabelFolding.fold(label)] ?? gate.sensitive.treatment(of: label)) != .ordinary
        }
    }
}
