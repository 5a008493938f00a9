/// The formats of one kind of output, each known by the suffix of the file's name.
public protocol SuffixFormat: RawRepresentable<String>, CaseIterable, Sendable {
    /// What is written, for messages: `a surface`.
    static var subject: String { get }
}

extension SuffixFormat {
    /// The format that a file's name asks for.
    /// - Throws: ``JobError/usage(_:)`` naming the suffixes there are.
    public init(path: String) throws(JobError) {
        let suffix = path.split(separator: "/").last?.split(separator: ".").dropFirst().last.map { $0.lowercased() }
        guard let suffix, let format = Self(rawValue: suffix) else {
            let known = Self.allCases.map { "." + $0.rawValue }.joined(separator: ", ")
            throw .usage("\(Self.subject) can be written as \(known), but \(path) has none of these suffixes")
        }
        self = format
    }
}
