import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends connections that cost more than they should: bodies without end, and clients that stop reading their answers.
///
/// Clients that stop writing are cut by the server's idle timeout.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let mostBodyBytes: Int
    private let patience: TimeAmount
    private var bodyBytes = 0
    private var unsent = 0
    private var alarm: Scheduled<Void>?
    private var context: ChannelHandlerContext?

    /// - Parameter patience: how long a piece of an answer may wait for the client.
    init(mostBodyBytes: Int, patience: TimeAmount) {
        self.mostBodyBytes = mostBodyBytes
        self.patience = patience
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: bodyBytes = 0
        case .body(let buffer):
            bodyBytes += buffer.readableBytes
            guard bodyBytes <= mostBodyBytes else { return context.close(promise: nil) }
        case .end: break
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let sent = promise ?? context.eventLoop.makePromise()
        unsent += 1
        if alarm == nil { setAlarm() }
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        sent.futureResult.whenComplete { _ in bound.value.pieceSent() }
        context.write(data, promise: sent)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        alarm?.cancel()
        alarm = nil
    }

    /// The client has taken something: the next piece has its own time.
    private func pieceSent() {
        unsent -= 1
        alarm?.cancel()
        alarm = nil
        if unsent > 0 { setAlarm() }
    }

    private func setAlarm() {
        guard let context else { return }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        alarm = context.eventLoop.assumeIsolatedUnsafeUnchecked().scheduleTask(in: patience) {
            bound.value.close(promise: nil)
        }
    }
}
