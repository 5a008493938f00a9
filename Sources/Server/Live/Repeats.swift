import CivilTime
import Foundation
import HTTPTypes
import NIOCore
import Synchronization

/// Small answers by the very words of their requests: the same words, asked again while the store's state and the day are the
/// same, have the same answer. Whoever has it needs neither the router nor a task for it, which are most of what a small answer
/// costs.
///
/// Requests with a token are not kept: whether a token holds is asked each time.
final class Repeats: Sendable {
    /// An answer as far as its route knows it: the words it answers, and what it depends on besides them.
    struct Answer: Sendable {
        var key: String
        var tag: String
        var today: CalendarDate
        var body: ByteBuffer
    }

    /// An answer as it was sent.
    struct Kept: Sendable {
        var answer: Answer
        var head: HTTPResponse
        /// The template of its route, and the role that got it, for the log.
        var route: String
        var role: String
    }

    /// Bodies with more bytes than this are not kept: sending them costs more than finding them.
    static let mostBytes = 1 << 16
    private static let mostKeyBytes = 2_048

    private let kept = GenerationCache<Kept>(budget: 16 << 20)
    private let clock = Mutex((second: time_t.min, text: ""))

    /// What a request says, whole; nil where the answer may depend on more, or ends the connection.
    static func key(_ request: HTTPRequest) -> String? {
        guard request.method == .get, var key = request.path else { return nil }
        key += "\n"
        key += request.authority ?? ""
        for field in request.headerFields {
            if field.name == .authorization || field.name == .connection && field.value.lowercased() != "keep-alive" {
                return nil
            }
            key += "\n"
            key += field.name.canonicalName
            key += ":"
            key += field.value
        }
        return key.utf8.count <= mostKeyBytes ? key : nil
    }

    func insert(_ sent: Kept) {
        let answer = sent.answer
        kept.insert(answer.key, sent, cost: answer.key.utf8.count + answer.body.readableBytes + 1_024)
    }

    func answer(_ key: String, tag: String, today: CalendarDate) -> Kept? {
        guard let sent = kept.value(key), sent.answer.tag == tag, sent.answer.today == today else { return nil }
        return sent
    }

    func removeAll() { kept.removeAll() }

    var account: (bytes: Int, values: Int, hits: Int, misses: Int) { kept.account }

    /// The time as HTTP writes it, which changes once a second: `Sun, 06 Nov 1994 08:49:37 GMT`.
    var date: String {
        let now = time(nil)
        return clock.withLock { clock in
            if clock.second != now { clock = (now, Self.text(now)) }
            return clock.text
        }
    }

    static func text(_ time: time_t) -> String {
        var (time, parts) = (time, tm())
        gmtime_r(&time, &parts)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { bytes in
            // The program never leaves the C locale, in which the names are those of HTTP.
            let count = strftime(bytes.baseAddress, bytes.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
            return String(decoding: bytes[..<count].lazy.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }
}
