import API
import Engine
import Fleet
import Foundation
import Geometry
import Profiles
import Traffic

/// One value of every kind, with every field set to something else than its default.
public enum Samples {
  public static let town = Coordinate(latitudeE7: 521_234_567, longitudeE7: 45_678_901)
  public static let south = Coordinate(latitudeE7: -338_567_890, longitudeE7: -1_799_999_999)
  public static let moment = Date(timeIntervalSince1970: 1_700_000_000.125)
  public static let later = Date(timeIntervalSince1970: 1_700_003_600.5)

  public static let snapped: SnappedPlace = {
    var place = SnappedPlace(
      coordinate: town, distanceMeters: 12.25, wayOSMID: 4_294_967_296_123, name: "Prinsengracht – Noord",
      headingDegrees: 271.5, side: .right)
    (place.isOnBridge, place.isInTunnel, place.layer) = (true, true, -3)
    place.nodes = OSMNodePair(from: 4_294_967_297, to: 12)
    return place
  }()

  public static let unit: ResponseUnit = {
    var unit = ResponseUnit(
      id: "A-12", agency: "ambulance", station: "Noord", capabilities: ["als", "neonatal"], profile: "ambulance",
      status: .returning, coordinate: south, headingDegrees: 359.5, reportedAt: moment, statusAt: later,
      turnoutSeconds: 45.5)
    unit.home = Place(town, headingDegrees: 12.5, levels: LevelFilter(layers: -1...2, bridges: .only))
    (unit.crewCount, unit.crewID, unit.idleSince) = (3, "crew-7", moment)
    unit.task = UnitTask(
      incidentID: "I-204", priority: 2, destination: Place(south), freeAt: later, postID: "post-3")
    return unit
  }()
  public static let plainUnit = ResponseUnit(id: "B-1", profile: "car", coordinate: town, reportedAt: later)
  public static let listedUnits = [
    ListedUnit(unit: unit, snapped: snapped), ListedUnit(unit: plainUnit, snapped: nil),
  ]

  public static let positionReports = [
    PositionReport(id: "A-12", coordinate: south, headingDegrees: 90.5, speedKmh: 61.5, reportedAt: moment),
    PositionReport(id: "구급1", coordinate: town),
  ]
  public static let positionsAnswer: PositionsAnswer = {
    var answer = PositionsAnswer(version: 19)
    (answer.count, answer.olderCount, answer.unknown, answer.refusedCount) = (5, 2, IDList(["x", "y"]), 3)
    answer.refused = [RefusedReport(id: "z", error: EngineError(.timeAhead, "ahead", value: "2099"))]
    return answer
  }()

  public static let matchedWay: MatchedWay = {
    var way = MatchedWay(osmID: 5, name: "Magere Brug", lengthMeters: 80.5, direction: .backward)
    way.shapes = [line.shape, line.shape.reversed()]
    return way
  }()

  public static let line: Route = {
    var line = Route(travelSeconds: 321.5, lengthMeters: 4_321.25)
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
    line.steps[1].firstPoint = 2
    line.steps[0].junctions = [
      RouteJunction(
        coordinate: south, bearings: [0, 91, 359], mayEnter: [true, false, true], arrivesBy: 2, leavesBy: 1)
    ]
    line.stretches = [
      RouteStretch(travelSeconds: 12.5, nodes: OSMNodePair(from: 4_294_967_297, to: 13)),
      RouteStretch(travelSeconds: 0.25),
    ]
    line.ways = [RouteWay(osmID: 77, name: "Damrak"), RouteWay(osmID: 78, name: "")]
    line.signals = [RouteSignal(osmID: 99, coordinate: south, travelSeconds: 12.5, lengthMeters: 250.25)]
    line.exemptions = [
      UsedExemption(
        kind: "contraflow", osmID: 77, name: "Damrak", coordinate: town, lengthMeters: 40.5, seconds: 3.25),
      UsedExemption(
        kind: "closed_road", osmID: 78, name: "", coordinate: south, lengthMeters: 12, closureIDs: ["bridge", "flood"]),
    ]
    line.needsLastResort = true
    line.legs = [
      RouteLeg(travelSeconds: 300.25, lengthMeters: 4_000), RouteLeg(travelSeconds: 21.25, lengthMeters: 321.25),
    ]
    (line.legs[1].firstStep, line.legs[1].firstPoint) = (1, 2)
    line.assets = LayerSamples.assets
    line.assetsLeftOutCount = 12
    return line
  }()

