import CivilTime
import SimpleFeatures

/// What ``Manifest`` says of the operation that moved crime next door: a secured zone, a ring around it into which most of
/// the crime went, and a zone with a ring that were left alone.
///
/// A test of the zone against the control must find what left the zone, a test of both rings what came next door, and all
/// four together what left both.
public struct PlantedOperation: Hashable, Sendable {
    /// One year: events, whatever became of their rows.
    public struct Year: Hashable, Sendable {
        /// The calendar year of the events.
        public var year: Int
        /// In the secured zone, had there been no operation.
        public var withoutOperation: Int
        /// Of these, those that happened in the ring instead.
        public var movedNextDoor: Int
        /// Of these, those that happened beyond both rings instead.
        public var movedAway: Int
    }

    /// The crime that was moved, as the reports write it.
    public var offence: String
    /// The first day.
    public var from: String
    /// The middle of the secured zone.
    public var zone: Manifest.HotPlace
    /// The middle of the zone that was left alone.
    public var control: Manifest.HotPlace
    /// Radius of both zones in metres.
    public var zoneMetres: Double
    /// The outer radius of both rings in metres.
    public var ringMetres: Double
    /// One a year from the first day on.
    public var years: [Year] = []

    init(_ operation: Operation) {
        offence = Crime.all[Operation.crime].offence
        from = Operation.start.description
        zoneMetres = Operation.zoneRadius
        ringMetres = Operation.ringRadius
        func place(_ name: String, _ site: Operation.Site) -> Manifest.HotPlace {
            let place = MapPosition.rounded(MapPosition.place(site.centre), decimals: 5)
            return Manifest.HotPlace(name: name, longitude: place.longitude, latitude: place.latitude)
        }
        zone = place("ZONA ASEGURADA", operation.treated)
        control = place("ZONA DE CONTROL", operation.control)
    }

    mutating func add(_ effect: Operation.Effect, in year: Int) {
        years.append(
            Year(
                year: year, withoutOperation: effect.wouldHaveBeenInZone, movedNextDoor: effect.movedNextDoor,
                movedAway: effect.movedAway))
    }

    var json: String {
        "{\"offence\": \(Manifest.quoted(offence)), \"from\": \(Manifest.quoted(from)), "
            + "\"zone\": \(Manifest.place(zone)), \"control\": \(Manifest.place(control)), "
            + "\"zone_m\": \(Manifest.number(zoneMetres)), \"ring_m\": \(Manifest.number(ringMetres)), "
            + "\"years\": \(Manifest.array(years, Self.year))}"
    }

    private static func year(_ year: Year) -> String {
        "{\"year\": \(year.year), \"without_operation\": \(year.withoutOperation), "
            + "\"moved_next_door\": \(year.movedNextDoor), \"moved_away\": \(year.movedAway)}"
    }
}
