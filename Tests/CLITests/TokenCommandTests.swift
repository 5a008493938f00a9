import Foundation
import TestSupport
import Testing

@Suite struct TokenCommandTests {
    private let folder: TemporaryFolder
    private let file: String

    init() throws {
        folder = try TemporaryFolder()
        file = folder.file("tokens")
    }

    @Test func `A token is shown once, listed by its last four characters, and revoked`() throws {
        let made = try FaroProcess.run("token", "add", "mesa", "--role", "planner", "--tokens", file)
        #expect(made.status == 0, "\(made.errors)")
        let token = made.output.trimmingCharacters(in: .newlines)
        #expect(token.hasPrefix("faro_") && token.utf8.count == 48)
        #expect(!made.errors.contains(token))
        #expect(try !String(contentsOfFile: file, encoding: .utf8).contains(token))
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let list = try FaroProcess.run("token", "list", "--tokens", file)
        #expect(list.output.hasPrefix("mesa  planner     …\(token.suffix(4))  made "))
        #expect(!list.output.contains(token))
        #expect(try FaroProcess.run("token", "revoke", "mesa", "--tokens", file).status == 0)
        #expect(try FaroProcess.run("token", "list", "--tokens", file).output.isEmpty)
    }

    @Test func `JSON says the same`() throws {
        let made = try FaroProcess.run(
            "token", "add", "mesa", "--role", "researcher", "--expires", "9999-01-01", "--tokens", file, "--json", "-q")
        #expect(made.errors.isEmpty)
        #expect(made.output.contains("\"token\" : \"faro_"))
        let list = try FaroProcess.run("token", "list", "--tokens", file, "--json").output
        #expect(list.contains("\"expires\" : \"9999-01-01\"") && list.contains("\"valid\" : true"))
    }

    @Test func `Each refusal is one sentence and the code of its kind`() throws {
        func refuse(_ status: Int32, _ arguments: String..., saying words: String) throws {
            let result = try FaroProcess.run(["token"] + arguments + ["--tokens", file])
            #expect(result.status == status && result.errors.contains(words), "\(result)")
            #expect(result.output.isEmpty)
        }
        try refuse(66, "list", saying: "must be a file, but there is none")
        try refuse(66, "revoke", "mesa", saying: "must be a file, but there is none")
        #expect(folder.names.isEmpty)
        try refuse(64, "add", "a b", "--role", "planner", saying: "a token's name must be")
        try refuse(64, "add", "mesa", "--role", "public", saying: "public")
        try refuse(64, "add", "mesa", "--role", "root", saying: "root")
        try refuse(
            64, "add", "mesa", "--role", "admin", "--expires", "2001-01-01", saying: "must expire on a later day")
        _ = try FaroProcess.run("token", "add", "mesa", "--role", "admin", "--tokens", file)
        try refuse(64, "add", "mesa", "--role", "admin", saying: "there is a token named mesa already")
        try refuse(64, "revoke", "otra", saying: "there is no token named otra")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        try refuse(65, "list", saying: "must be readable by its owner alone, but its mode is 0644; say chmod 600")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        try Data("faro tokens 1\nmesa".utf8).write(to: URL(fileURLWithPath: file))
        try refuse(65, "list", saying: "is no usable file of tokens: line 2")
    }
}
