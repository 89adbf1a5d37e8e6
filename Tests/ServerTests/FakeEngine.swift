import API
import Engine
import Fleet
import Foundation
import Geometry
import Ledger
import Synchronization
import TestSupport
import Traffic

/// An engine that answers at once, with samples, and remembers what it was asked.
final class FakeEngine: EngineAPI {
  struct Calls {
    var puts: [[ResponseUnit]] = []
    var removals: [[String]] = []
    var statuses: [StatusReport] = []
    var positions: [[PositionReport]] = []
    var speedPreviews: [SpeedsRequest] = []
    var fastestUnits: [FastestUnitsRequest] = []
    var coverages: [CoverageRequest] = []
    var routes: [RouteRequest] = []
    var matrices: [MatrixRequest] = []
    var reaches: [ReachRequest] = []
    var snaps: [SnapRequest] = []
    var nearby: [NearbyRequest] = []
    var match: [MatchRequest] = []
    var stagings: [StagingRequest] = []
    var closures: [[RoadClosure]] = []
    var previews: [[RoadClosure]] = []
    var speeds: [SpeedsRequest] = []
    var lifts: [[String]] = []
    var plans: [PlansRequest] = []
    var planPreviews: [PlansRequest] = []
    var layers: [Layer] = []
    var layerPreviews: [Layer] = []
    var listCount = 0
    var origins: [ChangeOrigin] = []
  }

  let calls = Mutex(Calls())
  /// What `listUnits` answers.
  let units: [ListedUnit]
  /// A route with this profile waits for the gate.
  static let slowProfile = "slow"
  /// A matrix with this profile has several pieces.
  static let largeProfile = "large"
  /// A closure from here waits for the gate, as one that waits for the disk.
  static let slowSource = "slow"
  let gate = Gate()

  init(units: [ListedUnit] = Samples.listedUnits) { self.units = units }

