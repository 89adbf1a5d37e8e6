import API
import Foundation
import InputFiles
import TestSupport
import Testing

/// Files of traces.
@Suite struct TraceFileTests {
  private func read(_ text: String) throws -> (points: [TracePoint], faults: [FileFault]) {
    try TraceFile.read(Array(text.utf8))
  }

  @Test func pointsAreReadInTheirOrder() throws {
    let (points, faults) = try read(
      "speed,lon,lat,time,heading,accuracy\n3,126.98,37.56,2026-05-01T12:00:00Z,90,7.5\n,-1.5,-2,,,\n")
    #expect(faults == [])
    #expect(points.map(\.headingDegrees) == [90, nil])
    #expect(points.map(\.accuracyMeters) == [7.5, TracePoint.accuracyMetersDefault])
    #expect(points.map { $0.at == nil } == [false, true])
    #expect(points[1].coordinate.latitudeE7 == -20_000_000)
    #expect(try read("lat,lon\n1,2\n").points.count == 1)
  }

  @Test func everyFaultIsTold() throws {
    let (points, faults) = try read("lat,lon,accuracy,time\n95,0,,\n1,2,,\n1,2,0,\n1,2,,noon\n")
    #expect(points.count == 1)
    #expect(faults.map(\.line) == [2, 4, 5] && faults[0].value == "95")
    let folder = TemporaryFolder()
    try Data("lat,lon\n95,0\n".utf8).write(to: folder.url("t.csv"))
    let error = #expect(throws: InputFileError.self) { try TraceFile.points(path: folder.path("t.csv")) }
    #expect(error?.code == .invalidPositionFile)
  }

  @Test(arguments: ["", "lat\n", "lat,lon\n", "lat,lon,lat\n"])
  func whatIsNoTraceIsRefused(_ text: String) {
    #expect(throws: FileFault.self) { try read(text) }
  }
}
