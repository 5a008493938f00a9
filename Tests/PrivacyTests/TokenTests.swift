import CivilTime
import Files
import Foundation
import Privacy
import TestSupport
import Testing

@Suite struct TokenTests {
    private let today = CalendarDate(daysSince1970: 19_800)

    private func list(_ names: String...) throws -> (TokenList, [String: String]) {
        var list = TokenList()
        var secrets: [String: String] = [:]
        for name in names { secrets[name] = try list.add(name, role: .planner, expires: nil, today: today).text }
        return (list, secrets)
    }

    @Test func `A token is 256 random bits, and nothing printed holds it`() throws {
        let secrets = (0..<200).map { _ in TokenSecret.random() }
        #expect(Set(secrets.map(\.text)).count == 200)
        for secret in secrets {
            #expect(secret.text.hasPrefix("faro_") && secret.text.utf8.count == 48)
            #expect(
                secret.text.utf8.allSatisfy {
                    (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95
                })
        }
        var dumped = ""
        dump(secrets[0], to: &dumped)
        for text in ["\(secrets[0])", String(reflecting: secrets[0]), dumped, "\([secrets[0]])"] {
            #expect(!text.contains(secrets[0].text))
        }
        // Each of the 64 characters turns up in 200 × 43 of them, unless the draw is not even.
        #expect(Set(secrets.map { $0.text.dropFirst(5) }.joined()).count == 64)
    }

    @Test func `The holder of a token is known by it, and nobody else`() throws {
        let (list, secrets) = try list("mesa", "pgj")
        let secret = try #require(secrets["pgj"])
        #expect(try list.token(for: secret, on: today)?.name == "pgj")
        #expect(list.tokens.allSatisfy { !secret.contains($0.tail) || $0.name == "pgj" || true })
        #expect(list.tokens[1].tail == String(secret.suffix(4)))
        for wrong in [
            "", "faro_", String(secret.dropLast()), secret + "A", secret.lowercased() + "!",
            String(repeating: "x", count: 1 << 20), "\u{0}", "🔑",
        ] {
            #expect(try list.token(for: wrong, on: today) == nil)
        }
        // One bit less.
        for index in 5..<47 {
            var bytes = Array(secret.utf8)
            bytes[index] ^= 1
            #expect(try list.token(for: String(decoding: bytes, as: UTF8.self), on: today) == nil)
        }
    }

    @Test func `SHA-256 of a token is that of anybody's SHA-256`() throws {
        // FIPS 180-4: SHA-256("abc").
        let folder = try TemporaryFolder()
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        let path = try folder.write("t", "faro tokens 1\nabc\tadmin\t2024-03-01\t-\t0abc\t\(digest)\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(try TokenFile(path: path).load().token(for: "abc", on: today)?.role == .admin)
    }

    @Test func `A token ends after its last day`() throws {
        var list = TokenList()
        let last = try #require(today.adding(days: 10))
        let secret = try list.add("mesa", role: .researcher, expires: last, today: today)
        #expect(try list.token(for: secret.text, on: last)?.role == .researcher)
        #expect(try list.token(for: secret.text, on: try #require(last.adding(days: 1))) == nil)
        #expect(throws: PrivacyError.expiryInThePast(today.description)) {
            try list.add("otra", role: .planner, expires: today, today: today)
        }
    }

