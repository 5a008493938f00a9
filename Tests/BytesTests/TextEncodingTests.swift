import Bytes
import Testing

private func isUTF8(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer(TextEncoding.isUTF8) }

@Suite struct TextEncodingTests {
    @Test func `UTF-8 of one to four bytes is recognised at every offset`() {
        for padding in 0..<12 {
            #expect(isUTF8(Array((String(repeating: "a", count: padding) + "ñ€😀 fin").utf8)))
        }
        #expect(isUTF8([]))
    }

    @Test(
        arguments: [
            [0xF1], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3], [0x80],
            [0xE2, 0x82],
            [0x61, 0xD1, 0x6F],
        ] as [[UInt8]])
    func `Overlong forms, surrogates, cut sequences and Latin text are not UTF-8`(bytes: [UInt8]) {
        #expect(!isUTF8(bytes))
        #expect(!isUTF8(Array("abcdefgh".utf8) + bytes))
    }

    @Test func `Windows-1252 becomes the same text in UTF-8`() {
        var output: [UInt8] = []
        ([0x4E, 0x55, 0x45, 0x56, 0x41, 0x20, 0x45, 0x53, 0x50, 0x41, 0xD1, 0x41, 0x80, 0x93, 0xE9] as [UInt8])
            .withUnsafeBufferPointer { TextEncoding.appendWindows1252($0, to: &output) }
        #expect(String(decoding: output, as: UTF8.self) == "NUEVA ESPAÑA€\u{201C}é")
    }
}
