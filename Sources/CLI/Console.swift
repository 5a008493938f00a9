import ArgumentParser
import CrimeMapping
import Files
import Formats
import Foundation
import Synchronization

/// The two streams of a command: results on standard output, everything said to a person on standard error.
struct Console: Sendable {
    let quiet: Bool
    private let showsProgress: Bool

    init(quiet: Bool, progress: GlobalOptions.ProgressMode) {
        self.quiet = quiet
        showsProgress =
            switch progress {
            case .auto: !quiet && isatty(STDERR_FILENO) == 1
            case .always: true
            case .never: false
            }
    }

    /// A line for a person, on standard error.
    func note(_ text: String) {
        guard !quiet else { return }
        Self.writeError(text)
    }

    /// A line that must be seen even with `--quiet`.
    func warning(_ text: String) { Self.writeError("warning: \(text)") }

    /// The result of a command, on standard output.
    /// - Throws: `FileError`, also where nobody reads it any more.
    func result(_ text: String) throws {
        let output = try AtomicFile(path: "-", overwrite: true)
        try output.write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8))
        try output.commit()
    }

    /// How jobs report to this console and learn of an interrupt.
    var control: JobControl {
        let line = showsProgress ? ProgressLine() : nil
        return JobControl(report: { line?.show($0) }, isCancelled: { Interrupt.requested })
    }

    /// The one sentence with which a command fails.
    static func error(_ text: String) { writeError("faro: \(text)") }

    private static func writeError(_ text: String) {
        ProgressLine.clear()
        // Where standard error is closed there is nobody to tell.
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }
}

/// One line on a terminal that is written over as a job advances, ten times a second at most.
final class ProgressLine: Sendable {
    private static let visible = Mutex(false)
    private let last = Mutex(ContinuousClock.now - .seconds(1))

    func show(_ progress: JobControl.Progress) {
        let now = ContinuousClock.now
        let due = last.withLock { last in
            guard now - last >= .milliseconds(100) else { return false }
            last = now
            return true
        }
        guard due else { return }
        var text = progress.step
        if let fraction = progress.fraction, fraction.isFinite {
            text += " \(Int((min(1, max(0, fraction)) * 100).rounded(.down))) %"
        }
        if let count = progress.count { text += "  \(count.grouped)" }
        Self.visible.withLock { $0 = true }
        try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[2K\(text)".utf8))
    }

    static func clear() {
        visible.withLock { visible in
            if visible { try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[2K".utf8)) }
            visible = false
        }
    }
}

extension BinaryInteger {
    /// With a comma between thousands, as Mexico writes them: `224,393`.
    var grouped: String {
        let digits = Array(String(magnitude))
        var text = self < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }
}

extension Double {
    /// Rounded to `places` and padded: `99.69`.
    func rounded(to places: Int) -> String { String(format: "%.\(places)f", self) }
}