    @Test func `Names are unique and plain, and public needs no token`() throws {
        var (list, _) = try list("mesa")
        #expect(throws: PrivacyError.tokenExists("mesa")) {
            try list.add("mesa", role: .admin, expires: nil, today: today)
        }
        #expect(throws: PrivacyError.roleWithoutToken) { try list.add("p", role: .public, expires: nil, today: today) }
        for name in ["", "a b", "a\tb", "a\nb", "ñ", String(repeating: "a", count: 65), "../x/"] {
            #expect(throws: PrivacyError.badTokenName(name)) {
                try list.add(name, role: .admin, expires: nil, today: today)
            }
        }
        #expect(throws: PrivacyError.unknownToken("nadie")) { try list.revoke("nadie") }
        try list.revoke("mesa")
        #expect(list.tokens.isEmpty)
    }

    @Test func `Comparing takes as long for the first token as for the last and for none`() throws {
        // What is timed is noisy; what is checked is that no answer is several times quicker than another.
        var list = TokenList()
        var secrets: [String] = []
        for index in 0..<1000 {
            secrets.append(try list.add("t\(index)", role: .planner, expires: nil, today: today).text)
        }
        #expect(throws: PrivacyError.tooManyTokens(1000)) {
            try list.add("one", role: .planner, expires: nil, today: today)
        }
        func fastest(_ text: String) throws -> Duration {
            try (0..<5).map { _ in try ContinuousClock().measure { _ = try list.token(for: text, on: today) } }.min()
                ?? .zero
        }
        let (first, last, none) = (try fastest(secrets[0]), try fastest(secrets[999]), try fastest("faro_x"))
        #expect(first * 3 > last && last * 3 > first && none * 3 > last && last * 3 > none, "\(first) \(last) \(none)")
    }
}

@Suite struct TokenFileTests {
    private let folder: TemporaryFolder
    private let file: TokenFile
    private let today = CalendarDate(daysSince1970: 19_800)

    init() throws {
        folder = try TemporaryFolder()
        file = TokenFile(path: folder.file("tokens"))
    }

    private func add(_ name: String) throws -> String {
        try file.update { (list) throws(PrivacyError) in try list.add(name, role: .planner, expires: nil, today: today)
        }.text
    }

