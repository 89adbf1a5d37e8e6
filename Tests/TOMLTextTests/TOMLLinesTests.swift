import Testing

@testable import TOMLText

@Suite struct TOMLLinesTests {
  private static let text = """
    name = "x" # a comment
    list = [
      "not = this", # nor = that
      { inner = 1 },
    ]
    long = \"\"\"
    key = 3
    [table]
    \"\"\"
    "quoted key" = 1
    a.b.c = 4

    [ turns ]
      left_seconds = 3
    inline = { seconds = 15,
      max_kmh = 3 }
    text = "ends with \\\\" # [x]
    right_seconds = 3
    [[way]]
    id = 3
    [way.more]
    deep = 1
    [[way]]
    note = "''' \\" = ["
    id = 4
    """

  @Test(arguments: [
    ("name", 1), ("list", 2), ("list[2].inner", 2), ("long", 6), ("quoted key", 10), ("a.b.c", 11), ("a.b", 11),
    ("turns", 13), ("turns.left_seconds", 14), ("turns.inline.seconds", 15), ("turns.text", 17),
    ("turns.right_seconds", 18), ("way", 19), ("way[1]", 19), ("way[1].id", 20), ("way[1].more", 21),
    ("way[1].more.deep", 22), ("way[2]", 23), ("way[2].note", 24), ("way[2].id", 25), ("way[2].other", 23),
    ("key", 1), ("table", 1), ("no.such", 1), ("", 1),
  ])
  func findsKeys(_ path: String, _ line: Int) throws {
    #expect(try TOMLScanner.lines(of: Self.text).line(of: path) == line)
  }

  @Test(arguments: ["", "[", "[[", "\"", "'''", "a = \"\"\"", "a = \"\\", "= 3", "]]]", "a = [[[", ".", "a..b = 1\n.."])
  func anyTextHasLinesOrAFault(_ text: String) {
    let line = (try? TOMLScanner.lines(of: text))?.line(of: "a.b[3].c")
    #expect(line ?? 1 >= 1)
  }

  @Test func countsLinesOfWindows() throws {
    #expect(try TOMLScanner.lines(of: "a = 1\r\nb = 2\r\n[t]\r\nc = 3\r\n").line(of: "t.c") == 4)
  }
}
