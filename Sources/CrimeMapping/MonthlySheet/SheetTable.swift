import Bytes
import CivilTime
public import Files
import Hotspots
import Incidents
import Indicators
import SimpleFeatures

/// One of a sheet's tables as it is written as tidy CSV: everything that the page shows is in one of them.
public enum SheetTable: String, Sendable, CaseIterable {
    /// A row an indicator and area; the row of all areas together has an empty area_id.
    case indicators
    /// The lights of twelve months, as they were first told and as today's figures have them.
    case lights
    /// The areas with their score and mixed index, and what that is made of.
    case index
    case goals, measures, surveys
    /// Where each indicator concentrates.
    case places
    /// Where it fell while it rose next door.
    case balloons
    case restatements
}

extension SheetFigures {
    /// `month,level,as_of,…`, and the table's own columns; what is missing is empty.
    public func writeCSV(_ table: SheetTable = .indicators, to file: any ByteOutput) throws {
        let columns = columns(of: table)
        var buffer = ByteWriter(capacity: 1 << 16)
        buffer.text((["month", "level", "as_of"] + columns.names).joined(separator: ",") + "\n")
        for row in columns.rows {
            buffer.text("\(month),\(level),\(asOf ?? "")")
            for (name, value) in zip(columns.names, row) {
                buffer.byte(UInt8(ascii: ","))
                // Quotes say that a key is text, to readers that look at them.
                if name == "area_id", case .text(let key) = value {
                    buffer.quotedCSVField(key)
                } else {
                    buffer.csvField(value)
                }
            }
            buffer.byte(UInt8(ascii: "\n"))
            if buffer.count > 1 << 20 {
                try file.write(buffer.bytes)
                buffer.removeAll()
            }
        }
        try file.write(buffer.bytes)
    }

    private typealias Columns = (names: [String], rows: [[PropertyValue]])

    private func columns(of table: SheetTable) -> Columns {
        switch table {
        case .indicators:
            let lines = indicators.flatMap { [$0.total] + $0.lines }
            return (SheetLine.columns.map(\.name), lines.map { line in SheetLine.columns.map { $0.value(line) } })
        case .lights: return lights
        case .index: return indexColumns
        case .goals: return goalColumns
        case .measures: return measureColumns
        case .surveys: return surveyColumns
        case .places: return placeColumns
        case .balloons: return balloonColumns
        case .restatements:
            return (
                ["indicator", "area_id", "area_name", "restated_month", "before", "now"],
                restatements.map {
                    [
                        .text($0.indicator), .key($0.areaID), .optional($0.areaName), .text($0.month),
                        .optional($0.before),
                        .optional($0.now),
                    ]
                }
            )
        }
    }

    private var lights: Columns {
        let rows = indicators.filter(\.indicator.isJudged).flatMap { [$0.total] + $0.lines }.flatMap { line in
            zip(line.firstLevels, line.recentLevels).enumerated().compactMap { index, levels -> [PropertyValue]? in
                let back = line.recentLevels.count - 1 - index
                guard let at = month.advanced(by: -back) else { return nil }
                return [
                    .text(line.indicator), .key(line.areaID), .text(line.areaName), .text(at.description),
                    .optional(levels.0?.rawValue), .optional(levels.1?.rawValue),
                ]
            }
        }
        return (["indicator", "area_id", "area_name", "light_month", "first_told", "now"], rows)
    }

    private var indexColumns: Columns {
        let components = index?.components ?? []
        let rows = areas.map { area -> [PropertyValue] in
            let entry = area.entry
            let parts = components.indices.flatMap { place -> [PropertyValue] in
                let score = entry.flatMap { $0.scores.indices.contains(place) ? $0.scores[place] : nil }
                return [.optional(score), .number(components[place].weight)]
            }
            return [
                .key(area.area.key), .text(area.area.label), .optional(area.score.value),
                .integer(Int64(area.score.lights)), .optional(entry?.index), .optional(entry?.rank),
                .optional(entry?.range?.lowerBound), .optional(entry?.range?.upperBound),
            ] + parts
        }
        let names = components.flatMap { [$0.name, "\($0.name)_weight"] }
        return (
            ["area_id", "area_name", "score", "lights", "index", "index_rank", "index_rank_from", "index_rank_to"]
                + names,
            rows
        )
    }