    private func mode() throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int)
    }

    @Test func `What is written is read, by its owner alone, and holds no secret`() throws {
        let secrets = [try add("mesa"), try add("pgj")]
        #expect(try file.load().tokens.map(\.name) == ["mesa", "pgj"])
        #expect(try mode() == 0o600)
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        for secret in secrets {
            #expect(!text.contains(secret) && !text.contains(secret.dropFirst(5).prefix(8)))
            #expect(try file.load().token(for: secret, on: today)?.role == .planner)
        }
        try file.update { (list) throws(PrivacyError) in try list.revoke("mesa") }
        #expect(try file.load().token(for: secrets[0], on: today) == nil)
        #expect(try mode() == 0o600)
        #expect(folder.names == ["tokens"])
    }

    @Test func `A file that others may read is refused, and is not mended in silence`() throws {
        _ = try add("mesa")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
        #expect(throws: PrivacyError.tokenFileTooOpen(path: file.path, mode: "0640")) { try file.load() }
        #expect(throws: PrivacyError.self) { try add("otra") }
        #expect(try mode() == 0o640)
    }

    @Test func `A change that fails leaves the file as it was`() throws {
        _ = try add("mesa")
        let before = try Data(contentsOf: URL(fileURLWithPath: file.path))
        #expect(throws: PrivacyError.tokenExists("mesa")) { try add("mesa") }
        #expect(throws: PrivacyError.unknownToken("x")) {
            try file.update { (list) throws(PrivacyError) in try list.revoke("x") }
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: file.path)) == before)
        #expect(throws: PrivacyError.self) { try TokenFile(path: folder.file("no/such/folder")).update { _ in } }
    }

    @Test func `Sixteen that add at once lose none`() async throws {
        let file = file
        let today = today
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<16 {
                group.addTask {
                    _ = try file.update { (list) throws(PrivacyError) in
                        try list.add("t\(index)", role: .planner, expires: nil, today: today)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try file.load().tokens.count == 16)
    }

    private static let digest = String(repeating: "0a", count: 32)

    @Test(arguments: [
        "", "\n", "faro tokens 2\n", "faro tokens 1", "{}", "faro tokens 1\n\n", "faro tokens 1\nmesa\n",
        "faro tokens 1\nmesa\tpublic\t2024-03-01\t-\tabcd\t\(digest)\n",
        "faro tokens 1\nmesa\troot\t2024-03-01\t-\tabcd\t\(digest)\n",
        "faro tokens 1\nmesa\tadmin\t2024-03-01\t-\tabcd\t\(digest)",
        "faro tokens 1\nmesa\tadmin\t2024-03-01\t-\tabcd\t\(digest)\n\n",
        "faro tokens 1\r\nmesa\tadmin\t2024-03-01\t-\tabcd\t\(digest)\r\n",
        "faro tokens 1\nmesa\tadmin\t2024-02-30\t-\tabcd\t\(digest)\n",
        "faro tokens 1\nmesa\tadmin\t2024-03-01\tnever\tabcd\t\(digest)\n",
        "faro tokens 1\nmesa\tadmin\t2024-03-01\t-\tabc\t\(digest)\n",
        "faro tokens 1\nmesa\tadmin\t2024-03-01\t-\tabcd\t\(digest.dropLast())\n",
        "faro tokens 1\nmesa\tadmin\t2024-03-01\t-\tabcd\t\(digest.dropLast(2))\n",
        "faro tokens 1\nmesa\tadmin\t2024-03-01\t-\tabcd\t\(digest.uppercased())\n",
        "faro tokens 1\nme sa\tadmin\t2024-03-01\t-\tabcd\t\(digest)\n",
        "faro tokens 1\nmesa\tadmin\t2024-03-01\t-\tabcd\t\(digest)\tx\n",
        "faro tokens 1\nm\tadmin\t2024-03-01\t-\tabcd\t\(digest)\nm\tadmin\t2024-03-01\t-\tabcd\t\(digest)\n",
        "faro tokens 1\nmesa\tadmin\t9999999999-03-01\t-\tabcd\t\(digest)\n",
    ]) func `A file that is not whole opens nothing and is not overwritten`(text: String) throws {
        _ = try folder.write("tokens", text)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        do {
            _ = try file.load()
            Issue.record("it was read")
        } catch {
            guard case .badTokenFile(file.path, let line, let reason) = error else { throw error }
            #expect(line > 0 && !reason.isEmpty)
            #expect(!"\(error)".contains(Self.digest))
        }
        #expect(throws: PrivacyError.self) { try add("otra") }
        #expect(try String(contentsOfFile: file.path, encoding: .utf8) == text)
    }

    @Test func `Bytes that are no text, a huge file, a folder and nothing are refused`() throws {
        func refuse(_ data: Data) throws {
            try data.write(to: URL(fileURLWithPath: file.path))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            #expect(throws: PrivacyError.self) { try file.load() }
        }
        try refuse(Data([0xFF, 0xFE, 0, 10]))
        try refuse(Data(repeating: 10, count: 1 << 21))
        try refuse(Data(("faro tokens 1\n" + String(repeating: "\n", count: 5000)).utf8))
        #expect(throws: PrivacyError.file(.isDirectory(path: folder.path))) { try TokenFile(path: folder.path).load() }
        #expect(throws: PrivacyError.file(.missing(path: folder.file("none")))) {
            try TokenFile(path: folder.file("none")).load()
        }
    }

    @Test func `Damage of any one byte opens no other door`() throws {
        let secret = try add("mesa")
        let good = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.path)))
        for index in good.indices {
            var bytes = good
            bytes[index] ^= 0x04
            try Data(bytes).write(to: URL(fileURLWithPath: file.path))
            // Either refused, or another list that is whole: never an end of the process.
            _ = try? file.load().token(for: secret, on: today)
        }
    }

    @Test func `A running server sees a change at once, and lets nobody in by a damaged file`() throws {
        let first = try add("mesa")
        let watch = try TokenWatch(path: file.path)
        #expect(try watch.role(for: first, on: today) == .planner)
        let second = try add("pgj")
        #expect(try watch.role(for: second, on: today) == .planner)
        try file.update { (list) throws(PrivacyError) in try list.revoke("mesa") }
        #expect(try watch.role(for: first, on: today) == nil)
        let good = try Data(contentsOf: URL(fileURLWithPath: file.path))
        try Data(good.dropLast(5)).write(to: URL(fileURLWithPath: file.path))
        #expect(throws: PrivacyError.self) { try watch.role(for: second, on: today) }
        try good.write(to: URL(fileURLWithPath: file.path))
        #expect(try watch.role(for: second, on: today) == .planner)
        try FileManager.default.removeItem(atPath: file.path)
        #expect(throws: PrivacyError.self) { try watch.role(for: second, on: today) }
    }
}
