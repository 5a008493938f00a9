/// The version that every result carries.
public enum FaroVersion {
    public static let current = "0.1.0"
}
