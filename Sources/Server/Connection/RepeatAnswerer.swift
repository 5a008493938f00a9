import CrimeMapping
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Answers on the connection's own thread what ``Repeats`` has; everything else goes the long way.
///
/// That is a look into a table and a copy: whatever computes or waits would hold up the thread's other connections.
final class RepeatAnswerer: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let server: FaroServer
    /// A request whose answer is known, until it is known to have no body.
    private var held: (request: HTTPRequest, answer: Repeats.Kept, start: ContinuousClock.Instant)?
    /// Requests that went the long way, without the end of their answer: answers must not overtake them.
    private var underWay = 0
    private var isUnflushed = false

    init(_ server: FaroServer) { self.server = server }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let request):
            // Whoever does not read goes the long way, on which no more is taken than is read.
            if underWay == 0, context.channel.isWritable, let answer = answer(to: request) {
                held = (request, answer, .now)
                return
            }
            underWay += 1
        case .body:
            if let held {
                self.held = nil
                underWay += 1
                context.fireChannelRead(wrapInboundOut(.head(held.request)))
            }
        case .end:
            if let held {
                self.held = nil
                return write(held.answer, since: held.start, context)
            }
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isUnflushed { context.flush() }
        isUnflushed = false
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { underWay -= 1 }
        context.write(data, promise: promise)
    }

    private func answer(to request: HTTPRequest) -> Repeats.Kept? {
        guard let key = Repeats.key(request) else { return nil }
        let snapshot = server.live.current
        return server.repeats.answer(key, tag: snapshot.tag, today: server.today(of: snapshot))
    }

    private func write(_ kept: Repeats.Kept, since start: ContinuousClock.Instant, _ context: ChannelHandlerContext) {
        let number = RequestID().description
        var head = kept.head
        head.headerFields[.requestID] = number
        head.headerFields[.date] = server.repeats.date
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let body = kept.answer.body
        let bytes = body.readableBytes
        if bytes > 0 { context.write(wrapOutboundOut(.body(body)), promise: nil) }
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        isUnflushed = true
        server.record(
            FaroServer.Served(
                number: number, route: kept.route, method: HTTPRequest.Method.get.rawValue,
                status: head.status.code, seconds: (ContinuousClock.now - start).seconds, bytes: bytes,
                role: kept.role))
    }
}
