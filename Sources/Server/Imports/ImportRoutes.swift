import CrimeMapping
import HTTPTypes
import Incidents
import Privacy

/// `/imports`: the files that are in the store, and what was wrong with their rows; for the role admin alone, as raw rows have
/// what no other answer has.
enum ImportRoutes {
    /// GET lists; POST brings a file in.
    static let list = Route(
        "/imports", of: .imports, media: [.json], caching: .never
    ) { ask in
        let desk = try desk(ask)
        return try await ask.analyse { _ in
            try desk.unlessBusy {
                var json = JSONObject()
                let records = try desk.open(false).imports().sorted { $0.id > $1.id }
                json.add("imports", json: JSONList.of(try records.map { try ImportText.object($0).bytes }))
                return Answer(.json, json.bytes)
            }
        }
    }.posting(ImportIntake.post)

    static let one = Route(
        "/imports/{import}", of: .imports, parameters: ["limit", "reason"], media: [.json, .csv], caching: .never
    ) { ask in
        let desk = try desk(ask)
        let limit = try ask.query.integer("limit", in: 0...10_000) ?? 100
        let reason = try ask.query.text("reason")
        let id = Int64(ask.part("import"))
        return try await ask.analyse { _ in
            try desk.unlessBusy {
                let store = try desk.open(false)
                return try store.inOneState {
                    guard let record = try store.imports().first(where: { $0.id == id }) else {
                        throw Problem.notFound("the store has no import of this number")
                    }
                    return try ask.media == .csv
                        ? ImportText.csv(record, reason, store, most: ask.caps.answerBytes)
                        : ImportText.json(record, reason, limit, store)
                }
            }
        }
    }

    /// - Throws: ``Problem`` 401 without a token, 403 with one of another role, 404 where the server takes no imports.
    private static func desk(_ ask: Ask) throws -> ImportDesk { try desk(of: ask.server, for: ask.role) }

    /// - Throws: as above.
    static func desk(of server: FaroServer, for role: Role) throws -> ImportDesk {
        guard server.gate.permits(role, .imports) == .full else { throw Problem.refused(role) }
        guard let desk = server.desk else { throw Problem.notFound("this server takes no imports") }
        return desk
    }
}
