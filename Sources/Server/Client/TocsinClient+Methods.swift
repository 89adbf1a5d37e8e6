import API
import Messages

/// The methods of `EngineAPI`, over the connection. Each throws `ClientError` with the engine's code, or what
/// ``TocsinClient/call(_:_:)`` lists.
extension TocsinClient {
  /// Adds units or replaces them by id, all or none.
  public func putUnits(_ units: [ResponseUnit]) async throws(ClientError) -> UnitsAnswer {
    try await call(ServiceMethods.putUnits, PutUnitsRequest(units))
  }

  /// Removes units, all or none.
  public func removeUnits(_ ids: [String]) async throws(ClientError) -> UnitsAnswer {
    try await call(ServiceMethods.removeUnits, RemoveUnitsRequest(ids))
  }

  /// Changes what a unit does, unless a later status is known.
  public func setStatus(_ report: StatusReport) async throws(ClientError) -> StatusReportAnswer {
    try await call(ServiceMethods.setStatus, report)
  }

  /// Moves units that are known, unless they are known where they were later; reports that can't be taken are listed.
  public func reportPositions(_ reports: [PositionReport]) async throws(ClientError) -> PositionsAnswer {
    try await call(ServiceMethods.reportPositions, ReportPositionsRequest(reports))
  }

  /// All units by id.
  public func listUnits() async throws(ClientError) -> (version: UInt64, units: [ListedUnit]) {
    let answer = try await call(ServiceMethods.listUnits, EmptyRequest())
    return (answer.version, answer.units)
  }

  /// Which units reach an incident first. An empty set of statuses is refused.
  public func fastestUnits(_ request: FastestUnitsRequest) async throws(ClientError) -> FastestUnitsAnswer {
    try await call(ServiceMethods.fastestUnits, request)
  }

  /// What of all roads the units reach in time. An empty set of statuses is refused.
  public func coverage(_ request: CoverageRequest) async throws(ClientError) -> CoverageAnswer {
    try await call(ServiceMethods.coverage, request)
  }

  /// Who should go to an incident by the lines of a plan, and why not others.
  public func recommend(_ request: RecommendRequest) async throws(ClientError) -> RecommendAnswer {
    try await call(ServiceMethods.recommend, request)
  }

  /// Who should go to which of several incidents.
  public func assign(_ request: AssignRequest) async throws(ClientError) -> AssignAnswer {
    try await call(ServiceMethods.assign, request)
  }

  /// Which hospital takes a patient.
  public func hospitals(_ request: HospitalsRequest) async throws(ClientError) -> HospitalsAnswer {
    try await call(ServiceMethods.hospitals, request)
  }

  /// Which units should move to which posts. An empty set of statuses is refused.
  public func moveUp(_ request: MoveUpRequest) async throws(ClientError) -> MoveUpAnswer {
    try await call(ServiceMethods.moveUp, request)
  }

  /// The fastest way for one vehicle.
  public func route(_ request: RouteRequest) async throws(ClientError) -> RouteAnswer {
    try await call(ServiceMethods.route, request)
  }

  /// The travel times between many places.
  public func matrix(_ request: MatrixRequest) async throws(ClientError) -> MatrixAnswer {
    try await call(ServiceMethods.matrix, request)
  }

  /// How far a vehicle gets within some limits of time, or from where it gets somewhere.
  public func reach(_ request: ReachRequest) async throws(ClientError) -> ReachAnswer {
    try await call(ServiceMethods.reach, request)
  }

  /// Which roads are near a place.
  public func snap(_ request: SnapRequest) async throws(ClientError) -> SnapAnswer {
    try await call(ServiceMethods.snap, request)
  }

  /// Where somebody is, in words.
  public func locate(_ request: LocateRequest) async throws(ClientError) -> LocateAnswer {
    try await call(ServiceMethods.locate, request)
  }

  /// A tile of the map.
  public func tile(_ request: TileRequest) async throws(ClientError) -> TileAnswer {
    try await call(ServiceMethods.tile, request)
  }

  /// The points of layers near a place, along roads or by air.
  public func match(_ request: MatchRequest) async throws(ClientError) -> MatchAnswer {
    try await call(ServiceMethods.match, request)
  }
  public func nearby(_ request: NearbyRequest) async throws(ClientError) -> NearbyAnswer {
    try await call(ServiceMethods.nearby, request)
  }

  /// Where units can gather out of danger, and where they can't.
  public func staging(_ request: StagingRequest) async throws(ClientError) -> StagingAnswer {
    try await call(ServiceMethods.staging, request)
  }

  /// Adds closures or replaces them by id, all or none.
  public func putClosures(_ closures: [RoadClosure]) async throws(ClientError) -> ClosuresAnswer {
    try await putClosures(ClosuresRequest(closures))
  }

  /// Adds closures or replaces them by id.
  public func putClosures(_ request: ClosuresRequest) async throws(ClientError) -> ClosuresAnswer {
    try await call(ServiceMethods.putClosures, PutClosuresRequest(request))
  }

  /// What ``putClosures(_:)-(ClosuresRequest)`` would do; nothing changes.
  public func previewClosures(_ request: ClosuresRequest) async throws(ClientError) -> ClosuresAnswer {
    try await call(ServiceMethods.putClosures, PutClosuresRequest(request, isDryRun: true))
  }

