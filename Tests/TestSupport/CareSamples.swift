import API
import Engine

/// Hospitals, posts and moves with every field set to something else than its default.
public enum CareSamples {
  public static let hospital = Hospital(
    id: "st-marys", name: "서울성모병원", place: Place(Samples.town, headingDegrees: 90.5),
    capabilities: ["stroke", "pci"], offloadSeconds: 480.5,
    states: [
      HospitalState(.open, for: "stroke", freeBeds: 2, until: Samples.later), HospitalState(.diversion),
      HospitalState(.closed, for: "é"),
    ], reportedAt: Samples.moment, source: "have")
  public static let plainHospital = Hospital(id: "é", place: Place(Samples.south))

  public static let put = HospitalsPut([hospital, plainHospital], completeSource: "have")
  public static let reports = [
    HospitalReport(id: "st-marys", states: hospital.states, reportedAt: Samples.later),
    HospitalReport(id: "é", states: [HospitalState(.unknown)]),
  ]
  public static let changesAnswer: HospitalChangesAnswer = {
    var answer = HospitalChangesAnswer(version: 31, count: 4)
    (answer.unchangedCount, answer.olderStateCount, answer.removedIDs) = (1, 2, ["gone", "é"])
    return answer
  }()
  public static let listHospitalsAnswer = ListHospitalsAnswer(
    version: 32, hospitals: [ListedHospital(hospital, snapped: Samples.snapped), ListedHospital(plainHospital)])

  public static let hospitalsRequest: HospitalsRequest = {
    var request = HospitalsRequest(scene: Place(Samples.town, headingDegrees: 10.5), carrier: .unit(id: "A-12"))
    (request.onSceneSeconds, request.capabilities, request.count) = (720.5, ["stroke"], 7)
    (request.preferredCapabilities, request.preferenceSecondsMax) = (["thrombectomy", "é"], 600.5)
    (request.stateAgeSecondsMax, request.showsDiverted, request.excludedIDs) = (900.5, true, ["full"])
    request.reach = SnapReach(radiusMeters: 150.5, headingToleranceDegrees: 45)
    (request.detail, request.whatIf) = ([.shape, .steps], [Samples.wayClosure])
    return request
  }()
  public static let chainRequest: HospitalsRequest = {
    var filter = UnitFilter()
    (filter.capabilities, filter.statuses) = (["als"], [.returning])
    return HospitalsRequest(scene: Place(Samples.town), carrier: .units(filter))
  }()
  public static let hospitalsAnswer: HospitalsAnswer = {
    var answer = HospitalsAnswer(version: 33, scene: Samples.snapped)
    answer.unit = Samples.fastestUnitsAnswer.units[0]
    var first = RankedHospital(hospital, status: .open, stateAgeSeconds: 180.5, route: Samples.line)
    (first.arrivalSeconds, first.handoverSeconds, first.unitID) = (1_100.5, 1_581, "A-12")
    (first.isPreferred, first.extraSeconds) = (true, 90.25)
    var second = RankedHospital(plainHospital, status: .unknown, stateAgeSeconds: nil, route: Samples.line)
    second.tooFarSeconds = 45.75
    answer.hospitals = [first, second]
    (answer.leftOut, answer.areAllDiverted) = ([.diversion: 3, .closed: 1, .capability: 198], true)
    return answer
  }()

  public static let post = Post(
    id: "North", name: "북부", place: Place(Samples.town, headingDegrees: 90.5), capacity: 3,
    agencies: ["fire", "é"], keep: [PostKeep("engine", count: 2), PostKeep(count: 1)])
  public static let plainPost = Post(id: "é", place: Place(Samples.south))
  public static let postsAnswer = PostsAnswer(version: 34, count: 2, unchangedCount: 1)
  public static let listPostsAnswer = ListPostsAnswer(
    version: 35, posts: [ListedPost(post, snapped: Samples.snapped), ListedPost(plainPost)])

  public static let moveUpRequest: MoveUpRequest = {
    var request = MoveUpRequest(demandLayer: "신고", limitSeconds: 420.5)
    (request.units.capabilities, request.units.statuses) = (["engine"], [.returning])
    (request.posts, request.farLimitSeconds, request.busyShare) = ([post, plainPost], 720.5, 0.4)
    (request.objective, request.movesMax, request.gainShareMin) = (.double, 5, 0.01)
    (request.relocationSecondsMax, request.stayingUnitIDs) = (600.5, ["A-12"])
    (request.targetPostIDs, request.gapCount, request.whatIf) = (["North", "é"], 3, [Samples.wayClosure])
    return request
  }()
  public static let moveUpAnswer: MoveUpAnswer = {
    var answer = MoveUpAnswer(
      version: 36, demand: DemandSummary(pointCount: 905, weight: 904.5, offMap: IDList(["7"])), busyShare: 0.4)
    (answer.unitCount, answer.postCount) = (177, 178)
    (answer.before.covered, answer.before.expected, answer.before.twice) = (0.9, 0.8, 0.7)
    (answer.after.covered, answer.after.expected, answer.after.twice) = (0.95, 0.85, 0.75)
    (answer.before.barePointCount, answer.after.barePointCount) = (18, 6)
    var move = PostMove(
      unitID: "A-12", fromPostID: "North", toPostID: "é", from: Samples.town, to: Samples.south, travelSeconds: 680.25)
    (move.gainWeight, move.gainShare) = (11.07, 0.012)
    (move.originShareBefore, move.originShareAfter) = (1, 0.5)
    var refused = move
    refused.fromPostID = ""
    (answer.moves, answer.bestRefused, answer.refusedFor) = ([move], refused, .capacity)
    var gap = CoverageGap(
      name: "방화대로", coordinate: Samples.south, lengthMeters: 0, seconds: nil, unitID: "")
    gap.demandWeight = 6
    answer.gapsAfter = [gap]
    (answer.unfilledPostIDs, answer.offMapPostIDs) = (["South"], ["East", "é"])
    (answer.leftOut, answer.isFeltTime) = ([.status: 12, .crew: 1], true)
    return answer
  }()
}
