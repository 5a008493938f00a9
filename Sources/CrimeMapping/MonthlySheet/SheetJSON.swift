import Bytes
import CivilTime
import Foundation
import Hotspots
import Incidents
import Indicators
import Privacy
import SimpleFeatures

extension SheetFigures {
    /// Everything that the page shows, with the same names as the CSV. Missing figures stand as null.
    public func json() throws -> [UInt8] {
        let value: JSONValue = .object([
            ("month", .text(month.description)), ("level", .text(level)), ("as_of", .optional(asOf)),
            ("earlier_edition", .optional(earlierEdition)), ("faro_version", .text(FaroVersion.current)),
            ("store_revision", .number(Double(storeRevision))), ("catalogue", .text(catalogue.label)),
            ("origin", .text(origin.rawValue)), ("last_day", .optional(lastDay?.description)),
            ("boundary_version", boundaryVersion.map { .number(Double($0)) } ?? .null),
            ("rule", .raw(String(decoding: try rule.json(), as: UTF8.self))),
            ("sources", .raw(try JSONText.of(sources))), ("notes", .raw(try JSONText.of(notes))),
            ("indicators", .list(try indicators.map(json))),
            ("without_figures", .list(withoutFigures.map { .text($0.id) })),
            ("suppression", .raw(try suppression.map { try JSONText.of($0) } ?? "null")),
            ("left_out", .list((suppression?.english ?? []).map { .text($0) })),
            (
                "withheld_indicators",
                .list(
                    withheldIndicators.map {
                        .object([("id", .text($0.indicator.id)), ("reason", .text($0.reason.rawValue))])
                    })
            ),
            ("areas", .list(areas.map(json))),
            ("index", .raw(try index.map { try JSONText.of($0) } ?? "null")), ("goals", .list(try goals.map(json))),
            ("measures", .list(measures.map(json))), ("surveys", .list(try surveys.map(json))),
            ("restatements", .raw(try JSONText.of(restatements))),
        ])
        var writer = ByteWriter(capacity: 1 << 16)
        value.write(to: &writer)
        writer.byte(UInt8(ascii: "\n"))
        return writer.bytes
    }

    private func json(_ part: SheetIndicator) throws -> JSONValue {
        .object([
            ("id", .text(part.indicator.id)), ("name_es", .text(part.indicator.spanishName)),
            ("name_en", .text(part.indicator.englishName)), ("polarity", .text(part.indicator.polarity.rawValue)),
            ("count_unit", .optional(part.indicator.countUnit?.rawValue)),
            ("per", .number(Double(part.indicator.per))), ("begin", .optional(part.begin?.description)),
            ("cut", .optional(part.cut?.description)), ("breaks", .raw(try JSONText.of(part.breaks))),
            ("areas_covered", .number(Double(part.areasCovered))), ("without_area", .optional(part.withoutArea)),
            ("hit_rate", part.hitRate?.rate.map { .number($0) } ?? .null), ("total", json(part.total)),
            ("areas", .list(part.lines.map(json))), ("places", .list(part.places.map(json))),
        ])
    }

    private func json(_ line: SheetLine) -> JSONValue {
        .object(
            SheetLine.columns.map { ($0.name, JSONValue($0.value(line))) } + [
                ("recent", .list(line.recent.map { .optional($0) })),
                ("recent_lights", .list(line.recentLevels.map { .optional($0?.rawValue) })),
                ("recent_lights_first_told", .list(line.firstLevels.map { .optional($0?.rawValue) })),
                ("recent_withheld", .list(line.recentWithheld.map { .flag($0) })),
            ])
    }

    private func json(_ list: SheetPlaceList) -> JSONValue {
        .object([
            ("level", .text(list.level)), ("total", .number(Double(list.total))),
            ("areas", .number(Double(list.areas))), ("places", .list(list.places.map(json))),
            ("balloons_checked", .number(Double(list.checked))), ("balloons", .list(list.balloons.map(json))),
        ])
    }

    private func json(_ place: SheetPlace) -> JSONValue {
        .object([
            ("area_id", .text(place.key)), ("area_name", .text(place.name)), ("count", .number(Double(place.count))),
            ("share", .number(place.share)), ("rate", .optional(place.rate)), ("eb_rate", .optional(place.bayesRate)),
            ("before", .optional(place.change?.from)), ("change_percent", .optional(place.change?.percent)),
            ("change_p", .optional(place.change?.p)), ("change_z", .optional(place.change?.z)),
        ])
    }

    private func json(_ balloon: SheetBalloon) -> JSONValue {
        .object([
            ("level", .text(balloon.level)), ("area_id", .text(balloon.key)), ("area_name", .text(balloon.name)),
            ("here_before", .number(Double(balloon.check.here.from))), ("here", .number(Double(balloon.check.here.to))),
            ("here_p", .number(balloon.check.here.p)),
            ("next_door_before", .number(Double(balloon.check.nextDoor.from))),
            ("next_door", .number(Double(balloon.check.nextDoor.to))),
            ("next_door_p", .number(balloon.check.nextDoor.p)),
        ])
    }