  public static let routeAnswer: RouteAnswer = {
    var answer = RouteAnswer(
      version: 11, from: snapped, to: snapped, route: line,
      alternatives: [Route(travelSeconds: 400, lengthMeters: 5_000), line])
    answer.via = [snapped]
    return answer
  }()

  public static let fastestUnitsAnswer: FastestUnitsAnswer = {
    var answer = plainFastestUnitsAnswer
    (answer.unknownAgencies, answer.unknownCapabilities) = (["소방"], ["ladder", "neonatal"])
    answer.considered = [
      ConsideredUnit(answer.units[1], reason: .status, heldBy: "I-7"),
      ConsideredUnit(answer.units[0], reason: .outranked, shortBySeconds: 12.25),
    ]
    return answer
  }()
  private static let plainFastestUnitsAnswer = FastestUnitsAnswer(
    version: .max, incident: snapped,
    units: [
      RankedUnit(
        unit: unit, etaSeconds: 120.5, turnoutSeconds: 45.5, positionAgeSeconds: 3.25, route: line, stop: snapped),
      RankedUnit(
        unit: plainUnit, etaSeconds: 300, turnoutSeconds: 0, positionAgeSeconds: 0,
        route: Route(travelSeconds: 300, lengthMeters: 3_000)),
    ],
    leftOut: Dictionary(uniqueKeysWithValues: LeftOutReason.allCases.enumerated().map { ($1, $0 + 1) }),
    closureIDsInTheWay: ["bridge", "flood"])

  public static let wayClosure = RoadClosure(
    id: "bridge", source: "harbour", selector: .way(osmID: 5_000_000_001, direction: .backward), reason: "opened",
    from: moment, until: later, revision: 1 << 40)
  public static let pointClosure = RoadClosure(id: "flood", selector: .point(south, radiusMeters: 75.5))
  public static let closuresAnswer = ClosuresAnswer(
    version: 13,
    closures: [
      ListedClosure(
        closure: wayClosure, isActive: true,
        ways: [matchedWay]),
      ListedClosure(closure: pointClosure, isActive: false, ways: []),
    ],
    refused: [RefusedClosure(id: "lost", error: EngineError(.unknownWay, "no such way", value: "7"))],
    liftedIDs: ["old", "대구"])

  /// A closure of each selector, effect and scope.
  public static let allClosures: [RoadClosure] = {
    let selectors: [RoadSelector] = [
      .way(osmID: -5, direction: .both), .way(osmID: 5, direction: .forward, nodes: OSMNodePair(from: 1, to: -2)),
      .nodes(OSMNodePair(from: 7, to: 8), direction: .backward), .point(south, radiusMeters: 75.5, headingDegrees: 0),
      .nearest(town, radiusMeters: 9.5), .nearest(town, radiusMeters: 9.5, headingDegrees: 359.5),
      .polyline([town, south, town], direction: .both), .polyline([south, town], direction: nil),
      .polygon([town, south, town]), .link(id: "1200012300"),
      .polylines([[town, south], [south, town]], direction: .backward), .polylines([[town, south]], direction: nil),
      .areas([
        Area([town, south, town]), Area([south, town, south], holes: [[town, south, town], [south, town, town]]),
      ]),
    ]
    let effects: [RoadEffect] = [.closed, .factor(1.5), .delay(seconds: 90.5), .speed(kmh: 12.5)]
    let scopes: [ClosureScope] = [
      .everybody, .civil, .profiles(["ambulance", "구급차"]),
      .largerThan(
        .init(heightMeters: 3.5, widthMeters: 2.5, lengthMeters: 12.5, weightTonnes: 7.5, axleLoadTonnes: 5.5)),
    ]
    let levels = [LevelFilter.all, LevelFilter(layers: -5...0, bridges: .excluded, tunnels: .only)]
    return selectors.enumerated().map { index, selector in
      RoadClosure(
        id: "\(index)", selector: selector, levels: levels[index % levels.count],
        effect: effects[index % effects.count], scope: scopes[index / 2 % scopes.count], hours: "Mo-Fr 22:00-05:00")
    }
  }()

