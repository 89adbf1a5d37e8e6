import RoadGraph
import Testing

@testable import MapImport

@Suite struct SurfaceTests {
  @Test func everySurfaceIsReadByItsName() {
    for surface in Surface.allCases where surface != .unknown {
      #expect(SurfaceTags.surface(of: surface.osmName) == surface)
    }
  }

  @Test(arguments: [
    ("concrete:plates", Surface.concrete), ("cobblestone:flattened", .cobblestone), ("asphalt;gravel", .gravel),
    ("gravel; asphalt", .gravel), ("dirt/sand", .sand), ("unhewn_cobblestone", .cobblestone), ("Asphalt", .asphalt),
    ("asphalt;unheard_of", .asphalt), ("woodchips", .ground),
  ])
  func readsCompounds(value: String, surface: Surface) {
    #expect(SurfaceTags.surface(of: value) == surface)
  }

  private func attributes(_ tags: [String: String]) throws -> (RoadAttributes, ImportReport) {
    var drawn = DrawnMap()
    drawn.line(2)
    drawn.way(1, [1, 2], ["highway": "residential"].merging(tags) { $1 })
    let map = try drawn.imported()
    return (try #require(map.attributes(1)), map.report)
  }

  @Test(
    arguments: [
      ([:], Surface.unknown), (["highway": "track"], .unpaved),
      (["highway": "track", "tracktype": "grade1"], .unknown),
      (["tracktype": "grade3"], .unpaved), (["highway": "track", "surface": "paved"], .paved),
      (["surface": "unheard_of"], .unknown),
    ] as [([String: String], Surface)])
  func tracksAreUnpavedUnlessTheMapSaysOtherwise(tags: [String: String], surface: Surface) throws {
    #expect(try attributes(tags).0.surface == surface)
  }

  @Test func readsSmoothnessAndGrade() throws {
    let (road, _) = try attributes(["smoothness": "very_bad", "tracktype": "grade4"])
    #expect(road.smoothness == .veryBad)
    #expect(road.trackGrade == 4)
    for tags in [["impassable": "yes"], ["status": "impassable"], ["smoothness": "impassable"]] {
      #expect(try attributes(tags).0.smoothness == .impassable, "\(tags)")
    }
  }

  @Test func whatIsNotUnderstoodIsListed() throws {
    let report = try attributes(["surface": "AS", "smoothness": "soso", "tracktype": "path"]).1
    #expect(report.dropped.map(\.reason) == [.unknownSurface])
    #expect(report.dropped.first?.examples.map(\.value) == ["AS", "soso", "path"])
  }
}
