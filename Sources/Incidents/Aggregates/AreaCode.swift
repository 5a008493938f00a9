import Bytes

/// INEGI's codes of states and municipalities, out of what spreadsheets make of them.
enum AreaCode {
    /// The digits of a code: `1001`, `1001.0`, `" 08 037 "`, `'01001`, `="01001"`, and INEGI's own `=CONCATENAR(0,01)`, whose
    /// arguments are numbers, so that it gives `01`.
    /// - Returns: nil where something else stands there; empty where nothing does.
    static func digits(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        var rest = text[...]
        var found: [UInt8] = []
        if rest.first == UInt8(ascii: "=") {
            if let open = rest.firstIndex(of: UInt8(ascii: "(")), let close = rest.lastIndex(of: UInt8(ascii: ")")),
                open < close
            {
                return concatenated(rest[(open + 1)..<close])
            }
            rest = rest.dropFirst()
        }
        if rest.count > 2, rest.suffix(2).elementsEqual(".0".utf8) { rest = rest.dropLast(2) }
        for byte in rest {
            switch byte {
            case 48...57: found.append(byte)
            case 0x20, 0x09, 0xC2, 0xA0, UInt8(ascii: "'"), UInt8(ascii: "\""): continue
            default: return nil
            }
        }
        return found.count <= longest ? String(decoding: found, as: UTF8.self) : nil
    }

    /// The arguments of the spreadsheet's function, one after the other, as numbers.
    private static func concatenated(_ arguments: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        var code = ""
        for argument in arguments.split(separator: UInt8(ascii: ",")) {
            let text = argument.filter { $0 != 0x20 && $0 != UInt8(ascii: "\"") }
            if text.isEmpty { continue }
            guard text.count <= longest, let number = Int(String(decoding: text, as: UTF8.self)), number >= 0 else {
                return nil
            }
            code += String(number)
        }
        return code.utf8.count <= longest ? code : nil
    }

    /// The two digits of a state, from one or two; nil outside 01 to 32.
    static func state(_ digits: String) -> String? {
        guard (1...2).contains(digits.utf8.count), let number = Int(digits), (1...32).contains(number) else {
            return nil
        }
        return number < 10 ? "0\(number)" : "\(number)"
    }

    /// The five digits of a municipality; three or fewer are numbers within the state, four have lost their zero.
    /// - Returns: nil where that makes no code of a state from 01 to 32.
    static func municipality(_ digits: String, state: String?) -> String? {
        let code: String
        switch digits.utf8.count {
        case 1...3:
            guard let state else { return nil }
            code = state + String(repeating: "0", count: 3 - digits.utf8.count) + digits
        case 4: code = "0" + digits
        case 5: code = digits
        default: return nil
        }
        return self.state(String(code.prefix(2))) == nil ? nil : code
    }

    /// Whether a municipality's code stands for none: SESNSP's 998, other municipalities, and 999, not specified.
    static func isPseudo(_ code: String) -> Bool { code.hasSuffix("998") || code.hasSuffix("999") }

    /// Whether it stands for the whole state, as 000 does in INEGI's tables.
    static func isStateTotal(_ code: String) -> Bool { code.hasSuffix("000") }

    private static let longest = 16
}