  public static var closuresRequest: ClosuresRequest {
    var request = ClosuresRequest(allClosures)
    request.timeToLiveSeconds = 90.5
    request.endlessTimeToLiveSeconds = 60.25
    request.completeSource = "its"
    request.strictness = .skipRefused
    request.feed = FeedReport(source: "its", intervalSeconds: 60.5, recordCount: 900, skippedCount: 3)
    return request
  }

  public static let speedsRequest = SpeedsRequest(
    SpeedUpdate(
      source: "its",
      speeds: [
        RoadSpeed(.way(osmID: -5, direction: .backward), kmh: 12.5),
        RoadSpeed(.way(osmID: 5, direction: .both), kmh: 0),
        RoadSpeed(.nodes(OSMNodePair(from: 1 << 40, to: 2)), kmh: 80.25), RoadSpeed(.link(id: "링크 7"), kmh: 33.5),
      ],
      turnPenalties: [TurnPenalty(fromOSMNode: 1, viaOSMNode: 2, toOSMNode: 3, seconds: 4.5)], timeToLiveSeconds: 300.5,
      isComplete: true),
    feed: FeedReport(source: "its", intervalSeconds: 60.5))
  public static let speedsAnswer = SpeedsAnswer(
    version: 16, matchedCount: 4, unmatchedCount: 2,
    unmatchedExamples: [EngineError(.unknownLink, "no such link", value: "x")])
  public static let updateTimes: UpdateTimes = {
    var times = UpdateTimes()
    times.changeCount = 3
    (times.resolveMilliseconds, times.draftMilliseconds) = (0.5, 1.5)
    (times.recordMilliseconds, times.publishMilliseconds) = (2.5, 3.5)
    return times
  }()

  public static let reloadReport: ReloadReport = {
    var report = ReloadReport(
      version: 21,
      before: MapFacts(path: "/maps/대구.tocsin", bytes: 1 << 33, vertexCount: 10, arcCount: 30, wayCount: 5),
      after: MapFacts(path: "/maps/new.tocsin", bytes: 7, vertexCount: 11, arcCount: 31, wayCount: 6))
    report.parts = [.map, .overrides]
    (report.addedProfiles, report.removedProfiles) = (["boat"], ["car", "police"])
    (report.unitCount, report.lostUnits) = (9, IDList(["u2", "u1"]))
    (report.closureCount, report.unmatchedClosures) = (4, IDList(["다리"]))
    report.partlyMatchedClosures = IDList(["half"])
    report.speeds = [SpeedLoss(source: "its", matchedCount: 90, unmatchedCount: 10)]
    (report.linkCount, report.unmatchedLinks) = (3, IDList(["17"]))
    report.overrideCount = 3
    report.unmatchedOverrides = [
      UnmatchedOverride(kind: .turn, id: "1 2 3", line: 17, why: "no turn"),
      UnmatchedOverride(kind: .station, id: "소방서", line: 40, why: "no road"),
    ]
    (report.seconds, report.holdMilliseconds) = (12.5, 3.25)
    report.lostFeatures = IDList(["hydrants/H-1"])
    return report
  }()
  public static let statusAnswer: StatusAnswer = {
    var answer = plainStatusAnswer
    (answer.planCount, answer.planChoiceCount, answer.layerCount, answer.layerFeatureCount) = (5, 6, 7, 8)
    (answer.hospitalCount, answer.postCount) = (9, 10)
    return answer
  }()
  private static let plainStatusAnswer = StatusAnswer(
    version: 15, mapPath: "/maps/city.tocsin", timeZone: "Asia/Seoul", startedAt: moment, snapshotPublishedAt: later,
    lastUpdate: updateTimes, waitingChangeCount: 3, profiles: ["ambulance", "car"], vertexCount: 1_000_000,
    arcCount: 3_000_000,
    unitCount: 120, closureCount: 4,
    feeds: [
      FeedStatus(
        report: FeedReport(source: "its", intervalSeconds: 60.5, recordCount: 900, skippedCount: 3), lastPutAt: later,
        isStale: true, knownCount: 897, inForceCount: 12, unmatchedCount: 5)
    ], speedSources: [SpeedSource(source: "its-speeds", speedCount: 200_000, turnPenaltyCount: 7)], linkCount: 42,
    subscriptionCount: 9_000)

