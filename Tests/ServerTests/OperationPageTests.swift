import Foundation
import TestSupport
import Testing

/// What the page on running a server tells people to copy, checked by the programs that are to read it.
@Suite struct OperationPageTests {
    /// The block of a language on the page.
    private func block(_ language: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = root.appendingPathComponent("Sources/CrimeMapping/Documentation.docc/Running-a-server.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let parts = text.components(separatedBy: "```\(language)\n")
        return try #require(parts.count == 2 ? parts[1].components(separatedBy: "\n```").first : nil) + "\n"
    }

    private static let systemd = ForeignProgram(path: "/usr/bin/systemd-analyze")
    private static let nginx = ForeignProgram(path: "/usr/sbin/nginx")

    @Test(.enabled(if: OperationPageTests.systemd.isInstalled, "there is no systemd-analyze"))
    func `systemd reads the unit without a complaint`() throws {
        let folder = try TemporaryFolder()
        // The program need not be installed where this is tested.
        let unit = try block("ini").replacingOccurrences(of: "/usr/local/bin/faro", with: "/bin/true")
        let outcome = try Self.systemd.run(["verify", "--man=no", try folder.write("faro.service", unit)])
        let complaints = outcome.errors.split(separator: "\n").filter { $0.contains("faro.service") }
        #expect(complaints.isEmpty, "\(complaints)")
    }

    @Test(.enabled(if: OperationPageTests.nginx.isInstalled, "there is no nginx"))
    func `nginx takes the configuration`() throws {
        let folder = try TemporaryFolder()
        // Certificates are the operator's.
        let site = try block("nginx").split(separator: "\n").filter { !$0.contains("ssl_certificate") }.joined(
            separator: "\n"
        )
        .replacingOccurrences(of: "listen 443 ssl", with: "listen 127.0.0.1:18443")
        let whole =
            "pid \(folder.path)/pid; error_log stderr; events {} http { access_log off; client_body_temp_path \(folder.path)/b; proxy_temp_path \(folder.path)/p; \(site) }"
        let outcome = try Self.nginx.run(["-t", "-e", "stderr", "-c", try folder.write("nginx.conf", whole)])
        #expect(outcome.status == 0, "\(outcome.errors)")
    }
}
