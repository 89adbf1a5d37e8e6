/// The use cases, without any transport: what a server calls and a test can call directly.
///
/// All methods may be called from any thread, at the same time. A query runs on one immutable snapshot and its answer
/// names the snapshot's version; a query that starts after a change was acknowledged sees the change.
///
/// A change is acknowledged when the ledger has it, but for a report that says nothing new about a unit but where it is
/// and that it goes on as before: such a one may be lost if the process is killed within a second.
///
/// Long work ends at its ``WorkLimit`` with `DEADLINE_EXCEEDED` or `CANCELLED`, without an answer or a change.
public protocol EngineAPI: Sendable {
  /// Adds units or replaces them by id, all or none. O(units x log segments): each is snapped on arrival.
  ///
  /// Of a unit that is known, the place goes by the time of the position and all else by that of the status: what is
  /// older than what is known changes nothing, and of equal times the later report counts.
  func putUnits(_ units: [ResponseUnit], by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> UnitsAnswer
  /// Removes units, all or none.
  func removeUnits(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> UnitsAnswer
  /// Changes what a unit does, unless a later status is known.
  func setStatus(_ report: StatusReport, by origin: ChangeOrigin) throws(EngineError) -> StatusReportAnswer
  /// Moves units that are known, unless they are known where they were later; reports that can't be taken are listed.
  /// Never waits for the disk. O(reports x log segments).
  func reportPositions(_ reports: [PositionReport], by origin: ChangeOrigin, within limit: WorkLimit)
    throws(EngineError) -> PositionsAnswer
  /// All units by id.
  func listUnits() -> (version: UInt64, units: [ListedUnit])
  func fastestUnits(_ request: FastestUnitsRequest, within limit: WorkLimit) throws(EngineError) -> FastestUnitsAnswer
  /// What of all roads the units reach in time.
  func coverage(_ request: CoverageRequest, within limit: WorkLimit) throws(EngineError) -> CoverageAnswer
  /// Who should go to an incident by the lines of a plan, each unit in one place, and why not others.
  func recommend(_ request: RecommendRequest, within limit: WorkLimit) throws(EngineError) -> RecommendAnswer
  /// Who should go to which of several incidents, compared with filling them one by one.
  func assign(_ request: AssignRequest, within limit: WorkLimit) throws(EngineError) -> AssignAnswer
  /// Which hospital takes a patient, by drive from the scene.
  func hospitals(_ request: HospitalsRequest, within limit: WorkLimit) throws(EngineError) -> HospitalsAnswer
  /// Which units should move to which posts, so that more demand is covered.
  func moveUp(_ request: MoveUpRequest, within limit: WorkLimit) throws(EngineError) -> MoveUpAnswer
  /// Where units can gather out of danger, and where they can't.
  func staging(_ request: StagingRequest, within limit: WorkLimit) throws(EngineError) -> StagingAnswer
  func route(_ request: RouteRequest, within limit: WorkLimit) throws(EngineError) -> RouteAnswer
  /// The travel times between all origins and all destinations: of each pair what a route says.
  func matrix(_ request: MatrixRequest, within limit: WorkLimit) throws(EngineError) -> MatrixAnswer
  /// How far a vehicle gets within some limits of time, or from where it gets somewhere.
  func reach(_ request: ReachRequest, within limit: WorkLimit) throws(EngineError) -> ReachAnswer
  func snap(_ request: SnapRequest) throws(EngineError) -> SnapAnswer
  /// Which way a vehicle drove that was at some places.
  func match(_ request: MatchRequest, within limit: WorkLimit) throws(EngineError) -> MatchAnswer
  /// Where somebody is, in words: by a place or by a text.
  func locate(_ request: LocateRequest, within limit: WorkLimit) throws(EngineError) -> LocateAnswer
  /// A tile of the map.
  ///
  /// - Throws: `INVALID_TILE`, `UNKNOWN_PROFILE`, `CANCELLED`, `DEADLINE_EXCEEDED`.
  func tile(_ request: TileRequest, within limit: WorkLimit) throws(EngineError) -> TileAnswer
  /// The points of layers near a place, along roads or by air.
  func nearby(_ request: NearbyRequest, within limit: WorkLimit) throws(EngineError) -> NearbyAnswer
  /// Adds closures or replaces them by id. One that is known just so already changes nothing.
  func putClosures(_ request: ClosuresRequest, by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> ClosuresAnswer
  /// What ``putClosures(_:by:within:)`` would do; nothing changes.
  func previewClosures(_ request: ClosuresRequest, within limit: WorkLimit) throws(EngineError) -> ClosuresAnswer
  /// Lifts closures, all or none.
  func liftClosures(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> ClosuresAnswer
  /// All closures by id, those to come and those in force.
  func listClosures(_ detail: ClosureDetail) -> ClosuresAnswer
  /// Takes what a source measured. Roads that the map lacks are counted and passed over.
  func putSpeeds(_ request: SpeedsRequest, by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> SpeedsAnswer
  /// What ``putSpeeds(_:by:within:)`` would find; nothing changes.
  func previewSpeeds(_ request: SpeedsRequest, within limit: WorkLimit) throws(EngineError) -> SpeedsAnswer
  /// What is covered: answered now, and again when it differs, at most once a second.
  func watchCoverage(_ request: WatchCoverageRequest) throws(EngineError) -> any AnswerStream<CoverageAnswer>
  /// The ETA of units under way, and what happens to them. Throws `UNKNOWN_UNIT`.
  func follow(_ request: FollowRequest) throws(EngineError) -> any AnswerStream<FollowEvent>
  /// Adds response plans or replaces them by id, and replaces all choices if there are any, all or none. What is known
  /// just so already changes nothing.
  func putPlans(_ request: PlansRequest, by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> PlansAnswer
  /// What ``putPlans(_:by:within:)`` would do; nothing changes.
  func previewPlans(_ request: PlansRequest, within limit: WorkLimit) throws(EngineError) -> PlansAnswer
  /// Removes plans that no choice names, all or none.
  func removePlans(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> PlansAnswer
  /// All plans by id, and all choices.
  func listPlans() -> ListPlansAnswer
  /// Adds hospitals or replaces them by id, all or none. States that are older than those known change nothing.
  func putHospitals(_ request: HospitalsPut, by origin: ChangeOrigin) throws(EngineError) -> HospitalChangesAnswer
  /// Changes what hospitals say of themselves, all or none, unless something later is known.
  func setHospitalStates(_ reports: [HospitalReport], by origin: ChangeOrigin) throws(EngineError)
    -> HospitalChangesAnswer
  /// Removes hospitals, all or none.
  func removeHospitals(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> HospitalChangesAnswer
  /// All hospitals by id.
  func listHospitals(within limit: WorkLimit) throws(EngineError) -> ListHospitalsAnswer
  /// Adds posts or replaces them by id, all or none.
  func putPosts(_ posts: [Post], by origin: ChangeOrigin) throws(EngineError) -> PostsAnswer
  /// Removes posts, all or none.
  func removePosts(_ ids: [String], by origin: ChangeOrigin) throws(EngineError) -> PostsAnswer
  /// All posts by id.
  func listPosts(within limit: WorkLimit) throws(EngineError) -> ListPostsAnswer
  /// Adds a layer or replaces it as a whole. O(features x log segments): each point is put on its road.
  func putLayer(_ layer: Layer, by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError) -> LayersAnswer
  /// What ``putLayer(_:by:within:)`` would do; nothing changes.
  func previewLayer(_ layer: Layer, within limit: WorkLimit) throws(EngineError) -> LayersAnswer
  /// Removes a layer that no choice names.
  func removeLayer(_ name: String, by origin: ChangeOrigin) throws(EngineError) -> LayersAnswer
  /// All layers by name, without their features.
  func listLayers() -> LayersAnswer
  /// A layer with its features.
  func exportLayer(_ name: String) throws(EngineError) -> LayerAnswer
  /// Every change of the traffic from now on.
  func watchTraffic() throws(EngineError) -> any AnswerStream<TrafficEvent>
  /// A question that is answered now, and again whenever its answer changes.
  func watch(_ question: WatchQuestion) throws(EngineError) -> any AnswerStream<WatchAnswer>
  /// Reads files again, those that the engine was started with, and answers from them once all is ready; a file with a
  /// fault leaves in force what was. An engine by itself, without an ``EngineHandle``, has overrides alone to read.
  func reload(_ parts: Set<ReloadPart>, by origin: ChangeOrigin, within limit: WorkLimit) throws(EngineError)
    -> ReloadReport
  func status() -> StatusAnswer
}

/// Calls that may take as long as they need.
extension EngineAPI {
  /// As ``fastestUnits(_:within:)``.
  public func fastestUnits(_ request: FastestUnitsRequest) throws(EngineError) -> FastestUnitsAnswer {
    try fastestUnits(request, within: .none)
  }
  /// As ``recommend(_:within:)``.
  public func recommend(_ request: RecommendRequest) throws(EngineError) -> RecommendAnswer {
    try recommend(request, within: .none)
  }
  /// As ``assign(_:within:)``.
  public func assign(_ request: AssignRequest) throws(EngineError) -> AssignAnswer {
    try assign(request, within: .none)
  }
  /// As ``hospitals(_:within:)``.
  public func hospitals(_ request: HospitalsRequest) throws(EngineError) -> HospitalsAnswer {
    try hospitals(request, within: .none)
  }
  /// As ``moveUp(_:within:)``.
  public func moveUp(_ request: MoveUpRequest) throws(EngineError) -> MoveUpAnswer {
    try moveUp(request, within: .none)
  }
  /// As ``staging(_:within:)``.
  public func staging(_ request: StagingRequest) throws(EngineError) -> StagingAnswer {
    try staging(request, within: .none)
  }
  /// As ``match(_:within:)``.
  public func match(_ request: MatchRequest) throws(EngineError) -> MatchAnswer { try match(request, within: .none) }
  /// As ``nearby(_:within:)``.
  public func nearby(_ request: NearbyRequest) throws(EngineError) -> NearbyAnswer {
    try nearby(request, within: .none)
  }
  /// As ``route(_:within:)``.
  public func route(_ request: RouteRequest) throws(EngineError) -> RouteAnswer { try route(request, within: .none) }
  /// As ``matrix(_:within:)``.
  public func matrix(_ request: MatrixRequest) throws(EngineError) -> MatrixAnswer {
    try matrix(request, within: .none)
  }
  /// As ``reach(_:within:)``.
  public func reach(_ request: ReachRequest) throws(EngineError) -> ReachAnswer { try reach(request, within: .none) }
  /// As ``locate(_:within:)``.
  public func locate(_ request: LocateRequest) throws(EngineError) -> LocateAnswer {
    try locate(request, within: .none)
  }
  /// As ``coverage(_:within:)``.
  public func coverage(_ request: CoverageRequest) throws(EngineError) -> CoverageAnswer {
    try coverage(request, within: .none)
  }
  /// As ``previewClosures(_:within:)``.
  public func previewClosures(_ request: ClosuresRequest) throws(EngineError) -> ClosuresAnswer {
    try previewClosures(request, within: .none)
  }
  /// As ``putUnits(_:by:within:)``.
  public func putUnits(_ units: [ResponseUnit], by origin: ChangeOrigin = .local) throws(EngineError) -> UnitsAnswer {
    try putUnits(units, by: origin, within: .none)
  }
  /// As ``reportPositions(_:by:within:)``.
  public func reportPositions(
    _ reports: [PositionReport], by origin: ChangeOrigin = .local
  ) throws(EngineError) -> PositionsAnswer {
    try reportPositions(reports, by: origin, within: .none)
  }
  /// As ``putClosures(_:by:within:)``.
  public func putClosures(_ request: ClosuresRequest, by origin: ChangeOrigin) throws(EngineError) -> ClosuresAnswer {
    try putClosures(request, by: origin, within: .none)
  }
  /// As ``putPlans(_:by:within:)``.
  public func putPlans(_ request: PlansRequest, by origin: ChangeOrigin = .local) throws(EngineError) -> PlansAnswer {
    try putPlans(request, by: origin, within: .none)
  }
  /// As ``previewPlans(_:within:)``.
  public func previewPlans(_ request: PlansRequest) throws(EngineError) -> PlansAnswer {
    try previewPlans(request, within: .none)
  }
  /// As ``listClosures(_:)``, without detail.
  public func listClosures() -> ClosuresAnswer { listClosures([]) }
  /// As ``putSpeeds(_:by:within:)``.
  public func putSpeeds(_ request: SpeedsRequest, by origin: ChangeOrigin) throws(EngineError) -> SpeedsAnswer {
    try putSpeeds(request, by: origin, within: .none)
  }
}

/// Changes by a caller within the process.
extension EngineAPI {
  /// As ``removeUnits(_:by:)``, by ``ChangeOrigin/local``.
  public func removeUnits(_ ids: [String]) throws(EngineError) -> UnitsAnswer { try removeUnits(ids, by: .local) }
  /// As ``setStatus(_:by:)``, by ``ChangeOrigin/local``.
  public func setStatus(_ report: StatusReport) throws(EngineError) -> StatusReportAnswer {
    try setStatus(report, by: .local)
  }
  /// As ``putClosures(_:by:)``, all or none, by ``ChangeOrigin/local``.
  public func putClosures(_ closures: [RoadClosure]) throws(EngineError) -> ClosuresAnswer {
    try putClosures(ClosuresRequest(closures), by: .local)
  }
  /// As ``liftClosures(_:by:)``, by ``ChangeOrigin/local``.
  public func liftClosures(_ ids: [String]) throws(EngineError) -> ClosuresAnswer { try liftClosures(ids, by: .local) }
}
