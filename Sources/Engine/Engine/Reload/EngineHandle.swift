import API
import Synchronization

/// The engine of a running server: answers from the current one, and puts another one in its place without a pause.
///
/// A question is answered by the engine that was current when it came, on one map from beginning to end. Its map and
/// its memory are given back with the last such answer. A change that comes while another engine takes over is made on
/// the new one.
public final class EngineHandle: EngineAPI {
  private let engine: Mutex<TocsinEngine>
  let sources: EngineSources
  let isReloading = Atomic(false)
  /// Counts what all engines were told of units.
  public let reports: ReportTally

  /// - Parameters:
  ///   - engine: the first one.
  ///   - sources: the files that it was started from.
  public init(_ engine: TocsinEngine, sources: EngineSources, reports: ReportTally = ReportTally()) {
    self.engine = Mutex(engine)
    (self.sources, self.reports) = (sources, reports)
  }

  /// The engine that is asked now.
  public var current: TocsinEngine { engine.withLock { $0 } }

  func replace(by next: TocsinEngine) {
    // The last one is let go outside of the lock: it may take a while to give its memory back.
    let last = engine.withLock { engine in
      defer { engine = next }
      return engine
    }
    withExtendedLifetime(last) {}
  }

  /// Makes a change on the current engine. One that was refused while another engine took over is made on that one:
  /// a refused change has changed nothing.
  private func change<Answer>(_ body: (TocsinEngine) throws(EngineError) -> Answer) throws(EngineError) -> Answer {
    var asked = current
    while true {
      do throws(EngineError) {
        return try body(asked)
      } catch {
        // Of a change whose outcome nobody knows a second refusal would say that it was not made.
        if error.code == .outcomeUnknown { throw error }
        let next = current
        if next === asked { throw error }
        asked = next
      }
    }
  }
}

// MARK: Questions and changes

