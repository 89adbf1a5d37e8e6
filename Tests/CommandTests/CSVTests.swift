import InputFiles
import Testing

@testable import tocsin

/// Comma-separated values, as departments write them.
@Suite struct CSVTests {
  private func fields(_ text: String) throws -> [[String]] {
    try CSVReader.records(of: Array(text.utf8)).map(\.fields)
  }

  @Test func readsFields() throws {
    #expect(try fields("a,b\n1,2\n") == [["a", "b"], ["1", "2"]])
    #expect(try fields("a,b\r\n1,2") == [["a", "b"], ["1", "2"]])
    #expect(try fields("\u{FEFF}id\n중앙\n") == [["id"], ["중앙"]])
    #expect(try fields(",\n") == [["", ""]])
    #expect(try fields("") == [])
  }

  @Test func readsQuotedFields() throws {
    #expect(try fields(#""a,b","say ""no""""#) == [["a,b", #"say "no""#]])
    #expect(try fields("\"two\nlines\",x\n") == [["two\nlines", "x"]])
  }

  @Test func readsSemicolonsAndTabs() throws {
    #expect(try fields("id;lat\r\n1;37,5\r\n") == [["id", "lat"], ["1", "37,5"]])
    #expect(try fields("\u{FEFF}\n\"a,b\";c\n1;2\n") == [["a,b", "c"], ["1", "2"]])
    #expect(try fields("a\tb;c\n1\t2,3\n") == [["a", "b;c"], ["1", "2,3"]])
    #expect(try fields("a\n1;2\n") == [["a"], ["1;2"]])
    #expect(try fields("a,b;c\n\"1;x\",2;3\n") == [["a", "b;c"], ["1;x", "2;3"]])
  }

  @Test func passesOverEmptyLinesAndCountsThem() throws {
    let records = try CSVReader.records(of: Array("a\n\n\"x\ny\"\n\nb\n".utf8))
    #expect(records.map(\.line) == [1, 3, 6])
  }

  @Test(arguments: [
    ("a\n\"never ends", 2), ("a\"b\n", 1), ("\"a\"b\n", 1), ("x\n\"a\" ,b\n", 2),
  ])
  func refusesWhatIsNoCSV(_ text: String, line: Int) {
    let error = #expect(throws: FileFault.self) { try fields(text) }
    #expect(error?.line == line)
  }

  @Test func refusesWhatIsNotUTF8() {
    #expect(throws: FileFault.self) { try CSVReader.records(of: [0x61, 0xFF, 0x0A]) }
  }

  @Test func writesWhatItReads() throws {
    let record = ["plain", "com,ma", "quo\"te", "two\nlines", "", "서울", "\"\u{301}\""]
    #expect(try fields(csvLine(record)) == [record])
    #expect(csvLine(["a", "b;c"]) == "a,b;c\n")
    #expect(try fields(csvLine(["a;b", "c"])) == [["a;b", "c"]])
    #expect(try fields(csvLine(["a\tb"])) == [["a\tb"]])
  }

  /// At the start of a file it would be taken for the file's own, and the field would lose it.
  @Test func aFieldThatBeginsWithAByteOrderMarkKeepsIt() throws {
    let record = ["\u{FEFF}name", "b"]
    #expect(try fields(csvLine(record)) == [record])
  }
}
