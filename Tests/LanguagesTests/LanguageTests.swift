import API
import Geometry
import TestSupport
import Testing

@testable import Languages

@Suite struct LanguageTests {
  private let place = Coordinate(latitudeE7: 0, longitudeE7: 0)

  private func told(
    _ code: String, _ kind: Maneuver.Kind, _ modifier: Maneuver.Modifier? = nil, _ street: String = "", exit: Int? = nil
  ) throws -> String {
    let maneuver = Maneuver(
      kind, modifier, bearingBefore: 0, bearingAfter: 0, coordinate: place, roundaboutExit: exit)
    return try Language.named(code).text(maneuver, street: street)
  }

  /// Every file has every phrase, with the same slots as the others; a missing or an unknown key stops the program.
  @Test func languagesHaveTheSamePhrases() throws {
    #expect(Language.codes == ["en", "ko", "vi"])
    for phrase in Phrase.allCases {
      let slots = Language.all.mapValues { Set($0.slots(of: phrase)) }
      #expect(Set(slots.values).count == 1, "\(phrase.rawValue): \(slots)")
      for (code, language) in Language.all {
        #expect(!language.text(phrase, [.street: "x", .turn: "x"]).isEmpty, "\(code) \(phrase.rawValue)")
      }
    }
  }

  @Test func unknownLanguagesAreRefused() {
    let error = #expect(throws: EngineError.self) { try Language.named("fr") }
    #expect(error?.code == .unknownLanguage && error?.value == "fr")
    #expect(error?.message.contains("en, ko, vi") == true)
    #expect(throws: Never.self) { try Language.named("") }
  }

  @Test func stepsAreSaidNaturally() throws {
    #expect(try told("en", .turn, .sharpLeft, "Via Roma") == "turn sharp left onto Via Roma")
    #expect(try told("en", .continue, .uturn) == "turn round")
    #expect(try told("en", .roundabout, .right, exit: 2) == "at the roundabout take exit 2")
    #expect(try told("en", .endOfRoad, .left, "Alder Street") == "at the end of the road turn left onto Alder Street")
    #expect(try told("ko", .turn, .left, "세종대로") == "세종대로로 좌회전")
    #expect(try told("ko", .turn, .right, "한강") == "한강으로 우회전")
    #expect(try told("ko", .turn, .right, "돈화문길") == "돈화문길로 우회전")
    #expect(try told("ko", .continue, .slightLeft, "반포대교") == "약간 좌회전 후 반포대교를 따라 계속 진행")
    #expect(try told("ko", .continue, .left, "길") == "좌회전 후 길을 따라 계속 진행")
    #expect(try told("ko", .roundabout, .right, exit: 3) == "회전교차로에서 3번째 출구로 진출")
    #expect(try told("vi", .turn, .right, "Đường Nguyễn Trãi") == "rẽ phải vào Đường Nguyễn Trãi")
    #expect(try told("vi", .depart) == "xuất phát")
  }

  /// Every maneuver has words without holes, with a street and without one.
  @Test func everyManeuverHasWords() throws {
    for code in Language.codes {
      for kind in Maneuver.Kind.allCases {
        for modifier in Maneuver.Modifier.allCases.map(Optional.some) + [nil] {
          for street in ["", "A"] {
            let text = try told(code, kind, modifier, street, exit: kind == .roundabout ? 1 : nil)
            #expect(!text.isEmpty && !text.contains("  ") && !text.contains("{"), "\(code) \(kind): \(text)")
            #expect(text.contains("A") == !street.isEmpty, "\(code) \(kind): \(text)")
          }
        }
      }
    }
  }

  @Test(arguments: [
    ("학교", WordEnding.vowel), ("병원", .consonant), ("서울", .rieul), ("IC", .vowel), ("JTN", .consonant), ("79", .vowel),
    ("21", .rieul), ("30", .consonant), ("서울 (북)", .consonant), ("", .vowel), ("강".decomposed, .consonant),
  ])
  func wordsEndAsTheyAreSaid(_ word: String, _ ending: WordEnding) {
    #expect(WordEnding(of: word) == ending)
  }

  @Test func lengthsHaveTheirSign() throws {
    #expect(try Language.named("vi").length(meters: 1_240) == "1,2 km")
    #expect(try Language.named("en").length(meters: 1_240) == "1.2 km")
    #expect(try Language.named("ko").length(meters: 210.4) == "210 m")
  }

  @Test func pointsOfTheCompassAndKindsHaveWords() throws {
    for language in Language.all.values {
      #expect(Set(CompassPoint.allCases.map { language.text($0) }).count == 8)
      #expect(Set(FoundPlace.Kind.allCases.map { language.text($0) }).count == FoundPlace.Kind.allCases.count)
    }
    #expect(try Language.named("vi").text(CompassPoint.northEast) == "đông bắc")
  }

  @Test func brokenFilesAreRefused() {
    for text in ["{", "}", "{x}", "{street|a}", "{street|a/b/c/d}", "{street|a|b}"] {
      #expect(PhraseTemplate(text) == nil, "\(text)")
    }
    #expect(PhraseTemplate("{street|으로/로} {turn}")?.filled([.street: "강", .turn: "x"]) == "강으로 x")
  }
}
