import HTTPTypes

extension Ask {
    /// What stands before paths in the addresses that answers contain.
    ///
    /// A reverse proxy says how it is called by `X-Forwarded-Proto` and `X-Forwarded-Host`; both end up in answers of whoever
    /// sent them, and nowhere else.
    /// - Throws: ``Problem`` for a name that is none.
    func baseAddress() throws -> String {
        let proto = headers[.forwardedProto] == "https" ? "https" : "http"
        let name = headers[.forwardedHost] ?? authority ?? "localhost"
        guard (1...255).contains(name.utf8.count), name.utf8.allSatisfy(Self.isOfNames) else {
            throw Problem(.badRequest, "host", "the Host must be a name or an address with a port")
        }
        return "\(proto)://\(name)"
    }

    private static func isOfNames(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122: true
        default: "-._:[]".utf8.contains(byte)
        }
    }
}

extension HTTPField.Name {
    static let forwardedProto = HTTPField.Name("X-Forwarded-Proto") ?? .trailer
    static let forwardedHost = HTTPField.Name("X-Forwarded-Host") ?? .trailer
}
