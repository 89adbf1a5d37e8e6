import Testing

@testable import TOMLText

/// Texts at which the parser would end the process.
@Suite struct TOMLSyntaxTests {
  private func fault(_ toml: String) -> TOMLError? {
    do throws(TOMLError) {
      _ = try TOMLReader(toml: toml, file: "f")
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
      #expect(error?.kind == .unreadable && error?.line != nil, "\(beginning + head)")
    }
  }

  @Test func aKeyOfManyDotsIsRefused() {
    let path = String(repeating: "a.", count: 200_000) + "a"
    for text in ["[\(path)]", "[[\(path)]]", "\(path) = 1", "b = { \(path) = 1 }", "c = 1\nb = [{ \(path) = 1 }]"] {
      #expect(fault(text)?.message == "a key of more than 32 dots", "\(text.prefix(20))")
    }
  }

  @Test(arguments: [
    "", "[a]", "[[a]]", "[ \t'ä'.b ]", "a = \"[ä]\"", "a = '''\n[ä]\n'''", "a = \"\"\"\n[ä]\n\"\"\"\"\"\n[b]",
    "a = [\n['ä'],\n[\"b\"]\n]", "# [ä]\n[a] # [ö]\r\n[b]\r\n", "a = 'it\\'\n[b]", "a = \"\\\"\"\n[b]",
    "a = [1.5, 2.5, 3.5]", "a = \"\"\n[b]", "a = ''\n[b]", "\u{FEFF}[a]",
    "a = [" + String(repeating: "1.0,", count: 50) + "1.0]",
  ])
  func goodTextsAreRead(_ toml: String) {
    // The parser may see it; what the schema says is another matter.
    #expect(TOMLSyntax.fault(in: toml) == nil)
    #expect(fault(toml) == nil)
  }
}
