import API
import Geometry
import Testing

@testable import tocsin

/// What lies along a way, near a place and out of danger, for people.
@Suite struct AlongTextTests {
  private static let place = Coordinate(latitude: 37.5, longitude: 126.9)!

  @Test func assetsAreATable() {
    var route = Route(travelSeconds: 226, lengthMeters: 2_100)
    route.assets = [
      RouteAsset(
        "signal", LayerFeature(id: "1", name: "구로소방서앞", .point(Self.place)), travelSeconds: 0, lengthMeters: 0),
      RouteAsset(
        "camera", LayerFeature(id: "CCTV 1042", .point(Self.place)), travelSeconds: 18, lengthMeters: 140, side: .left,
        distanceMeters: 12, inViewSeconds: 14...21),
    ]
    route.assetsLeftOutCount = 1_200
    #expect(
      AssetText.text(route) == """
          at  metre  layer   name          side  distance
        0:00      0  signal  구로소방서앞
        0:18    140  camera  CCTV 1042     left      12 m  in view 0:14-0:21
        and 1,200 more

        """)
    #expect(AssetText.words(route) == ", signal 구로소방서앞 0:00, camera CCTV 1042 0:18")
    #expect(AssetText.text(Route(travelSeconds: 1, lengthMeters: 1)) == "")
  }

  @Test func nearbyIsATable() {
    let hydrant = LayerFeature(id: "H-3391", .point(Self.place), tags: [LayerTag("usable", "no")])
    let answer = NearbyAnswer(
      version: 1,
      features: [NearbyFeature("hydrant", hydrant, airMeters: 22, roadMeters: 38, side: .left)])
    #expect(
      NearbyText.text(answer) == """
        layer    name    by road  by air  side
        hydrant  H-3391     38 m    22 m  left  not usable

        """)
    #expect(NearbyText.text(NearbyAnswer(version: 1)) == "Nothing is near.\n")
  }

  @Test func placesThatAreNoneHaveTheirReason() {
    let request = StagingRequest(
      scene: Place(Self.place), hazard: .radius(meters: 100), force: .units(ids: ["E1"]), places: .layer("staging"))
    let snapped = SnappedPlace(coordinate: Self.place, distanceMeters: 0, wayOSMID: 1, name: "", headingDegrees: 0)
    var answer = StagingAnswer(version: 1, scene: snapped, unitIDs: ["E1"])
    for obstacle in StagingObstacle.allCases {
      answer.refused.append(RefusedStaging(StagingPlace(id: "p", Self.place), obstacle, about: "E1"))
    }
    let text = StagingText.text(answer, request)
    #expect(text.hasPrefix("The units can gather in none of the places.\nNot p: out of use: E1\n"))
    #expect(Set(text.split(separator: "\n")).count == StagingObstacle.allCases.count + 1)
  }

  /// Both are called layers: numbers are OSM's, words the department's.
  @Test func layersAreNumbersOrWords() throws {
    let option = try AlongOption.parse(["--layers", "camera,signal", "--layers", "-1..0", "--layers", "hydrant"])
    #expect(option.names == ["camera", "signal", "hydrant"] && option.value.layers == -1...0)
    #expect(try AlongOption.parse(["--tunnels", "only"]).value == LevelFilter(tunnels: .only))
    #expect(throws: (any Error).self) { try AlongOption.parse(["--layers", "0", "--layers", "1"]) }
    #expect(throws: (any Error).self) { try AlongOption.parse(["--layers", "2..1"]) }
    #expect(throws: (any Error).self) { try AlongOption.parse(["--layers", ","]) }
  }
}
