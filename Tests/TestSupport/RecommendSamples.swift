import API

extension Samples {
  public static let recommendRequest: RecommendRequest = {
    var line = PlanLine(
      "engine", count: 3, minimumCount: 2,
      needs: [
        UnitNeed(["engine", "foam"], agencies: ["Fire"], crewCountMin: 4), UnitNeed(["quint"], penaltySeconds: 60.5),
      ])
    (line.travelSecondsMax, line.isOnlyIfFirst, line.goalSeconds) = (600.5, true, 480.25)
    var request = RecommendRequest(
      incident: Place(town, headingDegrees: 90),
      wanted: .lines(PlanLevel([line], crewTotalMin: 15, crewLine: "engine")))
    (request.incidentID, request.level) = ("I-204", 2)
    request.units.statuses = [.available, .returning]
    (request.units.agencies, request.units.capabilities) = (["Fire"], ["als"])
    (request.units.travelSecondsMax, request.units.positionAgeSecondsMax) = (900.5, 60.25)
    (request.units.stale, request.units.excludedIDs) = (.atHome, ["E12"])
    (request.committedIDs, request.wantedIDs) = (["E1"], ["L2", "é"])
    request.keep = [KeepRule(station: "Noord", capability: "engine", count: 1)]
    request.diversions = diversionSearch
    (request.handlingSeconds, request.detail, request.explainCount) = (42.5, [.steps, .signals], 7)
    request.reach = SnapReach(radiusMeters: 123.5, headingToleranceDegrees: 33)
    request.whatIf = [wayClosure]
    request.strips = StripQuestion(limitSeconds: 420.5, demandLayer: "calls")
    return request
  }()

  public static let assignRequest: AssignRequest = {
    var first = IncidentNeed("I-204", at: Place(town), priority: 1, wanted: recommendRequest.wanted)
    (first.level, first.committedIDs) = (2, ["E1"])
    var request = AssignRequest([
      first, IncidentNeed("é", at: Place(south, headingDegrees: 12), wanted: .plan(id: "p")),
      IncidentNeed("I-206", at: Place(town), wanted: .incidentType("fire")),
    ])
    (request.objective, request.units) = (.fairest, recommendRequest.units)
    request.agencies = [AgencyRule("Gyeonggi", tier: .last, penaltySeconds: 60.5, isOnRequest: true)]
    (request.keep, request.explainCount, request.detail) = (recommendRequest.keep, 3, [.shape])
    (request.reach, request.whatIf) = (recommendRequest.reach, recommendRequest.whatIf)
    request.diversions = DiversionSearch()
    return request
  }()

  private static let diversionSearch: DiversionSearch = {
    var search = DiversionSearch(priority: 2)
    (search.gainSecondsMin, search.lossSecondsMax) = (30.5, 0)
    search.statuses = [.onScene]
    return search
  }()

  public static let assignAnswer: AssignAnswer = {
    let units = fastestUnitsAnswer.units
    var answer = plainAssignAnswer
    answer.swaps = [
      UnitSwap(
        UnitSwap.Side(units[0], from: "I-204", to: "é", line: "engine", gainSeconds: 150.5),
        UnitSwap.Side(units[1], from: "é", to: "I-204", line: "", gainSeconds: -20.25))
    ]
    return answer
  }()
  private static let plainAssignAnswer = AssignAnswer(
    version: 22,
    incidents: [
      AssignedIncident("I-204", recommendAnswer, firstChangeSeconds: -12.5, completeChangeSeconds: 30),
      AssignedIncident("é", recommendAnswer),
    ], totals: AssignTotals(unitCount: 3, openCount: 1, totalSeconds: 900.5, latestSeconds: 400.25),
    oneByOne: AssignTotals(unitCount: 2, openCount: 2, totalSeconds: 800, latestSeconds: nil))

  public static let recommendAnswer: RecommendAnswer = {
    var assumed = fastestUnitsAnswer.units[0]
    assumed.isAssumed = true
    var answer = RecommendAnswer(version: 21, incident: snapped)
    (answer.planID, answer.planName, answer.level) = ("house-fire", "House fire", 2)
    answer.units = [
      RecommendedUnit(
        assumed, line: "engine", place: 1, needIndex: 1, why: ["closest", "substitute"], isOnRequest: true),
      RecommendedUnit(fastestUnitsAnswer.units[1], line: "", place: 0, why: ["committed"]),
    ]
    answer.units[0].stripsWeight = 17.5
    answer.open = [OpenPlaces("ladder", count: 2, leftOut: [.status: 3, .underCrewed: 1], freeAt: later)]
    answer.lines = [
      LineReport("engine", askedCount: 3, filledCount: 1, completeSeconds: 120.5, goalSeconds: 90, isLate: true),
      LineReport("ladder", askedCount: 2, filledCount: 0),
    ]
    (answer.firstSeconds, answer.completeSeconds) = (120.5, 300)
    (answer.crewTotal, answer.crewTotalMin, answer.isCrewUnknown) = (3, 15, true)
    answer.considered = [
      ConsideredUnit(
        fastestUnitsAnswer.units[1], reason: .outranked, line: "engine", shortBySeconds: 12.25, heldBy: "I-7"),
      ConsideredUnit(fastestUnitsAnswer.units[1], reason: .kept),
    ]
    answer.leftOut = [.notNeeded: 4, .crew: 1]
    var diversion = Diversion(assumed, from: "I-7", insteadOf: "E9", line: "engine")
    (diversion.gainSeconds, diversion.lossSeconds) = (61.5, -3.25)
    diversion.replacement = fastestUnitsAnswer.units[1]
    answer.diversions = [diversion, Diversion(assumed, from: "", line: "ladder")]
    (answer.isSplit, answer.singleSideCompleteSeconds) = (true, 333.5)
    return answer
  }()
}
