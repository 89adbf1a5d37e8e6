import API
import CMessages

/// A request that says nothing but which method is called.
public struct EmptyRequest: WireValue, Sendable {
  public init() {}

  static let initialize = tocsin__v1__status_request__init
  static func read(_ message: Tocsin__V1__StatusRequest) throws(CallStatus) -> EmptyRequest { EmptyRequest() }

  func write(to message: inout Tocsin__V1__StatusRequest, in arena: MessageArena) {}
}

/// Sent by a server that answers queries.
public struct HealthAnswer: WireValue, Hashable, Sendable {
  /// The published snapshot.
  public var version: UInt64

  public init(version: UInt64) { self.version = version }

  static let initialize = tocsin__v1__health_answer__init
  static func read(_ message: Tocsin__V1__HealthAnswer) throws(CallStatus) -> HealthAnswer {
    HealthAnswer(version: message.version)
  }

  func write(to message: inout Tocsin__V1__HealthAnswer, in arena: MessageArena) { message.version = version }
}

extension StatusAnswer: WireValue {
  static let initialize = tocsin__v1__status_answer__init
  static func read(_ message: Tocsin__V1__StatusAnswer) throws(CallStatus) -> StatusAnswer {
    var answer = StatusAnswer(
      version: message.version, mapPath: try message.map_path.text("map_path"),
      timeZone: try message.time_zone.text("time_zone"),
      startedAt: try message.started_at_unix_milliseconds.moment("started_at_unix_milliseconds"),
      snapshotPublishedAt: try message.snapshot_published_at_unix_milliseconds.moment(
        "snapshot_published_at_unix_milliseconds"),
      lastUpdate: try .required(message.last_update, "last_update"),
      waitingChangeCount: Int(clamping: message.waiting_change_count),
      profiles: try .read(message.profiles, message.n_profiles, "profiles"),
      vertexCount: Int(clamping: message.vertex_count), arcCount: Int(clamping: message.arc_count),
      unitCount: Int(clamping: message.unit_count), closureCount: Int(clamping: message.closure_count),
      feeds: try .read(message.feeds, message.n_feeds),
      speedSources: try .read(message.speed_sources, message.n_speed_sources),
      linkCount: Int(clamping: message.link_count), subscriptionCount: Int(clamping: message.subscription_count))
    answer.ledgerFault = try message.ledger_fault.text("ledger_fault")
    answer.ledgerRefusedCount = Int(clamping: message.ledger_refused_count)
    answer.planCount = Int(clamping: message.plan_count)
    answer.typicalRoadCount = Int(message.typical_road_count)
    answer.unmatchedTypicalCount = Int(message.unmatched_typical_count)
    answer.planChoiceCount = Int(clamping: message.plan_choice_count)
    answer.layerCount = Int(clamping: message.layer_count)
    answer.layerFeatureCount = Int(clamping: message.layer_feature_count)
    answer.hospitalCount = Int(clamping: message.hospital_count)
    answer.postCount = Int(clamping: message.post_count)
    return answer
  }

  func write(to message: inout Tocsin__V1__StatusAnswer, in arena: MessageArena) {
    message.version = version
    message.map_path = arena.text(mapPath)
    message.time_zone = arena.text(timeZone)
    message.started_at_unix_milliseconds = startedAt.unixMilliseconds
    message.snapshot_published_at_unix_milliseconds = snapshotPublishedAt.unixMilliseconds
    message.last_update = arena.message(lastUpdate)
    message.waiting_change_count = UInt64(clamping: waitingChangeCount)
    (message.n_profiles, message.profiles) = arena.texts(profiles)
    message.vertex_count = UInt64(clamping: vertexCount)
    message.arc_count = UInt64(clamping: arcCount)
    message.unit_count = UInt64(clamping: unitCount)
    message.closure_count = UInt64(clamping: closureCount)
    (message.n_feeds, message.feeds) = arena.messages(feeds)
    (message.n_speed_sources, message.speed_sources) = arena.messages(speedSources)
    message.link_count = UInt64(clamping: linkCount)
    message.subscription_count = UInt64(clamping: subscriptionCount)
    message.ledger_fault = arena.text(ledgerFault)
    message.ledger_refused_count = UInt64(clamping: ledgerRefusedCount)
    message.plan_count = UInt64(clamping: planCount)
    message.typical_road_count = UInt32(clamping: typicalRoadCount)
    message.unmatched_typical_count = UInt32(clamping: unmatchedTypicalCount)
    message.plan_choice_count = UInt64(clamping: planChoiceCount)
    message.layer_count = UInt64(clamping: layerCount)
    message.layer_feature_count = UInt64(clamping: layerFeatureCount)
    message.hospital_count = UInt64(clamping: hospitalCount)
    message.post_count = UInt64(clamping: postCount)
  }
}

extension UpdateTimes: WireValue {
  static let initialize = tocsin__v1__update_times__init
  static func read(_ message: Tocsin__V1__UpdateTimes) throws(CallStatus) -> UpdateTimes {
    var times = UpdateTimes()
    times.changeCount = Int(message.change_count)
    times.resolveMilliseconds = message.resolve_milliseconds
    times.draftMilliseconds = message.draft_milliseconds
    times.recordMilliseconds = message.record_milliseconds
    times.publishMilliseconds = message.publish_milliseconds
    return times
  }

  func write(to message: inout Tocsin__V1__UpdateTimes, in arena: MessageArena) {
    message.change_count = UInt32(clamping: changeCount)
    message.resolve_milliseconds = resolveMilliseconds
    message.draft_milliseconds = draftMilliseconds
    message.record_milliseconds = recordMilliseconds
    message.publish_milliseconds = publishMilliseconds
  }
}

extension FeedStatus: WireValue {
  static let initialize = tocsin__v1__feed_status__init
  static func read(_ message: Tocsin__V1__FeedStatus) throws(CallStatus) -> FeedStatus {
    FeedStatus(
      report: try .required(message.report, "report"),
      lastPutAt: try message.last_put_at_unix_milliseconds.moment("last_put_at_unix_milliseconds", .invalidFeed),
      isStale: message.is_stale != 0, knownCount: Int(clamping: message.known_count),
      inForceCount: Int(clamping: message.in_force_count), unmatchedCount: Int(clamping: message.unmatched_count))
  }

  func write(to message: inout Tocsin__V1__FeedStatus, in arena: MessageArena) {
    message.report = arena.message(report)
    message.last_put_at_unix_milliseconds = lastPutAt.unixMilliseconds
    message.is_stale = isStale ? 1 : 0
    message.known_count = UInt64(clamping: knownCount)
    message.in_force_count = UInt64(clamping: inForceCount)
    message.unmatched_count = UInt64(clamping: unmatchedCount)
  }
}

extension SpeedSource: WireValue {
  static let initialize = tocsin__v1__speed_source__init
  static func read(_ message: Tocsin__V1__SpeedSource) throws(CallStatus) -> SpeedSource {
    SpeedSource(
      source: try message.source.text("source"), speedCount: Int(clamping: message.speed_count),
      turnPenaltyCount: Int(clamping: message.turn_penalty_count))
  }

  func write(to message: inout Tocsin__V1__SpeedSource, in arena: MessageArena) {
    message.source = arena.text(source)
    message.speed_count = UInt64(clamping: speedCount)
    message.turn_penalty_count = UInt64(clamping: turnPenaltyCount)
  }
}
