import API

/// All methods of `tocsin.proto`.
///
/// Whatever holds for methods is a loop over ``all``: how they are dispatched, what gRPC says of its services, the
/// fuzzed messages.
public enum ServiceMethods {
  public static let all: [any AnyServiceMethod] = [
    putUnits, removeUnits, setStatus, reportPositions, listUnits, fastestUnits, recommend, assign, coverage,
    watchCoverage, follow, route, matrix, streamMatrix, reach, streamReach, snap, match, locate, watch, putClosures,
    liftClosures,
    listClosures, putSpeeds, watchTraffic, putPlans, removePlans, listPlans, putLayer, removeLayer, listLayers,
    exportLayer, nearby, tile, staging, hospitals, moveUp, putHospitals, setHospitalStates, removeHospitals,
    listHospitals,
    putPosts, removePosts, listPosts, reload, status, health,
  ]

  /// A question for more units or places than these may take long.
  private static let manyUnits = 100
  private static let manyPlaces = 10
  private static let manyPairs = 100

  // MARK: Dispatch

  public static let putUnits = ServiceMethod<PutUnitsRequest, UnitsAnswer>(
    "Dispatch/PutUnits", permission: .moveUnits,
    .change { engine, request, call throws(EngineError) in
      try engine.putUnits(request.units, by: call.origin, within: call.limit)
    })
  public static let removeUnits = ServiceMethod<RemoveUnitsRequest, UnitsAnswer>(
    "Dispatch/RemoveUnits", permission: .moveUnits,
    .change { engine, request, call throws(EngineError) in try engine.removeUnits(request.ids, by: call.origin) })
  public static let setStatus = ServiceMethod<StatusReport, StatusReportAnswer>(
    "Dispatch/SetStatus", permission: .moveUnits,
    .change { engine, request, call throws(EngineError) in try engine.setStatus(request, by: call.origin) })
  public static let reportPositions = ServiceMethod<ReportPositionsRequest, PositionsAnswer>(
    "Dispatch/ReportPositions", permission: .moveUnits, requests: .stream,
    .change { engine, request, call throws(EngineError) in
      let answer = try engine.reportPositions(request.positions, by: call.origin, within: call.limit)
      return answer.listingUnreadable(of: request)
    })
  public static let listUnits = ServiceMethod<EmptyRequest, ListUnitsAnswer>(
    "Dispatch/ListUnits", lane: .long,
    .question { engine, _, _ in
      let (version, units) = engine.listUnits()
      return ListUnitsAnswer(version: version, units: units)
    })
  public static let fastestUnits = ServiceMethod<FastestUnitsRequest, FastestUnitsAnswer>(
    "Dispatch/FastestUnits",
    isLong: { !$0.whatIf.isEmpty || $0.departAt != nil || $0.count + $0.explainCount > manyUnits },
    .question { engine, request, call throws(EngineError) in try engine.fastestUnits(request, within: call.limit) })

  public static let coverage = ServiceMethod<CoverageRequest, CoverageAnswer>(
    "Dispatch/Coverage", lane: .long,
    .question { engine, request, call throws(EngineError) in try engine.coverage(request, within: call.limit) })

  public static let watchCoverage = ServiceMethod<WatchCoverageRequest, CoverageAnswer>(
    "Dispatch/WatchCoverage",
    .stream { engine, request throws(EngineError) in try engine.watchCoverage(request) })

  public static let follow = ServiceMethod<FollowRequest, FollowEvent>(
    "Dispatch/Follow", .stream { engine, request throws(EngineError) in try engine.follow(request) })

  public static let recommend = ServiceMethod<RecommendRequest, RecommendAnswer>(
    "Dispatch/Recommend", isLong: { !$0.whatIf.isEmpty || $0.departAt != nil || $0.diversions != nil },
    .question { engine, request, call throws(EngineError) in try engine.recommend(request, within: call.limit) })

  public static let assign = ServiceMethod<AssignRequest, AssignAnswer>(
    "Dispatch/Assign", lane: .long,
    .question { engine, request, call throws(EngineError) in try engine.assign(request, within: call.limit) })

  public static let hospitals = ServiceMethod<HospitalsRequest, HospitalsAnswer>(
    "Dispatch/Hospitals", isLong: { !$0.whatIf.isEmpty || $0.asksForUnits },
    .question { engine, request, call throws(EngineError) in try engine.hospitals(request, within: call.limit) })

