import Bytes
import Testing

@Suite struct FieldRowTests {
    @Test func `Fields are parts of the row's bytes, and one that is not there is empty`() {
        let bytes = Array("uno,dos,".utf8)
        let fields = [FieldRow.Field(start: 0, end: 3), .init(start: 4, end: 7), .init(start: 8, end: 8)]
        bytes.withUnsafeBufferPointer { bytes in
            fields.withUnsafeBufferPointer { fields in
                let row = FieldRow(bytes: bytes, fields: fields)
                #expect(row.count == 3)
                #expect((-1..<5).map { String(decoding: row[$0], as: UTF8.self) } == ["", "uno", "dos", "", "", ""])
            }
        }
    }
}
