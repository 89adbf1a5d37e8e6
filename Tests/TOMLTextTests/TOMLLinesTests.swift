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
    ("name", 1), ("list", 2), ("list[2].inner", 4), ("long", 6), ("quoted key", 10), ("a.b.c", 11), ("a.b", 11),
    ("turns", 13), ("turns.left_seconds", 14), ("turns.inline.seconds", 15), ("turns.inline.max_kmh", 16),
    ("turns.text", 17),
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

  /// Tables in lists in tables, over several lines.
  @Test func findsKeysWithinValues() throws {
    let lines = try TOMLScanner.lines(
      of: """
        [[plan]]
        [[plan.level]]
        lines = [
          { name = "a", needs = [{ has = ["x"] },
            { has = ["y", "z"],
              penalty = 1 }] },

          { name = "b" },
        ]
        after = [[1, 2],
          [3]]
        last = 1
        """)
    for (path, line) in [
      ("plan[1].level[1].lines", 3), ("plan[1].level[1].lines[1].name", 4),
      ("plan[1].level[1].lines[1].needs[2].has", 5), ("plan[1].level[1].lines[1].needs[2].penalty", 6),
      ("plan[1].level[1].lines[1].needs[2].none", 5), ("plan[1].level[1].lines[2]", 8),
      ("plan[1].level[1].lines[2].none", 8), ("plan[1].level[1].after[2]", 11), ("plan[1].level[1].last", 12),
    ] {
      #expect(lines.line(of: path) == line, "\(path)")
    }
  }

  @Test func countsLinesOfWindows() throws {
    #expect(try TOMLScanner.lines(of: "a = 1\r\nb = 2\r\n[t]\r\nc = 3\r\n").line(of: "t.c") == 4)
  }
}
