import API
import Foundation
import Geometry
import InputFiles
import Testing

/// Files of positions: good lines count, and each of the others says what is wrong.
@Suite struct PositionFileTests {
  private func read(_ text: String) throws -> (positions: [PositionReport], faults: [FileFault]) {
    try PositionFile.read(Array(text.utf8), path: "p.csv")
  }

  @Test func linesBecomeReports() throws {
    let text = """
      id,lat,lon,heading,speed_kmh,reported_at
      A-1,37.5,127,90,61.5,2026-05-01T12:00:00Z
      A-1,37.6,127,,,2026-05-01T12:00:00.250Z
      구급2,-90,180,360,0,1700000000125
      B,1,2,,,

      """
    let (positions, faults) = try read(text)
    #expect(faults.isEmpty && positions.map(\.id) == ["A-1", "A-1", "구급2", "B"])
    #expect(positions[0].headingDegrees == 90 && positions[0].speedKmh == 61.5)
    let times = positions.map { $0.reportedAt?.timeIntervalSince1970 }
    #expect(times == [1_777_636_800, 1_777_636_800.25, 1_700_000_000.125, nil])
    #expect(
      positions[3] == PositionReport(id: "B", coordinate: Coordinate(latitudeE7: 10_000_000, longitudeE7: 20_000_000)))
  }

  @Test(arguments: [
    ("A,91,2,,,", "lat"), ("A,1,-181,,,", "lon"), ("A,x,2,,,", "lat"), ("A,1,2,361,,", "heading"),
    ("A,1,2,,-1,", "speed_kmh"), ("A,1,2,,301,", "speed_kmh"), ("A,1,2,,,yesterday", "reported_at"),
    ("A,1,2,,,12", "reported_at"), (",1,2,,,", "id"), ("A,,2,,,", "lat"), ("A,1,2", ""),
  ])
  func aLineWithAFaultIsLeftOut(_ line: String, _ column: String) throws {
    let (positions, faults) = try read("id,lat,lon,heading,speed_kmh,reported_at\n\(line)\nB,1,2,,,\n")
    #expect(positions.map(\.id) == ["B"])
    #expect(faults.map(\.line) == [2] && faults.map(\.column) == [column])
  }

  @Test(arguments: ["", "id,lat\nA,1\n", "id,lat,lon,speed\nA,1,2,3\n", "{\"id\":1}"])
  func otherFilesAreRefused(_ text: String) {
    let error = #expect(throws: InputFileError.self) { try read(text) }
    #expect(error?.code == .invalidPositionFile && error?.value == "p.csv")
  }
}
