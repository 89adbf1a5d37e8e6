import Foundation
import TestSupport
import Testing
import WebPages

@Suite struct JSONTextTests {
  private func written(_ write: (inout JSONText) -> Void) -> String {
    var json = JSONText()
    write(&json)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  @Test func putsCommasBetween() {
    let text = written { json in
      json.object { json in
        json.name("a")
        json.list([1, 2, 3]) { $0.integer($1) }
        json.name("b")
        json.list([Int]()) { $0.integer($1) }
        json.name("c")
        json.object { _ in }
        json.name("d")
        json.list([[true], [], [false, true]]) { json, row in json.list(row) { $0.bool($1) } }
        json.name("e")
        json.null()
      }
    }
    #expect(text == #"{"a":[1,2,3],"b":[],"c":{},"d":[[true],[],[false,true]],"e":null}"#)
  }

  @Test(arguments: [
    (0.0, "0"), (0.04, "0"), (0.05, "0.1"), (-0.04, "0"), (1.0, "1"), (12.34, "12.3"), (-3.25, "-3.3"),
    (1_234_567.89, "1234567.9"), (100, "100"), (99.96, "100"), (.nan, "null"), (.infinity, "null"), (1e300, "null"),
  ])
  func numbersAreRounded(_ value: Double, _ expected: String) {
    #expect(written { $0.number(value, digits: 1) } == expected)
  }

  @Test(arguments: [
    (127_000_000, 6, "127"), (126_979_999, 6, "126.979999"), (-1, 6, "-0.000001"), (0, 6, "0"), (100, 1, "10"),
    (-7_500_000, 6, "-7.5"), (Int.max, 0, "9223372036854775807"), (Int.min, 0, "-9223372036854775808"),
  ])
  func stepsAreNumbers(_ steps: Int, _ digits: Int, _ expected: String) {
    #expect(written { $0.decimal(steps, digits: digits) } == expected)
  }

  @Test(arguments: ["", "plain", "청계천로", "a\"b\\c", "\u{0}\u{1F}\u{7F}\n", "🚒"])
  func textsComeBack(_ text: String) throws {
    let bytes = Array(written { json in json.list([text]) { $0.text($1) } }.utf8)
    #expect(try JSON(parsing: bytes)[0].text == text)
  }
}
