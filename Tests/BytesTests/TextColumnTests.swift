import Bytes
import Testing

@Suite struct TextColumnTests {
    @Test func `Texts, empty texts and absent ones come back as they were given`() {
        var column = TextColumn()
        column.append("Peñón")
        column.appendAbsent()
        column.append("")
        Array("robo".utf8).withUnsafeBufferPointer { column.append($0) }
        #expect(column.count == 4)
        #expect((0..<4).map { column[$0] } == ["Peñón", nil, "", "robo"])
        #expect(column[4] == nil && column[-1] == nil)
    }

    @Test func `Emptying forgets every row`() {
        var column = TextColumn()
        for text in ["a", "bb"] { column.append(text) }
        column.removeAll()
        #expect(column.count == 0 && column.bytes.isEmpty && column == TextColumn())
    }
}
