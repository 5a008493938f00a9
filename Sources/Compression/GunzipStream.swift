import CZlib

/// Inflates gzip data that arrive piece by piece.
///
/// Data of several members, as `cat a.gz b.gz` makes them, come out one after the other; zero bytes between and after
/// the members are padding. Everything is checked: header, checksum, length. Memory is constant, whatever comes out,
/// so that the caller can stop where it has enough.
///
/// ## Source
/// RFC 1952.
public final class GunzipStream {
    /// How far one call came.
    public struct Progress: Hashable, Sendable {
        /// How many bytes of the input are used up; the rest is to be passed again.
        public var consumed: Int
        /// How many bytes were written to the output.
        public var produced: Int
    }

    // zlib's state points back at the stream, which must therefore never move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isInsideMember = false
    private var hasSeenMember = false

    /// - Throws: ``CompressionError/outOfMemory``.
    public init() throws(CompressionError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let gzipWindow: Int32 = 15 + 16
        let size = Int32(MemoryLayout<z_stream>.size)
        // A class whose initializer throws runs its deinit all the same, which copes with a stream that never began.
        guard inflateInit2_(stream, gzipWindow, ZLIB_VERSION, size) == Z_OK else { throw .outOfMemory }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Inflates from `input` into `output` until one of the two is used up.
    ///
    /// With an empty input it still writes what is pending inside, so call it until nothing is produced.
    /// - Throws: ``CompressionError/corrupt(reason:)``.
    public func inflate(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(CompressionError) -> Progress {
        var progress = Progress(consumed: 0, produced: 0)
        while progress.produced < output.count {
            if !isInsideMember {
                while hasSeenMember, progress.consumed < input.count, input[progress.consumed] == 0 {
                    progress.consumed += 1
                }
                guard progress.consumed < input.count else { break }
                isInsideMember = true
            }
            let step = try inflateMember(
                UnsafeRawBufferPointer(rebasing: input[progress.consumed...]),
                into: UnsafeMutableRawBufferPointer(rebasing: output[progress.produced...]))
            progress.consumed += step.consumed
            progress.produced += step.produced
            if isInsideMember, step.consumed == 0, step.produced == 0 { break }
        }
        return progress
    }

    /// To be called when there is no more input.
    /// - Throws: ``CompressionError/truncated`` unless the last member is complete.
    public func finish() throws(CompressionError) {
        guard hasSeenMember, !isInsideMember else { throw .truncated }
    }

    private func inflateMember(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(CompressionError) -> Progress {
        let available = UInt32(clamping: input.count)
        let room = UInt32(clamping: output.count)
        // zlib declares its input mutable, but only reads it.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = available
        stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.avail_out = room
        let status = CZlib.inflate(stream, Z_NO_FLUSH)
        switch status {
        case Z_OK, Z_BUF_ERROR: break  // Z_BUF_ERROR: no progress was possible, which is no fault
        case Z_STREAM_END:
            isInsideMember = false
            hasSeenMember = true
            guard inflateReset(stream) == Z_OK else { throw .corrupt(reason: "the stream cannot be reset") }
        case Z_MEM_ERROR: throw .outOfMemory
        default: throw .corrupt(reason: stream.pointee.msg.map { String(cString: $0) } ?? "status \(status)")
        }
        return Progress(
            consumed: Int(available - stream.pointee.avail_in), produced: Int(room - stream.pointee.avail_out))
    }
}
