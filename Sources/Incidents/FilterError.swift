/// Why a filter cannot be read or applied.
public enum FilterError: Error, Hashable, CustomStringConvertible {
    case badHours(String)
    case badDays(String)
    case badBox(String)
    case badArea(String)
    case badDates(from: String, to: String)
    case unknownCategory(String, near: [String])
    case unknownModality(String, near: [String])
    case unknownLevel(String, known: [String])
    case unknownArea(level: String, key: String, near: [String])
    case unknownVersion(level: String, key: String, version: Int, known: [Int])
    case severalVersions(level: String, key: String, versions: [Int])
    case badPrecision(String)
    /// A condition asks about a property that incidents do not have.
    case unknownProperty(String, known: [String])
    /// A condition compares a property with what it cannot be compared with.
    case badComparison(property: String, wanted: String, found: String)
    /// A condition's shape has more edges than can be compared with so many places.
    case costlyShape(comparisons: Int, most: Int)
    /// A condition has more predicates than can be asked of so many incidents.
    case costlyCondition(tests: Int, most: Int)
    /// A condition was left to a table, which does not know where its plane lies.
    case conditionWithoutPlane

    public var description: String {
        switch self {
        case .badHours(let text):
            "hours must be written 18-23, 22-4 or 18, each from 0 to 23, but are \"\(text)\""
        case .badDays(let text):
            "days must be written fri,sat or vie,sab (mon to sun, lun to dom), but are \"\(text)\""
        case .badBox(let text):
            "a box must be written minx,miny,maxx,maxy with each minimum at most its maximum, but is \"\(text)\""
        case .badArea(let text):
            "an area must be written LEVEL:ID, as municipality:09015, or LEVEL:ID@VERSION, but is \"\(text)\""
        case .badDates(let from, let to):
            "the first day must not come after the last, but \(from) comes after \(to)"
        case .unknownCategory(let name, let near):
            "no incident has the category \"\(name)\"\(Self.hint(near))"
        case .unknownModality(let name, let near):
            "no incident has the modality \"\(name)\"\(Self.hint(near))"
        case .unknownLevel(let name, let known):
            "\"\(name)\" is no level of the table; it has \(known.isEmpty ? "none" : known.joined(separator: ", "))"
        case .unknownArea(let level, let key, let near):
            "level \(level) has no area \"\(key)\"\(Self.hint(near))"
        case .unknownVersion(let level, let key, let version, let known):
            "version \(version) of level \(level) has no area \"\(key)\"; it is in \(Self.versions(known))"
        case .severalVersions(let level, let key, let versions):
            "\"\(key)\" of level \(level) is another area in each version that has it; say which: "
                + versions.map { "\(level):\(key)@\($0)" }.joined(separator: ", ")
        case .badPrecision(let text):
            "precisions must be among \(PrecisionGrade.allCases.map(\.name).joined(separator: ", ")), with commas between, "
                + "but are \"\(text)\""
        case .unknownProperty(let name, let known):
            "a filter must ask about \(known.joined(separator: ", ")), but asks about \"\(name)\""
        case .badComparison(let property, let wanted, let found):
            "\(property) must be compared with \(wanted), but is with \(found)"
        case .costlyShape(let comparisons, let most):
            "a shape must take at most \(most) comparisons of places with edges, but takes \(comparisons); simplify it"
        case .costlyCondition(let tests, let most):
            "a condition must take at most \(most) tests of incidents, but takes \(tests); ask for less at once"
        case .conditionWithoutPlane:
            "a condition must be decided where the reference system is known, but was left to the table"
        }
    }

    private static func versions(_ numbers: [Int]) -> String {
        (numbers.count == 1 ? "version " : "versions ") + numbers.map(String.init).joined(separator: ", ")
    }

    private static func hint(_ near: [String]) -> String {
        near.isEmpty ? "" : "; near are " + near.map { "\"\($0)\"" }.joined(separator: ", ")
    }
}
