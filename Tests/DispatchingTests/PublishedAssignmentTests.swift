import Dispatching
import Foundation
import TestSupport
import Testing

/// OR-Library's assignment problem of 100 rows: the published smallest sum, and what others computed from it.
@Suite struct PublishedAssignmentTests {
  private static let path =
    ProcessInfo.processInfo.environment["TOCSIN_ASSIGNMENT"] ?? "../shared/dispatch/assign100.txt"

  /// `nil` where the file is missing.
  private func costs() throws -> SeatCosts? {
    guard let text = try? String(contentsOfFile: Self.path, encoding: .utf8) else {
      print("skipped: \(Self.path) is not there")
      return nil
    }
    // Lines end as Windows ends them, and "\r\n" is one character.
    let numbers = text.split(whereSeparator: \.isWhitespace).compactMap { Int64($0) }
    let count = Int(try #require(numbers.first))
    try #require(numbers.count == 1 + count * count)
    return SeatCosts(rows: (0..<count).map { row in Array(numbers[(1 + row * count)..<(1 + (row + 1) * count)]) })
  }

  private func sum(_ costs: SeatCosts, _ aim: SeatChoice.Aim) throws -> (sum: Int64, latest: Int64) {
    var question = SeatChoice.Question(costs: costs, importance: Array(0..<costs.rowCount))
    question.aim = aim
    let chosen = try SeatChoice(question).columnOfRow.enumerated().map { costs[$0, try #require($1)] }
    return (chosen.reduce(0, +), chosen.max() ?? 0)
  }

  @Test func smallestSumIsThePublishedOne() throws {
    guard let costs = try costs() else { return }
    #expect(try sum(costs, .smallestSum).sum == 305)
  }

  @Test func smallestLatestAndItsSmallestSumAreThoseOfASolver() throws {
    guard let costs = try costs() else { return }
    let chosen = try sum(costs, .smallestLatest)
    #expect(chosen.latest == 5)
    #expect(chosen.sum == 307)
  }
}
