import API
import AnswerJSON
import Feeds

/// What became of a feed.
struct FeedOutcome {
  private let source: String
  private let content: FeedContent
  private let isDryRun: Bool
  private var version: UInt64?
  /// Closures, or speeds and turn penalties, that are on the map.
  private var matched = 0
  /// Those that mean no road of the map or of the link table.
  private var unmatched = 0
  private var lifted = 0
  private var matchedWord = "on the map"
  private var liftedWord = "lifted"
  /// Those that were put, or would be.
  private(set) var closures: [ListedClosure] = []
  /// One line each, the first ones of many.
  private var unmatchedTexts: [String] = []
  private static let unmatchedShownMax = 20
  private static let shownOfAKindMax = 20

  init(_ content: FeedContent, source: String, isDryRun: Bool) {
    (self.content, self.source, self.isDryRun) = (content, source, isDryRun)
  }

  /// All that is kept of records that give nothing, or not all that they could.
  private var problems: [String] { content.problems.map(Self.text) + unmatchedTexts }

  /// The same for people: of each kind the first ones, and how many more there are.
  var complaints: [String] {
    var shown: [FeedProblem.Kind: Int] = [:]
    var texts: [String] = []
    for problem in content.problems where shown[problem.kind, default: 0] < Self.shownOfAKindMax {
      shown[problem.kind, default: 0] += 1
      texts.append(Self.text(problem))
    }
    let rest = content.problemCounts.map { kind, count in (kind, count - shown[kind, default: 0]) }.filter { $0.1 > 0 }
    texts += rest.map { "\($0.severity.rawValue): \($0.code.rawValue): \(Figures.count($1)) more" }.sorted()
    return texts + unmatchedTexts
  }

  private static func text(_ problem: FeedProblem) -> String { "\(problem.severity.rawValue): \(problem)" }

  mutating func add(_ answer: ClosuresAnswer) {
    (version, matched, lifted) = (answer.version, answer.closures.count, answer.liftedIDs.count)
    closures = answer.closures
    add(
      answer.refused.map { "\($0.error.code.rawValue): \($0.id): \($0.error.message) (\($0.error.value))" },
      count: answer.refused.count)
  }

  mutating func add(_ answer: SpeedsAnswer) {
    (version, matched) = (answer.version, answer.matchedCount)
    add(answer.unmatchedExamples.map { "\($0)" }, count: answer.unmatchedCount)
  }

  /// - Parameter answer: `nil` if nothing was put.
  mutating func add(_ answer: HospitalChangesAnswer?, count: Int, ahead: [Hospital]) {
    (version, matched, lifted) = (answer?.version, count, answer?.removedIDs.count ?? 0)
    (matchedWord, liftedWord) = ("taken", "removed")
    add(
      ahead.map {
        "TIME_AHEAD: \($0.id): it was updated ahead of the clock (\($0.reportedAt.map(Figures.moment) ?? ""))"
      },
      count: ahead.count)
  }

  private mutating func add(_ refusals: [String], count: Int) {
    unmatched = count
    let shown = refusals.prefix(Self.unmatchedShownMax)
    unmatchedTexts += shown.map { "not taken: \($0)" }
    let rest = count - shown.count
    if rest > 0, !shown.isEmpty { unmatchedTexts.append("not taken: \(Figures.count(rest)) more") }
  }

  var json: JSONObject {
    [
      "source": source, "version": version, "records": content.recordCount,
      // Records that say nothing about roads now: over, without effect, unknown.
      "idle": content.idleCount,
      // Records that were not understood.
      "skipped": content.skippedCount,
      "matched": matched, "unmatched": unmatched, "lifted": lifted, "problems": problems,
      "problemCount": content.problemCount + unmatched,
    ]
  }

  var text: String {
    let version = isDryRun ? "; dry run: nothing was changed" : version.map { ", version \($0)" } ?? ""
    return "\(Printable.text(source)): \(Figures.count(content.recordCount, of: "record")), "
      + "\(Figures.count(matched)) \(matchedWord), \(Figures.count(unmatched)) not, "
      + "\(Figures.count(content.idleCount)) without effect, \(Figures.count(content.skippedCount)) skipped, "
      + "\(Figures.count(lifted)) \(liftedWord)\(version)\n"
  }
}
