import API
import Geometry

/// A request and an answer of Locate, with every field set.
public enum LocateSamples {
  public static var request: LocateRequest {
    var request = LocateRequest(Place(Samples.south, headingDegrees: 190.5))
    (request.radiusMeters, request.count, request.language) = (20.5, 4, "ko")
    request.levels = LevelFilter(layers: -1...2, bridges: .only, tunnels: .excluded)
    return request
  }

  public static var answer: LocateAnswer {
    var road = LocatedRoad(Samples.snapped)
    (road.ref, road.towards, road.isDivided, road.structure) = ("79", "반포", true, "반포대교")
    road.before = NamedJunction("서빙고", Samples.town, lengthMeters: 210.5, toward: .north)
    road.after = NamedJunction("A × B", Samples.south, lengthMeters: 640.25, toward: .southWest)
    road.mark = KilometreMark(road: "79", kilometres: 28.4, direction: "상행", errorMeters: 12.5)
    (road.probability, road.words, road.question, road.offRoad) = (0.75, "bridge", "on the upper deck?", .northEast)
    var answer = LocateAnswer(version: 25, coordinate: Samples.south)
    answer.roads = [road, LocatedRoad(Samples.snapped)]
    (answer.nationalPointNumber, answer.district) = ("다사 5550 4616", "서초구")
    answer.nearby = [LocatedFeature(layer: "poles", id: "7", name: "é", Samples.town, distanceMeters: 3.5)]
    var found = FoundPlace(.kilometre, "79 28.4", Samples.town)
    (found.headingDegrees, found.layer, found.id, found.district) = (90.5, "markers", "m1", "서초구")
    answer.found = [found]
    return answer
  }
}
