import Foundation
import InputFiles
import TestSupport
import Testing

/// Files of calls, read piece by piece.
@Suite struct CallFileTests {
  private let folder = TemporaryFolder()

  private func read(_ text: String, zone: String = "Asia/Seoul") throws -> (calls: [CallFile.Call], faults: [FileFault])
  {
    try Data(text.utf8).write(to: folder.url("calls.csv"))
    var file = try CallFile(path: folder.path("calls.csv"), timeZone: #require(TimeZone(identifier: zone)))
    var all: (calls: [CallFile.Call], faults: [FileFault]) = ([], [])
    while let (calls, faults) = try file.next() {
      all.calls += calls
      all.faults += faults
    }
    return all
  }

  @Test func callsAreReadInTheirOrder() throws {
    let (calls, faults) = try read("time,lat,lon,id,seconds\n,37.5,127,b,421\n2021-01-01 13:16:00,-2,-1.5,,\n")
    #expect(faults == [] && calls.map(\.id) == ["b", "2"] && calls.map(\.hour) == [nil, 13])
    #expect(calls[1].place.coordinate.longitudeE7 == -15_000_000)
  }

  /// A local time is told as it stands; one with a zone is told in that of the map.
  @Test(arguments: [
    ("2021-01-01 00:00:00", 0), ("2021-01-01T23:59", 23), ("2021-01-01T13:00:00Z", 22),
    ("2021-01-01T13:00:00+09:00", 13),
    ("1609506000000", 22),
  ])
  func hours(_ text: String, _ hour: Int) throws {
    #expect(try read("lat,lon,time\n37,127,\(text)\n").calls.map(\.hour) == [hour])
  }

  @Test(arguments: ["2021-13-01 00:00:00", "2021-01-01 24:00", "01/02/2021 13:16", "noon"])
  func whatIsNoTimeIsAFault(_ text: String) throws {
    let (calls, faults) = try read("lat,lon,time\n37,127,\(text)\n38,127,\n")
    #expect(calls.map(\.id) == ["2"] && faults.map(\.line) == [2] && faults[0].value == text)
  }

  /// Blocks end between records, wherever a quoted field has its line ends, and faults keep their lines.
  @Test func aFileLargerThanABlock() throws {
    let count = 20_000
    var text = "\u{FEFF}\n\nid;lat;lon;note\r\n"
    for number in 0..<count {
      let latitude = number % 7_000 == 6_999 ? "x" : "37,5"
      text += "c\(number);\(latitude);127;\"first line,\n\"\"second\"\" line \(number)\"\r\n"
    }
    #expect(text.utf8.count > 2 * CallFile.recordBytesMax)
    let (calls, faults) = try read(text)
    #expect(calls.count == count - 2 && calls.last?.id == "c\(count - 1)")
    #expect(faults.map(\.line) == [4 + 2 * 6_999, 4 + 2 * 13_999] && faults.allSatisfy { $0.value == "x" })
  }

  @Test(arguments: [
    "", "lat\n1\n", "lat,lon\n", "lat,lon,lat\n1,2,3\n", "lat,lon\n\"1,2\n",
    "lat,lon,note\n1,2,\"" + String(repeating: "x", count: 3 * CallFile.recordBytesMax),
  ])
  func whatIsNoListOfCallsIsRefused(_ text: String) {
    let error = #expect(throws: InputFileError.self) { try read(text) }
    #expect(error?.code == .invalidCallFile)
  }

  @Test func noFileIsRefused() {
    let error = #expect(throws: InputFileError.self) { try CallFile(path: folder.path("none"), timeZone: .gmt) }
    #expect(error?.code == .fileUnreadable)
  }
}
