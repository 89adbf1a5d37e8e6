import API
import Geometry

/// What is asked and answered of layers, with every field set to something else than its default.
public enum LayerSamples {
  private static let hydrant = PlanSamples.layer.features[0]

  public static let assets = [
    RouteAsset(
      "소화전", hydrant, travelSeconds: 18.25, lengthMeters: 140.5, side: .left, distanceMeters: 12.25,
      inViewSeconds: 14...21.5),
    RouteAsset("signal", LayerFeature(id: "9", .point(Samples.south)), travelSeconds: 52, lengthMeters: 560),
  ]

  public static let nearbyRequest: NearbyRequest = {
    var request = NearbyRequest(Place(Samples.town, headingDegrees: 90), layers: ["소화전", "camera"])
    (request.radiusMeters, request.count, request.isAlongRoads) = (250.5, 7, true)
    return request
  }()
  public static let nearbyAnswer = NearbyAnswer(
    version: 31, place: Samples.snapped,
    features: [
      NearbyFeature("소화전", hydrant, airMeters: 22.5, roadMeters: 38.25, side: .right),
      NearbyFeature("camera", LayerFeature(id: "9", .point(Samples.south)), airMeters: 7),
    ])

  public static let tileRequest: TileRequest = {
    var request = TileRequest(.speeds, zoom: 14, column: 13_971, row: 6_343)
    (request.profile, request.knownTag) = ("구급차", "0123456789abcdef")
    return request
  }()
  public static let tileAnswer = TileAnswer(
    version: 33, tile: [0x1a, 0, 0xff, 7], tag: "fedcba9876543210", isKnown: true, leftOutCount: 12)

  public static let stagingRequest: StagingRequest = {
    var request = StagingRequest(
      scene: Place(Samples.town, headingDegrees: 45), hazard: .radius(meters: 150.5),
      force: .units(ids: ["A-12", "é"]),
      places: .listed([
        StagingPlace(id: "p", name: "학교", Samples.south, capacity: 12), StagingPlace(id: "q", Samples.town),
      ]))
    (request.marginMeters, request.profile, request.reserveSeconds) = (25.5, "fire_engine", 300.5)
    (request.windFromDegrees, request.whatIf) = (270.5, [Samples.pointClosure])
    return request
  }()
  /// The same hazard as an area, for those of a plan that is chosen.
  public static let typeStaging = StagingRequest(
    scene: Place(Samples.town), hazard: .areas(PlanSamples.layer.features[1].areas), force: .incidentType("chemical"),
    places: .layer("학교"))
  public static let planStaging = StagingRequest(
    scene: Place(Samples.town), hazard: .radius(meters: 50), force: .plan(id: "house-fire"), places: .layer("학교"))
  public static let stagingAnswer: StagingAnswer = {
    let place = StagingPlace(id: "p", name: "학교", Samples.south, capacity: 12)
    var answer = StagingAnswer(version: 32, scene: Samples.snapped, unitIDs: ["A-12", "é"])
    answer.spots = [
      StagingSpot(
        place, road: Samples.snapped, assembleSeconds: 240.5, onwardSeconds: 61.25,
        arrivals: [StagingArrival("é", etaSeconds: 100), StagingArrival("A-12", etaSeconds: 240.5)], wind: .crosswind)
    ]
    answer.refused = [
      RefusedStaging(StagingPlace(id: "q", Samples.town), .inHazard), RefusedStaging(place, .unreached, about: "é"),
    ]
    return answer
  }()
}
