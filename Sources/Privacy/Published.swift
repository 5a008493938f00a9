/// A value that has passed the gate, and so may be shown to anybody.
///
/// Encoders for the `public` role take nothing else, and only this room makes one: the initialiser is internal to it.
public struct Published<Value: Sendable>: Sendable {
    public let value: Value
    /// What was left out of it and why, in words that go with the answer.
    public let account: SuppressionAccount

    init(_ value: Value, account: SuppressionAccount) {
        self.value = value
        self.account = account
    }

    /// The same figures in another form: a table, a layer of tiles.
    /// - Parameter form: adds nothing that is not in the value, but names and borders, which hold no incident.
    public func map<Form: Sendable>(_ form: (Value) throws -> Form) rethrows -> Published<Form> {
        Published<Form>(try form(value), account: account)
    }
}

extension Published: Equatable where Value: Equatable {}
