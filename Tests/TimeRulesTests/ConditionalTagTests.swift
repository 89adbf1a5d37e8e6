import Testing
import TimeRules

@Suite struct ConditionalTagTests {
  @Test func splitsClauses() throws {
    let tag = try #require(ConditionalTag("no @ (Mo-Fr 07:00-09:00; Sa 10:00-12:00); destination @ (22:00-06:00)"))
    #expect(tag.clauses.map(\.value) == ["no", "destination"])
    #expect(tag.clauses.map(\.condition) == ["Mo-Fr 07:00-09:00; Sa 10:00-12:00", "22:00-06:00"])
    #expect(tag.clauses.allSatisfy { $0.reading(knowing: []).condition != nil })
  }

  @Test func parenthesesMayBeMissing() throws {
    let tag = try #require(ConditionalTag("no @ 07:00-09:00; yes @ Sa"))
    #expect(tag.clauses.map(\.condition) == ["07:00-09:00", "Sa"])
  }

  @Test func blanksMayBeMissing() throws {
    let tag = try #require(ConditionalTag("no@(Nov-May);yes@(Sa);"))
    #expect(tag.clauses.map(\.value) == ["no", "yes"] && tag.clauses.map(\.condition) == ["Nov-May", "Sa"])
  }

  /// Without parentheses a semicolon that no other value follows belongs to the condition.
  @Test func bareConditionsMayHaveSemicolons() throws {
    let tag = try #require(ConditionalTag("no @ 06:00-09:00; Sa 16:30-19:30; yes @ Su"))
    #expect(tag.clauses.map(\.condition) == ["06:00-09:00; Sa 16:30-19:30", "Su"])
    #expect(tag.notUnderstood.isEmpty)
  }

  @Test func parenthesesMayStandInParentheses() throws {
    let tag = try #require(ConditionalTag("no @ ((sunset-00:30)-(sunrise+00:30)); 30 @ (sunset-00:30)-22:00"))
    #expect(tag.clauses.map(\.condition) == ["(sunset-00:30)-(sunrise+00:30)", "(sunset-00:30)-22:00"])
  }

  @Test func keepsWhatIsNotUnderstood() throws {
    let tag = try #require(ConditionalTag("no @ (wet); 30 @ (22:00-06:00); <=2.5 (06:00-09:00)"))
    #expect(tag.clauses[0].reading(knowing: []).condition == nil)
    #expect(tag.clauses[0].condition == "wet")
    #expect(tag.clauses[1].reading(knowing: []).condition != nil)
    #expect(tag.notUnderstood == ["<=2.5 (06:00-09:00)"])
  }

  @Test(arguments: ["", "no", "no @", "@ (07:00-09:00)", "no @ (07:00-09:00", "no @ ()", ";;"])
  func refusesOtherTexts(_ text: String) { #expect(ConditionalTag(text) == nil, "\(text)") }
}
