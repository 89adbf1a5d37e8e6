import API
import Geometry
import RoadGraph
import TestSupport
import Testing

@testable import PlaceNames

/// From places to kilometres and back.
@Suite struct KilometreMarkerTests {
  private let walked: WalkedTown

  init() throws {
    var town = try Town(
      """
      A----B----C----D
           |    |
           E    F
      """, metersPerCell: 200)
    town.road("ABCD", tags: ["name": "Long Road", "ref": "25"])
    walked = try WalkedTown(town)
  }

  private func sign(_ letter: Character, _ kilometres: Double, _ direction: String = "") -> KilometreSign {
    KilometreSign(
      road: "25", direction: direction, meters: kilometres * 1_000, walked.town.map.coordinate(letter))
  }

  @Test func placesBetweenTwoSignsAreInterpolated() throws {
    let markers = KilometreMarkers([sign("A", 10), sign("D", 13, "up")], on: walked.network)
    // A to D is 3 km: halfway from A to B lies 0.5 km behind A.
    for (from, to, wanted) in [("A", "B", 10.5), ("B", "C", 11.5), ("C", "D", 12.5), ("D", "C", 12.5)]
      as [(Character, Character, Double)]
    {
      let mark = try #require(markers.mark(at: walked.place(from, to)))
      #expect(abs(mark.kilometres - wanted) < 0.051 && mark.road == "25", "\(from)\(to): \(mark)")
      #expect(mark.errorMeters == 10)
    }
    #expect(try markers.mark(at: walked.place("C", "D"))?.direction == "up")
    #expect(try markers.mark(at: walked.place("B", "E")) == nil)
  }

  @Test func beyondTheOutermostSignThereIsNone() throws {
    let markers = KilometreMarkers([sign("B", 11), sign("C", 12)], on: walked.network)
    #expect(try markers.mark(at: walked.place("B", "C")) != nil)
    #expect(try markers.mark(at: walked.place("A", "B")) == nil && markers.mark(at: walked.place("C", "D")) == nil)
    #expect(try KilometreMarkers([], on: walked.network).mark(at: walked.place("B", "C")) == nil)
  }

  @Test func kilometresLeadToTheirPlaces() throws {
    let markers = KilometreMarkers([sign("A", 10), sign("B", 11), sign("D", 13)], on: walked.network)
    for (road, meters, from, to) in [
      ("25", 10_500.0, "A", "B"), ("Long Road", 11_500, "B", "C"), ("long road", 12_500, "C", "D"),
    ] as [(String, Double, Character, Character)] {
      let places = try markers.places(road, meters: meters)
      let wanted = walked.town.map.middle(from, to)
      #expect(places.count == 1 && places[0].coordinate.distanceMeters(to: wanted) < 15, "\(road) \(meters)")
    }
    #expect(
      try markers.places("25", meters: 13_000)[0].coordinate.distanceMeters(to: walked.town.map.coordinate("D")) < 1)
    #expect(try markers.places("26", meters: 10_500).isEmpty)
  }

  @Test func kilometresOutsideSayTheRange() throws {
    let markers = KilometreMarkers([sign("A", 10, "up"), sign("D", 13, "up")], on: walked.network)
    let error = #expect(throws: EngineError.self) { try markers.places("25 up", meters: 20_000) }
    #expect(error?.code == .unknownMarker && error?.value == "20.0")
    #expect(error?.message.contains("25 up 10.0 to 13.0") == true, "\(error?.message ?? "")")
  }

  /// Each carriageway has signs of its own; without a direction both are meant.
  @Test func directionsChooseTheCarriageway() throws {
    var town = try Town(
      """
      A-----B
      C-----D
      """, metersPerCell: 100)
    town.oneway("AB", tags: ["ref": "1"])
    town.oneway("DC", tags: ["ref": "1"])
    let walked = try WalkedTown(town)
    let signs = [("A", 5.0, "east"), ("B", 5.6, "east"), ("C", 5.0, "west"), ("D", 5.6, "west")].map {
      KilometreSign(
        road: "1", direction: $0.2, meters: $0.1 * 1_000, walked.town.map.coordinate(Character($0.0)))
    }
    let markers = KilometreMarkers(signs, on: walked.network)
    let east = try markers.places("1 east", meters: 5_300)
    #expect(east.count == 1 && abs((east[0].headingDegrees ?? 0) - 90) < 1)
    let west = try markers.places("1 we", meters: 5_300)
    #expect(west.count == 1 && abs((west[0].headingDegrees ?? 0) - 270) < 1)
    #expect(west[0].coordinate.distanceMeters(to: town.map.middle("C", "D")) < 5)
    #expect(try markers.places("1", meters: 5_300).count == 2)
  }

  @Test func signsFarFromRoadsAreCounted() {
    let far = Coordinate(latitudeE7: 500_000_000, longitudeE7: 0)
    let markers = KilometreMarkers(
      [KilometreSign(road: "25", direction: "", meters: 1, far)], on: walked.network)
    #expect(markers.offRoadCount == 1 && markers.isEmpty)
  }
}
