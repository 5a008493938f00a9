import Compression
public import HTTPTypes
import Hummingbird
import NIOCore

/// What a route answers: a whole body in memory, already compressed where that helps.
public struct Answer: Sendable {
    public var status: HTTPResponse.Status = .ok
    public var media: Media
    public var bytes: [UInt8]
    /// Whether ``bytes`` are compressed with gzip.
    public var isGzipped = false
    public var headers = HTTPFields()

    public init(_ media: Media, _ bytes: [UInt8]) {
        self.media = media
        self.bytes = bytes
    }

    /// A tile on which nothing is: 204.
    static func empty(_ media: Media) -> Answer {
        var answer = Answer(media, [])
        answer.status = .noContent
        return answer
    }

    /// What it takes in a cache.
    var cost: Int { bytes.count + 512 }

    /// How hard pictures are compressed that are drawn for one question: as little as flat colours need.
    static let pictureLevel = 1

    /// Bodies shorter than this are sent as they are.
    private static let fewest = 1_000

    /// Whether it is smaller with gzip.
    var gains: Bool { media.isCompressible && !isGzipped && bytes.count >= Self.fewest }

    /// Compressed, where the form gains by it.
    func compressed() throws -> Answer {
        guard gains else { return self }
        var answer = self
        answer.bytes = try Gzip.compress(bytes, level: 4)
        answer.isGzipped = true
        return answer
    }

    /// - Parameter takesGzip: whether the client does; for others the bytes are brought back.
    func response(takesGzip: Bool, etag: String?, caching: String) throws -> Response {
        var headers = headers
        var bytes = bytes
        if status != .noContent { headers[.contentType] = media.type }
        if isGzipped, takesGzip {
            headers[.contentEncoding] = "gzip"
        } else if isGzipped {
            bytes = try Gzip.decompress(bytes)
        }
        headers[.cacheControl] = caching
        headers[.vary] = "Accept, Accept-Encoding, Authorization"
        if let etag { headers[.eTag] = etag }
        var response = Response(status: status, headers: headers, body: Self.body(bytes))
        if status == .noContent { response.headers[.contentLength] = nil }
        return response
    }

    /// Long bodies in pieces, so that a client that stops reading is noticed, and no body stands twice in memory.
    static func body(_ bytes: [UInt8]) -> ResponseBody {
        let piece = 1 << 18
        guard bytes.count > piece else { return ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)) }
        return ResponseBody(contentLength: bytes.count) { writer in
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + piece)
                try await writer.write(ByteBuffer(bytes: bytes[start..<end]))
                start = end
            }
            try await writer.finish(nil)
        }
    }
}