  /// Takes what a source measured; roads that the map lacks are counted and passed over.
  public func putSpeeds(_ request: SpeedsRequest) async throws(ClientError) -> SpeedsAnswer {
    try await call(ServiceMethods.putSpeeds, PutSpeedsRequest(request))
  }

  /// What ``putSpeeds(_:)`` would find; nothing changes.
  public func previewSpeeds(_ request: SpeedsRequest) async throws(ClientError) -> SpeedsAnswer {
    try await call(ServiceMethods.putSpeeds, PutSpeedsRequest(request, isDryRun: true))
  }

  /// Lifts closures, all or none.
  public func liftClosures(_ ids: [String]) async throws(ClientError) -> ClosuresAnswer {
    try await call(ServiceMethods.liftClosures, LiftClosuresRequest(ids))
  }

  /// All closures by id, those to come and those in force.
  public func listClosures(_ detail: ClosureDetail = []) async throws(ClientError) -> ClosuresAnswer {
    try await call(ServiceMethods.listClosures, ListClosuresRequest(detail))
  }

  /// Adds response plans or replaces them by id, and replaces all choices if there are any, all or none.
  public func putPlans(_ request: PlansRequest) async throws(ClientError) -> PlansAnswer {
    try await call(ServiceMethods.putPlans, PutPlansRequest(request))
  }

  /// What ``putPlans(_:)`` would do; nothing changes.
  public func previewPlans(_ request: PlansRequest) async throws(ClientError) -> PlansAnswer {
    try await call(ServiceMethods.putPlans, PutPlansRequest(request, isDryRun: true))
  }

  /// Removes plans that no choice names, all or none.
  public func removePlans(_ ids: [String]) async throws(ClientError) -> PlansAnswer {
    try await call(ServiceMethods.removePlans, RemovePlansRequest(ids))
  }

  /// All plans by id, and all choices.
  public func listPlans() async throws(ClientError) -> ListPlansAnswer {
    try await call(ServiceMethods.listPlans, EmptyRequest())
  }

  /// Adds hospitals or replaces them by id, all or none.
  public func putHospitals(_ put: HospitalsPut) async throws(ClientError) -> HospitalChangesAnswer {
    try await call(ServiceMethods.putHospitals, PutHospitalsRequest(put))
  }

  /// Changes what hospitals say of themselves, all or none, unless something later is known.
  public func setHospitalStates(_ reports: [HospitalReport]) async throws(ClientError) -> HospitalChangesAnswer {
    try await call(ServiceMethods.setHospitalStates, SetHospitalStatesRequest(reports))
  }

  /// Removes hospitals, all or none.
  public func removeHospitals(_ ids: [String]) async throws(ClientError) -> HospitalChangesAnswer {
    try await call(ServiceMethods.removeHospitals, RemoveHospitalsRequest(ids))
  }

  /// All hospitals by id.
  public func listHospitals() async throws(ClientError) -> ListHospitalsAnswer {
    try await call(ServiceMethods.listHospitals, EmptyRequest())
  }

  /// Adds posts or replaces them by id, all or none.
  public func putPosts(_ posts: [Post]) async throws(ClientError) -> PostsAnswer {
    try await call(ServiceMethods.putPosts, PutPostsRequest(posts))
  }

  /// Removes posts, all or none.
  public func removePosts(_ ids: [String]) async throws(ClientError) -> PostsAnswer {
    try await call(ServiceMethods.removePosts, RemovePostsRequest(ids))
  }

  /// All posts by id.
  public func listPosts() async throws(ClientError) -> ListPostsAnswer {
    try await call(ServiceMethods.listPosts, EmptyRequest())
  }

  /// Adds a layer or replaces it as a whole.
  public func putLayer(_ layer: Layer) async throws(ClientError) -> LayersAnswer {
    try await call(ServiceMethods.putLayer, PutLayerRequest(layer))
  }

  /// What ``putLayer(_:)`` would do; nothing changes.
  public func previewLayer(_ layer: Layer) async throws(ClientError) -> LayersAnswer {
    try await call(ServiceMethods.putLayer, PutLayerRequest(layer, isDryRun: true))
  }

  /// Removes a layer that no choice of plans names.
  public func removeLayer(_ name: String) async throws(ClientError) -> LayersAnswer {
    try await call(ServiceMethods.removeLayer, RemoveLayerRequest(name))
  }

  /// All layers by name, without their features.
  public func listLayers() async throws(ClientError) -> LayersAnswer {
    try await call(ServiceMethods.listLayers, EmptyRequest())
  }

  /// A layer with its features.
  public func exportLayer(_ name: String) async throws(ClientError) -> LayerAnswer {
    try await call(ServiceMethods.exportLayer, ExportLayerRequest(name))
  }

  /// Makes the server read files again, those that it was started with; it answers once they are served.
  public func reload(_ parts: Set<ReloadPart>) async throws(ClientError) -> ReloadReport {
    try await call(ServiceMethods.reload, ReloadRequest(parts))
  }

  /// What the server knows about itself.
  public func status() async throws(ClientError) -> StatusAnswer {
    try await call(ServiceMethods.status, EmptyRequest())
  }

  /// The version of the published snapshot of a server that answers queries.
  public func health() async throws(ClientError) -> UInt64 {
    try await call(ServiceMethods.health, EmptyRequest()).version
  }
}
