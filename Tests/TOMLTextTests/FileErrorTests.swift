import TOMLText
import Testing

@Suite struct FileErrorTests {
  @Test func codesAreStable() {
    let codes = [
      "PROFILE_UNREADABLE", "PROFILE_UNKNOWN_KEY", "PROFILE_BAD_VALUE", "PROFILE_UNKNOWN", "OVERRIDES_UNREADABLE",
      "OVERRIDES_UNKNOWN_KEY", "OVERRIDES_BAD_VALUE", "CONFIG_UNREADABLE", "CONFIG_UNKNOWN_KEY", "CONFIG_BAD_VALUE",
      "TOKENS_UNREADABLE", "TOKENS_UNKNOWN_KEY", "TOKENS_BAD_VALUE", "PLANS_UNREADABLE", "PLANS_UNKNOWN_KEY",
      "PLANS_BAD_VALUE",
    ]
    #expect(FileError.Code.allCases.map(\.rawValue) == codes)
    #expect(codes.compactMap(FileError.Code.init(rawValue:)) == FileError.Code.allCases)
    #expect(FileError.Code(rawValue: "TOKENS_UNKNOWN") == nil)
  }

  @Test func saysWhere() {
    let whole = FileError(
      .overrides, .badValue, "too fast", file: "o.toml", line: 3, key: "way[1].speed_kmh", value: "9")
    #expect(whole.message == "o.toml:3:way[1].speed_kmh: too fast")
    #expect(whole.description == "OVERRIDES_BAD_VALUE: o.toml:3:way[1].speed_kmh: too fast (9)")
    #expect(FileError(.tokens, .unreadable, "gone").description == "TOKENS_UNREADABLE: gone")
  }

  @Test(arguments: [("a", "\"a\""), ("\"\\", #""\"\\""#), ("\n\u{7F}", #""\u000a\u007f""#), ("대구", "\"대구\"")])
  func quotesTexts(_ text: String, _ quoted: String) throws {
    #expect(text.quotedForTOML == quoted)
    var reader = try TOMLReader(toml: "a = \(quoted)", file: "", family: .tokens)
    #expect(try reader.string("a") == text)
  }
}