  func putUnits(_ units: [ResponseUnit], by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> UnitsAnswer
  {
    calls.withLock { $0.puts.append(units) }
    if let unit = units.first(where: { $0.id.isEmpty }) {
      throw EngineError(.invalidUnit, "a unit needs an id", value: unit.id)
    }
    return UnitsAnswer(version: 7, count: units.count)
  }

  func removeUnits(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> UnitsAnswer {
    calls.withLock { $0.removals.append(ids) }
    if ids.contains("ghost") { throw EngineError(.unknownUnit, "there is no such unit", value: "ghost") }
    return UnitsAnswer(version: 8, count: ids.count)
  }

  func setStatus(_ report: StatusReport, by origin: ChangeOrigin) throws(EngineError) -> StatusReportAnswer {
    calls.withLock { $0.statuses.append(report) }
    if report.id == "ghost" { throw EngineError(.unknownUnit, "there is no such unit", value: "ghost") }
    return StatusReportAnswer(version: 18, unit: Samples.unit, isOlder: true)
  }

  func reportPositions(_ reports: [PositionReport], by origin: ChangeOrigin, within limit: WorkLimit)
    throws(EngineError) -> PositionsAnswer
  {
    calls.withLock { $0.positions.append(reports) }
    return Samples.positionsAnswer
  }

  func listUnits() -> (version: UInt64, units: [ListedUnit]) {
    calls.withLock { $0.listCount += 1 }
    return (9, units)
  }

  func fastestUnits(_ request: FastestUnitsRequest, within limit: WorkLimit) throws(EngineError)
    -> FastestUnitsAnswer
  {
    calls.withLock { $0.fastestUnits.append(request) }
    return Samples.fastestUnitsAnswer
  }

  func coverage(_ request: CoverageRequest, within limit: WorkLimit) throws(EngineError) -> CoverageAnswer {
    calls.withLock { $0.coverages.append(request) }
    return Samples.coverageAnswer
  }

  func recommend(_ request: RecommendRequest, within limit: WorkLimit) throws(EngineError) -> RecommendAnswer {
    Samples.recommendAnswer
  }

  func assign(_ request: AssignRequest, within limit: WorkLimit) throws(EngineError) -> AssignAnswer {
    Samples.assignAnswer
  }

  func route(_ request: RouteRequest, within limit: WorkLimit) throws(EngineError) -> RouteAnswer {
    calls.withLock { $0.routes.append(request) }
    if request.profile == "boat" { throw EngineError(.unknownProfile, "there is no such profile", value: "boat") }
    if request.profile == Self.slowProfile { gate.wait() }
    return Samples.routeAnswer
  }

  func matrix(_ request: MatrixRequest, within limit: WorkLimit) throws(EngineError) -> MatrixAnswer {
    calls.withLock { $0.matrices.append(request) }
    if request.profile == "boat" { throw EngineError(.unknownProfile, "there is no such profile", value: "boat") }
    return request.profile == Self.largeProfile ? Samples.largeMatrixAnswer : Samples.matrixAnswer
  }

  func reach(_ request: ReachRequest, within limit: WorkLimit) throws(EngineError) -> ReachAnswer {
    calls.withLock { $0.reaches.append(request) }
    return Samples.reachAnswer
  }

  func snap(_ request: SnapRequest) throws(EngineError) -> SnapAnswer {
    calls.withLock { $0.snaps.append(request) }
    return SnapAnswer(version: 12, places: [Samples.snapped, Samples.snapped])
  }

  func locate(_ request: LocateRequest, within limit: WorkLimit) throws(EngineError) -> LocateAnswer {
    LocateSamples.answer
  }

  func match(_ request: MatchRequest, within limit: WorkLimit) throws(EngineError) -> MatchAnswer {
    calls.withLock { $0.match.append(request) }
    return MatchSamples.answer
  }

  func tile(_ request: TileRequest, within limit: WorkLimit) throws(EngineError) -> TileAnswer {
    LayerSamples.tileAnswer
  }

  func nearby(_ request: NearbyRequest, within limit: WorkLimit) throws(EngineError) -> NearbyAnswer {
    calls.withLock { $0.nearby.append(request) }
    return LayerSamples.nearbyAnswer
  }

  func staging(_ request: StagingRequest, within limit: WorkLimit) throws(EngineError) -> StagingAnswer {
    calls.withLock { $0.stagings.append(request) }
    return LayerSamples.stagingAnswer
  }

  func putClosures(_ request: ClosuresRequest, by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> ClosuresAnswer
  {
    let closures = request.closures
    calls.withLock { calls in
      calls.origins.append(origin)
      calls.closures.append(closures)
    }
    if closures.contains(where: { $0.source == Self.slowSource }) { gate.wait() }
    if closures.contains(where: { $0.revision == 1 }) {
      throw EngineError(.staleRevision, "revision 2 is known", value: "1")
    }
    return Samples.closuresAnswer
  }

  func liftClosures(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> ClosuresAnswer {
    calls.withLock { $0.lifts.append(ids) }
    return ClosuresAnswer(version: 14, closures: [])
  }

  func previewClosures(_ request: ClosuresRequest, within limit: WorkLimit) throws(EngineError) -> ClosuresAnswer {
    calls.withLock { $0.previews.append(request.closures) }
    if request.closures.contains(where: { $0.source == Self.slowSource }) { gate.wait() }
    return Samples.closuresAnswer
  }

  func listClosures(_ detail: ClosureDetail) -> ClosuresAnswer { Samples.closuresAnswer }

  func putSpeeds(_ request: SpeedsRequest, by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> SpeedsAnswer
  {
    calls.withLock { $0.speeds.append(request) }
    return Samples.speedsAnswer
  }

  func previewSpeeds(_ request: SpeedsRequest, within limit: WorkLimit) throws(EngineError) -> SpeedsAnswer {
    calls.withLock { $0.speedPreviews.append(request) }
    return Samples.speedsAnswer
  }

  func putPlans(_ request: PlansRequest, by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> PlansAnswer
  {
    calls.withLock { $0.plans.append(request) }
    return PlanSamples.plansAnswer
  }

  func previewPlans(_ request: PlansRequest, within limit: WorkLimit) throws(EngineError) -> PlansAnswer {
    calls.withLock { $0.planPreviews.append(request) }
    return PlanSamples.plansAnswer
  }

  func removePlans(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> PlansAnswer {
    PlanSamples.plansAnswer
  }

  func listPlans() -> ListPlansAnswer { PlanSamples.listPlansAnswer }

  func hospitals(_ request: HospitalsRequest, within limit: WorkLimit) throws(EngineError) -> HospitalsAnswer {
    CareSamples.hospitalsAnswer
  }

  func moveUp(_ request: MoveUpRequest, within limit: WorkLimit) throws(EngineError) -> MoveUpAnswer {
    CareSamples.moveUpAnswer
  }

  func putHospitals(_ request: HospitalsPut, by origin: ChangeOrigin) throws(EngineError) -> HospitalChangesAnswer {
    CareSamples.changesAnswer
  }

  func setHospitalStates(_ reports: [HospitalReport], by origin: ChangeOrigin) throws(EngineError)
    -> HospitalChangesAnswer
  {
    CareSamples.changesAnswer
  }

  func removeHospitals(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> HospitalChangesAnswer {
    CareSamples.changesAnswer
  }

  func listHospitals(within limit: WorkLimit) throws(EngineError) -> ListHospitalsAnswer {
    CareSamples.listHospitalsAnswer
  }

  func putPosts(_ posts: [Post], by origin: ChangeOrigin) throws(EngineError) -> PostsAnswer {
    CareSamples.postsAnswer
  }

  func removePosts(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> PostsAnswer {
    CareSamples.postsAnswer
  }

  func listPosts(within limit: WorkLimit) throws(EngineError) -> ListPostsAnswer { CareSamples.listPostsAnswer }

  func putLayer(_ layer: Layer, by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError) -> LayersAnswer {
    calls.withLock { $0.layers.append(layer) }
    return PlanSamples.layersAnswer
  }

  func previewLayer(_ layer: Layer, within limit: WorkLimit) throws(EngineError) -> LayersAnswer {
    calls.withLock { $0.layerPreviews.append(layer) }
    return PlanSamples.layersAnswer
  }

  func removeLayer(_ name: String, by origin: ChangeOrigin) throws(EngineError) -> LayersAnswer {
    PlanSamples.layersAnswer
  }

  func listLayers() -> LayersAnswer { PlanSamples.layersAnswer }

  func exportLayer(_ name: String) throws(EngineError) -> LayerAnswer {
    if name == "ghost" { throw EngineError(.unknownLayer, "there is no such layer", value: name) }
    return LayerAnswer(version: 23, layer: PlanSamples.layer)
  }

  let streams = Mutex<[FakeStream]>([])

  func watchTraffic() throws(EngineError) -> any AnswerStream<TrafficEvent> {
    let stream = FakeStream()
    streams.withLock { $0.append(stream) }
    return stream
  }

  func watchCoverage(
    _ request: WatchCoverageRequest
  ) throws(EngineError) -> any AnswerStream<CoverageAnswer> { AnswerPieces { _ in [Samples.coverageAnswer] } }

  func follow(_ request: FollowRequest) throws(EngineError) -> any AnswerStream<FollowEvent> {
    AnswerPieces { _ in [Samples.followEvent] }
  }

  func watch(_ question: WatchQuestion) throws(EngineError) -> any AnswerStream<WatchAnswer> {
    guard case .route(let request) = question, request.profile == Self.slowProfile else {
      throw EngineError(.unknownProfile, "there is no such profile", value: "boat")
    }
    return EndlessStream(self)
  }

  /// How many streams are at work.
  let workers = Atomic(0)

  func reload(
    _ parts: Set<ReloadPart>, by origin: ChangeOrigin, within limit: WorkLimit
  ) throws(EngineError) -> ReloadReport {
    Samples.reloadReport
  }

  func status() -> StatusAnswer { Samples.statusAnswer }
}

/// Holds threads back until it is opened.
final class Gate: Sendable {
  private let condition = NSCondition()
  private let state = Mutex((isOpen: false, waiting: 0))

  /// How many threads wait.
  var waitingCount: Int { state.withLock { $0.waiting } }

  func wait() {
    condition.lock()
    state.withLock { $0.waiting += 1 }
    while !state.withLock({ $0.isOpen }) { condition.wait() }
    state.withLock { $0.waiting -= 1 }
    condition.unlock()
  }

  func open() {
    condition.lock()
    state.withLock { $0.isOpen = true }
    condition.broadcast()
    condition.unlock()
  }
}

/// A stream of traffic events that a test feeds.
final class FakeStream: AnswerStream {
  private struct State {
    var event: TrafficEvent?
    var failure: EngineError?
    var ready: (@Sendable () -> Void)?
    var isCancelled = false
    var askedCount = 0
  }

  private let state = Mutex(State())

  var isCancelled: Bool { state.withLock { $0.isCancelled } }
  /// How often the transport asked.
  var askedCount: Int { state.withLock { $0.askedCount } }

  /// Makes an event the newest one; one that wasn't taken is replaced.
  func put(version: UInt64, causes: [WatchCause] = []) {
    let ready = state.withLock { state in
      state.event = TrafficEvent(
        version: version, publishedAt: Samples.moment, causes: causes, isIncomplete: false)
      return state.ready
    }
    ready?()
  }

  func fail(_ error: EngineError) {
    let ready = state.withLock { state in
      state.failure = error
      return state.ready
    }
    ready?()
  }

  func next(within limit: WorkLimit) throws(EngineError) -> TrafficEvent? {
    let (event, failure) = state.withLock { state -> (TrafficEvent?, EngineError?) in
      state.askedCount += 1
      defer { state.event = nil }
      return (state.event, state.failure)
    }
    if let failure { throw failure }
    return event
  }

  func onReady(_ ready: @escaping @Sendable () -> Void) {
    let isReady = state.withLock { state in
      state.ready = ready
      return state.event != nil
    }
    if isReady { ready() }
  }

  func cancel() { state.withLock { $0.isCancelled = true } }
}

/// A stream that works for its first answer until it is ended.
final class EndlessStream: AnswerStream {
  private let engine: FakeEngine

  init(_ engine: FakeEngine) { self.engine = engine }

  func next(within limit: WorkLimit) throws(EngineError) -> WatchAnswer? {
    engine.workers.add(1, ordering: .relaxed)
    defer { engine.workers.subtract(1, ordering: .relaxed) }
    while true {
      try limit.check()
      usleep(1_000)
    }
  }

  func onReady(_ ready: @escaping @Sendable () -> Void) { ready() }

  func cancel() {}
}
