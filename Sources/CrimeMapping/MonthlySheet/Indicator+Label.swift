import CivilTime
import Incidents
import Indicators

extension Indicator {
    /// Whether an offence of a label counts: by the class that the store's rules give the label, or else by the label itself.
    func counts(_ label: SourceLabel, on day: CalendarDate, by mapping: TaxonomyMapping) -> Bool {
        guard let target = mapping.target(of: label, on: day) else {
            return contains(category: label.category ?? "", modality: label.modality)
        }
        guard let entry = target.classCode.flatMap({ mapping.schemes[target.scheme]?[$0] }) else { return false }
        return contains(entry, of: target.scheme)
    }
}
