import Testing
import TimeRules

@Suite struct ConditionalTagTests {
  @Test func splitsClauses() throws {
    let tag = try #require(ConditionalTag("no @ (Mo-Fr 07:00-09:00; Sa 10:00-12:00); destination @ (22:00-06:00)"))
    #expect(tag.clauses.map(\.value) == ["no", "destination"])
    #expect(tag.clauses.map(\.condition) == ["Mo-Fr 07:00-09:00; Sa 10:00-12:00", "22:00-06:00"])
    #expect(tag.clauses.allSatisfy { $0.rule != nil })
  }

  @Test func parenthesesMayBeMissing() throws {
    let tag = try #require(ConditionalTag("no @ 07:00-09:00; yes @ Sa"))
    #expect(tag.clauses.map(\.condition) == ["07:00-09:00", "Sa"])
  }

  @Test func keepsWhatIsNotUnderstood() throws {
    let tag = try #require(ConditionalTag("no @ (wet); 30 @ (22:00-06:00)"))
    #expect(tag.clauses[0].rule == nil)
    #expect(tag.clauses[0].condition == "wet")
    #expect(tag.clauses[1].rule != nil)
  }

  @Test(arguments: ["", "no", "no @", "@ (07:00-09:00)", "no @ (07:00-09:00", "no @ (a) b"])
  func refusesOtherTexts(_ text: String) { #expect(ConditionalTag(text) == nil, "\(text)") }
}
