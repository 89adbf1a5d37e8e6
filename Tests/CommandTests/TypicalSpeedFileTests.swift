import API
import Foundation
import TestSupport
import Testing
import Traffic

@testable import InputFiles

@Suite struct TypicalSpeedFileTests {
  private static func text(_ header: String, _ rows: [String], slots: Int = 168) -> [UInt8] {
    let names = (0..<slots).map { "s\($0)" }
    return Array(([header + "," + names.joined(separator: ",")] + rows).joined(separator: "\n").utf8)
  }

  private static func row(_ start: String, _ cells: [Int: String], slots: Int = 168) -> String {
    start + "," + (0..<slots).map { cells[$0] ?? "" }.joined(separator: ",")
  }

  private static func fault(_ bytes: [UInt8]) -> FileFault? {
    #expect(throws: FileFault.self) { try TypicalSpeedFile.roads(bytes) }
  }

  @Test func waysLinksAndNodesHaveSpeeds() throws {
    let rows = [
      Self.row("4711,,,forward", [0: "30.5", 167: "12 14 16"]), Self.row(",L-1,,", [3: "40"]),
      Self.row(",,1-2,", [3: "\"8,5\""]),
    ]
    let roads = try TypicalSpeedFile.roads(Self.text("way,link,nodes,direction", rows))
    #expect(
      roads.map(\.road) == [
        .way(osmID: 4711, direction: .forward), .link(id: "L-1"), .nodes(OSMNodePair(from: 1, to: 2)),
      ])
    #expect(roads.map(\.slotCount) == [168, 168, 168])
  }

  @Test func columnsMayBeFewAndQuartersOfAnHour() throws {
    let bytes = Self.text("way,direction", [Self.row("4711,", [671: "30"], slots: 672)], slots: 672)
    let roads = try TypicalSpeedFile.roads(bytes)
    #expect(roads.map(\.slotCount) == [672])
    #expect(roads[0].road == .way(osmID: 4711, direction: .both))
  }

  @Test func faultsSayWhereTheyAre() {
    #expect(Self.fault([])?.line == 1)
    #expect(Self.fault(Self.text("way,direction", [], slots: 24))?.value == "way,direction and 24 slots")
    #expect(Self.fault(Self.text("direction", []))?.line == 1)
    #expect(Self.fault(Self.text("way", [Self.row("4711", [5: "0"])]))?.value == "0")
    #expect(Self.fault(Self.text("way", [Self.row("4711", [5: "-3"])]))?.value == "-3")
    #expect(Self.fault(Self.text("way", [Self.row("4711", [5: "fast"])]))?.line == 2)
    #expect(Self.fault(Self.text("way", [Self.row("x", [:])]))?.column == "way")
    #expect(Self.fault(Self.text("way,link", [Self.row("1,2", [:])]))?.line == 2)
    #expect(Self.fault(Self.text("nodes", [Self.row("1", [:])]))?.column == "nodes")
    #expect(Self.fault(Self.text("way,direction", [Self.row("1,up", [:])]))?.value == "up")
    #expect(Self.fault(Self.text("way", ["4711,1,2"]))?.value == "3")
  }

  // MARK: What is learnt

  private static let way = RoadSpeed.Road.way(osmID: 4711, direction: .forward)
  /// Monday 2023-11-13, 08:10 in Seoul.
  private static let monday = Date(timeIntervalSince1970: 1_699_830_600)

  private static func learn(_ learnt: inout LearntSpeeds, _ speeds: [(hours: Double, kmh: Double)]) -> Int {
    speeds.reduce(0) { count, reading in
      let moment = monday.addingTimeInterval(reading.hours * 3_600)
      return count + (learnt.add([RoadSpeed(way, kmh: reading.kmh)], at: moment) ? 1 : 0)
    }
  }

  private static func slots(_ learnt: LearntSpeeds) throws -> [Int: [Double]] {
    var slots: [Int: [Double]] = [:]
    try TypicalSpeedFile.visitRows(of: Array(learnt.text.utf8)) { row in
      for (slot, speeds) in row.slots.enumerated() where !speeds.isEmpty { slots[slot] = speeds }
    }
    return slots
  }

  @Test func theMedianOfAnHourIsKeptByTheClockOfThePlace() throws {
    var learnt = LearntSpeeds(try #require(TimeZone(identifier: "Asia/Seoul")))
    let count = Self.learn(&learnt, [(0, 30), (0.1, 50), (0.2, 33), (0.3, 0), (1, 60), (2, 20)])
    #expect(count == 2)
    #expect(try Self.slots(learnt) == [8: [33], 9: [60]])
  }

  /// In Kathmandu an hour begins at a quarter past that of Greenwich.
  @Test func anHourIsThatOfTheClock() throws {
    var learnt = LearntSpeeds(try #require(TimeZone(identifier: "Asia/Kathmandu")))
    // 04:55, 05:25, 06:10.
    #expect(Self.learn(&learnt, [(0, 30), (0.5, 50), (1.25, 60)]) == 2)
    #expect(try Self.slots(learnt) == [4: [30], 5: [50]])
  }

  /// It would be written over.
  @Test func aFileOfQuartersIsNotGoneOnFrom() throws {
    var learnt = LearntSpeeds(try #require(TimeZone(identifier: "Asia/Seoul")))
    let bytes = Self.text("way", [Self.row("4711", [671: "30"], slots: 672)], slots: 672)
    let fault = #expect(throws: FileFault.self) { try learnt.add(file: bytes) }
    #expect(fault?.value == "672")
  }

  @Test func weeksAddUpAndOldOnesGo() throws {
    var learnt = LearntSpeeds(try #require(TimeZone(identifier: "Asia/Seoul")))
    for week in 0...12 { _ = Self.learn(&learnt, [(hours: Double(week * 168), kmh: Double(20 + week))]) }
    let kept: [Double] = [23, 24, 25, 26, 27, 28, 29, 30, 31]
    #expect(try Self.slots(learnt) == [8: kept])
    // Goes on from its own file.
    var again = LearntSpeeds(try #require(TimeZone(identifier: "Asia/Seoul")))
    try again.add(file: Array(learnt.text.utf8))
    #expect(try Self.slots(again) == Self.slots(learnt))
    #expect(again.text == learnt.text)
    let roads = try TypicalSpeedFile.roads(Array(learnt.text.utf8))
    #expect(roads.count == 1)
  }

  @Test(arguments: [([], nil), ([3.0], 3.0), ([9, 1, 4], 4), ([1, 9, 4, 2], 3)] as [([Double], Double?)])
  func medians(_ speeds: [Double], _ expected: Double?) { #expect(TypicalSpeedFile.median(speeds) == expected) }
}

@Suite struct DepartureTextTests {
  private static let seoul = TimeZone(identifier: "Asia/Seoul")!
  /// Monday 2026-11-30, 09:00 in Seoul.
  private static let now = Date(timeIntervalSince1970: 1_795_996_800)

  @Test(
    arguments: [
      ("14:00", "2026-11-30T05:00:00Z"), ("08:30", "2026-11-30T23:30:00Z"), ("Sat 14:00", "2026-12-05T05:00:00Z"),
      ("saturday 14:00", "2026-12-05T05:00:00Z"), ("Mon 08:00", "2026-12-06T23:00:00Z"),
      ("mon 10:00", "2026-11-30T01:00:00Z"), ("2026-12-25 07:15", "2026-12-24T22:15:00Z"),
      ("2026-12-25T07:15", "2026-12-24T22:15:00Z"), ("2026-12-25T07:15:00Z", "2026-12-25T07:15:00Z"),
      ("2h", "2026-11-30T02:00:00Z"),
    ])
  func textsAreMomentsOfTheMapsClock(_ text: String, _ expected: String) throws {
    let departure = try #require(DepartureText(text))
    #expect(departure.moment(in: Self.seoul, after: Self.now) == (try Date(expected, strategy: .iso8601)))
  }

  @Test(arguments: ["", "Sat", "Someday 14:00", "24:00", "7:60", "2026-13-01", "soon", "Sat 14", "-2h"])
  func otherTextsAreNone(_ text: String) { #expect(DepartureText(text) == nil) }

  @Test(arguments: ["2026-02-30 10:00", "2026-13-01 10:00"]) func daysThatThereAreNot(_ text: String) throws {
    #expect(try #require(DepartureText(text)).moment(in: Self.seoul, after: Self.now) == nil)
  }

  /// Where the clock is put forward over it, the next time that there is counts.
  @Test func aTimeThatAClockPassesOver() throws {
    let rome = try #require(TimeZone(identifier: "Europe/Rome"))
    let before = try Date("2026-03-28T23:00:00Z", strategy: .iso8601)
    let moment = try #require(DepartureText("02:30")?.moment(in: rome, after: before))
    #expect(moment == (try Date("2026-03-29T01:00:00Z", strategy: .iso8601)))
  }
}