    private var goalColumns: Columns {
        let rows = goals.map { goal -> [PropertyValue] in
            [
                .text(goal.goal.id), .text(goal.goal.indicator), .key(goal.goal.area ?? ""), .text(goal.areaName),
                .text(goal.goal.measure.rawValue), .number(goal.goal.baseline), .number(goal.goal.target),
                .text(goal.goal.start.description), .text(goal.goal.due.description), .text(goal.goal.owner),
                .text(goal.goal.setOn.description), .integer(Int64(goal.earlier.count)),
                .text(goal.now.status.rawValue), .optional(goal.now.actual), .number(goal.now.path),
                .optional(goal.now.gap), .optional(goal.now.toTarget), .optional(goal.now.neededPerMonth),
                goal.now.isWithinChance.map { .bool($0) } ?? .null,
            ]
        }
        return (
            [
                "goal", "indicator", "area_id", "area_name", "measure", "baseline", "target", "start", "due", "owner",
                "set_on", "changed_times", "status", "actual", "path", "gap", "to_target", "needed_per_month",
                "within_chance",
            ], rows
        )
    }

    private var measureColumns: Columns {
        let rows = measures.map { measure -> [PropertyValue] in
            [
                .text(measure.indicator.id), .key(measure.areaID), .text(measure.areaName),
                .text(measure.month.description), .number(measure.value), .optional(measure.whole),
                .optional(measure.rate), .integer(Int64(measure.indicator.per)), .optional(measure.estimate?.low),
                .optional(measure.estimate?.high), .optional(measure.indicator.target),
            ]
        }
        return (
            [
                "indicator", "area_id", "area_name", "measured_month", "value", "whole", "rate", "per", "low", "high",
                "target",
            ], rows
        )
    }

    private var surveyColumns: Columns {
        let rows = surveys.flatMap { survey in
            survey.rows.map { row -> [PropertyValue] in
                let line = SheetIncidence(of: survey.question, in: self).line(row.areaID)
                let estimate = row.estimate
                return [
                    .text(survey.survey), .text(survey.wave), .text(survey.question.id),
                    .text(survey.question.topic.rawValue), .key(row.areaID), .text(row.areaName),
                    .integer(Int64(row.respondents)), .optional(estimate?.effectiveRespondents),
                    .optional(estimate?.share), .optional(estimate?.low), .optional(estimate?.high),
                    .bool(estimate == nil), .optional(survey.earlierWave), .optional(row.change?.points),
                    .optional(row.change?.p), .optional(survey.question.indicator), .optional(line?.count),
                    .optional(line?.rate),
                ]
            }
        }
        return (
            [
                "survey", "wave", "question", "topic", "area_id", "area_name", "respondents", "effective_respondents",
                "share", "low", "high", "suppressed", "earlier_wave", "change_points", "change_p", "indicator",
                "twelve_months", "rate",
            ], rows
        )
    }

    private var placeColumns: Columns {
        let rows = indicators.flatMap { part in
            part.places.flatMap { list in
                list.places.enumerated().map { index, place -> [PropertyValue] in
                    [
                        .text(part.indicator.id), .text(list.level), .integer(Int64(index + 1)), .key(place.key),
                        .text(place.name), .integer(Int64(place.count)), .number(place.share), .optional(place.rate),
                        .optional(place.bayesRate), .optional(place.change?.from), .optional(place.change?.percent),
                        .optional(place.change?.p), .optional(place.change?.z),
                    ]
                }
            }
        }
        return (
            [
                "indicator", "place_level", "rank", "area_id", "area_name", "twelve_months", "share", "rate", "eb_rate",
                "twelve_months_before", "change_percent", "change_p", "change_z",
            ], rows
        )
    }

    private var balloonColumns: Columns {
        let rows = indicators.flatMap { part in
            part.places.flatMap(\.balloons).map { balloon -> [PropertyValue] in
                let (here, beside) = (balloon.check.here, balloon.check.nextDoor)
                return [
                    .text(part.indicator.id), .text(balloon.level), .key(balloon.key), .text(balloon.name),
                    .integer(Int64(here.from)), .integer(Int64(here.to)), .number(here.p), .integer(Int64(beside.from)),
                    .integer(Int64(beside.to)), .number(beside.p),
                ]
            }
        }
        return (
            [
                "indicator", "place_level", "area_id", "area_name", "here_before", "here", "here_p", "next_door_before",
                "next_door", "next_door_p",
            ], rows
        )
    }
}

extension PropertyValue {
    fileprivate static func optional(_ value: Int?) -> PropertyValue { value.map { .integer(Int64($0)) } ?? .null }
    fileprivate static func optional(_ value: Double?) -> PropertyValue { value.map { .number($0) } ?? .null }
    fileprivate static func optional(_ value: String?) -> PropertyValue { value.map { .text($0) } ?? .null }
    /// Of all areas together there is none.
    fileprivate static func key(_ key: String) -> PropertyValue { key.isEmpty ? .null : .text(key) }
}

extension ByteWriter {
    fileprivate mutating func csvField(_ value: PropertyValue) {
        switch value {
        case .null: break
        case .bool(let flag): text(flag ? "true" : "false")
        case .integer(let number): integer(number)
        case .number(let number): if number.isFinite { plain(number) }
        case .text(let text), .json(let text): csvField(text)
        }
    }
}
