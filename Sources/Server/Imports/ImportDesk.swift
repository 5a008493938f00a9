public import CrimeMapping
import HTTPTypes
import Synchronization

/// How the server reaches the store to bring files in: given by whoever knows which store it is.
public struct ImportDesk: Sendable {
    /// Opens the store, to write or to read only.
    public var open: @Sendable (_ writes: Bool) throws -> any ImportTarget
    /// Whether an error of the store says that another program holds it.
    public var isBusy: @Sendable (any Error) -> Bool
    /// A folder for files while they are brought in. Each is in a folder of its own that nobody else may read.
    public var folder: String

    /// All as given.
    public init(
        folder: String, open: @escaping @Sendable (_ writes: Bool) throws -> any ImportTarget,
        isBusy: @escaping @Sendable (any Error) -> Bool = { _ in false }
    ) {
        self.folder = folder
        self.open = open
        self.isBusy = isBusy
    }

    /// - Throws: ``Problem`` 503 where another program holds the store; everything else as it came.
    func unlessBusy<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            guard isBusy(error) else { throw error }
            throw Problem(
                .serviceUnavailable, "store-busy", "another program writes to the store; ask again in a moment",
                headers: [.retryAfter: "10"])
        }
    }
}

/// Lets one file in at a time.
final class ImportTurn: Sendable {
    private let isTaken = Atomic(false)

    /// Whether a file is being brought in.
    var isUnderWay: Bool { isTaken.load(ordering: .relaxed) }

    /// - Throws: ``Problem`` 409 while another one is brought in.
    func take() throws {
        guard isTaken.exchange(true, ordering: .acquiring) else { return }
        throw Problem(
            .conflict, "import-under-way", "one import must end before the next begins; ask again in a moment",
            headers: [.retryAfter: "10"])
    }

    func giveBack() { isTaken.store(false, ordering: .releasing) }
}