extension EngineHandle {
  public func putUnits(_ units: [ResponseUnit], by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> UnitsAnswer
  {
    let answer = try change { engine throws(EngineError) in try engine.putUnits(units, by: origin, within: limit) }
    reports.add(ReportCounts(answer), by: origin)
    return answer
  }

  public func removeUnits(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> UnitsAnswer {
    try change { engine throws(EngineError) in try engine.removeUnits(ids, by: origin) }
  }

  public func setStatus(_ report: StatusReport, by origin: ChangeOrigin) throws(EngineError) -> StatusReportAnswer {
    let answer = try change { engine throws(EngineError) in try engine.setStatus(report, by: origin) }
    reports.add(ReportCounts(answer), by: origin)
    return answer
  }

  public func reportPositions(_ positions: [PositionReport], by origin: ChangeOrigin, within limit: WorkLimit)
    throws(EngineError) -> PositionsAnswer
  {
    let answer = try change { engine throws(EngineError) in
      try engine.reportPositions(positions, by: origin, within: limit)
    }
    reports.add(ReportCounts(answer), by: origin)
    return answer
  }

  public func listUnits() -> (version: UInt64, units: [ListedUnit]) { current.listUnits() }

  public func fastestUnits(_ request: FastestUnitsRequest, within limit: WorkLimit) throws(EngineError)
    -> FastestUnitsAnswer
  {
    try current.fastestUnits(request, within: limit)
  }

  public func coverage(_ request: CoverageRequest, within limit: WorkLimit) throws(EngineError) -> CoverageAnswer {
    try current.coverage(request, within: limit)
  }

  public func recommend(_ request: RecommendRequest, within limit: WorkLimit) throws(EngineError) -> RecommendAnswer {
    try current.recommend(request, within: limit)
  }

  public func assign(_ request: AssignRequest, within limit: WorkLimit) throws(EngineError) -> AssignAnswer {
    try current.assign(request, within: limit)
  }

  public func hospitals(_ request: HospitalsRequest, within limit: WorkLimit) throws(EngineError) -> HospitalsAnswer {
    try current.hospitals(request, within: limit)
  }

  public func moveUp(_ request: MoveUpRequest, within limit: WorkLimit) throws(EngineError) -> MoveUpAnswer {
    try current.moveUp(request, within: limit)
  }

  public func route(_ request: RouteRequest, within limit: WorkLimit) throws(EngineError) -> RouteAnswer {
    try current.route(request, within: limit)
  }

  public func matrix(_ request: MatrixRequest, within limit: WorkLimit) throws(EngineError) -> MatrixAnswer {
    try current.matrix(request, within: limit)
  }

  public func reach(_ request: ReachRequest, within limit: WorkLimit) throws(EngineError) -> ReachAnswer {
    try current.reach(request, within: limit)
  }

  public func snap(_ request: SnapRequest) throws(EngineError) -> SnapAnswer { try current.snap(request) }

  public func locate(_ request: LocateRequest, within limit: WorkLimit) throws(EngineError) -> LocateAnswer {
    try current.locate(request, within: limit)
  }

  public func match(_ request: MatchRequest, within limit: WorkLimit) throws(EngineError) -> MatchAnswer {
    try current.match(request, within: limit)
  }

  public func tile(_ request: TileRequest, within limit: WorkLimit) throws(EngineError) -> TileAnswer {
    try current.tile(request, within: limit)
  }

  public func nearby(_ request: NearbyRequest, within limit: WorkLimit) throws(EngineError) -> NearbyAnswer {
    try current.nearby(request, within: limit)
  }

  public func staging(_ request: StagingRequest, within limit: WorkLimit) throws(EngineError) -> StagingAnswer {
    try current.staging(request, within: limit)
  }

  public func putClosures(_ request: ClosuresRequest, by origin: ChangeOrigin, within limit: WorkLimit)
    throws(EngineError) -> ClosuresAnswer
  {
    try change { engine throws(EngineError) in try engine.putClosures(request, by: origin, within: limit) }
  }

  public func previewClosures(_ request: ClosuresRequest, within limit: WorkLimit) throws(EngineError)
    -> ClosuresAnswer
  {
    try current.previewClosures(request, within: limit)
  }

  public func liftClosures(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> ClosuresAnswer {
    try change { engine throws(EngineError) in try engine.liftClosures(ids, by: origin) }
  }

  public func listClosures(_ detail: ClosureDetail) -> ClosuresAnswer { current.listClosures(detail) }

  public func putSpeeds(_ request: SpeedsRequest, by origin: ChangeOrigin, within limit: WorkLimit)
    throws(EngineError) -> SpeedsAnswer
  {
    try change { engine throws(EngineError) in try engine.putSpeeds(request, by: origin, within: limit) }
  }

  public func previewSpeeds(_ request: SpeedsRequest, within limit: WorkLimit) throws(EngineError) -> SpeedsAnswer {
    try current.previewSpeeds(request, within: limit)
  }

  public func watchCoverage(
    _ request: WatchCoverageRequest
  ) throws(EngineError) -> any AnswerStream<CoverageAnswer> {
    try current.watchCoverage(request)
  }

  public func follow(_ request: FollowRequest) throws(EngineError) -> any AnswerStream<FollowEvent> {
    try current.follow(request)
  }

  public func putPlans(_ request: PlansRequest, by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> PlansAnswer
  {
    try change { engine throws(EngineError) in try engine.putPlans(request, by: origin, within: limit) }
  }

  public func previewPlans(_ request: PlansRequest, within limit: WorkLimit) throws(EngineError) -> PlansAnswer {
    try current.previewPlans(request, within: limit)
  }

  public func removePlans(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> PlansAnswer {
    try change { engine throws(EngineError) in try engine.removePlans(ids, by: origin) }
  }

  public func listPlans() -> ListPlansAnswer { current.listPlans() }

  public func putHospitals(_ request: HospitalsPut, by origin: ChangeOrigin) throws(EngineError)
    -> HospitalChangesAnswer
  {
    try change { engine throws(EngineError) in try engine.putHospitals(request, by: origin) }
  }

  public func setHospitalStates(_ reports: [HospitalReport], by origin: ChangeOrigin) throws(EngineError)
    -> HospitalChangesAnswer
  {
    try change { engine throws(EngineError) in try engine.setHospitalStates(reports, by: origin) }
  }

  public func removeHospitals(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> HospitalChangesAnswer {
    try change { engine throws(EngineError) in try engine.removeHospitals(ids, by: origin) }
  }

  public func listHospitals(within limit: WorkLimit) throws(EngineError) -> ListHospitalsAnswer {
    try current.listHospitals(within: limit)
  }

  public func putPosts(_ posts: [Post], by origin: ChangeOrigin) throws(EngineError) -> PostsAnswer {
    try change { engine throws(EngineError) in try engine.putPosts(posts, by: origin) }
  }

  public func removePosts(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> PostsAnswer {
    try change { engine throws(EngineError) in try engine.removePosts(ids, by: origin) }
  }

  public func listPosts(within limit: WorkLimit) throws(EngineError) -> ListPostsAnswer {
    try current.listPosts(within: limit)
  }

  public func putLayer(_ layer: Layer, by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> LayersAnswer
  {
    try change { engine throws(EngineError) in try engine.putLayer(layer, by: origin, within: limit) }
  }

  public func previewLayer(_ layer: Layer, within limit: WorkLimit) throws(EngineError) -> LayersAnswer {
    try current.previewLayer(layer, within: limit)
  }

  public func removeLayer(_ name: String, by origin: ChangeOrigin) throws(EngineError) -> LayersAnswer {
    try change { engine throws(EngineError) in try engine.removeLayer(name, by: origin) }
  }

  public func listLayers() -> LayersAnswer { current.listLayers() }

  public func exportLayer(_ name: String) throws(EngineError) -> LayerAnswer { try current.exportLayer(name) }

  public func watchTraffic() throws(EngineError) -> any AnswerStream<TrafficEvent> { try current.watchTraffic() }

  public func watch(_ question: WatchQuestion) throws(EngineError) -> any AnswerStream<WatchAnswer> {
    try current.watch(question)
  }

  public func status() -> StatusAnswer { current.status() }
}
