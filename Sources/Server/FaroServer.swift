public import CivilTime
import CrimeMapping
import Foundation
public import Logging
public import Privacy
import Tiles

/// How a server is to behave.
public struct ServerOptions: Sendable {
    public var host = "127.0.0.1"
    public var port = 8080
    /// The one origin whose pages may read answers: `https://mapa.example.org`; nil for none but our own.
    public var corsOrigin: String?
    /// What whoever comes without a token is.
    public var role = Role.public
    /// What the store is called in records: its file's name.
    public var name = "store"
    /// What of the store is public, and who sees the rest.
    public var gate = Gate()
    /// The local day; nil asks the clock.
    public var today: (@Sendable () -> CalendarDate)?
    /// A folder of PMTiles files to hand out; nil for none.
    public var archives: String?
    /// The web map's files; nil for no map.
    public var mapFiles: MapFiles?
    /// What the web map is called; nil for the store's name.
    public var title: String?
    /// Picture tiles to lay under maps: `https://tiles.example.org/{z}/{x}/{y}.png`; nil for none.
    public var basemap: String?
    public var caps = Caps()
    /// Bytes of answers that are kept, and of layers from which tiles are drawn.
    public var answerCache = 64 << 20
    public var drawingCache = 128 << 20
    /// How many connections there may be at once.
    public var connections = 4_096
    /// Seconds after which a silent client is cut.
    public var patience = 30
    /// Seconds in which a new connection must have sent its first request.
    public var opening = 10

    public init() {}

    /// The one other origin that pages may ask: scheme, host and port of ``basemap``; nil without one.
    public var basemapOrigin: String? {
        guard let basemap, let start = ["https://", "http://"].first(where: basemap.hasPrefix) else { return nil }
        let host = basemap.dropFirst(start.count).prefix { $0 != "/" }
        let isPlain = host.utf8.allSatisfy {
            (48...57).contains($0) || (97...122).contains($0) || (65...90).contains($0) || "-.:[]".utf8.contains($0)
        }
        return host.isEmpty || !isPlain ? nil : start + host
    }

    /// Whether only programs of this machine reach the address.
    public var isLoopback: Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }
}

/// What all requests share: the store's state, threads, caches and counts.
public final class FaroServer: Sendable {
    public let options: ServerOptions
    public let live: LiveStore
    let verifier: any TokenVerifier
    /// Where files are brought in; nil where the server only reads.
    let desk: ImportDesk?
    let importTurn = ImportTurn()
    let log: Logger
    let metrics = Metrics()
    let analysts: WorkerPool
    let painters: WorkerPool
    let answers: GenerationCache<Answer>
    let answersUnderWay = Flights<Answer>()
    let drawings: GenerationCache<Drawing>
    let drawingsUnderWay = Flights<Drawing>()
    /// What questions for features found, so that the pages of one question are cut from one answer.
    let matches = GenerationCache<FeatureMatches>(budget: 32 << 20)
    /// Small answers, for whoever asks the very same again.
    let repeats = Repeats()
    let views: RoleViews
    let crossOrigin: CrossOrigin?
    let startedAt = ContinuousClock.now

    /// - Parameter log: nil writes JSON to standard error.
    public init(
        _ live: LiveStore, options: ServerOptions = ServerOptions(), verifier: any TokenVerifier = NoTokens(),
        desk: ImportDesk? = nil, log: Logger? = nil
    ) {
        self.desk = desk
        self.live = live
        self.options = options
        self.verifier = verifier
        self.log = log ?? Logger(label: "faro") { JSONLog(label: $0) }
        views = RoleViews(options.gate)
        crossOrigin = options.corsOrigin.map(CrossOrigin.init)
        let processors = ProcessInfo.processInfo.activeProcessorCount
        analysts = WorkerPool(threads: processors, mostWaiting: 64)
        painters = WorkerPool(threads: processors, mostWaiting: 1_024)
        answers = GenerationCache(budget: options.answerCache)
        drawings = GenerationCache(budget: options.drawingCache)
    }

    var gate: Gate { options.gate }

    /// The day it is where a store's incidents happen.
    func today(of snapshot: StoreSnapshot) -> CalendarDate { options.today?() ?? snapshot.today }

    /// Looks whether the store has changed, once a second, until the task ends.
    func watch() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(1))
            let before = live.failure
            let hasChanged = await withCheckedContinuation { continuation in
                DispatchQueue.global().async { continuation.resume(returning: self.live.refresh()) }
            }
            if hasChanged {
                // Keys have the revision: nothing of an earlier one is ever asked for again.
                answers.removeAll()
                repeats.removeAll()
                drawings.removeAll()
                matches.removeAll()
                log.info("store loaded", metadata: ["revision": "\(live.current.revision())"])
                await beginFirstView()
            }
            if let failure = live.failure, failure != before {
                log.warning("store cannot be read", metadata: ["reason": "\(failure)"])
            }
        }
    }
}