  public static let moveUp = ServiceMethod<MoveUpRequest, MoveUpAnswer>(
    "Dispatch/MoveUp", lane: .long,
    .question { engine, request, call throws(EngineError) in try engine.moveUp(request, within: call.limit) })
  public static let staging = ServiceMethod<StagingRequest, StagingAnswer>(
    "Dispatch/Staging", lane: .long,
    .question { engine, request, call throws(EngineError) in try engine.staging(request, within: call.limit) })

  // MARK: Routing

  public static let nearby = ServiceMethod<NearbyRequest, NearbyAnswer>(
    "Routing/Nearby",
    .question { engine, request, call throws(EngineError) in try engine.nearby(request, within: call.limit) })
  public static let route = ServiceMethod<RouteRequest, RouteAnswer>(
    "Routing/Route", isLong: { !$0.whatIf.isEmpty || $0.departAt != nil || $0.places.count > manyPlaces },
    .question { engine, request, call throws(EngineError) in try engine.route(request, within: call.limit) })
  public static let matrix = ServiceMethod<MatrixRequest, MatrixAnswer>(
    "Routing/Matrix", isLong: { !$0.whatIf.isEmpty || $0.departAt != nil || $0.cellCount > manyPairs },
    .question { engine, request, call throws(EngineError) in try engine.matrix(request, within: call.limit) })
  public static let streamMatrix = ServiceMethod<MatrixRequest, MatrixAnswer>(
    "Routing/StreamMatrix",
    .pieces { engine, request, limit throws(EngineError) in try engine.matrix(request, within: limit).pieces })
  public static let reach = ServiceMethod<ReachRequest, ReachAnswer>(
    "Routing/Reach", lane: .long,
    .question { engine, request, call throws(EngineError) in try engine.reach(request, within: call.limit) })
  public static let streamReach = ServiceMethod<ReachRequest, ReachAnswer>(
    "Routing/StreamReach",
    .pieces { engine, request, limit throws(EngineError) in try engine.reach(request, within: limit).pieces })
  public static let snap = ServiceMethod<SnapRequest, SnapAnswer>(
    "Routing/Snap", .question { engine, request, _ throws(EngineError) in try engine.snap(request) })
  public static let match = ServiceMethod<MatchRequest, MatchAnswer>(
    "Routing/Match", isLong: { $0.points.count > manyPlaces },
    .question { engine, request, call throws(EngineError) in try engine.match(request, within: call.limit) })
  public static let locate = ServiceMethod<LocateRequest, LocateAnswer>(
    "Routing/Locate", isLong: \.isText,
    .question { engine, request, call throws(EngineError) in try engine.locate(request, within: call.limit) })
  public static let tile = ServiceMethod<TileRequest, TileAnswer>(
    "Routing/Tile", isLong: \.isLong,
    .question { engine, request, call throws(EngineError) in try engine.tile(request, within: call.limit) })
  public static let watch = ServiceMethod<WatchQuestion, WatchAnswer>(
    "Routing/Watch", .stream { engine, question throws(EngineError) in try engine.watch(question) })

  // MARK: Traffic

  public static let putClosures = ServiceMethod<PutClosuresRequest, ClosuresAnswer>(
    "Traffic/PutClosures", permission: .changeTraffic, isLong: \.isDryRun,
    .change { engine, request, call throws(EngineError) in
      if request.isDryRun { return try engine.previewClosures(request.request, within: call.limit) }
      return try engine.putClosures(request.request, by: call.origin, within: call.limit)
    })
  public static let liftClosures = ServiceMethod<LiftClosuresRequest, ClosuresAnswer>(
    "Traffic/LiftClosures", permission: .changeTraffic,
    .change { engine, request, call throws(EngineError) in try engine.liftClosures(request.ids, by: call.origin) })
  public static let listClosures = ServiceMethod<ListClosuresRequest, ClosuresAnswer>(
    "Traffic/ListClosures", lane: .long, .question { engine, request, _ in engine.listClosures(request.detail) })
  public static let putSpeeds = ServiceMethod<PutSpeedsRequest, SpeedsAnswer>(
    "Traffic/PutSpeeds", permission: .changeTraffic, requests: .stream, isLong: \.isDryRun,
    .change { engine, request, call throws(EngineError) in
      if request.isDryRun { return try engine.previewSpeeds(request.request, within: call.limit) }
      return try engine.putSpeeds(request.request, by: call.origin, within: call.limit)
    })
  public static let watchTraffic = ServiceMethod<EmptyRequest, TrafficEvent>(
    "Traffic/Watch", .stream { engine, _ throws(EngineError) in try engine.watchTraffic() })

