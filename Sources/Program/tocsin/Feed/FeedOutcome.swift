import API
import Feeds

/// What became of a feed.
struct FeedOutcome {
  private let source: String
  private let content: FeedContent
  private var version: UInt64?
  /// Closures, or speeds and turn penalties, that are on the map.
  private var matched = 0
  /// Those that mean no road of the map or of the link table.
  private var unmatched = 0
  private var lifted = 0
  /// One line each, the first ones of many.
  private(set) var problems: [String]
  private static let unmatchedShownMax = 20

  init(_ content: FeedContent, source: String) {
    (self.content, self.source) = (content, source)
    problems = content.problems.map { "\($0.severity.rawValue): \($0)" }
  }

  mutating func add(_ answer: ClosuresAnswer) {
    (version, matched, lifted) = (answer.version, answer.closures.count, answer.liftedIDs.count)
    add(
      answer.refused.map { "\($0.error.code.rawValue): \($0.id): \($0.error.message) (\($0.error.value))" },
      count: answer.refused.count)
  }

  mutating func add(_ answer: SpeedsAnswer) {
    (version, matched) = (answer.version, answer.matchedCount)
    add(answer.unmatchedExamples.map { "\($0)" }, count: answer.unmatchedCount)
  }

  private mutating func add(_ refusals: [String], count: Int) {
    unmatched = count
    let shown = refusals.prefix(Self.unmatchedShownMax)
    problems += shown.map { "not on the map: \($0)" }
    let rest = count - shown.count
    if rest > 0, !shown.isEmpty { problems.append("not on the map: \(Figures.count(rest)) more") }
  }

  var json: JSONObject {
    [
      "source": source, "version": version, "records": content.recordCount,
      // Records that say nothing about roads now: over, without effect, unknown.
      "idle": content.idleCount,
      // Records that were not understood.
      "skipped": content.skippedCount,
      "matched": matched, "unmatched": unmatched, "lifted": lifted, "problems": problems,
    ]
  }

  var text: String {
    let version = version.map { ", version \($0)" } ?? ", nothing was pushed"
    return "\(Printable.text(source)): \(Figures.count(content.recordCount, of: "record")), "
      + "\(Figures.count(matched)) on the map, \(Figures.count(unmatched)) not, "
      + "\(Figures.count(content.idleCount)) without effect, \(Figures.count(content.skippedCount)) skipped, "
      + "\(Figures.count(lifted)) lifted\(version)\n"
  }
}
