import Engine
import Fleet
import Foundation
import Geometry
import Profiles
import Traffic

/// One value of every kind, with every field set to something else than its default.
enum Samples {
  static let town = Coordinate(latitudeE7: 521_234_567, longitudeE7: 45_678_901)
  static let south = Coordinate(latitudeE7: -338_567_890, longitudeE7: -1_799_999_999)
  static let moment = Date(timeIntervalSince1970: 1_700_000_000.125)
  static let later = Date(timeIntervalSince1970: 1_700_003_600.5)

  static let snapped = SnappedPlace(
    coordinate: town, distanceMeters: 12.25, wayOSMID: 4_294_967_296_123, name: "Prinsengracht – Noord",
    headingDegrees: 271.5, side: .right)

  static let unit = ResponseUnit(
    id: "A-12", agency: "ambulance", station: "Noord", capabilities: ["als", "neonatal"], profile: "ambulance",
    status: .returning, coordinate: south, headingDegrees: 359.5, reportedAt: moment, turnoutSeconds: 45.5)
  static let plainUnit = ResponseUnit(id: "B-1", profile: "car", coordinate: town, reportedAt: later)
  static let listedUnits = [
    ListedUnit(unit: unit, snapped: snapped), ListedUnit(unit: plainUnit, snapped: nil),
  ]

  static let line: RouteLine = {
    var line = RouteLine(travelSeconds: 321.5, lengthMeters: 4_321.25)
    // What a polyline of six digits can say.
    line.shape = [
      Coordinate(latitudeE7: 521_234_560, longitudeE7: 45_678_900),
      Coordinate(latitudeE7: -338_567_890, longitudeE7: -1_799_999_990),
      Coordinate(latitudeE7: 521_234_570, longitudeE7: 45_678_910),
    ]
    line.steps = [
      RouteStep(
        name: "Damrak", ref: "S100", wayOSMID: 77,
        maneuver: Maneuver(
          .roundabout, .slightLeft, angleDegrees: -35, bearingBefore: 10, bearingAfter: 335, coordinate: town,
          roundaboutExit: 3),
        lengthMeters: 100.5, travelSeconds: 9.75),
      RouteStep(
        name: "", ref: "", wayOSMID: -1,
        maneuver: Maneuver(.arrive, bearingBefore: 7, bearingAfter: 7, coordinate: south), lengthMeters: 1,
        travelSeconds: 2),
    ]
    line.ways = [RouteWay(osmID: 77, name: "Damrak"), RouteWay(osmID: 78, name: "")]
    line.signals = [RouteSignal(osmID: 99, coordinate: south, travelSeconds: 12.5, lengthMeters: 250.25)]
    line.exemptions = [
      UsedExemption(
        kind: "contraflow", osmID: 77, name: "Damrak", coordinate: town, lengthMeters: 40.5, seconds: 3.25)
    ]
    return line
  }()

  static let routeAnswer = RouteAnswer(
    version: 11, from: snapped, to: snapped, route: line,
    alternatives: [RouteLine(travelSeconds: 400, lengthMeters: 5_000), line])

  static let fastestUnitsAnswer = FastestUnitsAnswer(
    version: .max, incident: snapped,
    units: [
      RankedUnit(unit: unit, etaSeconds: 120.5, turnoutSeconds: 45.5, positionAgeSeconds: 3.25, route: line),
      RankedUnit(
        unit: plainUnit, etaSeconds: 300, turnoutSeconds: 0, positionAgeSeconds: 0,
        route: RouteLine(travelSeconds: 300, lengthMeters: 3_000)),
    ],
    leftOut: Dictionary(uniqueKeysWithValues: LeftOutReason.allCases.enumerated().map { ($1, $0 + 1) }))

  static let wayClosure = RoadClosure(
    id: "bridge", source: "harbour", selector: .way(osmID: 5_000_000_001, direction: .backward), reason: "opened",
    from: moment, until: later, revision: 1 << 40)
  static let pointClosure = RoadClosure(id: "flood", selector: .point(south, radiusMeters: 75.5))
  static let closuresAnswer = ClosuresAnswer(
    version: 13,
    closures: [
      ListedClosure(
        closure: wayClosure, isActive: true, ways: [MatchedWay(osmID: 5, name: "Magere Brug", lengthMeters: 80.5)]),
      ListedClosure(closure: pointClosure, isActive: false, ways: []),
    ])

  static let overridesAnswer = OverridesAnswer(
    version: 12, path: "/etc/대구.toml", entryCount: 3,
    unmatched: [
      UnmatchedOverride(kind: .turn, id: "1 2 3", line: 17, why: "no turn"),
      UnmatchedOverride(kind: .station, id: "소방서", line: 40, why: "no road"),
    ])
  static let statusAnswer = StatusAnswer(
    version: 15, mapPath: "/maps/city.tocsin", startedAt: moment, snapshotPublishedAt: later,
    lastUpdateMilliseconds: 1.5, profiles: ["ambulance", "car"], vertexCount: 1_000_000, arcCount: 3_000_000,
    unitCount: 120, closureCount: 4)

  static var fastestUnitsRequest: FastestUnitsRequest {
    var request = FastestUnitsRequest(incident: Place(town, headingDegrees: 90), count: 5)
    request.statuses = [.returning]
    request.capabilities = ["als", "ladder"]
    request.agencies = ["fire"]
    request.travelSecondsMax = 900.5
    request.positionAgeSecondsMax = 60
    request.detail = [.shape, .steps, .ways, .signals]
    request.reach = SnapReach(radiusMeters: 70.5, headingToleranceDegrees: 33.5)
    return request
  }

  static var routeRequest: RouteRequest {
    var request = RouteRequest(places: [Place(town), Place(south, headingDegrees: 0)], profile: "fire")
    request.detail = [.steps]
    request.alternatives = 2
    request.reach = SnapReach(radiusMeters: 80.5, headingToleranceDegrees: 0)
    return request
  }

  static var snapRequest: SnapRequest {
    var request = SnapRequest(place: Place(south, headingDegrees: 12.5), profile: "car")
    request.reach = SnapReach(radiusMeters: 55.5, headingToleranceDegrees: 20.5)
    request.count = 3
    return request
  }
}
