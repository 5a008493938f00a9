import CivilTime

/// The text of a file of tokens.
enum TokenText {
    static func bytes(of list: TokenList) -> [UInt8] {
        var text = TokenFile.header + "\n"
        for token in list.tokens {
            let fields = [
                token.name, token.role.rawValue, token.created.description, token.expires?.description ?? "-",
                token.tail,
                hexadecimal(token.digest),
            ]
            text += fields.joined(separator: "\t") + "\n"
        }
        return Array(text.utf8)
    }

    /// - Throws: ``PrivacyError/badTokenFile(path:line:reason:)``.
    static func tokens(of bytes: [UInt8], path: String) throws(PrivacyError) -> [Token] {
        func bad(_ line: Int, _ reason: String) -> PrivacyError {
            .badTokenFile(path: path, line: line, reason: reason)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw bad(1, "the file must be UTF-8 text") }
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
            String($0) ?? ""
        }
        guard lines.first == TokenFile.header else { throw bad(1, "it must be \"\(TokenFile.header)\"") }
        guard lines.popLast() == "" else { throw bad(lines.count + 1, "the line must end; the file is cut short") }
        guard lines.count - 1 <= TokenList.greatestCount else {
            throw bad(TokenList.greatestCount + 2, "a file may hold at most \(TokenList.greatestCount) tokens")
        }
        var names: Set<String> = []
        var tokens: [Token] = []
        for (index, line) in lines.enumerated().dropFirst() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 6 else {
                throw bad(index + 1, "it must have six fields between tabs, but has \(fields.count)")
            }
            guard let token = token(fields) else { throw bad(index + 1, "a field is not what it must be") }
            guard names.insert(token.name).inserted else { throw bad(index + 1, "the name stands twice") }
            tokens.append(token)
        }
        return tokens
    }

    private static func token(_ fields: [String]) -> Token? {
        guard Token.isName(fields[0]), let role = Role(rawValue: fields[1]), role.needsToken,
            let created = CalendarDate(fields[2]), let digest = bytes(ofHexadecimal: fields[5]), digest.count == 32,
            fields[4].utf8.count == 4, fields[4].utf8.allSatisfy({ (33...126).contains($0) })
        else { return nil }
        var expires: CalendarDate?
        if fields[3] != "-" {
            guard let day = CalendarDate(fields[3]) else { return nil }
            expires = day
        }
        return Token(name: fields[0], role: role, created: created, expires: expires, tail: fields[4], digest: digest)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func bytes(ofHexadecimal text: String) -> [UInt8]? {
        let digits = text.utf8.map { byte -> UInt8? in
            switch byte {
            case 48...57: byte - 48
            case 97...102: byte - 87
            default: nil
            }
        }
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }
}
