import Bytes
import CrimeMapping
import Dispatch
import Files
import Formats
import Geodesy
import HTTPTypes
import Hummingbird
import Incidents
import Privacy

/// `POST /imports`: the body is a file as `faro import` takes it.
enum ImportIntake {
    static let post = Route.Post(parameters: ImportQuery.parameters) { request, context, server in
        let desk = try ImportRoutes.desk(of: server, for: context.role)
        try refuseOtherPages(request)
        let query = try Query(request.uri.query, caps: server.options.caps)
        try query.require(only: ImportQuery.parameters)
        let order = try telling(nil) { try ImportQuery.order(query) }
        let most = server.options.caps.importBytes
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > most {
            throw Upload.tooLong(most)
        }
        try server.importTurn.take()
        defer { server.importTurn.giveBack() }
        let upload = try await Upload(request.body, in: desk.folder, most: most)
        defer { upload.discard() }
        let deadline = ContinuousClock.now + server.options.caps.importDeadline
        let control = JobControl(isCancelled: { context.isGone() || ContinuousClock.now > deadline })
        return try await onThreadOfItsOwn {
            try telling(upload) { try desk.unlessBusy { try take(order, upload, desk, control) } }
        }
        .response(takesGzip: false, etag: nil, caching: "no-store")
    }

    /// One import may take as long as all other analyses together, and must not stand in their queue.
    private static func onThreadOfItsOwn(_ body: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
        }
    }

    private static func take(
        _ order: ImportOrder, _ upload: Upload, _ desk: ImportDesk, _ control: JobControl
    ) throws -> Answer {
        let store = try desk.open(!order.dryRun)
        let account = try order.run(ofFileAt: upload.path, into: store, control: control)
        var json = JSONObject()
        let record = try account.importID.flatMap { id in try store.imports().first { $0.id == id } }
        if let record { json.add("import", json: try ImportText.object(record).bytes) }
        try json.add("account", encoding: account)
        json.add("store_revision", Int(clamping: try store.revision()))
        var answer = Answer(.json, Array(upload.withoutPath(String(decoding: json.bytes, as: UTF8.self)).utf8))
        if let record { answer.headers[.location] = "/imports/\(record.id)" }
        answer.status = record == nil || account.alreadyImported ? .ok : .created
        return answer
    }

    /// A page elsewhere can make a browser send this request; it then says where the page is from.
    private static func refuseOtherPages(_ request: Request) throws {
        guard let origin = request.headers[.origin] else { return }
        let host = request.head.authority ?? ""
        guard origin == "http://\(host)" || origin == "https://\(host)" else {
            throw Problem.forbidden("pages of other origins may bring in no files")
        }
    }

    /// What is wrong with the file, in the words of its readers, is for whoever sent it.
    private static func telling<Value>(_ upload: Upload?, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as Problem {
            throw error
        } catch {
            guard let text = words(of: error) else { throw error }
            throw Problem(
                .unprocessableContent, "bad-import",
                String((upload?.withoutPath(text) ?? text).prefix(1_000)))
        }
    }

    private static func words(of error: any Error) -> String? {
        switch error {
        case let error as ProfileError: "\(error)"
        case let error as CSVError: "\(error)"
        case let error as SeriesError: "\(error)"
        case let error as GeodesyError: "\(error)"
        case let error as JobError: "\(error)"
        case FileError.damaged, FileError.tooLarge: "\(error)"
        default: nil
        }
    }
}
