import ArgumentParser
import CrimeMapping
import Dispatch
import Foundation
import GeoPackageStore
import Privacy
import Server
import Synchronization

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Answer over HTTP: tiles, hot spots, tables, as the commands do.",
        discussion: """
            Listens on this machine alone unless --host says otherwise. Whoever comes without a token sees aggregates; --as gives \
            everybody on this machine a role, and is refused on any other address. What another program imports is seen within \
            seconds; whoever has a token of the role admin may bring files in too (POST /imports). Control-C ends it: answers under way are finished.

            Examples:
              faro serve juarez.gpkg
              faro serve juarez.gpkg -p 8080 --as researcher --map-assets assets --open
            """)

    @Argument(help: "The store.")
    var store: String

    @Option(name: .shortAndLong, help: "The port; 0 takes a free one.")
    var port = 8080

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(
        help: ArgumentHelp(
            "Let pages of this origin read answers: https://mapa.example.org, or * for all.", valueName: "origin"))
    var cors: String?

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "The role of whoever comes without a token: planner, researcher or admin.", valueName: "role"))
    var role: Role?

    @Option(
        help: ArgumentHelp("Tokens, as faro token add makes them; read again when the file changes.", valueName: "file")
    )
    var tokens: String?

    @Option(help: "A folder of .pmtiles files to hand out under /archives/, to whoever asks.")
    var archives: String?

    @Option(
        name: .customLong("map-assets"),
        help: ArgumentHelp(
            "The folder with maplibre-gl.js and maplibre-gl.css, as tools/map-assets fills it; without it the web map shows tables and pictures.",
            valueName: "folder"))
    var mapAssets: String?

    @Option(
        help: ArgumentHelp(
            "Picture tiles to lay under the map, {z}/{x}/{y}: the only address elsewhere that pages ask.",
            valueName: "url"))
    var basemap: String?

    @Option(help: "What the web map is called; otherwise by the store's name.")
    var title: String?

    @Option(help: ArgumentHelp("Another folder of the web map's own pages, read anew each time.", valueName: "folder"))
    var web: String?

    @Option(help: ArgumentHelp("Memory for answers that are kept in case they are asked for again.", valueName: "MB"))
    var answerCache = 64

    @Flag(help: "Open the address in a browser.")
    var open = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be 0 to 65535, but is \(port)") }
        guard (0...65_536).contains(answerCache) else {
            throw ValidationError("--answer-cache must be 0 to 65536 megabytes, but is \(answerCache)")
        }
        if let cors, cors != "*", !cors.hasPrefix("https://"), !cors.hasPrefix("http://") {
            throw ValidationError("--cors must be an origin such as https://mapa.example.org, but is \(cors)")
        }
    }

    /// Without a folder named, a program that was copied without its pages still answers all else.
    private func mapFiles() throws -> MapFiles? {
        do {
            return try MapFiles(folder: web, library: mapAssets)
        } catch  where web == nil && mapAssets == nil {
            global.console.note("no web map: \(error)")
            return nil
        }
    }

    func run() throws {
        ResidentMemory.returnsLargeBlocks()
        var options = ServerOptions()
        options.host = host
        options.port = port
        options.corsOrigin = cors
        options.role = role ?? .public
        options.name = store.fileName
        options.archives = archives
        options.mapFiles = try mapFiles()
        options.title = title
        options.basemap = basemap
        guard basemap == nil || options.basemapOrigin != nil else {
            throw JobError.usage("--basemap must be an address such as https://tiles.example.org/{z}/{x}/{y}.png")
        }
        options.answerCache = answerCache << 20
        guard role == nil || options.isLoopback else {
            throw JobError.usage(
                "--as gives everybody a role and must be on this machine alone (--host 127.0.0.1), but the host is \(host)"
            )
        }
        let path = store
        let verifier: any TokenVerifier = try tokens.map { try TokenWatch(path: $0) } ?? NoTokens()
        let desk = ImportDesk(folder: FileManager.default.temporaryDirectory.path) {
            try GeoPackageStore.open(at: path, readOnly: !$0)
        } isBusy: {
            if case StoreError.busy = $0 { true } else { false }
        }
        let server = FaroServer(
            try LiveStore { try GeoPackageStore.open(at: path, readOnly: true) }, options: options, verifier: verifier,
            desk: desk)
        try serve(server)
    }

    /// Commands are synchronous: this thread waits while others serve.
    private func serve(_ server: FaroServer) throws {
        let console = global.console
        let (host, opens) = (host.contains(":") ? "[\(host)]" : host, open)
        let hasMap = server.options.mapFiles != nil
        let done = DispatchSemaphore(value: 0)
        let failure = Mutex<(any Error)?>(nil)
        OpenFiles.allowMany()
        Task {
            do {
                try await server.run { port in
                    let address = "http://\(host):\(port)/"
                    console.note("serving \(address)  (Control-C ends it)")
                    if hasMap { console.note("the map is at \(address)map") }
                    if opens { Browser.open(hasMap ? address + "map" : address) }
                }
            } catch {
                failure.withLock { $0 = error }
            }
            done.signal()
        }
        done.wait()
        if let error = failure.withLock({ $0 }) {
            throw JobError.unavailable("\(host):\(port) cannot be listened on: \(error)")
        }
    }
}

private enum OpenFiles {
    /// A connection is an open file, and the usual limit of 1,024 is soon reached.
    static func allowMany() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, 16_384)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

private enum Browser {
    /// Where no browser can be started, the address stands on the console all the same.
    static func open(_ address: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["xdg-open", address]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try? process.run()
    }
}
