import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// What a connection may cost.
struct ConnectionLimits: Sendable {
    /// Bytes of a body, and of one that is a file to be brought in.
    var bodyBytes: Int
    var importBytes: Int
    /// How long a piece of an answer may wait for the client, in which time it must send ``leastBytes`` of a body, and how
    /// long it may stay without asking anything.
    var patience: TimeAmount
    /// In which time the first request must have come whole but for its body.
    var opening: TimeAmount
    /// Of a body that is not at its end.
    var leastBytes = 4_096
    /// How long a refused client may still read why.
    var farewell = TimeAmount.milliseconds(500)

    func mostBytes(of head: HTTPRequest) -> Int {
        guard head.method == .post, let path = head.path, path == "/imports" || path.hasPrefix("/imports?") else {
            return bodyBytes
        }
        return importBytes
    }
}

/// Ends connections that cost more than they should: first requests that never end, bodies without end or byte by byte, clients
/// that stop reading their answers, those that have gone while theirs are made, and those that ask for nothing more.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: ConnectionLimits
    private var context: ChannelHandlerContext?
    /// Of the request that is being read.
    private var isReading = false
    private var mostBytes = 0
    private var bodyBytes = 0
    private var bytesBefore = 0
    /// Requests without the end of their answer.
    private var underWay = 0
    /// Whether the answer refuses a request whose body is not at its end: what still comes is not taken.
    private var isRefusal = false
    private var unsent = 0
    /// When the client took something last, or was given something to take.
    private var lastTaken = NIODeadline.distantPast

    private var opening: Scheduled<Void>?
    private var bodyWatch: Scheduled<Void>?
    private var alarm: Scheduled<Void>?
    private var idleWatch: Scheduled<Void>?
    /// When the last answer was written to its end.
    private var lastAnswered = NIODeadline.distantPast

    init(_ limits: ConnectionLimits) { self.limits = limits }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        opening = schedule(limits.opening) { $0.close() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        for timer in [opening, bodyWatch, alarm, idleWatch] { timer?.cancel() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefusal else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            opening?.cancel()
            opening = nil
            (isReading, bodyBytes, bytesBefore, mostBytes) = (true, 0, 0, limits.mostBytes(of: head))
            underWay += 1
        case .body(let buffer):
            bodyBytes += buffer.readableBytes
            guard bodyBytes <= mostBytes else { return context.close(promise: nil) }
        case .end:
            isReading = false
            bodyWatch?.cancel()
            bodyWatch = nil
        }
        context.fireChannelRead(data)
    }

    /// Most requests are at their end here, and need no clock.
    func channelReadComplete(context: ChannelHandlerContext) {
        if isReading, bodyWatch == nil { watchBody() }
        context.fireChannelReadComplete()
    }

    /// A client that closes its side has gone, as far as can be known: nobody sends half of a conversation here.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed, underWay > 0 { return context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    /// What is no HTTP is answered with 400, as far as it can be, and then not listened to.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        isRefusal = true
        _ = schedule(limits.farewell) { $0.close() }
        context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            isRefusal = isRefusal || isReading && head.status.code >= 400
            // What follows at once has the clock.
            return context.write(data, promise: promise)
        case .body: break
        case .end:
            underWay -= 1
            lastAnswered = .now()
            if idleWatch == nil { watchIdle(limits.patience) }
            if isRefusal { _ = schedule(limits.farewell) { $0.close() } }
        }
        let sent = promise ?? context.eventLoop.makePromise()
        if unsent == 0 { lastTaken = .now() }
        unsent += 1
        if alarm == nil { setAlarm(limits.patience) }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        sent.futureResult.whenComplete { _ in bound.value.pieceSent() }
        context.write(data, promise: sent)
    }

    /// The client has taken something: the next piece has its own time.
    private func pieceSent() {
        unsent -= 1
        lastTaken = .now()
    }

    /// One clock for all pieces, which is set again while some are unsent: most are taken at once.
    private func setAlarm(_ delay: TimeAmount) {
        alarm = schedule(delay) { guarding in
            guarding.alarm = nil
            guard guarding.unsent > 0 else { return }
            let rest = guarding.lastTaken + guarding.limits.patience - .now()
            if rest > .nanoseconds(0) { guarding.setAlarm(rest) } else { guarding.close() }
        }
    }

    private func watchBody() {
        bodyWatch = schedule(limits.patience) { guarding in
            guard guarding.bodyBytes - guarding.bytesBefore >= guarding.limits.leastBytes else {
                return guarding.close()
            }
            guarding.bytesBefore = guarding.bodyBytes
            guarding.watchBody()
        }
    }

    /// One clock for all rests between requests.
    private func watchIdle(_ delay: TimeAmount) {
        idleWatch = schedule(delay) { guarding in
            guarding.idleWatch = nil
            guard guarding.underWay == 0 else { return }
            let rest = guarding.lastAnswered + guarding.limits.patience - .now()
            if rest > .nanoseconds(0) { guarding.watchIdle(rest) } else { guarding.close() }
        }
    }

    private func close() { context?.close(promise: nil) }

    private func schedule(_ delay: TimeAmount, _ body: @escaping (ConnectionGuard) -> Void) -> Scheduled<Void>? {
        guard let context else { return nil }
        return context.eventLoop.assumeIsolatedUnsafeUnchecked().scheduleTask(in: delay) { [weak self] in
            if let self { body(self) }
        }
    }
}
