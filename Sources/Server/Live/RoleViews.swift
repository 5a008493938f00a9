import CivilTime
import CrimeMapping
import Privacy
import Synchronization

/// What a state of the store is to those who may not see all of it: made when first asked for, kept until there is another.
final class RoleViews: Sendable {
    private let gate: Gate
    private let spared = Mutex<(tag: String, snapshot: StoreSnapshot)?>(nil)
    private let city = Mutex<(tag: String, city: PublicCity)?>(nil)

    init(_ gate: Gate) { self.gate = gate }

    /// The state without the incidents of sensitive offences.
    /// - Throws: `TaxonomyError`, `GeodesyError`.
    func withoutSensitive(_ snapshot: StoreSnapshot) throws -> StoreSnapshot {
        try spared.withLock { kept in
            if let kept, kept.tag == snapshot.tag { return kept.snapshot }
            let made = try snapshot.withoutSensitiveOffences(gate)
            kept = (snapshot.tag, made)
            return made
        }
    }

    /// What the gate publishes of the state on a day.
    /// - Throws: `TaxonomyError`, `PrivacyError`.
    func published(_ snapshot: StoreSnapshot, on today: CalendarDate) throws -> PublicCity {
        let tag = "\(today) \(snapshot.tag)"
        return try city.withLock { kept in
            if let kept, kept.tag == tag { return kept.city }
            let made = try PublicCity(of: snapshot, gate: gate, today: today)
            kept = (tag, made)
            return made
        }
    }
}
