import CrimeMapping
import Files
import Incidents

/// What is said of an import that is in the store.
enum ImportText {
    static func object(_ record: ImportRecord) throws -> JSONObject {
        var json = JSONObject()
        json.add("id", Int(clamping: record.id))
        json.add("source", text: record.source)
        json.add("state", text: record.state.rawValue)
        json.add("profile", text: record.profile)
        json.add("sha256", text: record.sha256)
        json.add("started_at", text: record.startedAt)
        if let finished = record.finishedAt { json.add("finished_at", text: finished) }
        if let published = record.dates.published { json.add("published", text: "\(published)") }
        if let dataTo = record.dates.dataTo { json.add("data_to", text: "\(dataTo)") }
        json.add("rows_read", record.counts.read)
        try json.add("counts", encoding: record.counts)
        return json
    }

    /// The record, how often each reason occurred, and the first issues themselves.
    static func json(
        _ record: ImportRecord, _ reason: String?, _ limit: Int, _ store: any IncidentStore
    ) throws -> Answer {
        var (shown, matched): ([[UInt8]], Int) = ([], 0)
        var reasons: [String: Int] = [:]
        try store.issues(of: record.id) { _, issue in
            reasons[issue.reason, default: 0] += 1
            guard reason == nil || issue.reason == reason else { return }
            matched += 1
            if shown.count < limit { shown.append(Array(try JSONText.of(issue).utf8)) }
        }
        var tally = JSONObject()
        for (reason, count) in reasons.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            tally.add(reason, count)
        }
        var json = try object(record)
        json.add("settings", json: record.settings.utf8)
        json.add("issues_by_reason", json: tally.bytes)
        json.add("issues_matched", matched)
        json.add("issues_returned", shown.count)
        json.add("issues", json: JSONList.of(shown))
        return Answer(.json, json.bytes)
    }

    /// Every issue, as `faro import --rejects` writes them.
    static func csv(_ record: ImportRecord, _ reason: String?, _ store: any IncidentStore, most: Int) throws -> Answer {
        let output = MemoryOutput(limit: most)
        let file = IssueFile(to: output)
        try store.issues(of: record.id) { _, issue in
            if reason == nil || issue.reason == reason { try file.append(issue, file: record.source) }
        }
        try file.commit()
        return Answer(.csv, output.bytes)
    }
}
