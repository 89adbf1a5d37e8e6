import CMessages
import Engine
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
      lastUpdateMilliseconds: message.last_update_milliseconds,
      profiles: try WireReader.texts(message.profiles, message.n_profiles, "profiles"),
      vertexCount: Int(clamping: message.vertex_count), arcCount: Int(clamping: message.arc_count),
      unitCount: Int(clamping: message.unit_count), closureCount: Int(clamping: message.closure_count))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__StatusAnswer>, in arena: MessageArena) {
    message.pointee.version = version
    message.pointee.map_path = arena.text(mapPath)
    message.pointee.started_at_unix_milliseconds = startedAt.unixMilliseconds
    message.pointee.snapshot_published_at_unix_milliseconds = snapshotPublishedAt.unixMilliseconds
    message.pointee.last_update_milliseconds = lastUpdateMilliseconds
    (message.pointee.n_profiles, message.pointee.profiles) = (profiles.count, arena.texts(profiles))
    message.pointee.vertex_count = UInt64(clamping: vertexCount)
    message.pointee.arc_count = UInt64(clamping: arcCount)
    message.pointee.unit_count = UInt64(clamping: unitCount)
    message.pointee.closure_count = UInt64(clamping: closureCount)
  }
}
