import API
import Engine
import Feeds
import Foundation

/// What became of a feed.
struct FeedOutcome {
  struct Shape: Encodable {
    var source: String
    var version: UInt64?
    var records: Int
    /// Records that say nothing about roads now: over, without effect, unknown.
    var idle: Int
    /// Records that were not understood.
    var skipped: Int
    /// Closures, or speeds and turn penalties, that are on the map.
    var matched: Int
    /// Those that mean no road of the map or of the link table.
    var unmatched: Int
    var lifted: Int
    var problems: [String]
  }

  private(set) var shape: Shape
  /// One line each, the first ones of many.
  var problems: [String] { shape.problems }
  private static let unmatchedShownMax = 20

  init(_ content: FeedContent, source: String) {
    shape = Shape(
      source: source, version: nil, records: content.recordCount, idle: content.idleCount,
      skipped: content.skippedCount, matched: 0, unmatched: 0, lifted: 0,
      problems: content.problems.map { "\($0.severity.rawValue): \($0)" })
  }

  mutating func add(_ answer: ClosuresAnswer) {
    (shape.version, shape.matched, shape.lifted) = (answer.version, answer.closures.count, answer.liftedIDs.count)
    add(
      answer.refused.map { "\($0.error.code.rawValue): \($0.id): \($0.error.message) (\($0.error.value))" },
      count: answer.refused.count)
  }

  mutating func add(_ answer: SpeedsAnswer) {
    (shape.version, shape.matched) = (answer.version, answer.matchedCount)
    add(answer.unmatchedExamples.map { "\($0)" }, count: answer.unmatchedCount)
  }

  private mutating func add(_ refusals: [String], count: Int) {
    shape.unmatched = count
    let shown = refusals.prefix(Self.unmatchedShownMax)
    shape.problems += shown.map { "not on the map: \($0)" }
    let rest = count - shown.count
    if rest > 0, !shown.isEmpty { shape.problems.append("not on the map: \(Figures.count(rest)) more") }
  }

  var text: String {
    let version = shape.version.map { ", version \($0)" } ?? ", nothing was pushed"
    return "\(Printable.text(shape.source)): \(Figures.count(shape.records, of: "record")), "
      + "\(Figures.count(shape.matched)) on the map, \(Figures.count(shape.unmatched)) not, "
      + "\(Figures.count(shape.idle)) without effect, \(Figures.count(shape.skipped)) skipped, "
      + "\(Figures.count(shape.lifted)) lifted\(version)\n"
  }
}
