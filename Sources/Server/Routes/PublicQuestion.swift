import CrimeMapping
import HTTPTypes
import Incidents
import Privacy
import SimpleFeatures

/// A question of whoever has no token, in the words of all other questions.
///
/// What the gate's lattice has no answer to is refused by its name, and never passed over.
enum PublicQuestion {
    /// - Parameter further: parameters beside those of a filter that the route's public answer knows.
    /// - Throws: ``Problem`` 401 for a parameter that only asks for something finer.
    static func filter(_ ask: Ask, allowing further: Set<String>) throws -> IncidentFilter {
        let known = further.union(["f", "category", "from", "to", "area"])
        // A filter is looked at by the gate, which knows what is wrong with each of its parts.
        let parts: Set<String> = ["modality", "hours", "days", "precision", "include_artefacts", "where"]
        for item in ask.query.items where !known.contains(item.name) && !parts.contains(item.name) {
            throw Problem.tokenNeeded("without a token, \(item.name) cannot be asked for")
        }
        return try FilterQuery.filter(ask.query)
    }

    /// - Throws: ``Problem`` 401 for another grid or bandwidth than those of the one public grid.
    static func requirePublicGrid(_ ask: Ask, _ city: PublicCity) throws {
        let size = city.gate.lattice.cellSize
        for (name, wanted) in [("cell_size", size), ("bandwidth", city.bandwidth)] {
            guard let asked = try ask.query.text(name), Double(asked) != wanted.metres else { continue }
            throw Problem.tokenNeeded("without a token, \(name) is \(Int(wanted.metres)), but is \(asked.prefix(40))")
        }
        if let type = try ask.query.text("grid_type"), type != "rect" {
            throw Problem.tokenNeeded("without a token, grid_type is rect, but is \(type.prefix(40))")
        }
    }

    /// Where the figures come from.
    static func members(_ ask: Ask) throws -> [Property] {
        [
            Property("source", .text(ask.server.options.name)),
            Property("store_revision", .integer(ask.snapshot.revision())), Property("role", .text(ask.role.rawValue)),
        ]
    }
}

extension SuppressionAccount {
    /// What was left out and why, as a result records it.
    var members: [Property] {
        [
            Property("suppression_k", .integer(Int64(k))), Property("shown", .integer(Int64(shown))),
            Property("suppressed", .integer(Int64(suppressed))),
            Property("left_out", .text(english.joined(separator: "; "))),
        ]
    }
}

extension Problem {
    /// 401 with the challenge that a token answers.
    static func tokenNeeded(_ detail: String) -> Problem {
        Problem(.unauthorized, "token-needed", detail, headers: [.wwwAuthenticate: "Bearer"])
    }

    /// What is at an address is not for the role: 401 without a token, 403 with one.
    static func refused(_ role: Role) -> Problem {
        role.needsToken
            ? .forbidden("the role \(role.rawValue) may not see what is at this address")
            : .tokenNeeded("what is at this address needs a token")
    }
}
