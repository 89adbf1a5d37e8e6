import API
import CMessages

/// Which files are to be read again.
public struct ReloadRequest: Hashable, Sendable {
  public var parts: Set<ReloadPart>

  public init(_ parts: Set<ReloadPart>) { self.parts = parts }
}

extension ReloadPart {
  fileprivate static func read(
    _ list: UnsafeMutablePointer<ProtobufCBinaryData>?, _ count: Int
  ) throws(CallStatus) -> [ReloadPart] {
    try WireReader.texts(list, count, "parts").map { word throws(CallStatus) in
      guard let part = ReloadPart(rawValue: word) else {
        throw CallStatus(EngineError(.invalidArgument, "parts must be among map, profiles and overrides", value: word))
      }
      return part
    }
  }
}

extension ReloadRequest: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__ReloadRequest>? {
    tocsin__v1__reload_request__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__ReloadRequest>) {
    tocsin__v1__reload_request__init(message)
  }

  static func read(_ message: Tocsin__V1__ReloadRequest) throws(CallStatus) -> ReloadRequest {
    let parts = try ReloadPart.read(message.parts, message.n_parts)
    return ReloadRequest(Set(parts.isEmpty ? ReloadPart.allCases : parts))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__ReloadRequest>, in arena: MessageArena) {
    let words = ReloadPart.allCases.filter(parts.contains).map(\.rawValue)
    (message.pointee.n_parts, message.pointee.parts) = (words.count, arena.texts(words))
  }
}

extension MapFacts: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__MapFacts>) {
    tocsin__v1__map_facts__init(message)
  }

  static func read(_ message: Tocsin__V1__MapFacts) throws(CallStatus) -> MapFacts {
    MapFacts(
      path: try WireReader.text(message.path, "path"), bytes: message.bytes,
      vertexCount: Int(clamping: message.vertex_count), arcCount: Int(clamping: message.arc_count),
      wayCount: Int(clamping: message.way_count))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__MapFacts>, in arena: MessageArena) {
    message.pointee.path = arena.text(path)
    message.pointee.bytes = bytes
    message.pointee.vertex_count = UInt64(clamping: vertexCount)
    message.pointee.arc_count = UInt64(clamping: arcCount)
    message.pointee.way_count = UInt64(clamping: wayCount)
  }
}

extension IDList: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__IDList>) {
    tocsin__v1__idlist__init(message)
  }

  static func read(_ message: Tocsin__V1__IDList) throws(CallStatus) -> IDList {
    var list = IDList()
    list.count = Int(clamping: message.count)
    list.ids = try WireReader.texts(message.ids, message.n_ids, "ids")
    return list
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__IDList>, in arena: MessageArena) {
    message.pointee.count = UInt64(clamping: count)
    (message.pointee.n_ids, message.pointee.ids) = (ids.count, arena.texts(ids))
  }
}

extension SpeedLoss: WireValue {
  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__SpeedLoss>) {
    tocsin__v1__speed_loss__init(message)
  }

  static func read(_ message: Tocsin__V1__SpeedLoss) throws(CallStatus) -> SpeedLoss {
    SpeedLoss(
      source: try WireReader.text(message.source, "source"), matchedCount: Int(clamping: message.matched_count),
      unmatchedCount: Int(clamping: message.unmatched_count))
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__SpeedLoss>, in arena: MessageArena) {
    message.pointee.source = arena.text(source)
    message.pointee.matched_count = UInt64(clamping: matchedCount)
    message.pointee.unmatched_count = UInt64(clamping: unmatchedCount)
  }
}

extension ReloadReport: WireRoot {
  static func unpack(
    _ allocator: UnsafeMutablePointer<ProtobufCAllocator>, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> UnsafeMutablePointer<Tocsin__V1__ReloadReport>? {
    tocsin__v1__reload_report__unpack(allocator, bytes.count, bytes.baseAddress)
  }

  static func initialize(_ message: UnsafeMutablePointer<Tocsin__V1__ReloadReport>) {
    tocsin__v1__reload_report__init(message)
  }

  static func read(_ message: Tocsin__V1__ReloadReport) throws(CallStatus) -> ReloadReport {
    var report = ReloadReport(
      version: message.version, before: try WireReader.required(message.before, "before"),
      after: try WireReader.required(message.after, "after"))
    report.parts = try ReloadPart.read(message.parts, message.n_parts)
    report.addedProfiles = try WireReader.texts(message.added_profiles, message.n_added_profiles, "added_profiles")
    report.removedProfiles = try WireReader.texts(
      message.removed_profiles, message.n_removed_profiles, "removed_profiles")
    report.unitCount = Int(clamping: message.unit_count)
    report.lostUnits = try WireReader.required(message.lost_units, "lost_units")
    report.closureCount = Int(clamping: message.closure_count)
    report.unmatchedClosures = try WireReader.required(message.unmatched_closures, "unmatched_closures")
    report.partlyMatchedClosures = try WireReader.required(message.partly_matched_closures, "partly_matched_closures")
    report.speeds = try WireReader.messages(message.speeds, message.n_speeds)
    report.linkCount = Int(clamping: message.link_count)
    report.unmatchedLinks = try WireReader.required(message.unmatched_links, "unmatched_links")
    report.overrideCount = Int(message.override_count)
    report.unmatchedOverrides = try WireReader.messages(message.unmatched_overrides, message.n_unmatched_overrides)
    (report.seconds, report.holdMilliseconds) = (message.seconds, message.hold_milliseconds)
    return report
  }

  func write(to message: UnsafeMutablePointer<Tocsin__V1__ReloadReport>, in arena: MessageArena) {
    message.pointee.version = version
    let words = parts.map(\.rawValue)
    (message.pointee.n_parts, message.pointee.parts) = (words.count, arena.texts(words))
    (message.pointee.before, message.pointee.after) = (arena.message(before), arena.message(after))
    (message.pointee.n_added_profiles, message.pointee.added_profiles) = (
      addedProfiles.count, arena.texts(addedProfiles)
    )
    (message.pointee.n_removed_profiles, message.pointee.removed_profiles) = (
      removedProfiles.count, arena.texts(removedProfiles)
    )
    message.pointee.unit_count = UInt64(clamping: unitCount)
    message.pointee.lost_units = arena.message(lostUnits)
    message.pointee.closure_count = UInt64(clamping: closureCount)
    message.pointee.unmatched_closures = arena.message(unmatchedClosures)
    message.pointee.partly_matched_closures = arena.message(partlyMatchedClosures)
    (message.pointee.n_speeds, message.pointee.speeds) = (speeds.count, arena.messages(speeds))
    message.pointee.link_count = UInt64(clamping: linkCount)
    message.pointee.unmatched_links = arena.message(unmatchedLinks)
    message.pointee.override_count = UInt32(clamping: overrideCount)
    (message.pointee.n_unmatched_overrides, message.pointee.unmatched_overrides) = (
      unmatchedOverrides.count, arena.messages(unmatchedOverrides)
    )
    (message.pointee.seconds, message.pointee.hold_milliseconds) = (seconds, holdMilliseconds)
  }
}
