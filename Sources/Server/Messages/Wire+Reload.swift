import API
import CMessages

extension ReloadPart {
  fileprivate static func read(
    _ list: UnsafeMutablePointer<ProtobufCBinaryData>?, _ count: Int
  ) throws(CallStatus) -> [ReloadPart] {
    try [String].read(list, count, "parts").map { word throws(CallStatus) in
      guard let part = ReloadPart(rawValue: word) else {
        throw CallStatus(EngineError(.invalidArgument, "parts must be among map, profiles and overrides", value: word))
      }
      return part
    }
  }
}

/// Which files are to be read again.
public struct ReloadRequest: WireValue, Hashable, Sendable {
  public var parts: Set<ReloadPart>

  public init(_ parts: Set<ReloadPart>) { self.parts = parts }

  static let initialize = tocsin__v1__reload_request__init
  static func read(_ message: Tocsin__V1__ReloadRequest) throws(CallStatus) -> ReloadRequest {
    let parts = try ReloadPart.read(message.parts, message.n_parts)
    return ReloadRequest(Set(parts.isEmpty ? ReloadPart.allCases : parts))
  }

  func write(to message: inout Tocsin__V1__ReloadRequest, in arena: MessageArena) {
    (message.n_parts, message.parts) = arena.texts(ReloadPart.allCases.filter(parts.contains).map(\.rawValue))
  }
}

extension MapFacts: WireValue {
  static let initialize = tocsin__v1__map_facts__init
  static func read(_ message: Tocsin__V1__MapFacts) throws(CallStatus) -> MapFacts {
    MapFacts(
      path: try message.path.text("path"), bytes: message.bytes,
      vertexCount: Int(clamping: message.vertex_count), arcCount: Int(clamping: message.arc_count),
      wayCount: Int(clamping: message.way_count))
  }

  func write(to message: inout Tocsin__V1__MapFacts, in arena: MessageArena) {
    message.path = arena.text(path)
    message.bytes = bytes
    message.vertex_count = UInt64(clamping: vertexCount)
    message.arc_count = UInt64(clamping: arcCount)
    message.way_count = UInt64(clamping: wayCount)
  }
}

extension IDList: WireValue {
  static let initialize = tocsin__v1__idlist__init
  static func read(_ message: Tocsin__V1__IDList) throws(CallStatus) -> IDList {
    var list = IDList()
    list.count = Int(clamping: message.count)
    list.ids = try .read(message.ids, message.n_ids, "ids")
    return list
  }

  func write(to message: inout Tocsin__V1__IDList, in arena: MessageArena) {
    message.count = UInt64(clamping: count)
    (message.n_ids, message.ids) = arena.texts(ids)
  }
}

extension SpeedLoss: WireValue {
  static let initialize = tocsin__v1__speed_loss__init
  static func read(_ message: Tocsin__V1__SpeedLoss) throws(CallStatus) -> SpeedLoss {
    SpeedLoss(
      source: try message.source.text("source"), matchedCount: Int(clamping: message.matched_count),
      unmatchedCount: Int(clamping: message.unmatched_count))
  }

  func write(to message: inout Tocsin__V1__SpeedLoss, in arena: MessageArena) {
    message.source = arena.text(source)
    message.matched_count = UInt64(clamping: matchedCount)
    message.unmatched_count = UInt64(clamping: unmatchedCount)
  }
}

extension UnmatchedOverride: WireValue {
  static let initialize = tocsin__v1__unmatched_override__init
  static func read(_ message: Tocsin__V1__UnmatchedOverride) throws(CallStatus) -> UnmatchedOverride {
    let kind = try message.kind.text("kind")
    guard let known = Kind(rawValue: kind) else {
      throw CallStatus(.malformedMessage, "an override of an unknown kind", value: kind)
    }
    return UnmatchedOverride(
      kind: known, id: try message.id.text("id"), line: Int(message.line),
      why: try message.why.text("why"))
  }

  func write(to message: inout Tocsin__V1__UnmatchedOverride, in arena: MessageArena) {
    message.kind = arena.text(kind.rawValue)
    message.id = arena.text(id)
    message.line = UInt32(clamping: line)
    message.why = arena.text(why)
  }
}

extension ReloadReport: WireValue {
  static let initialize = tocsin__v1__reload_report__init
  static func read(_ message: Tocsin__V1__ReloadReport) throws(CallStatus) -> ReloadReport {
    var report = ReloadReport(
      version: message.version, before: try .required(message.before, "before"),
      after: try .required(message.after, "after"))
    report.parts = try ReloadPart.read(message.parts, message.n_parts)
    report.addedProfiles = try .read(message.added_profiles, message.n_added_profiles, "added_profiles")
    report.removedProfiles = try .read(message.removed_profiles, message.n_removed_profiles, "removed_profiles")
    report.unitCount = Int(clamping: message.unit_count)
    report.lostUnits = try .required(message.lost_units, "lost_units")
    report.lostFeatures = try IDList.optional(message.lost_features) ?? IDList()
    report.closureCount = Int(clamping: message.closure_count)
    report.unmatchedClosures = try .required(message.unmatched_closures, "unmatched_closures")
    report.partlyMatchedClosures = try .required(message.partly_matched_closures, "partly_matched_closures")
    report.speeds = try .read(message.speeds, message.n_speeds)
    report.linkCount = Int(clamping: message.link_count)
    report.unmatchedLinks = try .required(message.unmatched_links, "unmatched_links")
    report.unmatchedTypicalCount = Int(message.unmatched_typical_count)
    report.overrideCount = Int(message.override_count)
    report.unmatchedOverrides = try .read(message.unmatched_overrides, message.n_unmatched_overrides)
    (report.seconds, report.holdMilliseconds) = (message.seconds, message.hold_milliseconds)
    return report
  }

  func write(to message: inout Tocsin__V1__ReloadReport, in arena: MessageArena) {
    message.version = version
    (message.n_parts, message.parts) = arena.texts(parts.map(\.rawValue))
    (message.before, message.after) = (arena.message(before), arena.message(after))
    (message.n_added_profiles, message.added_profiles) = arena.texts(addedProfiles)
    (message.n_removed_profiles, message.removed_profiles) = arena.texts(removedProfiles)
    message.unit_count = UInt64(clamping: unitCount)
    message.lost_units = arena.message(lostUnits)
    message.lost_features = arena.message(lostFeatures)
    message.closure_count = UInt64(clamping: closureCount)
    message.unmatched_closures = arena.message(unmatchedClosures)
    message.partly_matched_closures = arena.message(partlyMatchedClosures)
    (message.n_speeds, message.speeds) = arena.messages(speeds)
    message.link_count = UInt64(clamping: linkCount)
    message.unmatched_links = arena.message(unmatchedLinks)
    message.unmatched_typical_count = UInt32(clamping: unmatchedTypicalCount)
    message.override_count = UInt32(clamping: overrideCount)
    (message.n_unmatched_overrides, message.unmatched_overrides) = arena.messages(unmatchedOverrides)
    (message.seconds, message.hold_milliseconds) = (seconds, holdMilliseconds)
  }
}