  public static var fastestUnitsRequest: FastestUnitsRequest {
    var request = FastestUnitsRequest(incident: Place(town, headingDegrees: 90), count: 5)
    request.statuses = [.returning]
    request.capabilities = ["als", "ladder"]
    request.agencies = ["fire"]
    request.travelSecondsMax = 900.5
    request.positionAgeSecondsMax = 60
    request.detail = RouteDetail([.shape, .steps, .ways, .signals], layers: ["소화전", "camera"])
    request.reach = SnapReach(radiusMeters: 70.5, headingToleranceDegrees: 33.5)
    request.whatIf = [wayClosure, pointClosure]
    request.departAt = later
    request.explainCount = 7
    return request
  }

  public static var routeRequest: RouteRequest {
    var request = RouteRequest(places: [Place(town), Place(south, headingDegrees: 0)], profile: "fire")
    request.detail = [.steps, .stretches, .nodes, .junctions]
    request.alternatives = 2
    request.keepsDirection = true
    request.places[0].side = .right
    (request.places[1].radiusMeters, request.places[1].headingToleranceDegrees) = (12.5, 33.5)
    request.reach = SnapReach(radiusMeters: 80.5, headingToleranceDegrees: 0)
    request.whatIf = [pointClosure]
    request.departAt = later
    return request
  }

  public static var matrixRequest: MatrixRequest {
    var request = MatrixRequest(
      origins: [Place(town), Place(south, headingDegrees: 90)], destinations: [Place(south)], profile: "fire")
    request.travelSecondsMax = 600.5
    request.wantsLengths = true
    request.reach = SnapReach(radiusMeters: 90.5, headingToleranceDegrees: 10)
    request.whatIf = [pointClosure]
    request.departAt = later
    return request
  }

  public static var matrixAnswer: MatrixAnswer {
    var answer = MatrixAnswer(version: 21, origins: [snapped, nil], destinations: [snapped])
    (answer.travelSeconds, answer.lengthMeters) = ([61.25, MatrixAnswer.noWay], [812.5, MatrixAnswer.noWay])
    (answer.lastResorts, answer.basis) = ([0], .mixed)
    return answer
  }

  public static let largeMatrixAnswer: MatrixAnswer = {
    let (rows, columns) = (200, 1_000)
    var answer = MatrixAnswer(
      version: 22, origins: Array(repeating: snapped, count: rows), destinations: Array(repeating: nil, count: columns))
    answer.travelSeconds = (0..<rows * columns).map(Double.init)
    answer.lastResorts = [0, 65_000, 65_001, UInt32(rows * columns - 1)]
    return answer
  }()

  public static var reachRequest: ReachRequest {
    var request = ReachRequest(
      places: [Place(town), Place(south, headingDegrees: 45)], .to, profile: "fire", limitsSeconds: [60.5, 300])
    (request.detail.roads, request.detail.outlines, request.detail.outlineCellMeters) = (true, true, 75.5)
    request.detail.box = BoundingBox(of: [town, south])
    request.detail.layers = ["hydrants", "é"]
    request.reach = SnapReach(radiusMeters: 60.5, headingToleranceDegrees: 11)
    request.whatIf = [wayClosure]
    request.departAt = later
    return request
  }

