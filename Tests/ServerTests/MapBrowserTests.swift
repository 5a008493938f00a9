import Foundation
import Privacy
import TestSupport
import Testing

@testable import Server

/// The web map in a real browser, as planners, citizens and developers use it: `tools/browser/map.py` says what is looked at.
@Suite(.serialized) struct MapBrowserTests {
    private static let python = ForeignProgram.python
    private static let assets = ProcessInfo.processInfo.environment["FARO_MAP_ASSETS"] ?? ""
    private static let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }
    private static var isReady: Bool { python.isInstalled && !assets.isEmpty && browser != nil }
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("tools/browser/map.py").path

    @Test(
        .enabled(
            if: MapBrowserTests.isReady,
            "needs FARO_PYTHON with playwright, FARO_MAP_ASSETS as tools/map-assets fills it, and Chromium"),
        arguments: [
            ("planner", Role.researcher), ("citizen", .public), ("developer", .researcher), ("access", .researcher),
            ("outside", .public),
        ])
    func `The map does what its users need, and its figures are the summary's`(_ user: String, _ role: Role)
        async throws
    {
        let files = try MapFiles(folder: MapRouteTests.pages, library: Self.assets)
        let server = try TestServer.city.get().server {
            $0.role = role
            $0.port = 0
            $0.mapFiles = files
        }
        let (ports, tell) = AsyncStream<Int>.makeStream()
        let task = Task { try await server.run { tell.yield($0) } }
        defer { task.cancel() }
        var iterator = ports.makeAsyncIterator()
        let port = try #require(await iterator.next())
        let browser = try #require(Self.browser)
        // Waiting for a program must not hold a thread that answers it.
        let outcome = try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result { try Self.python.run([Self.script, user, "http://127.0.0.1:\(port)", browser]) })
            }
        }
        #expect(outcome.status == 0, "\(outcome.output.suffix(4_000)) \(outcome.errors.suffix(2_000))")
    }
}
