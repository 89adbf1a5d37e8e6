import API
import Messages
import WebPages

/// A limit that is a constant: part of the protocol, or of what the engine's figures can hold.
public struct FixedLimit: Sendable {
  public let name: String
  public let value: Double
  public let unit: String
  public let summary: String

  private init(_ name: String, _ value: Double, _ unit: String, _ summary: String) {
    (self.name, self.value, self.unit, self.summary) = (name, value, unit, summary)
  }

  private init(_ name: String, _ value: Int, _ unit: String, _ summary: String) {
    self.init(name, Double(value), unit, summary)
  }

  /// Every one that a caller can run into.
  public static let all: [FixedLimit] = [
    FixedLimit("frame_bytes", FrameLimits.frameBytesMax, "bytes", "A frame, for both ends of a connection."),
    FixedLimit("request_bytes", FrameLimits.requestBytesMax, "bytes", "A request that is put together from frames."),
    FixedLimit("answer_bytes", FrameLimits.answerBytesMax, "bytes", "An answer that a client puts together."),
    FixedLimit("web_url_bytes", WebLimits.urlBytesMax, "bytes", "The path and query of a request over HTTP."),
    FixedLimit("web_head_bytes", WebLimits.headBytesMax, "bytes", "The head of a request over HTTP."),
    FixedLimit("web_headers", WebLimits.headersMax, "", "Headers of a request over HTTP."),
    FixedLimit(
      "web_inflated_bytes", WebLimits.inflatedBytesMax, "bytes", "A message that came compressed over HTTP."),
    FixedLimit("web_query_items", WebLimits.queryItemsMax, "", "Values in the query of a request over HTTP."),
    FixedLimit("web_path_parts", WebLimits.pathPartsMax, "", "Parts of the path of a request over HTTP."),
    FixedLimit("via_points", Limits.viaPointsMax, "", "Places between a route's start and end."),
    FixedLimit("alternatives", Limits.alternativesMax, "", "Alternatives of a route."),
    FixedLimit("snap_candidates", Limits.snapCandidatesMax, "", "Roads in one answer of Snap."),
    FixedLimit("snap_radius_meters", Limits.snapRadiusMeters, "metres", "How far from a road a place may be."),
    FixedLimit("located_roads", Limits.locatedRoadsMax, "", "Roads in one answer of Locate."),
    FixedLimit("found_places", Limits.foundPlacesMax, "", "Places that a text of Locate may mean; others aren't told."),
    FixedLimit("locate_text_bytes", Limits.locateTextBytesMax, "bytes", "The text of a place."),
    FixedLimit("located_features", Limits.locatedFeaturesMax, "", "Features of a layer that Locate lists as near."),
    FixedLimit("located_feature_meters", Limits.locatedFeatureMeters, "metres", "How near they are."),
    FixedLimit("matrix_cells", Limits.matrixCellsMax, "", "Pairs of places in one matrix."),
    FixedLimit("matrix_places", Limits.matrixPlacesMax, "", "Origins of a matrix, and destinations likewise."),
    FixedLimit("reach_places", Limits.reachPlacesMax, "", "Places of one reach."),
    FixedLimit("reach_layers", Limits.reachLayersMax, "", "Layers whose points one reach counts."),
    FixedLimit("reach_bands", Limits.reachBandsMax, "", "Limits of time of one reach."),
    FixedLimit("reach_seconds", Limits.reachSecondsMax, "seconds", "No limit of a reach is as long."),
    FixedLimit("reach_roads", Limits.reachRoadsMax, "", "Parts of roads in one reach."),
    FixedLimit("outline_cells", Limits.outlineCellsMax, "", "Cells of the drawing of one reach."),
    FixedLimit("coverage_depth", Limits.coverageDepthMax, "", "Units that are to be at every road."),
    FixedLimit(
      "coverage_demand_points", Limits.coverageDemandPointsMax, "", "Points of the layer that a coverage is asked of."),
    FixedLimit("coverage_moves", Limits.coverageMovesMax, "", "Units thought of elsewhere in one question."),
    FixedLimit(
      "coverage_list", Limits.coverageListMax, "", "Gaps, or units with what they alone cover, that are listed."),
    FixedLimit("text_bytes", Limits.textBytesMax, "bytes", "An id, a name, a reason."),
    FixedLimit("duration_seconds", Limits.durationSecondsMax, "seconds", "Turnout, handling, largest travel times."),
    FixedLimit(
      "request_memory_bytes", FrameLimits.requestMemoryBytesMax, "bytes",
      "What a request takes when it is read; small things take more than on the wire."),
    FixedLimit("capabilities", Limits.capabilitiesMax, "", "Capabilities of a unit."),
    FixedLimit("crew_count", Limits.crewCountMax, "", "People on board of a unit."),
    FixedLimit("priority", Limits.priorityMax, "", "The least urgent priority of an incident."),
    FixedLimit("incidents", Limits.incidentsMax, "", "Incidents that are assigned units together."),
    FixedLimit("assigned_places", Limits.assignedPlacesMax, "", "Places of all incidents that are assigned together."),
    FixedLimit("explained_units", Limits.explainedUnitsMax, "", "Units that were not chosen and are explained."),
    FixedLimit("diversions", Limits.diversionsMax, "", "Units to call off that one incident is offered, and swaps."),
    FixedLimit("listed_ids", IDList.idsMax, "", "Ids of one kind that an answer lists; it counts all of them."),
    FixedLimit(
      "refused_reports", PositionsAnswer.refusedMax, "", "Refused positions that an answer lists; it counts all."),
    FixedLimit("closure_radius_meters", Limits.closureRadiusMetersMax, "metres", "A closure around a point."),
    FixedLimit("closure_line_meters", Limits.closureLineMetersMax, "metres", "A closure's line, across."),
    FixedLimit("closure_area_meters", Limits.closureAreaMetersMax, "metres", "A closure's area, across."),
    FixedLimit(
      "closure_line_length_meters", Limits.closureLineLengthMetersMax, "metres", "A closure's lines, along them."),
    FixedLimit("closure_roads", Limits.closureRoadsMax, "", "Stretches looked at for a closure, or what-if closures."),
    FixedLimit("closure_factor", Limits.closureFactorMax, "", "How many times slower a closure makes a road."),
    FixedLimit("closure_delay_seconds", Limits.closureDelaySecondsMax, "seconds", "A closure's or a turn's delay."),
    FixedLimit("closure_speed_kmh", Limits.closureSpeedKmhMin, "km/h", "The lowest speed that a closure sets."),
    FixedLimit("vehicle_size", Limits.vehicleSizeMax, "m, t", "A measure of the vehicles that a closure is for."),
    FixedLimit("what_if_closures", Limits.whatIfClosuresMax, "", "What-if closures of one question."),
    FixedLimit("what_if_points", Limits.whatIfPointsMax, "", "Points of a question's what-if closures, together."),
    FixedLimit("what_if_line_meters", Limits.whatIfLineMetersMax, "metres", "Lines of a question's what-if closures."),
    FixedLimit("departure_seconds", Limits.departureSecondsMax, "seconds", "How far ahead a departure may be."),
    FixedLimit("followed_units", Limits.followedUnitsMax, "", "Units that one stream follows."),
    FixedLimit("follow_thresholds", Limits.followThresholdsMax, "", "Thresholds of a stream that follows units."),
    FixedLimit("follow_seconds", Limits.followSecondsMax, "seconds", "A threshold, and the age of a position."),
    FixedLimit("plan_bytes", Limits.planBytesMax, "bytes", "The texts of one response plan."),
    FixedLimit("plan_choices_bytes", Limits.planChoicesBytesMax, "bytes", "The texts of all choices of plans."),
    FixedLimit(
      "plan_trail_bytes", Limits.planTrailBytesMax, "bytes",
      "A longer plan, or longer choices, leave their length alone in the audit trail."),
    FixedLimit(
      "plan_check_seconds", Limits.planCheckSecondsMax, "seconds", "Comparing the areas and hours of choices."),
    FixedLimit("plan_levels", Limits.planLevelsMax, "", "Levels of a response plan."),
    FixedLimit("plan_lines", Limits.planLinesMax, "", "Lines of a plan's level."),
    FixedLimit("plan_places", Limits.planPlacesMax, "", "Units that all levels of a plan want together."),
    FixedLimit("plan_needs", Limits.planNeedsMax, "", "Who may fill a place of a plan's line."),
    FixedLimit("plan_agencies", Limits.planAgenciesMax, "", "Agencies of a plan, and of each of its needs."),
    FixedLimit("plan_stations", Limits.planStationsMax, "", "Stations in a plan's order."),
    FixedLimit("plan_seconds", Limits.planSecondsMax, "seconds", "A plan's goals, penalties and travel times."),
    FixedLimit("plan_hours", Limits.planHoursMax, "", "Different hours in what chooses plans."),
    FixedLimit("keep_rules", Limits.keepRulesMax, "", "Keep rules of one question."),
    FixedLimit("hospital_states", Limits.hospitalStatesMax, "", "States of one hospital, by capability."),
    FixedLimit("hospital_beds", Limits.hospitalBedsMax, "", "Free beds of one state."),
    FixedLimit("offload_seconds", Limits.offloadSecondsMax, "seconds", "Handing a patient over."),
    FixedLimit("ranked_hospitals", Limits.rankedHospitalsMax, "", "Hospitals in one answer."),
    FixedLimit("post_capacity", Limits.postCapacityMax, "", "Units that one post has room for, or keeps."),
    FixedLimit("moveup_units", Limits.moveUpUnitsMax, "", "Units of one question about moves."),
    FixedLimit("moveup_moves", Limits.moveUpMovesMax, "", "Units that one answer moves."),
    FixedLimit("moveup_targets", Limits.moveUpTargetsMax, "", "Posts that one question wants filled."),
    FixedLimit(
      "moveup_vehicles", Limits.moveUpVehiclesMax, "", "Vehicles of a question's units, by profile and turnout."),
    FixedLimit("bounce_seconds", Limits.bounceSecondsMax, "seconds", "No unit goes back to its last post within this."),
    FixedLimit("layer_area_meters", Limits.layerAreaMetersMax, "metres", "An area of a layer, across."),
    FixedLimit("layer_range_meters", Limits.layerRangeMetersMax, "metres", "How far a camera of a layer sees."),
    FixedLimit("layer_tags", Limits.layerTagsMax, "", "Tags of a layer's feature."),
    FixedLimit("layer_tag_bytes", Limits.layerTagBytesMax, "bytes", "A tag of a layer's feature."),
    FixedLimit("asked_layers", Limits.askedLayersMax, "", "Layers asked for along a way, or near a place."),
    FixedLimit("route_assets", Limits.routeAssetsMax, "", "Points of layers along one route; more are counted."),
    FixedLimit(
      "nearby_road_meters", Limits.nearbyRoadMetersMax, "metres", "How far a search near a place goes by road."),
    FixedLimit("nearby_air_meters", Limits.nearbyAirMetersMax, "metres", "How far a search near a place goes by air."),
    FixedLimit("nearby_count", Limits.nearbyCountMax, "", "Points of each layer that a search near a place lists."),
    FixedLimit("match_points", Limits.matchPointsMax, "", "Points of a trace whose way is found."),
    FixedLimit(
      "match_accuracy_meters", Limits.matchAccuracyMetersMax, "metres", "How inexact a point of a trace may be."),
    FixedLimit("tile_bytes", Limits.tileBytesMax, "bytes", "A tile of the map; its least roads are left out beyond."),
    FixedLimit("tile_zoom", Limits.tileZooms.upperBound, "", "The zoom of a tile of the map; the least is 8."),
    FixedLimit("staging_places", Limits.stagingPlacesMax, "", "Places where units may gather that are compared."),
    FixedLimit("staging_units", Limits.stagingUnitsMax, "", "Units that gather in one place."),
    FixedLimit("hazard_radius_meters", Limits.hazardRadiusMetersMax, "metres", "A hazard around its scene."),
    FixedLimit("hazard_margin_meters", Limits.hazardMarginMetersMax, "metres", "What to stay out of around a hazard."),
    FixedLimit("speed_kmh", Limits.speedKmhMax, "km/h", "A measured speed."),
    FixedLimit("speeds", Limits.speedsMax, "", "Speeds in one call, and turn penalties likewise."),
    FixedLimit("feed_silence_seconds", Limits.feedSilenceSecondsMax, "seconds", "A silent feed is forgotten then."),
    FixedLimit("time_to_live_seconds", Limits.timeToLiveSecondsMax, "seconds", "How long closures and speeds hold."),
  ]
}
