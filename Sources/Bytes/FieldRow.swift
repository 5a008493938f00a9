/// One row of a text file, as the bytes of its fields, without a `String` per field.
///
/// A row borrows the reader's buffer: it is valid until the reader is asked for the next one, so a consumer
/// copies what it keeps.
@frozen public struct FieldRow {
    /// Where one field lies in the row's buffer; quotes are already removed.
    @frozen public struct Field {
        public var start: Int32
        /// Offset of its first byte.
        public var end: Int32

        /// Both as given; ``FieldRow`` says what must hold.
        @inlinable public init(start: Int32, end: Int32) {
            self.start = start
            self.end = end
        }
    }

    @usableFromInline let bytes: UnsafeBufferPointer<UInt8>
    @usableFromInline let fields: UnsafeBufferPointer<Field>

    /// Every field must lie inside `bytes`; the reader that makes a row answers for it.
    @inlinable public init(bytes: UnsafeBufferPointer<UInt8>, fields: UnsafeBufferPointer<Field>) {
        self.bytes = bytes
        self.fields = fields
    }

    /// How many fields the row has.
    @inlinable public var count: Int { fields.count }

    /// The bytes of field `index`; empty when the row is too short to have it.
    @inlinable public subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
        guard index >= 0, index < fields.count else { return UnsafeBufferPointer(start: nil, count: 0) }
        let field = fields[index]
        return UnsafeBufferPointer(rebasing: bytes[Int(field.start)..<Int(field.end)])
    }
}
