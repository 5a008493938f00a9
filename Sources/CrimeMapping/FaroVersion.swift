/// The version that every result carries.
public enum FaroVersion {
    /// Semantic version: `0.1.0`.
    public static let current = "0.1.0"
}
