import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

extension FaroServer {
    /// Every address the server answers.
    var routes: [Route] {
        [OperationRoutes.health, OperationRoutes.metrics] + TileRoutes.all + [
            CountRoute.route, SurfaceRoute.route, AssociationRoutes.hotSpots, AssociationRoutes.associations,
            ClusterRoute.route, SummaryRoute.route, DistrictRoute.route, ArchiveRoute.route,
            ReportRoutes.report, ReportRoutes.indicators,
        ] + SpaceTimeRoutes.all + AreaRoutes.all + MapRoutes.all + featureRoutes
            + (desk == nil ? [] : [ImportRoutes.list, ImportRoutes.one])
    }

    /// OGC API – Features: `/`, `/conformance`, `/api`, `/collections…`.
    var featureRoutes: [Route] {
        [
            FeatureRoutes.landing, FeatureRoutes.conformance, APIRoute.route, FeatureRoutes.collections,
            FeatureRoutes.collection,
            FeatureRoutes.queryables, ItemRoutes.items, ItemRoutes.item,
        ] + TilesetRoutes.all
    }

    /// Routes with everything that stands around them: what tests ask without a network.
    func router() -> Router<FaroContext> {
        let router = Router(context: FaroContext.self)
        router.add(middleware: Passage(server: self))
        router.add(middleware: Identification(server: self))
        for route in routes { router.add(route, of: self) }
        return router
    }

    /// Serves until the process is asked to end: answers under way are finished, new connections refused.
    /// - Parameter onRunning: is told the port once connections are taken.
    /// - Throws: where the address cannot be listened on.
    public func run(onRunning: @escaping @Sendable (Int) -> Void) async throws {
        let limits = ConnectionLimits(
            bodyBytes: options.caps.bodyBytes, importBytes: options.caps.importBytes,
            patience: .seconds(Int64(options.patience)),
            opening: .seconds(Int64(min(options.opening, options.patience))))
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(limits), RepeatAnswerer(self)],
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))
        let application = Application(
            router: router(), server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port), backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(options.connections)),
            onServerRunning: { onRunning($0.localAddress?.port ?? self.options.port) }, logger: quietLog)
        var configuration = ServiceGroupConfiguration(
            services: [application, Watch(server: self)], gracefulShutdownSignals: [.sigterm, .sigint], logger: quietLog
        )
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        defer { JSONLog.flush() }
        await beginFirstView()
        try await ServiceGroup(configuration: configuration).run()
    }

    /// The library's own notes are for whoever looks for a fault in it.
    private var quietLog: Logger {
        var quiet = log
        quiet.logLevel = .warning
        return quiet
    }
}

/// Keeps the store's state fresh as long as the server runs.
private struct Watch: Service {
    let server: FaroServer

    func run() async throws {
        await cancelWhenGracefulShutdown { await server.watch() }
    }
}
