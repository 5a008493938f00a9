import CivilTime
import SimpleFeatures

/// A police operation that moved crime next door, planted: from a day on, most of what would have happened in a secured
/// zone happens in the ring around it or elsewhere. A zone and a ring like them, far enough away, are left alone.
///
/// Events are moved after all are drawn, with draws of their own: nothing else in the city depends on it.
struct Operation {
    /// A round zone with a ring around it.
    struct Site {
        var centre: PlanarPoint

        func isInZone(_ point: PlanarPoint) -> Bool { point.metres(to: centre) < Operation.zoneRadius }
    }

    /// Things taken out of parked cars: frequent around the middle, and untouched by the two discs that change.
    static let crime = 6
    static let start = CalendarDate(daysSince1970: 18_993)  // 2022-01-01
    static let zoneRadius = 750.0
    static let ringRadius = 1000.0
    /// What becomes of an event in the zone: it happens in the ring, or far away, or after all.
    static let shareNextDoor = 0.5
    static let shareAway = 0.2

    /// West and east of the middle of San Telmo del Río; neither ring holds the office that stands for unknown places.
    let treated = Site(centre: PlanarPoint(x: Terrain.centres[0].x - 600, y: Terrain.centres[0].y + 300))
    let control = Site(centre: PlanarPoint(x: Terrain.centres[0].x + 1400, y: Terrain.centres[0].y - 200))

    /// What the operation did in one year.
    struct Effect {
        var wouldHaveBeenInZone = 0
        var movedNextDoor = 0
        var movedAway = 0
    }

    /// Where an event in the zone is to happen instead: a few metres inside the ring, or out of sight of both sites; nil
    /// where it stays.
    func target(_ dice: inout Dice) -> (isThere: (PlanarPoint) -> Bool, counter: WritableKeyPath<Effect, Int>)? {
        let draw = dice.unit()
        if draw < Self.shareNextDoor {
            let ring = Self.zoneRadius + 5..<Self.ringRadius - 5
            return ({ ring.contains($0.metres(to: treated.centre)) }, \.movedNextDoor)
        }
        if draw < Self.shareNextDoor + Self.shareAway {
            let far = Self.ringRadius + 5
            return ({ $0.metres(to: treated.centre) > far && $0.metres(to: control.centre) > far }, \.movedAway)
        }
        return nil
    }
}

extension History {
    /// The events of a year as the operation left them, each at its time, and what it did.
    func moved(_ events: [Event], by operation: Operation, year: Int, seed: UInt64) -> ([Event], Operation.Effect) {
        var dice = Dice(seed: seed &+ UInt64(year), stream: "operation")
        var (events, effect) = (events, Operation.Effect())
        for index in events.indices {
            let event = events[index]
            guard event.crime == Operation.crime, event.day >= Operation.start,
                operation.treated.isInZone(event.point)
            else { continue }
            effect.wouldHaveBeenInZone += 1
            guard let target = operation.target(&dice), let other = moved(event, target.isThere, &dice) else {
                continue
            }
            events[index] = other
            effect[keyPath: target.counter] += 1
        }
        return (events, effect)
    }

    /// The event at another crossing, drawn as its own was; nil where none is found soon.
    private func moved(_ event: Event, _ isThere: (PlanarPoint) -> Bool, _ dice: inout Dice) -> Event? {
        let components = event.day.components
        for _ in 0..<2_000 {
            let crossing = field.crossing(
                for: event.crime, monthsSinceStart: (components.year - 2021) * 12 + components.month - 1, &dice)
            guard isThere(field.streets.crossings[crossing].point) else { continue }
            let corner = field.streets.crossings[crossing]
            let point = event.isAtCorner ? corner.point : besideStreet(crossing, &dice)
            guard isThere(point),
                let (place, colonia) = site(event.isAtCorner ? corner.place : nil, point, year: components.year)
            else { continue }
            var moved = event
            (moved.crossing, moved.place, moved.point, moved.colonia) = (crossing, place, point, colonia)
            return moved
        }
        return nil
    }
}