  // MARK: Plans

  public static let putPlans = ServiceMethod<PutPlansRequest, PlansAnswer>(
    "Plans/PutPlans", permission: .keepPlans, lane: .long,
    .change { engine, request, call throws(EngineError) in
      if request.isDryRun { return try engine.previewPlans(request.request, within: call.limit) }
      return try engine.putPlans(request.request, by: call.origin, within: call.limit)
    })
  public static let removePlans = ServiceMethod<RemovePlansRequest, PlansAnswer>(
    "Plans/RemovePlans", permission: .keepPlans,
    .change { engine, request, call throws(EngineError) in try engine.removePlans(request.ids, by: call.origin) })
  public static let listPlans = ServiceMethod<EmptyRequest, ListPlansAnswer>(
    "Plans/ListPlans", lane: .long, .question { engine, _, _ in engine.listPlans() })

  public static let putHospitals = ServiceMethod<PutHospitalsRequest, HospitalChangesAnswer>(
    "Plans/PutHospitals", permission: .keepPlans,
    .change { engine, request, call throws(EngineError) in try engine.putHospitals(request.put, by: call.origin) })
  public static let setHospitalStates = ServiceMethod<SetHospitalStatesRequest, HospitalChangesAnswer>(
    "Plans/SetHospitalStates", permission: .keepPlans,
    .change { engine, request, call throws(EngineError) in
      try engine.setHospitalStates(request.reports, by: call.origin)
    })
  public static let removeHospitals = ServiceMethod<RemoveHospitalsRequest, HospitalChangesAnswer>(
    "Plans/RemoveHospitals", permission: .keepPlans,
    .change { engine, request, call throws(EngineError) in try engine.removeHospitals(request.ids, by: call.origin) })
  public static let listHospitals = ServiceMethod<EmptyRequest, ListHospitalsAnswer>(
    "Plans/ListHospitals", lane: .long,
    .question { engine, _, call throws(EngineError) in try engine.listHospitals(within: call.limit) })
  public static let putPosts = ServiceMethod<PutPostsRequest, PostsAnswer>(
    "Plans/PutPosts", permission: .keepPlans,
    .change { engine, request, call throws(EngineError) in try engine.putPosts(request.posts, by: call.origin) })
  public static let removePosts = ServiceMethod<RemovePostsRequest, PostsAnswer>(
    "Plans/RemovePosts", permission: .keepPlans,
    .change { engine, request, call throws(EngineError) in try engine.removePosts(request.ids, by: call.origin) })
  public static let listPosts = ServiceMethod<EmptyRequest, ListPostsAnswer>(
    "Plans/ListPosts", lane: .long,
    .question { engine, _, call throws(EngineError) in try engine.listPosts(within: call.limit) })

  // MARK: Layers

  public static let putLayer = ServiceMethod<PutLayerRequest, LayersAnswer>(
    "Layers/PutLayer", permission: .keepLayers, requests: .stream, lane: .long,
    .change { engine, request, call throws(EngineError) in
      if request.isDryRun { return try engine.previewLayer(request.layer, within: call.limit) }
      return try engine.putLayer(request.layer, by: call.origin, within: call.limit)
    })
  public static let removeLayer = ServiceMethod<RemoveLayerRequest, LayersAnswer>(
    "Layers/RemoveLayer", permission: .keepLayers,
    .change { engine, request, call throws(EngineError) in try engine.removeLayer(request.name, by: call.origin) })
  public static let listLayers = ServiceMethod<EmptyRequest, LayersAnswer>(
    "Layers/ListLayers", lane: .long, .question { engine, _, _ in engine.listLayers() })
  public static let exportLayer = ServiceMethod<ExportLayerRequest, LayerAnswer>(
    "Layers/ExportLayer", lane: .long,
    .question { engine, request, _ throws(EngineError) in try engine.exportLayer(request.name) })

  // MARK: Admin

  public static let reload = ServiceMethod<ReloadRequest, ReloadReport>(
    "Admin/Reload", permission: .administer,
    .change { engine, request, call throws(EngineError) in
      try engine.reload(request.parts, by: call.origin, within: call.limit)
    })
  public static let status = ServiceMethod<EmptyRequest, StatusAnswer>(
    "Admin/Status", lane: .vital, .question { engine, _, _ in engine.status() })
  public static let health = ServiceMethod<EmptyRequest, HealthAnswer>(
    "Admin/Health", permission: .checkHealth, lane: .vital,
    .question { engine, _, _ in HealthAnswer(version: engine.status().version) })
}
