import RoadGraph

/// One-ways, and who may drive against them. Source: OSM wiki, Key:oneway.
enum OnewayTags {
  /// Which way traffic runs.
  enum Flow: Equatable {
    case bothWays
    case oneway(TagDirection)
    /// Both ways in turn, every few minutes.
    case alternating
    /// One way at a time, changing by the time of day: where the times are not told, no direction is safe.
    case reversible

    /// The direction of a one-way.
    var oneway: TagDirection? {
      if case .oneway(let direction) = self { return direction }
      return nil
    }
  }

  /// From the most special key to the most general one.
  private static let keys: [TagKey] = ["oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle", "oneway"]

  static func flow(_ tags: OSMTags, on roadClass: RoadClass) -> Flow {
    if let stated = keys.lazy.compactMap({ tags[$0].flatMap { flows[$0] } }).first { return stated }
    let isImplied = isRoundabout(tags) || roadClass == .motorway || roadClass == .motorwayLink
    return isImplied ? .oneway(.forward) : .bothWays
  }

  static func isUnderstood(_ value: String) -> Bool { flows[value] != nil }

  /// Values that are not understood and so not followed.
  static func unknownValues(_ tags: OSMTags) -> [String] { keys.compactMap { tags[$0] }.filter { !isUnderstood($0) } }

  static func isRoundabout(_ tags: OSMTags) -> Bool {
    let junction = tags["junction"]
    return junction == "roundabout" || junction == "circular"
  }

  /// The access of a direction on a road with this flow, from what `access` says of it.
  ///
  /// What opens the road as such (`emergency=yes`) does not open it against the traffic; `oneway:emergency=no` does.
  static func access(
    _ access: AccessFlags, _ tags: OSMTags, _ direction: TagDirection, _ flow: Flow
  ) -> AccessFlags {
    switch flow {
    case .bothWays, .alternating, .oneway(direction): return access
    case .reversible: return access.withoutCivilTraffic.union(.restricted)
    case .oneway: break
    }
    let closed: AccessFlags = [
      .civil, .destinationOnly, .bus, .emergency, .emergencyDesignated, .highOccupancy, .besideBusLane,
    ]
    var flags = access.subtracting(closed).union(.contraflow)
    if tags["oneway:emergency"] == "no" || EmergencyTags.opens(tags, only: direction) { flags.insert(.emergency) }
    if BusTags.allowsContraflow(tags, direction) { flags.insert(.bus) }
    return flags
  }

  private static let flows: [String: Flow] = [
    "yes": .oneway(.forward), "true": .oneway(.forward), "1": .oneway(.forward), "-1": .oneway(.backward),
    "reverse": .oneway(.backward), "no": .bothWays, "false": .bothWays, "0": .bothWays, "alternating": .alternating,
    "reversible": .reversible,
  ]
}
