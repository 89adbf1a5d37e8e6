import Foundation
import Testing

@testable import tocsin

/// Lines of a pipe, however they arrive.
@Suite struct LineReaderTests {
  private func lines(_ chunks: [String], lineBytesMax: Int = 8) -> [LineReader.Line] {
    let pipe = Pipe()
    for chunk in chunks { pipe.fileHandleForWriting.write(Data(chunk.utf8)) }
    pipe.fileHandleForWriting.closeFile()
    var reader = LineReader(descriptor: pipe.fileHandleForReading.fileDescriptor, lineBytesMax: lineBytesMax)
    var lines: [LineReader.Line] = []
    while let line = reader.next() { lines.append(line) }
    return lines
  }

  private func text(_ text: String) -> LineReader.Line { .text(Array(text.utf8)) }

  @Test func splitsLines() {
    #expect(lines(["a\nb", "c\n\nd"]) == [text("a"), text("bc"), text(""), text("d")])
    #expect(lines([]) == [])
    #expect(lines(["\n"]) == [text("")])
  }

  @Test func skipsWhatIsTooLong() {
    #expect(lines(["12345678\n123456789\nnext\n"]) == [text("12345678"), .tooLong, text("next")])
    #expect(lines(["123456789"]) == [.tooLong])
  }
}
