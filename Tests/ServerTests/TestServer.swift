import CrimeMapping
import GeoPackageStore
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import TestSupport

@testable import Server

/// The fictional city behind a server that is asked without a network. Made once for all tests.
final class TestServer: Sendable {
    static let city = Result { try TestServer(scale: 0.05) }
    /// With six times as many incidents, so that more than the municipalities has public counts.
    static let largerCity = Result { try TestServer(scale: 0.3) }

    let store: GeoPackageStore
    let path: String
    // Only kept, until the value goes.
    nonisolated(unsafe) private let folder: TemporaryFolder

    init(scale: Double) throws {
        folder = try TemporaryFolder()
        let demo = try DemoFolder(path: folder.path, seed: 1810, scale: scale, overwrite: false)
        try demo.writeFiles()
        let definition = try demo.definition()
        path = demo.storePath
        store = try GeoPackageStore.create(
            at: path, settings: definition.settings,
            crsDefinition: (name: definition.crsName, wkt: definition.crsWKT), overwrite: false)
        _ = try demo.importBoundaries(into: store)
        _ = try demo.importStreets(into: store)
        _ = try demo.importTaxonomy(into: store)
        _ = try demo.importReports(into: store)
        _ = try demo.importPopulation(into: store)
    }

    func server(_ change: (inout ServerOptions) -> Void = { _ in }, verifier: any TokenVerifier = NoTokens()) throws
        -> FaroServer
    {
        var options = ServerOptions()
        // All other tests run beside these, on two cores: a request may wait for minutes before its turn comes.
        options.caps.deadline = .seconds(1800)
        change(&options)
        let store = store
        return FaroServer(try LiveStore { store }, options: options, verifier: verifier, log: .quiet)
    }
}

extension TestServer {
    /// A server of a store of one's own that takes files, and roles as tokens.
    static func importing(
        _ path: String, uploads: String, _ change: (inout ServerOptions) -> Void = { _ in }
    ) throws -> FaroServer {
        var options = ServerOptions()
        options.caps.deadline = .seconds(1800)
        change(&options)
        return FaroServer(
            try LiveStore { try GeoPackageStore.open(at: path, readOnly: true) }, options: options,
            verifier: ImportRouteTests.Tokens(),
            desk: ImportDesk(folder: uploads) { try GeoPackageStore.open(at: path, readOnly: !$0) }, log: .quiet)
    }
}

/// An answer as a client sees it.
struct Reply {
    var status: Int
    var headers: HTTPFields
    var bytes: [UInt8]
    var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension FaroServer {
    func ask(
        _ path: String, method: HTTPRequest.Method = .get, headers: HTTPFields = HTTPFields(),
        authority: String = "localhost:8080", body: [UInt8] = []
    ) async throws -> Reply {
        try await ask(
            path, of: router().buildResponder(), method: method, headers: headers, authority: authority, body: body)
    }

    /// - Parameter responder: made once for many questions.
    func ask(
        _ path: String, of responder: some HTTPResponder<FaroContext>, method: HTTPRequest.Method = .get,
        headers: HTTPFields = HTTPFields(), authority: String = "localhost:8080", body: [UInt8] = []
    ) async throws -> Reply {
        let head = HTTPRequest(method: method, scheme: "http", authority: authority, path: path, headerFields: headers)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body)))
        var logger = Logger.quiet
        logger[metadataKey: "hb.request.id"] = "test"
        let context = FaroContext(source: .init(channel: EmbeddedChannel(), logger: logger))
        let response = try await responder.respond(to: request, context: context)
        let box = Collector.Box()
        try await response.body.write(Collector(box: box))
        return Reply(status: response.status.code, headers: response.headers, bytes: Array(buffer: box.buffer))
    }
}

extension Logger {
    fileprivate static var quiet: Logger {
        var logger = Logger(label: "test") { JSONLog(label: $0) }
        logger.logLevel = .critical
        return logger
    }
}

private struct Collector: ResponseBodyWriter {
    final class Box { var buffer = ByteBuffer() }
    let box: Box

    mutating func write(_ buffer: ByteBuffer) async throws { box.buffer.writeImmutableBuffer(buffer) }
    consuming func finish(_ trailers: HTTPFields?) async throws {}
}
