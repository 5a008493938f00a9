import ArgumentParser
import CivilTime
import CrimeMapping
import Foundation
import Privacy

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Tokens with which people ask a server for more than the public sees.",
        discussion: """
            Tokens live in one file, given to `faro serve --tokens FILE`, which reads it again when it changes. The file holds \
            no token, only what it takes to recognise one, and is readable by its owner alone.

            Examples:
              faro token add mesa --role planner --expires 2025-12-31 --tokens tokens
              faro token list --tokens tokens
              faro token revoke mesa --tokens tokens
            """,
        subcommands: [TokenAddCommand.self, TokenListCommand.self, TokenRevokeCommand.self])
}

/// The file of tokens.
struct TokensOption: ParsableArguments {
    @Option(help: ArgumentHelp("The file that holds the tokens.", valueName: "FILE"))
    var tokens: String

    var file: TokenFile { TokenFile(path: tokens) }

    /// Tokens begin and end with days of UTC, so that they do so at once for all servers.
    static var today: CalendarDate {
        let days = (Date().timeIntervalSince1970 / 86_400).rounded(.down)
        return CalendarDate(daysSince1970: Int32(exactly: days) ?? 0)
    }
}

struct TokenAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Make a token and show it, once.",
        discussion: """
            The token goes to standard output, and nowhere else: whoever loses it needs a new one. It is sent as \
            `Authorization: Bearer TOKEN`, over TLS or on the same machine only.
            """)

    @Argument(help: "Whom it is for: letters, digits, dots, hyphens, underscores.")
    var name: String

    @Option(
        help: "planner sees exact places but not those of sensitive offences; researcher sees all; admin may import.")
    var role: Role

    @Option(help: "The last day on which it is accepted, in UTC. Default: it does not end.")
    var expires: CalendarDate?

    @OptionGroup var tokens: TokensOption

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let console = global.console
        let secret = try tokens.file.update { (list) throws(PrivacyError) in
            try list.add(name, role: role, expires: expires, today: TokensOption.today)
        }
        if global.json {
            try console.result(
                JSONText.of(["name": name, "role": role.rawValue, "token": secret.text], pretty: true))
        } else {
            try console.result(secret.text)
        }
        console.note("\(name): a \(role.rawValue)'s token. It is shown this once and cannot be shown again.")
    }
}

struct TokenListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Say which tokens there are; never the tokens themselves.")

    @OptionGroup var tokens: TokensOption

    @OptionGroup var global: GlobalOptions

    /// What is told of a token.
    private struct Line: Encodable {
        var name: String
        var role: Role
        var created: String
        var expires: String?
        var tail: String
        var valid: Bool
    }

    func run() throws {
        let today = TokensOption.today
        let lines = try tokens.file.load().tokens.map {
            Line(
                name: $0.name, role: $0.role, created: $0.created.description, expires: $0.expires?.description,
                tail: $0.tail, valid: $0.isValid(on: today))
        }
        if global.json { return try global.console.result(JSONText.of(lines, pretty: true)) }
        guard !lines.isEmpty else { return global.console.note("there are no tokens") }
        let width = max(4, lines.map(\.name.count).max() ?? 0)
        let text = lines.map { line in
            let name = line.name.padding(toLength: width, withPad: " ", startingAt: 0)
            let role = line.role.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0)
            let end = line.expires.map { line.valid ? "until \($0)" : "ended \($0)" } ?? "without end"
            return "\(name)  \(role)  …\(line.tail)  made \(line.created)  \(end)"
        }
        try global.console.result(text.joined(separator: "\n"))
    }
}

struct TokenRevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Forget a token: a running server refuses it from then on.")

    @Argument(help: "Whose token, as list shows it.")
    var name: String

    @OptionGroup var tokens: TokensOption

    @OptionGroup var global: GlobalOptions

    func run() throws {
        // A file that is missing must not be made by revoking from it.
        _ = try tokens.file.load()
        try tokens.file.update { (list) throws(PrivacyError) in try list.revoke(name) }
        global.console.note("\(name): revoked")
    }
}
