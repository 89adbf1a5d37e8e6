import RoadGraph

/// Who may drive: from the keys `access`, `vehicle`, `motor_vehicle`, `motorcar`, of which the most special one
/// counts, and from `emergency`, `bus`, `psv`. Source: OSM wiki, Key:access, Key:emergency.
enum AccessTags {
  /// What one access value means for motor cars.
  private enum Meaning {
    case open, destination, restricted, emergency, bus
  }

  private static let hierarchy = [
    DirectionalKey("access", "access:forward", "access:backward"),
    DirectionalKey("vehicle", "vehicle:forward", "vehicle:backward"),
    DirectionalKey("motor_vehicle", "motor_vehicle:forward", "motor_vehicle:backward"),
    DirectionalKey("motorcar", "motorcar:forward", "motorcar:backward"),
  ]
  private static let emergency = DirectionalKey("emergency", "emergency:forward", "emergency:backward")
  private static let busKeys = [
    DirectionalKey("bus", "bus:forward", "bus:backward"), DirectionalKey("psv", "psv:forward", "psv:backward"),
  ]

  /// The access of one direction of a road, one-ways left aside.
  static func flags(_ tags: OSMTags, _ direction: WayDirection, on roadClass: RoadClass) -> AccessFlags {
    let stated = statedFlags(tags, direction)
    var flags = stated ?? defaultFlags(of: roadClass, tags)
    let isForFeet = roadClass == .pedestrian || roadClass == .path
    if isForFeet, !flags.contains(.civil) {
      flags.insert(.footOnly)
      // `motor_vehicle=no` only says what a pedestrian zone is; `access=no` says more.
      if meaning(tags[hierarchy[0], direction]) != .restricted { flags.remove(.restricted) }
    }
    if tags["service"] == "emergency_access" { flags.insert(.emergency) }
    return flags.union(emergencyFlags(tags, direction))
  }

  /// The access of a barrier; empty if its tags say nothing.
  static func barrierFlags(_ tags: OSMTags) -> AccessFlags {
    (statedFlags(tags, .forward) ?? []).union(emergencyFlags(tags, .forward))
  }

  /// Values of the access keys that are not understood.
  static func unknownValues(_ tags: OSMTags) -> [String] {
    hierarchy.flatMap { [$0.plain, $0.forward, $0.backward] }.compactMap { tags[$0] }.filter {
      meaning($0) == nil && $0 != "unknown"
    }
  }

  /// What the access keys say; `nil` if none of them is there.
  private static func statedFlags(_ tags: OSMTags, _ direction: WayDirection) -> AccessFlags? {
    let meanings = hierarchy.compactMap { meaning(tags[$0, direction]) }
    guard let last = meanings.last else { return nil }
    var flags: AccessFlags
    switch last {
    case .open: flags = .civil
    case .destination: flags = [.civil, .destinationOnly]
    case .restricted: flags = allowsBuses(tags, direction) ? .bus : .restricted
    case .emergency: flags = .emergency
    case .bus: flags = .bus
    }
    if meanings.contains(.emergency) { flags.insert(.emergency) }
    return flags
  }

  private static func defaultFlags(of roadClass: RoadClass, _ tags: OSMTags) -> AccessFlags {
    switch roadClass {
    case .pedestrian, .path: .footOnly
    case .busway: .bus
    default: tags["service"] == "emergency_access" ? .emergency : .civil
    }
  }

  private static func allowsBuses(_ tags: OSMTags, _ direction: WayDirection) -> Bool {
    busKeys.contains { meaning(tags[$0, direction]) == .open }
  }

  private static func emergencyFlags(_ tags: OSMTags, _ direction: WayDirection) -> AccessFlags {
    switch tags[emergency, direction] {
    case "yes", "official", "permissive", "destination", "private": .emergency
    case "designated": [.emergency, .emergencyDesignated]
    case "no": .noEmergency
    default: []
    }
  }

  /// The first value of a list that is understood; `nil` without a value or if nothing is.
  private static func meaning(_ value: String?) -> Meaning? {
    guard let value else { return nil }
    if let known = meanings[value] { return known }
    guard value.utf8.contains(UInt8(ascii: ";")) else { return nil }
    return value.split(separator: ";").lazy
      .compactMap { part in meanings[String(part.drop(while: { $0 == " " }))] }.first
  }

  private static let meanings: [String: Meaning] = [
    "yes": .open, "permissive": .open, "designated": .open, "official": .open, "public": .open, "allowed": .open,
    "destination": .destination, "customers": .destination, "delivery": .destination, "customer": .destination,
    "no": .restricted, "private": .restricted, "permit": .restricted, "residents": .restricted,
    "agricultural": .restricted, "forestry": .restricted, "military": .restricted, "employees": .restricted,
    "discouraged": .open, "use_sidepath": .restricted, "hov": .restricted, "hgv": .restricted,
    "restricted": .restricted, "emergency": .emergency, "psv": .bus, "bus": .bus,
  ]
}
