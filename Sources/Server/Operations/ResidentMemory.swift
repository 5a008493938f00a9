import CMalloc
import Foundation

/// How much memory the process holds, and how it gives it back.
public enum ResidentMemory {
    /// 0 where the system does not say.
    static var bytes: Double {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Double($0) }
        return (pages ?? 0) * Double(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// Has blocks of a megabyte and more go back to the system as soon as they are freed; for the start of a server. Otherwise
    /// the first large ones raise the limit to 32 MB, and columns and surfaces that are long gone leave holes between small
    /// values: of a million incidents, 40 % of what was held.
    public static func returnsLargeBlocks() {
        let limit: Int32 = 1 << 20
        _ = mallopt(M_MMAP_THRESHOLD, limit)
        _ = mallopt(M_TRIM_THRESHOLD, limit)
    }
}
