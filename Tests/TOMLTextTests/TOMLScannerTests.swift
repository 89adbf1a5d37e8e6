import Testing

@testable import TOMLText

/// Texts at which the parser would end the process.
@Suite struct TOMLScannerTests {
  private func fault(_ toml: String) -> FileError? {
    do throws(FileError) {
      _ = try TOMLReader(toml: toml, file: "f", family: .profile)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "[ä]", "[[ä]]", "[\u{301}a]", "[\n]", "[.a]", "[=]", "[[ #]]", "[\r\n", "[[\u{FEFF}a]]", "\u{FEFF}[ü]",
  ])
  func aHeadWithoutAKeyIsRefused(_ head: String) {
    let beginnings = [
      "", "a = 1\n", "a = '''\n[x'''\n", #"a = """"# + "\n" + #"\""""""# + "\n", "a = [\n1, # ]\n]\n",
    ]
    // Only at its very beginning a file may have a mark.
    for beginning in beginnings where beginning.isEmpty || !head.hasPrefix("\u{FEFF}") {
      let error = fault(beginning + head)
      #expect(error?.code.fault == .unreadable && error?.line != nil, "\(beginning + head)")
    }
  }

  @Test(arguments: [
    "a = [}", "a = [1, }]", "a = {]", "a = ]", "a = 1\n]", "ä = 1", "a = ö", "a = [\u{2028}]", "a = 1 \u{A0}",
    "a = 1\rb = 2",
    "a = 1979-05-20T:e70Z", "a = 1979-05-27T\"7:32:00Z\"", "a = 1979-05-2", "a = 07:32", "a = yes", "a = 1x", "a = 0x",
    "a = ..1", "a = --1", "a = inf0", "a = 1\"\"", "a = \(String(repeating: "1", count: 65))",
  ])
  func whatIsNotWellFormedIsRefused(_ toml: String) {
    let error = fault("x = 1\n" + toml)
    #expect(error?.code.fault == .unreadable && error?.line ?? 0 >= 2)
    #expect(throws: TOMLScanner.Fault.self) { try TOMLScanner.lines(of: toml) }
  }

  @Test func aKeyOfManyDotsIsRefused() {
    let path = String(repeating: "a.", count: 200_000) + "a"
    for text in ["[\(path)]", "[[\(path)]]", "\(path) = 1", "b = { \(path) = 1 }", "c = 1\nb = [{ \(path) = 1 }]"] {
      #expect(fault(text)?.reason == "a key of more than 32 dots", "\(text.prefix(20))")
    }
  }

  /// Dots in quotes make no table: a long key of them is taken, and costs neither the stack nor memory.
  @Test func aKeyOfManyDotsInQuotesIsRead() {
    let path = "\"" + String(repeating: "a.", count: 100_000) + "\""
    for text in ["[\(path)]\nb = 1", "[[\(path)]]\nb = 1", "\(path) = 1"] {
      #expect(fault(text) == nil, "\(text.prefix(20))")
    }
  }

  @Test(arguments: [
    "", "[a]", "[[a]]", "[ \t'ä'.b ]", "a = \"[ä]\"", "a = '''\n[ä]\n'''", "a = \"\"\"\n[ä]\n\"\"\"\"\"\n[b]",
    "a = [\n['ä'],\n[\"b\"]\n]", "# [ä]\n[a] # [ö]\r\n[b]\r\n", "a = 'it\\'\n[b]", "a = \"\\\"\"\n[b]",
    "a = [1.5, 2.5, 3.5]", "a = \"\"\n[b]", "a = ''\n[b]", "\u{FEFF}[a]",
    "a = 1_000.5e-3\nb = -inf\nc = 0xDEAD_beef\nd = +0\ne = false # ä", "a = { b = 1, c.d = [true, {}] }\r\n",
    "a = 1979-05-27T07:32:00.999+09:00\nb = 1979-05-27 07:32:00Z\nc = 1979-05-27\nd = 07:32:00\n1 = 1\nk.2 = 1",
    "a = [" + String(repeating: "1.0,", count: 50) + "1.0]",
  ])
  func goodTextsAreRead(_ toml: String) {
    // The parser may see it; what the schema says is another matter.
    #expect(throws: Never.self) { try TOMLScanner.lines(of: toml) }
    #expect(fault(toml) == nil)
  }
}
