import TOMLText
import Testing

/// The reader of all files that people write, with a schema of its own.
@Suite struct TOMLReaderTests {
  private static func read(
    _ toml: String, _ body: (inout TOMLReader) throws(FileError) -> Void
  ) throws(FileError) {
    var reader = try TOMLReader(toml: toml, file: "test.toml", family: .overrides)
    try body(&reader)
    try reader.finish()
  }

  @Test func readsEachKind() throws {
    let toml = """
      text = "a"
      flag = true
      whole = 3
      real = 2.5
      list = ["x", "y"]
      [table]
      day = 2026-01-02
      """
    try Self.read(toml) { (reader) throws(FileError) in
      #expect(reader.kind(of: "text") == .text)
      #expect(reader.kind(of: "list") == .list)
      #expect(reader.kind(of: "none") == nil)
      #expect(reader.has("text", "a") && !reader.has("text", "b") && !reader.has("flag", "true"))
      #expect(try reader.string("text") == "a")
      #expect(try reader.flag("flag") == true)
      #expect(try reader.flag("none") == nil)
      #expect(try reader.integer("whole", in: 0...3) == 3)
      #expect(try reader.number("whole", in: 0...3) == 3)
      #expect(try reader.number("real", in: 0...3) == 2.5)
      #expect(try reader.strings("list", countMax: 2) == ["x", "y"])
      #expect(reader.written("text") == "\"a\"")
      try reader.section("table") { (table) throws(FileError) in
        #expect(table.line == 6)
        #expect(table.kind(of: "day") == .time)
        #expect(table.allKeys() == ["day"])
      }
    }
  }

  @Test(arguments: [
    ("strange = 1", FileError.Fault.unknownKey, 1, "strange"),
    ("\n[table]\n\nstrange = 1", .unknownKey, 4, "table.strange"),
    ("\nflag = 1", .badValue, 2, "flag"),
    ("flag = \"true\"", .badValue, 1, "flag"),
    ("table = 3", .badValue, 1, "table"),
    ("flag = ", .unreadable, 1, ""),
    ("flag = true\nflag = true", .unreadable, 2, ""),
  ])
  func saysWhereAFaultIs(_ toml: String, _ fault: FileError.Fault, _ line: Int, _ key: String) {
    let error = #expect(throws: FileError.self) {
      try Self.read(toml) { (reader) throws(FileError) in
        _ = try reader.flag("flag")
        try reader.section("table") { _ in }
      }
    }
    #expect(
      error?.code == .init(.overrides, fault) && error?.line == line && error?.key == key && error?.file == "test.toml")
  }

  @Test func nothingBehindANULIsOverlooked() {
    #expect(throws: FileError.self) { _ = try TOMLReader(toml: "a = 1\0b = 2", file: "", family: .tokens) }
  }
}
