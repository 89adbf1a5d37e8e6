import API
import AnswerJSON
import Engine
import Foundation
import Geometry
import TestSupport
import Testing

@testable import InputFiles
@testable import tocsin

/// Times of many calls, and the command that ranks them without a server.
@Suite struct RankTests {
  private let folder = TemporaryFolder()

  private func write(_ text: String, _ name: String) throws -> String {
    try Data(text.utf8).write(to: folder.url(name))
    return folder.path(name)
  }

  // MARK: Groups of times

  @Test func groupsHaveSharesWithinLimits() {
    let group = TimeGroup("Noord", (1...8).reversed().map { Double($0) * 60 }, within: [60, 300, 600])
    #expect(group.count == 8 && group.medianSeconds == 240 && group.ninthDecileSeconds == 480)
    #expect(group.shares == [0.125, 0.625, 1])
    #expect(TimeGroup("Zuid", [540, 600], within: [60, 600]).medianSeconds == 540)
    #expect(TimeGroup("one", [5], within: [4, 5]).shares == [0, 1])
  }

  /// What never ended is never in time.
  @Test func whatNeverEndsCounts() throws {
    let group = TimeGroup("x", [60, .infinity, .infinity], within: [60, 600])
    #expect(group.medianSeconds == .infinity && group.shares == [1.0 / 3, 1.0 / 3])
    var table = TimeTable(within: [60])
    table.add(by: TimeTable.all, [TimeTable.all: [60, .infinity, .infinity], "none": []])
    #expect(table.text.contains("never") && table.parts[0].groups.count == 1)
    #expect(String(decoding: try JSONLine.bytes(of: table.json), as: UTF8.self).contains("\"medianSeconds\"") == false)
  }

  // MARK: Ranking

  private static func outcome(_ etas: [Double], station: String = "A") -> CallRanking.Outcome {
    .ranked(
      etas.map {
        CallRanking.Arrival(
          unitID: "u", station: station, etaSeconds: $0, travelSeconds: $0 - 10, needsLastResort: $0 > 900)
      }, leftOut: [.status: 2])
  }

  @Test func everyCallHasALineAndACount() throws {
    func call(_ id: String, hour: Int? = nil) -> CallFile.Call {
      CallFile.Call(id: id, place: Place(Coordinate(latitudeE7: 0, longitudeE7: 0)), hour: hour)
    }
    var report = RankReport(count: 2, within: [300, 420])
    #expect(
      report.add(call("a", hour: 7), Self.outcome([100, 400])) == "a,1,u,A,100.0,90.0,,\na,2,u,A,400.0,390.0,,\n")
    #expect(report.add(call("b"), Self.outcome([1_000], station: "B")) == "b,1,u,B,1000.0,990.0,yes,\n")
    #expect(report.add(call("c", hour: 17), Self.outcome([])) == "c,,,,,,,nobody comes\n")
    #expect(report.add(call("d"), .offMap) == "d,,,,,,,off the map\n")
    report.add([FileFault(line: 6, column: "lat", message: "not a number", value: "x")])
    let json = String(decoding: try JSONLine.bytes(of: report.json), as: UTF8.self)
    for part in [#""calls":4"#, #""offMap":1"#, #""unreached":1"#, #""lastResort":1"#, #""unreadable":1"#] {
      #expect(json.contains(part), "\(json)")
    }
    #expect(
      report.complaints
        == "line 6, lat: not a number (x)\n1 fault in the file of calls\noff the map: d\nnobody comes to: c\n")
    // Of the three that lie on the map one has its first unit in time, and one its second unit.
    #expect(json.contains(#""by":"rank","count":3"#) && json.contains(#""shares":[0.333,0.333]"#), "\(json)")
    #expect(json.contains(#""shares":[0,0.333]"#), "\(json)")
    #expect(report.text.contains("4 calls, 1 off the map, 1 that nobody reaches, 1 reached by a last resort only"))
    #expect(report.text.hasSuffix("Left out: 2 status\n") && json.contains(#""leftOut":{"status":2}"#))
  }

  // MARK: The command

  @Test(.enabled(if: Program.path != nil, "\(Program.hint)")) func ranksWithoutAServer() throws {
    let osm = try write(
      """
      n1 x9.000 y0.0
      n2 x9.010 y0.0
      n3 x9.020 y0.0
      w1 Thighway=primary,name=Long%20%Street Nn1,n2,n3

      """, "town.osm.opl")
    let map = folder.path("town.tocsin")
    #expect(try Program.run(["import", osm, "-o", map]).status == 0)
    let units = try write(
      """
      id,station,profile,lat,lon,turnout_seconds,status
      w,West,car,0,9.001,10,available
      e,East,car,0,9.019,10,available
      x,East,car,0,9.01,10,out_of_service

      """, "units.csv")
    let calls = try write(
      "id,lat,lon,time\na,0,9.002,2021-01-01 07:30\nb,0,9.018,2021-01-01 07:40\nc,5,5,2021-01-01 08:00\nd,nowhere,1,\n",
      "calls.csv")
    let arguments = ["rank", "--map", map, "--units", units, "--calls", calls, "--within", "1m,7m"]
    let ranks = folder.path("ranks.csv")
    let ranked = try Program.run(arguments + ["-k", "2", "-o", ranks])
    #expect(ranked.status == 0 && ranked.output.contains("3 calls, 1 off the map"), "\(ranked.complaint)")
    #expect(ranked.complaint.contains("line 5, lat") && ranked.complaint.contains("off the map: c"))
    let lines = try String(contentsOfFile: ranks, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(lines.map { $0[0] } == ["call", "a", "a", "b", "b", "c"])
    #expect(lines.dropFirst().map { $0[2] } == ["w", "e", "e", "w", ""])
    #expect(lines.last?.last == "off the map")
    for line in lines.dropFirst().dropLast() {
      #expect(try #require(Double(line[4])) == #require(Double(line[5])) + 10)
    }
    let json = try Program.run(arguments + ["--json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any], "\(json.complaint)")
    let groups = try #require(object["groups"] as? [[String: Any]])
    #expect(
      groups.map { "\($0["by"] ?? "") \($0["name"] ?? "")" } == ["all all", "station East", "station West", "hour 07"])
    let none = try Program.run(["rank", "--map", map, "--units", calls, "--calls", calls])
    #expect(none.status == 1 && none.complaint.contains("INVALID_UNIT_FILE"), "\(none.complaint)")
    let empty = try Program.run(["rank", "--map", map, "--units", units, "--calls", write("lat,lon\n", "empty.csv")])
    #expect(empty.status == 1 && empty.complaint.contains("INVALID_CALL_FILE"), "\(empty.complaint)")
  }
}
