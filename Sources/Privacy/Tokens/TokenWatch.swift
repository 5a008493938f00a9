public import CivilTime
import Glibc
import Synchronization

/// The tokens of a running server, read again when their file changes.
///
/// A file that is damaged, missing or readable by others after the start lets nobody in until it is mended: a token that
/// was revoked in it must not live on in memory.
public final class TokenWatch: Sendable {
    private struct State {
        var stamp: Stamp?
        var list: Result<TokenList, PrivacyError>
    }

    /// By what a replaced or rewritten file is told: each replacement has another inode.
    private struct Stamp: Equatable {
        var device: UInt
        var inode: UInt
        var size: Int
        var seconds: Int
        var nanoseconds: Int
        var mode: UInt32
    }

    private let file: TokenFile
    private let state: Mutex<State>

    /// - Throws: what ``TokenFile/load()`` does.
    public init(path: String) throws(PrivacyError) {
        file = TokenFile(path: path)
        let stamp = Self.stamp(path)
        state = Mutex(State(stamp: stamp, list: .success(try file.load())))
    }

    /// The tokens as the file has them now.
    /// - Throws: what ``TokenFile/load()`` does.
    /// - Complexity: O(1), a question to the file system; O(tokens) after a change.
    public func tokens() throws(PrivacyError) -> TokenList {
        let stamp = Self.stamp(file.path)
        return try state.withLock { (state) -> Result<TokenList, PrivacyError> in
            if stamp == nil || stamp != state.stamp {
                // The stamp is older than what is read: a change in between is seen the next time.
                state.stamp = stamp
                state.list = Result { () throws(PrivacyError) in try file.load() }
            }
            return state.list
        }.get()
    }

    /// The role of whoever brings a token; nil where it is none.
    /// - Throws: what ``TokenFile/load()`` does.
    public func role(for text: String, on day: CalendarDate) throws(PrivacyError) -> Role? {
        try tokens().token(for: text, on: day)?.role
    }

    private static func stamp(_ path: String) -> Stamp? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Stamp(
            device: UInt(status.st_dev), inode: UInt(status.st_ino), size: Int(status.st_size),
            seconds: Int(status.st_mtim.tv_sec), nanoseconds: Int(status.st_mtim.tv_nsec), mode: status.st_mode)
    }
}
