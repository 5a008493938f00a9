import Bytes
import CrimeMapping
import Incidents

/// The parameters of an import, called as the options of `faro import` are.
enum ImportQuery {
    static let parameters: Set<String> = [
        "profile", "map", "crs", "code_scheme", "encoding", "source", "no_assign", "dry_run", "catalogue", "published",
        "data_to", "publisher",
    ]

    /// - Throws: ``Problem``, `ProfileError`.
    static func order(_ query: Query) throws -> ImportOrder {
        var order = ImportOrder(profile: try profile(query), source: try source(query))
        order.encoding = try encoding(query)
        order.catalogue = try query.choice("catalogue", ImportOrder.Catalogue.self) ?? .auto
        order.dates = FileDates(published: try query.day("published"), dataTo: try query.day("data_to"))
        order.dryRun = try query.flag("dry_run")
        order.placesInAreas = try !query.flag("no_assign")
        if let text = try query.text("code_scheme") {
            guard let scheme = CodeScheme(rawValue: text) else {
                throw Problem.badParameter("code_scheme", "must be inegi, ine or none, but is \"\(text.prefix(40))\"")
            }
            order.codeScheme = scheme
        }
        return order
    }

    /// Built-in profiles alone: a name from a request is never a path.
    private static func profile(_ query: Query) throws -> ImportProfile {
        let name = try query.text("profile") ?? "generic"
        guard let found = ImportProfile.builtIn.first(where: { $0.name == name }) else {
            let known = ImportProfile.builtIn.map(\.name).joined(separator: ", ")
            throw Problem.badParameter("profile", "must be one of \(known), but is \"\(name.prefix(40))\"")
        }
        var profile = found
        if try query.text("crs") != nil {
            guard profile.series == nil else {
                throw Problem.badParameter("crs", "is for coordinates, and \(profile.name) has none")
            }
            profile.crs = try FilterQuery.crs(query, "crs")
        }
        if let publisher = try query.text("publisher") { profile.publisher = publisher }
        return try profile.mapping(query.texts("map"))
    }

    private static func source(_ query: Query) throws -> String {
        guard let text = try query.text("source"), (1...200).contains(text.utf8.count),
            text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
        else {
            throw Problem.badParameter(
                "source", "must be the name under which a later file replaces this one, of 1 to 200 bytes in one line")
        }
        return text
    }

    private static func encoding(_ query: Query) throws -> TextEncoding? {
        switch try query.text("encoding") ?? "auto" {
        case "auto": nil
        case "utf-8": .utf8
        case "windows-1252": .windows1252
        case let text:
            throw Problem.badParameter(
                "encoding", "must be auto, utf-8 or windows-1252, but is \"\(text.prefix(40))\"")
        }
    }
}