  public static var reachAnswer: ReachAnswer {
    var answer = ReachAnswer(version: 23, places: [snapped, nil])
    var band = ReachBand(limitSeconds: 60.5, lengthMeters: 1_234.5, lengthShare: 0.25)
    band.reachFactor = 0.375
    band.outlines = [ReachOutline(exterior: line.shape, holes: [line.shape, []])]
    band.layers = [LayerCount("hydrants", count: 3, weight: 4.5)]
    answer.bands = [ReachBand(limitSeconds: 30, lengthMeters: 2, lengthShare: 0.125), band]
    var road = ReachedRoad(
      band: 1, wayOSMID: 77, name: "Damrak", shape: line.shape, beginSeconds: 12.5, endSeconds: 33.25)
    road.unitID = "구급 1"
    (answer.roads, answer.lostRoads) = ([road], [road, road])
    (answer.isFeltTime, answer.lostLengthMeters) = (true, 321.5)
    answer.basis = .freeFlow
    answer.lostLayers = [LayerCount("é", count: 1, weight: 0.5)]
    return answer
  }

  public static var coverageRequest: CoverageRequest {
    var request = CoverageRequest(limitsSeconds: [300.5, 480])
    request.units.statuses = [.returning]
    (request.units.agencies, request.units.capabilities) = (["fire"], ["ladder", "als"])
    request.units.positionAgeSecondsMax = 90.5
    (request.handlingSeconds, request.depth, request.demandLayer) = (60.5, 3, "calls")
    request.moves = [UnitMove(unitID: "A-12", place: Place(south)), UnitMove(unitID: "é", place: nil)]
    request.whatIf = [pointClosure]
    request.departAt = later
    (request.detail.roads, request.detail.soleCount, request.detail.gapCount) = (true, 3, 4)
    return request
  }

  public static var watchCoverageRequest: WatchCoverageRequest {
    var request = WatchCoverageRequest(coverageRequest)
    request.changeShare = 0.125
    return request
  }

  public static var followRequest: FollowRequest {
    var request = FollowRequest(unitIDs: ["A-12", "é"], incidentID: "2026-4711")
    (request.thresholdsSeconds, request.detail, request.positionAgeSecondsMax) = ([600.5, 30], [.steps], 45.5)
    return request
  }

  public static var followEvent: FollowEvent {
    var event = FollowEvent(
      version: 25, unitID: "A-12", incidentID: "2026-4711", .threshold, at: moment, reportedAt: moment, coordinate: town
    )
    (event.arrivalAt, event.arrivalBefore, event.thresholdSeconds) = (later, moment, 300.5)
    (event.destination, event.route) = (south, routeAnswer.route)
    return event
  }

  public static var coverageAnswer: CoverageAnswer {
    var answer = CoverageAnswer(version: 24, unitCount: 17)
    answer.basis = .typical
    answer.levels = [CoverageLevel(limitSeconds: 300.5, depth: 2, lengthMeters: 1_234.5, lengthShare: 0.75)]
    (answer.levels[0].demandWeight, answer.levels[0].demandShare) = (17.5, 0.625)
    answer.sole = [SoleCover(unitID: "A-12", limitSeconds: 300.5, lengthMeters: 12.25)]
    answer.sole[0].demandWeight = 6.5
    answer.gaps = [
      CoverageGap(name: "Damrak", coordinate: town, lengthMeters: 90.5, seconds: 700.25, unitID: "é"),
      CoverageGap(name: "", coordinate: south, lengthMeters: 1, seconds: nil, unitID: ""),
    ]
    answer.gaps[1].demandWeight = 2.25
    (answer.demand, answer.isFeltTime) = (DemandSummary(pointCount: 9, weight: 28, offMap: IDList(["c7"])), true)
    answer.leftOut = [.status: 4, .offMap: 1]
    answer.roads = reachAnswer.roads
    answer.before = [CoverageLevel(limitSeconds: 480, depth: 1, lengthMeters: 3, lengthShare: 0.5)]
    return answer
  }

  public static var snapRequest: SnapRequest {
    let levels = LevelFilter(layers: -1...2, bridges: .only, tunnels: .excluded)
    var request = SnapRequest(place: Place(south, headingDegrees: 12.5, levels: levels), profile: "car")
    request.reach = SnapReach(radiusMeters: 55.5, headingToleranceDegrees: 20.5)
    request.count = 3
    request.wantsNodes = true
    return request
  }
}
