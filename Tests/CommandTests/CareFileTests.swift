import API
import Foundation
import InputFiles
import TestSupport
import Testing

/// Files of hospitals and of posts.
@Suite struct CareFileTests {
  private func hospitals(_ text: String) throws -> (hospitals: [Hospital], faults: [FileFault]) {
    try HospitalFile.read(Array(text.utf8))
  }

  private func posts(_ text: String) throws -> (posts: [Post], faults: [FileFault]) {
    try PostFile.read(Array(text.utf8))
  }

  @Test func hospitalsAreRead() throws {
    let (read, faults) = try hospitals(
      """
      states,lon,id,lat,heading,capabilities,offload_seconds,reported_at,name,source
      open; stroke=diversion;burns=Open:2,126.98,b,37.56,90,stroke;burns;stroke,480,2026-05-01T12:00:00Z,병원,have
      ,-1.5,a,-2,,,,,,
      """)
    #expect(faults == [] && read.map(\.id) == ["b", "a"])
    #expect(
      read[0].states == [
        HospitalState(.open), HospitalState(.diversion, for: "stroke"), HospitalState(.open, for: "burns", freeBeds: 2),
      ])
    #expect(read[0].capabilities == ["stroke", "burns"] && read[0].offloadSeconds == 480)
    #expect(read[0].name == "병원" && read[0].source == "have" && read[0].place.headingDegrees == 90)
    #expect(read[0].reportedAt == Date(timeIntervalSince1970: 1_777_636_800))
    #expect(read[1] == Hospital(id: "a", place: read[1].place))
  }

  @Test func everyFaultOfAHospitalIsTold() throws {
    let (read, faults) = try hospitals(
      """
      id,lat,lon,states,offload_seconds
      a,95,0,,
      b,1,2,full,
      c,1,2,burns=open:many,
      ,1,2,,-1
      e,1,2,=open,
      d,1,2,closed,5
      """)
    #expect(read.map(\.id) == ["d"] && faults.map(\.line) == [2, 3, 4, 5, 5, 6])
    let folder = TemporaryFolder()
    try Data("id,lat,lon\na,95,0\n".utf8).write(to: folder.url("h.csv"))
    #expect(
      #expect(throws: InputFileError.self) { try HospitalFile.hospitals(path: folder.path("h.csv")) }?.code
        == .invalidHospitalFile)
    #expect(throws: FileFault.self) { try hospitals("id,lat,lon,beds\n") }
  }

  @Test func postsAreRead() throws {
    let (read, faults) = try posts(
      "id,lat,lon,capacity,agencies,keep,name\nN,1,2,3,EMS; fire,1 engine;2,North\nS,1,2,,,,\n")
    #expect(faults == [] && read.map(\.id) == ["N", "S"])
    #expect(read[0].keep == [PostKeep("engine", count: 1), PostKeep(count: 2)] && read[0].capacity == 3)
    #expect(read[0].agencies == ["EMS", "fire"] && read[0].name == "North")
    #expect(read[1] == Post(id: "S", place: read[1].place))
  }

  @Test func everyFaultOfAPostIsTold() throws {
    let (read, faults) = try posts("id,lat,lon,capacity,keep\na,1,2,0,\nb,1,2,,engine\nc,x,2,,\nd,1,2,,1\n")
    #expect(read.map(\.id) == ["d"] && faults.map(\.line) == [2, 3, 4])
    let folder = TemporaryFolder()
    try Data("id,lat,lon\na,95,0\n".utf8).write(to: folder.url("p.csv"))
    #expect(
      #expect(throws: InputFileError.self) { try PostFile.posts(path: folder.path("p.csv")) }?.code == .invalidPostFile)
  }
}
