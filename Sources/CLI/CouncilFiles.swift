import CrimeMapping
import Files
import Formats
import Foundation
import Incidents
import Indicators

/// The documents of a council that a command is given as files.
enum CouncilFiles {
    /// A built-in rule by its name, or one in a JSON file.
    static func rule(_ argument: String) throws -> LightRule {
        let known = try LightRule.builtIn()
        if let rule = known.first(where: { $0.name == argument }) { return rule }
        guard argument.hasSuffix(".json") else {
            throw JobError.usage(
                "--rule must be a .json file or one of \(known.map(\.name).joined(separator: ", ")), but is \(argument)"
            )
        }
        return try LightRule(json: try data(argument))
    }

    static func catalogue(_ path: String) throws -> IndicatorCatalogue { try IndicatorCatalogue(json: try data(path)) }

    static func data(_ path: String) throws -> Data { Data(try ByteSource.readAll(path: path, limit: 16 << 20)) }
}
