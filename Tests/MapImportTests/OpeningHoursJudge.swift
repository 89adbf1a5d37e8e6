import Foundation
import TestSupport

/// Another program that reads opening hours: the Python library opening-hours-py.
enum OpeningHoursJudge {
  /// A text, where it is meant, and when.
  struct Question: Encodable {
    let text: String
    let zone: String
    let latitude: Double
    let longitude: Double
    /// Seconds since 1970.
    let moments: [Int]
  }

  static let missing = TestScript.missing(modules: ["opening_hours"])

  /// For each question a sign for each moment; empty where the judge can't read the text.
  static func answers(to questions: [Question]) throws -> [String] {
    let lines = try questions.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) + "\n" }
    let script = TestScript.package.appendingPathComponent("Tests/MapImportTests/Python/opening_hours_judge.py").path
    let output = try TestScript.run(TestScript.python, [script], input: Data(lines.joined().utf8))
    return output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }
}
