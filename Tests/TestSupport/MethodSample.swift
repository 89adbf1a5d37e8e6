import API
import Engine
import Messages

/// A request and an answer of one method, with every field set to something else than its default.
public struct MethodSample: Sendable {
  public let method: any AnyServiceMethod
  /// The messages.
  public let request: [UInt8]
  public let answer: [UInt8]
  /// What was written and what is read again, as text whose order doesn't matter: that of a set is free.
  public let texts: @Sendable () throws -> (written: [Character], read: [Character])

  init<Request, Answer>(_ method: ServiceMethod<Request, Answer>, _ request: Request, _ answer: Answer) {
    let (requestBytes, answerBytes) = (method.writeRequest(request), method.writeAnswer(answer))
    (self.method, self.request, self.answer) = (method, requestBytes, answerBytes)
    texts = {
      let readRequest = try method.readRequest(requestBytes).get()
      let readAnswer = try method.readAnswer(answerBytes).get()
      return ("\(request) \(answer)".sorted(), "\(readRequest) \(readAnswer)".sorted())
    }
  }

  /// One of each method, and more where a message has alternatives.
  public static let all: [MethodSample] = [
    MethodSample(
      ServiceMethods.putUnits, PutUnitsRequest([Samples.unit, Samples.plainUnit]),
      UnitsAnswer(version: 3, count: 2, olderPositionCount: 1, olderStatusCount: 2)),
    MethodSample(
      ServiceMethods.setStatus, StatusReport(id: "A-12", status: .dispatched, statusAt: Samples.later),
      StatusReportAnswer(version: 18, unit: Samples.unit, isOlder: true)),
    MethodSample(
      ServiceMethods.reportPositions, ReportPositionsRequest(Samples.positionReports), Samples.positionsAnswer),
    MethodSample(ServiceMethods.removeUnits, RemoveUnitsRequest(["A-12", "é"]), UnitsAnswer(version: 3, count: 2)),
    MethodSample(
      ServiceMethods.listUnits, EmptyRequest(), ListUnitsAnswer(version: 9, units: Samples.listedUnits)),
    MethodSample(ServiceMethods.fastestUnits, Samples.fastestUnitsRequest, Samples.fastestUnitsAnswer),
    MethodSample(ServiceMethods.coverage, Samples.coverageRequest, Samples.coverageAnswer),
    MethodSample(ServiceMethods.watchCoverage, Samples.watchCoverageRequest, Samples.coverageAnswer),
    MethodSample(ServiceMethods.follow, Samples.followRequest, Samples.followEvent),
    MethodSample(ServiceMethods.recommend, Samples.recommendRequest, Samples.recommendAnswer),
    MethodSample(
      ServiceMethods.recommend, RecommendRequest(incident: Place(Samples.town), wanted: .plan(id: "house-fire")),
      Samples.recommendAnswer),
    MethodSample(
      ServiceMethods.recommend, RecommendRequest(incident: Place(Samples.town), wanted: .incidentType("é")),
      Samples.recommendAnswer),
    MethodSample(ServiceMethods.assign, Samples.assignRequest, Samples.assignAnswer),
    MethodSample(ServiceMethods.route, Samples.routeRequest, Samples.routeAnswer),
    MethodSample(ServiceMethods.matrix, Samples.matrixRequest, Samples.matrixAnswer),
    MethodSample(ServiceMethods.streamMatrix, Samples.matrixRequest, Samples.matrixAnswer),
    MethodSample(ServiceMethods.reach, Samples.reachRequest, Samples.reachAnswer),
    MethodSample(ServiceMethods.streamReach, Samples.reachRequest, Samples.reachAnswer),
    MethodSample(ServiceMethods.snap, Samples.snapRequest, SnapAnswer(version: 12, places: [Samples.snapped])),
    MethodSample(ServiceMethods.match, MatchSamples.request, MatchSamples.answer),
    MethodSample(ServiceMethods.locate, LocateSamples.request, LocateSamples.answer),
    MethodSample(ServiceMethods.locate, LocateRequest(text: "다사 5393 5204"), LocateSamples.answer),
    MethodSample(ServiceMethods.nearby, LayerSamples.nearbyRequest, LayerSamples.nearbyAnswer),
    MethodSample(ServiceMethods.tile, LayerSamples.tileRequest, LayerSamples.tileAnswer),
    MethodSample(ServiceMethods.staging, LayerSamples.stagingRequest, LayerSamples.stagingAnswer),
    MethodSample(ServiceMethods.staging, LayerSamples.typeStaging, LayerSamples.stagingAnswer),
    MethodSample(ServiceMethods.staging, LayerSamples.planStaging, LayerSamples.stagingAnswer),
    MethodSample(
      ServiceMethods.putClosures, PutClosuresRequest(Samples.closuresRequest, isDryRun: true), Samples.closuresAnswer),
    MethodSample(
      ServiceMethods.putClosures, PutClosuresRequest(ClosuresRequest([Samples.wayClosure])), Samples.closuresAnswer),
    MethodSample(ServiceMethods.liftClosures, LiftClosuresRequest(["bridge"]), Samples.closuresAnswer),
    MethodSample(ServiceMethods.listClosures, ListClosuresRequest(.shapes), Samples.closuresAnswer),
    MethodSample(
      ServiceMethods.putSpeeds, PutSpeedsRequest(Samples.speedsRequest, isDryRun: true), Samples.speedsAnswer),
    MethodSample(
      ServiceMethods.putPlans, PutPlansRequest(PlanSamples.plansRequest, isDryRun: true), PlanSamples.plansAnswer),
    MethodSample(
      ServiceMethods.putPlans, PutPlansRequest(PlansRequest([PlanSamples.plainPlan])), PlanSamples.plansAnswer),
    MethodSample(ServiceMethods.removePlans, RemovePlansRequest(["house-fire", "é"]), PlanSamples.plansAnswer),
    MethodSample(ServiceMethods.listPlans, EmptyRequest(), PlanSamples.listPlansAnswer),
    MethodSample(
      ServiceMethods.putLayer, PutLayerRequest(PlanSamples.layer, isDryRun: true), PlanSamples.layersAnswer),
    MethodSample(ServiceMethods.removeLayer, RemoveLayerRequest("소화전"), PlanSamples.layersAnswer),
    MethodSample(ServiceMethods.listLayers, EmptyRequest(), PlanSamples.layersAnswer),
    MethodSample(
      ServiceMethods.exportLayer, ExportLayerRequest("소화전"), LayerAnswer(version: 23, layer: PlanSamples.layer)),
    MethodSample(ServiceMethods.hospitals, CareSamples.hospitalsRequest, CareSamples.hospitalsAnswer),
    MethodSample(ServiceMethods.hospitals, CareSamples.chainRequest, CareSamples.hospitalsAnswer),
    MethodSample(
      ServiceMethods.hospitals, HospitalsRequest(scene: Place(Samples.town), carrier: .profile("é")),
      CareSamples.hospitalsAnswer),
    MethodSample(ServiceMethods.moveUp, CareSamples.moveUpRequest, CareSamples.moveUpAnswer),
    MethodSample(ServiceMethods.putHospitals, PutHospitalsRequest(CareSamples.put), CareSamples.changesAnswer),
    MethodSample(
      ServiceMethods.setHospitalStates, SetHospitalStatesRequest(CareSamples.reports), CareSamples.changesAnswer),
    MethodSample(
      ServiceMethods.removeHospitals, RemoveHospitalsRequest(["st-marys", "é"]), CareSamples.changesAnswer),
    MethodSample(ServiceMethods.listHospitals, EmptyRequest(), CareSamples.listHospitalsAnswer),
    MethodSample(
      ServiceMethods.putPosts, PutPostsRequest([CareSamples.post, CareSamples.plainPost]), CareSamples.postsAnswer),
    MethodSample(ServiceMethods.removePosts, RemovePostsRequest(["North", "é"]), CareSamples.postsAnswer),
    MethodSample(ServiceMethods.listPosts, EmptyRequest(), CareSamples.listPostsAnswer),
    MethodSample(ServiceMethods.reload, ReloadRequest([.map, .profiles]), Samples.reloadReport),
    MethodSample(ServiceMethods.status, EmptyRequest(), Samples.statusAnswer),
    MethodSample(ServiceMethods.health, EmptyRequest(), HealthAnswer(version: 15)),
    MethodSample(
      ServiceMethods.watch, .route(Samples.routeRequest),
      WatchAnswer(
        version: 4, content: .route(Samples.routeAnswer),
        changes: [.way, .travelSeconds(before: 60.5, after: 70), .assets, .found],
        causes: [.traffic(.put(closureID: "bridge")), .traffic(.faded(source: "its")), .rules, .map])),
    MethodSample(
      ServiceMethods.watch, .fastestUnits(Samples.fastestUnitsRequest),
      WatchAnswer(
        version: 5, content: .fastestUnits(Samples.fastestUnitsAnswer),
        changes: [.unit(id: "A-12", placeBefore: 2, placeAfter: nil, secondsBefore: 90.5, secondsAfter: nil)],
        causes: [.unit(id: "A-12")])),
    MethodSample(
      ServiceMethods.watch, .route(Samples.routeRequest),
      WatchAnswer(
        version: 6, content: .refusal(EngineError(.noRoute, "no way", value: "x")), changes: [.refused], causes: [])),
    MethodSample(
      ServiceMethods.watch, .recommend(Samples.recommendRequest),
      WatchAnswer(
        version: 7, content: .recommend(Samples.recommendAnswer), changes: [.line(unitID: "é"), .open, .plan],
        causes: [.plans, .layers, .hours])),
    MethodSample(
      ServiceMethods.watch, .coverage(Samples.coverageRequest),
      WatchAnswer(version: 8, content: .coverage(Samples.coverageAnswer), changes: [.roads], causes: [])),
    MethodSample(
      ServiceMethods.watch, .reach(Samples.reachRequest),
      WatchAnswer(version: 9, content: .reach(Samples.reachAnswer), changes: [], causes: [])),
    MethodSample(
      ServiceMethods.watchTraffic, EmptyRequest(),
      TrafficEvent(
        version: 7, publishedAt: Samples.moment, causes: [.traffic(.lifted(closureID: "bridge"))], isIncomplete: true)),
  ]
}
