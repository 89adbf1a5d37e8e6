import API
import CMessages
import Foundation

/// A request that says nothing but which method is called.
public struct EmptyRequest: Sendable {
  public init() {}
}

/// Sent by a server that answers queries.
public struct HealthAnswer: Hashable, Sendable {
  /// The published snapshot.
  public var version: UInt64

  public init(version: UInt64) { self.version = version }
}

extension EmptyRequest: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__StatusRequest>? {
    tocsin__v1__status_request__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__StatusRequest>) {
    tocsin__v1__status_request__init(message)
  }

  static func read(_ message: Tocsin__V1__StatusRequest) throws(CallStatus) -> EmptyRequest {
    EmptyRequest()
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__StatusRequest>, in arena: MessageArena) {}
}

extension HealthAnswer: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__HealthAnswer>? {
    tocsin__v1__health_answer__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__HealthAnswer>) {
    tocsin__v1__health_answer__init(message)
  }

  static func read(_ message: Tocsin__V1__HealthAnswer) throws(CallStatus) -> HealthAnswer {
    HealthAnswer(version: message.version)
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__HealthAnswer>, in arena: MessageArena) {
    message.pointee.version = version
  }
}

extension StatusAnswer: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__StatusAnswer>? {
    tocsin__v1__status_answer__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__StatusAnswer>) {
    tocsin__v1__status_answer__init(message)
  }

  static func read(_ message: Tocsin__V1__StatusAnswer) throws(CallStatus) -> StatusAnswer {
    StatusAnswer(
      version: message.version, mapPath: try WireReader.text(message.map_path, "map_path"),
      startedAt: try Date.read(
        unixMilliseconds: message.started_at_unix_milliseconds, "started_at_unix_milliseconds", .invalidArgument),
      snapshotPublishedAt: try Date.read(
        unixMilliseconds: message.snapshot_published_at_unix_milliseconds, "snapshot_published_at_unix_milliseconds",
        .invalidArgument),
      lastUpdate: try WireReader.required(message.last_update, "last_update"),
      waitingChangeCount: Int(clamping: message.waiting_change_count),
      profiles: try WireReader.texts(message.profiles, message.n_profiles, "profiles"),
      vertexCount: Int(clamping: message.vertex_count), arcCount: Int(clamping: message.arc_count),
      unitCount: Int(clamping: message.unit_count), closureCount: Int(clamping: message.closure_count),
      feeds: try WireReader.messages(message.feeds, message.n_feeds),
      speedSources: try WireReader.messages(message.speed_sources, message.n_speed_sources),
      linkCount: Int(clamping: message.link_count), subscriptionCount: Int(clamping: message.subscription_count))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__StatusAnswer>, in arena: MessageArena) {
    message.pointee.version = version
    message.pointee.map_path = arena.text(mapPath)
    message.pointee.started_at_unix_milliseconds = startedAt.unixMilliseconds
    message.pointee.snapshot_published_at_unix_milliseconds = snapshotPublishedAt.unixMilliseconds
    message.pointee.last_update = arena.message(lastUpdate)
    message.pointee.waiting_change_count = UInt64(clamping: waitingChangeCount)
    (message.pointee.n_profiles, message.pointee.profiles) = (profiles.count, arena.texts(profiles))
    message.pointee.vertex_count = UInt64(clamping: vertexCount)
    message.pointee.arc_count = UInt64(clamping: arcCount)
    message.pointee.unit_count = UInt64(clamping: unitCount)
    message.pointee.closure_count = UInt64(clamping: closureCount)
    (message.pointee.n_feeds, message.pointee.feeds) = (feeds.count, arena.messages(feeds))
    (message.pointee.n_speed_sources, message.pointee.speed_sources) = (
      speedSources.count, arena.messages(speedSources)
    )
    message.pointee.link_count = UInt64(clamping: linkCount)
    message.pointee.subscription_count = UInt64(clamping: subscriptionCount)
  }
}

extension UpdateTimes: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__UpdateTimes>) {
    tocsin__v1__update_times__init(message)
  }

  static func read(_ message: Tocsin__V1__UpdateTimes) throws(CallStatus) -> UpdateTimes {
    var times = UpdateTimes()
    times.changeCount = Int(message.change_count)
    times.resolveMilliseconds = message.resolve_milliseconds
    times.draftMilliseconds = message.draft_milliseconds
    times.recordMilliseconds = message.record_milliseconds
    times.publishMilliseconds = message.publish_milliseconds
    return times
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__UpdateTimes>, in arena: MessageArena) {
    message.pointee.change_count = UInt32(clamping: changeCount)
    message.pointee.resolve_milliseconds = resolveMilliseconds
    message.pointee.draft_milliseconds = draftMilliseconds
    message.pointee.record_milliseconds = recordMilliseconds
    message.pointee.publish_milliseconds = publishMilliseconds
  }
}

extension FeedStatus: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__FeedStatus>) {
    tocsin__v1__feed_status__init(message)
  }

  static func read(_ message: Tocsin__V1__FeedStatus) throws(CallStatus) -> FeedStatus {
    FeedStatus(
      report: try WireReader.required(message.report, "report"),
      lastPutAt: try Date.read(
        unixMilliseconds: message.last_put_at_unix_milliseconds, "last_put_at_unix_milliseconds", .invalidFeed),
      isStale: message.is_stale != 0)
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__FeedStatus>, in arena: MessageArena) {
    message.pointee.report = arena.message(report)
    message.pointee.last_put_at_unix_milliseconds = lastPutAt.unixMilliseconds
    message.pointee.is_stale = isStale ? 1 : 0
  }
}

extension SpeedSource: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__SpeedSource>) {
    tocsin__v1__speed_source__init(message)
  }

  static func read(_ message: Tocsin__V1__SpeedSource) throws(CallStatus) -> SpeedSource {
    SpeedSource(
      source: try WireReader.text(message.source, "source"), speedCount: Int(clamping: message.speed_count),
      turnPenaltyCount: Int(clamping: message.turn_penalty_count))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__SpeedSource>, in arena: MessageArena) {
    message.pointee.source = arena.text(source)
    message.pointee.speed_count = UInt64(clamping: speedCount)
    message.pointee.turn_penalty_count = UInt64(clamping: turnPenaltyCount)
  }
}
