import API
import Geometry
import TestSupport
import Testing

@testable import PlaceNames

@Suite struct PlaceTextTests {
  @Test func coordinatesAreRead() {
    let place = Coordinate(latitude: 37.57, longitude: 126.97)
    for text in ["37.57,126.97", " 37.57 , 126.97 ", "37.57 126.97", "37.57;126.97", "+37.57, +126.970"] {
      #expect(PlaceText.coordinate(text) == place, "\(text)")
    }
    for text in ["", "37.57", "28 5", "91,0", "37.57,200", "a,b", "37.57,126.97,1"] {
      #expect(PlaceText.coordinate(text) == nil, "\(text)")
    }
    #expect(PlaceText.coordinate("37,127") == Coordinate(latitude: 37, longitude: 127))
  }

  @Test(arguments: [
    ("호남고속도로 하행 28.5", "호남고속도로 하행", 28_500.0), ("1호선 상행 28,4", "1호선 상행", 28_400),
    ("QL1A Km 28+500", "QL1A", 28_500), ("A8 120 km", "A8", 120_000), ("A8 120km", "A8", 120_000),
    ("79 3.05", "79", 3_050),
  ])
  func kilometresAreRead(_ text: String, _ road: String, _ meters: Double) throws {
    let read = try #require(PlaceText.kilometre(text))
    #expect(read.road == road && abs(read.meters - meters) < 0.001)
  }

  @Test func otherTextsAreNoKilometres() {
    for text in ["", "28.5", "호남고속도로", "A8 x", "A8 123456"] { #expect(PlaceText.kilometre(text) == nil, "\(text)") }
  }

  @Test func crossingsAreRead() {
    for text in ["세종대로 x 새문안로", "세종대로 × 새문안로", "세종대로×새문안로", "세종대로 X 새문안로", "세종대로 & 새문안로"] {
      let crossing = PlaceText.crossing(text)
      #expect(crossing?.one == "세종대로" && crossing?.other == "새문안로", "\(text)")
    }
    for text in ["Max", "x", "A x", "x B"] { #expect(PlaceText.crossing(text) == nil, "\(text)") }
  }

  @Test func textsAreFolded() {
    func whole(_ text: String) -> String { String(decoding: SearchKey.whole(text), as: UTF8.self) }
    #expect(whole("Đường Nguyễn Trãi") == "duongnguyentrai")
    #expect(whole("Straße des 17. Juni") == "strassedes17juni")
    #expect(whole("세종대로") == whole("세종 대로".decomposed))
    #expect(SearchKey.whole("세종대로").starts(with: SearchKey.whole("세조")))
    #expect(SearchKey.whole(" -.") == [])
  }
}

/// Names by their beginnings, compared with looking at each.
@Suite struct NameTableTests {
  @Test(arguments: 0..<20)
  func findsWhatLookingAtEachFinds(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    func word() -> String {
      String((0..<Int.random(in: 1...3, using: &random)).map { _ in "abÁđ가각".randomElement(using: &random) ?? "a" })
    }
    let names = (0..<60).map { _ in
      (0..<Int.random(in: 1...3, using: &random)).map { _ in word() }.joined(separator: " ")
    }
    let table = NameTable(names.enumerated().map { (name: $0.element, item: UInt32($0.offset)) })
    for _ in 0..<60 {
      let text = word()
      let wanted = SearchKey.whole(text)
      var expected: [UInt32: NameTable.Fit] = [:]
      for (number, name) in names.enumerated() {
        let words = SearchKey.words(of: name)
        for first in words.indices {
          let key = Array(words[first...].joined())
          guard key.starts(with: wanted) else { continue }
          let fit: NameTable.Fit = first > 0 ? .word : key == wanted ? .whole : .beginning
          expected[UInt32(number)] = min(expected[UInt32(number)] ?? fit, fit)
        }
      }
      let found = Dictionary(uniqueKeysWithValues: table.items(like: text).map { ($0.item, $0.fit) })
      #expect(found == expected, "seed \(seed): \(text) in \(names)")
    }
    #expect(table.items(like: "-").isEmpty)
  }
}