    private func json(_ area: SheetArea) -> JSONValue {
        .object([
            ("area_id", .text(area.area.key)), ("area_name", .text(area.area.label)),
            ("score", .optional(area.score.value)), ("lights", .number(Double(area.score.lights))),
            ("index", .optional(area.entry?.index)), ("index_rank", .optional(area.entry?.rank)),
            ("index_rank_from", .optional(area.entry?.range?.lowerBound)),
            ("index_rank_to", .optional(area.entry?.range?.upperBound)),
            ("index_scores", .list((area.entry?.scores ?? []).map { .optional($0) })),
        ])
    }

    private func json(_ goal: SheetGoal) throws -> JSONValue {
        .object([
            ("goal", .raw(try JSONText.of(goal.goal))), ("earlier", .raw(try JSONText.of(goal.earlier))),
            ("area_name", .text(goal.areaName)), ("now", json(goal.now)), ("history", .list(goal.history.map(json))),
        ])
    }

    private func json(_ assessment: GoalAssessment) -> JSONValue {
        .object([
            ("month", .text(assessment.month.description)), ("status", .text(assessment.status.rawValue)),
            ("actual", .optional(assessment.actual)), ("path", .number(assessment.path)),
            ("gap", .optional(assessment.gap)), ("to_target", .optional(assessment.toTarget)),
            ("needed_per_month", .optional(assessment.neededPerMonth)),
            ("within_chance", assessment.isWithinChance.map { .flag($0) } ?? .null),
        ])
    }

    private func json(_ measure: SheetMeasure) -> JSONValue {
        .object([
            ("indicator", .text(measure.indicator.id)), ("area_id", .text(measure.areaID)),
            ("area_name", .text(measure.areaName)), ("month", .text(measure.month.description)),
            ("value", .number(measure.value)), ("whole", .optional(measure.whole)), ("rate", .optional(measure.rate)),
            ("low", .optional(measure.estimate?.low)), ("high", .optional(measure.estimate?.high)),
        ])
    }

    private func json(_ survey: SheetSurvey) throws -> JSONValue {
        .object([
            ("survey", .text(survey.survey)), ("wave", .text(survey.wave)),
            ("earlier_wave", .optional(survey.earlierWave)), ("question", .raw(try JSONText.of(survey.question))),
            ("minimum", .number(Double(survey.minimum))), ("design_effect", .number(survey.designEffect)),
            ("rows", .list(survey.rows.map(json))),
        ])
    }

    private func json(_ row: SheetSurvey.Row) -> JSONValue {
        .object([
            ("area_id", row.areaID.isEmpty ? .null : .text(row.areaID)), ("area_name", .text(row.areaName)),
            ("respondents", .number(Double(row.respondents))), ("share", .optional(row.estimate?.share)),
            ("low", .optional(row.estimate?.low)), ("high", .optional(row.estimate?.high)),
            ("effective_respondents", .optional(row.estimate?.effectiveRespondents)),
            ("suppressed", .flag(row.estimate == nil)), ("change_points", .optional(row.change?.points)),
            ("change_p", .optional(row.change?.p)),
        ])
    }
}

/// JSON with its members in the order in which a reader wants them.
private enum JSONValue {
    case null
    case text(String)
    case number(Double)
    case flag(Bool)
    case list([JSONValue])
    case object([(String, JSONValue)])
    /// JSON already.
    case raw(String)

    static func optional(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }
    static func optional(_ number: Double?) -> JSONValue { number.map { .number($0) } ?? .null }
    static func optional(_ number: Int?) -> JSONValue { number.map { .number(Double($0)) } ?? .null }

    init(_ value: PropertyValue) {
        switch value {
        case .null: self = .null
        case .bool(let flag): self = .flag(flag)
        case .integer(let number): self = .number(Double(number))
        case .number(let number): self = number.isFinite ? .number(number) : .null
        case .text(let text): self = .text(text)
        case .json(let text): self = .raw(text)
        }
    }

    func write(to writer: inout ByteWriter) {
        switch self {
        case .null: writer.text("null")
        case .text(let text): writer.jsonString(text)
        case .number(let number): writer.plain(number)
        case .flag(let flag): writer.text(flag ? "true" : "false")
        case .raw(let text): writer.text(text)
        case .list(let values):
            writer.byte(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { writer.byte(UInt8(ascii: ",")) }
                value.write(to: &writer)
            }
            writer.byte(UInt8(ascii: "]"))
        case .object(let members):
            writer.byte(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { writer.byte(UInt8(ascii: ",")) }
                writer.jsonString(member.0)
                writer.byte(UInt8(ascii: ":"))
                member.1.write(to: &writer)
            }
            writer.byte(UInt8(ascii: "}"))
        }
    }
}

extension ByteWriter {
    /// Whole numbers without a point, others with as many digits as they need; what is no number as null.
    mutating func plain(_ number: Double) {
        guard number.isFinite else { return text("null") }
        if let whole = Int64(exactly: number) { integer(whole) } else { shortest(number) }
    }
}
