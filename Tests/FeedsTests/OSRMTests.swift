import API
import Feeds
import Foundation
import Testing
import Traffic

/// OSRM's files of speeds and turn penalties.
@Suite struct OSRMTests {
  private func speed(_ from: Int64, _ to: Int64, _ kmh: Double) -> RoadSpeed {
    RoadSpeed(.nodes(OSMNodePair(from: from, to: to)), kmh: kmh)
  }

  @Test func speedsLineByLine() throws {
    let content = try content(of: "osrm-speeds.csv", .osrmSpeeds)
    #expect(
      content.speeds == [speed(1, 2, 0), speed(2, 1, 0), speed(2, 3, 27), speed(3, 2, 27.25), speed(5, 6, 50)])
    #expect(content.recordCount == 7 && content.idleCount == 2)
    #expect(content.problems.map(\.code) == [.unknownValue, .unknownValue])
    #expect(content.closures.isEmpty && content.turnPenalties.isEmpty && content.addsUp)
  }

  @Test func turnsLineByLine() throws {
    let content = try content(of: "osrm-turns.csv", .osrmTurns)
    #expect(
      content.turnPenalties == [
        TurnPenalty(fromOSMNode: 1, viaOSMNode: 2, toOSMNode: 3, seconds: 12.5),
        TurnPenalty(fromOSMNode: 3, viaOSMNode: 2, toOSMNode: 1, seconds: 0),
        TurnPenalty(fromOSMNode: 1, viaOSMNode: 2, toOSMNode: 1, seconds: 45),
      ])
    #expect(content.recordCount == 7 && content.idleCount == 1 && content.skippedCount == 3 && content.addsUp)
    let skipped = content.problems.filter { $0.severity == .skipped }
    #expect(content.problemCount == 4 && skipped.map(\.line) == [6, 8, 9])
    #expect(
      content.problemTexts.filter { $0.contains("skipped") } == [
        "FEED_BAD_VALUE skipped  4,2,3,-2", "FEED_DUPLICATE skipped  1,2,3,99", "FEED_MALFORMED_LINE skipped  1,2",
      ])
  }

  @Test(arguments: [
    ("1,2", "FEED_MALFORMED_LINE"), ("1", "FEED_MALFORMED_LINE"), ("a,2,3", "FEED_MALFORMED_LINE"),
    ("1,2,fast", "FEED_MALFORMED_LINE"), ("1,2,.", "FEED_MALFORMED_LINE"), ("1,2,0x10p", "FEED_MALFORMED_LINE"),
    ("0,2,3", "FEED_MALFORMED_LINE"), ("--1,2,3", "FEED_MALFORMED_LINE"), ("1.5,2,3", "FEED_MALFORMED_LINE"),
    ("-,2,3", "FEED_MALFORMED_LINE"), ("-9223372036854775809,2,3", "FEED_MALFORMED_LINE"),
    ("9223372036854775808,2,3", "FEED_MALFORMED_LINE"), ("1,18446744073709551617,3", "FEED_MALFORMED_LINE"),
    ("\"1\",2,3", "FEED_MALFORMED_LINE"), ("1,2,-3", "FEED_BAD_VALUE"), ("1,2,301", "FEED_BAD_VALUE"),
    ("1,2,inf", "FEED_BAD_VALUE"), ("1,2,nan", "FEED_BAD_VALUE"), ("1,2,1e400", "FEED_BAD_VALUE"),
    ("7,7,50", "FEED_BAD_VALUE"), ("1,1,50", "FEED_BAD_VALUE"), ("8,9,51", "FEED_DUPLICATE"),
  ])
  func badLineIsAProblemAndTheOthersCount(_ line: String, _ code: String) throws {
    let content = try content(ofText: "8,9,50\n\(line)\n9,8,50\n", .osrmSpeeds)
    #expect(content.speeds == [speed(8, 9, 50), speed(9, 8, 50)])
    #expect(content.problems.map(\.code.rawValue) == [code])
    #expect(content.problems.first?.line == 2 && content.problems.first?.value == line)
  }

  @Test(arguments: [
    ("0.1", 0.1), ("27.", 27), (".5", 0.5), ("299.999999999999", 299.999999999999), ("1e2", 100), ("+5", 5),
    ("3.14159265358979323846", .pi), ("007", 7),
  ])
  func numbersAreReadLikeSwiftDoes(_ text: String, _ kmh: Double) throws {
    #expect(try content(ofText: "1,2,\(text)", .osrmSpeeds).speeds == [speed(1, 2, kmh)])
  }

  /// Negative ids are those of maps that were drawn and never sent to OSM.
  @Test func outermostOSMIDsAreRead() throws {
    let text = "9223372036854775807,1,5\n-9223372036854775808,-1,5"
    #expect(try content(ofText: text, .osrmSpeeds).speeds == [speed(.max, 1, 5), speed(.min, -1, 5)])
  }

  @Test func byteOrderMarkHeaderCommentsAndLineEndsAreSkipped() throws {
    let text = "\u{FEFF}from,to,speed\r\n#1,2,3\r\n \t\r\n1,2,3\r\n\n2,1,4"
    let content = try content(ofText: text, .osrmSpeeds)
    #expect(content.speeds == [speed(1, 2, 3), speed(2, 1, 4)])
    #expect(content.problems.isEmpty && content.recordCount == 2)
  }

  @Test func headerIsOnTheFirstLineOnly() throws {
    let content = try content(ofText: "1,2,3\nfrom,to,speed\n", .osrmSpeeds)
    #expect(content.problems.map(\.line) == [2])
  }

  @Test(arguments: [
    "<html><body>404, not, found</body></html>", "{\"a\":[1,2,3]}", "from,to,speed\n", "login, please, now",
    "1;2;3\n4;5;6",
    "\u{0}\u{1}",
  ])
  func otherFilesAreRefused(_ text: String) {
    #expect(failure(ofText: text, .osrmSpeeds)?.code == .notCSV)
    #expect(failure(ofText: text, .osrmTurns)?.code == .notCSV)
  }

  @Test func turnsNeedNeighboursThatDiffer() throws {
    let content = try content(ofText: "1,1,2,5\n1,2,2,5\n1,2,3,5\n", .osrmTurns)
    #expect(content.turnPenalties.count == 1 && content.problems.map(\.code) == [.badValue, .badValue])
  }

  /// A file of turns read as one of speeds: OSM nodes are no speeds.
  @Test func aFileOfAnotherKindIsNoFeed() throws {
    let turns = "101,102,103,12.5\n102,103,104,3\n"
    let content = try content(
      ofText: turns.replacing("103,12.5", with: "903,12.5").replacing("104,3", with: "904,3"), .osrmSpeeds)
    #expect(content.speeds.isEmpty && content.skippedCount == 2)
    let error = #expect(throws: FeedError.self) { try content.checkUnderstood() }
    #expect(error?.code == .nothingUnderstood && error?.value.contains("FEED_BAD_VALUE") == true)
    #expect(throws: Never.self) { try FeedsTests.content(ofText: "1,2,3\nx,y\n", .osrmSpeeds).checkUnderstood() }
  }

  @Test func emptyValuesLeaveRoomForFaults() throws {
    let empty = String(repeating: "1,2,\n", count: FeedDefaults.problemsKeptMax)
    let content = try content(ofText: empty + "x,y,z\n1,2,3\n", .osrmSpeeds)
    #expect(content.problems.count == FeedDefaults.ignoredKeptMax + 1 && content.skippedCount == 1)
    #expect(
      content.problemCounts[FeedProblem.Kind(severity: .ignored, code: .unknownValue)] == FeedDefaults.problemsKeptMax)
  }

  @Test func problemsOfAFileWithoutEndAreCountedButNotKept() throws {
    let text = "1,2,3\n" + String(repeating: "x,y,z\n", count: FeedDefaults.problemsKeptMax + 50)
    let content = try content(ofText: text, .osrmSpeeds)
    #expect(content.problems.count == FeedDefaults.problemsKeptMax)
    #expect(content.problemCount == FeedDefaults.problemsKeptMax + 50 && content.speeds.count == 1)
  }
}
