import RoadGraph

/// Who may drive: from the keys `access`, `vehicle`, `motor_vehicle`, `motorcar`, of which the most special one
/// counts, from `bus`, `psv`, `hov` and what is said of responders. Source: OSM wiki, Key:access, Key:hov.
enum AccessTags {
  private static let access = DirectionalKey("access")
  private static let vehicleKeys = ["vehicle", "motor_vehicle", "motorcar"].map(DirectionalKey.init)
  private static let hov = DirectionalKey("hov")
  private static let hovLanes = DirectionalKey("hov:lanes")

  /// The access of one direction of a road, one-ways left aside.
  static func flags(_ tags: OSMTags, _ direction: TagDirection, on roadClass: RoadClass) -> AccessFlags {
    var flags = statedFlags(tags, direction, roadClass) ?? defaultFlags(of: roadClass, tags)
    if roadClass.isForFeet, !flags.contains(.civil) {
      flags.insert(.footOnly)
      // `motor_vehicle=no` only says what a pedestrian zone is; `access=no` says more.
      if !isClosedToFeet(tags, direction) { flags.remove(.restricted) }
    }
    if EmergencyTags.isEmergencyAccess(tags) { flags = flags.withoutCivilTraffic.union(.emergency) }
    if EmergencyTags.isFireLane(tags) { flags.insert(.emergency) }
    if flags.contains(.civil), isForHighOccupancy(tags, direction) { flags.insert(.highOccupancy) }
    return flags.union(EmergencyTags.flags(tags, direction))
  }

  /// True if the access keys of an OSM node keep ordinary cars out.
  static func closesNode(_ tags: OSMTags) -> Bool {
    statedFlags(tags, .forward, nil)?.isDisjoint(with: [.civil, .ownersOnly]) ?? false
  }

  /// The access of a barrier; empty if its tags say nothing.
  static func barrierFlags(_ tags: OSMTags) -> AccessFlags {
    // A gate for responders alone is closed to all others; one that they may pass as well need not be.
    let stated = statedFlags(tags, .forward, nil) ?? []
    return (stated == .emergency ? [.emergency, .restricted] : stated).union(EmergencyTags.flags(tags, .forward))
  }

  /// True if tags open a road to motor cars that its class keeps closed to them: a track, a path, a pedestrian zone.
  static func opensToCars(_ tags: OSMTags, _ roadClass: RoadClass) -> Bool {
    guard roadClass.isForFeet || roadClass == .track || roadClass == .busway else { return false }
    return TagDirection.allCases.contains { statedFlags(tags, $0, roadClass)?.contains(.civil) ?? false }
  }

  /// True if an access key reserves the way for responders.
  static func isReservedForResponders(_ tags: OSMTags) -> Bool {
    ([access] + vehicleKeys).contains { key in tags.values(key).contains { AccessMeaning($0) == .emergency } }
  }

  /// True for a value of an access key that is understood.
  static func isUnderstood(_ value: String) -> Bool { AccessMeaning(value) != nil }

  /// Values of the access keys that are not understood.
  static func unknownValues(_ tags: OSMTags) -> [String] {
    ([access] + vehicleKeys).flatMap { tags.values($0) }.filter { !isUnderstood($0) }
  }

  // MARK: What is stated

  /// What the access keys say; `nil` if none of them is there.
  private static func statedFlags(
    _ tags: OSMTags, _ direction: TagDirection, _ roadClass: RoadClass?
  ) -> AccessFlags? {
    let isForFeet = roadClass?.isForFeet ?? false
    let special = vehicleKeys.compactMap { AccessMeaning(tags[$0, direction]) }
    // Where people walk, `access=destination` is about them.
    let general = AccessMeaning(tags[access, direction]).flatMap { isForFeet && $0 == .destination ? nil : $0 }
    let meanings = [general].compactMap { $0 } + special
    guard let counted = meanings.last else { return nil }
    var flags = flags(of: counted, roadClass)
    if isForFeet, special.isEmpty, counted == .open { flags.insert(.footOnly) }
    if counted < .destination, BusTags.allowsBuses(tags, direction) {
      flags.remove(.restricted)
      flags.insert(.bus)
    }
    if meanings.contains(.emergency) { flags.insert(.emergency) }
    return flags
  }

  private static func flags(of meaning: AccessMeaning, _ roadClass: RoadClass?) -> AccessFlags {
    switch meaning {
    case .open: .civil
    case .destination: [.civil, .destinationOnly]
    case .byPermit: isOwnersRoad(roadClass) ? .ownersOnly : .restricted
    case .byOwner: isOwnersRoad(roadClass) ? roadClass == .service ? [.ownersOnly, .yard] : .ownersOnly : .restricted
    case .bus: .bus
    case .emergency: .emergency
    case .closed: .restricted
    }
  }

  /// On roads for everybody an owner's word counts for visitors too; tracks and paths are closed to them.
  private static func isOwnersRoad(_ roadClass: RoadClass?) -> Bool {
    guard let roadClass else { return true }
    return !roadClass.isForFeet && roadClass != .track && roadClass != .busway
  }

  private static func isClosedToFeet(_ tags: OSMTags, _ direction: TagDirection) -> Bool {
    guard let meaning = AccessMeaning(tags[access, direction]) else { return false }
    return meaning == .closed || meaning == .byOwner || meaning == .byPermit
  }

  private static func defaultFlags(of roadClass: RoadClass, _ tags: OSMTags) -> AccessFlags {
    switch roadClass {
    case .pedestrian, .path: .footOnly
    case .busway: .bus
    case .ferry where RouteTags.isBoatForPeople(tags): []
    default: .civil
    }
  }

  /// True if every lane is for cars with several people in them.
  private static func isForHighOccupancy(_ tags: OSMTags, _ direction: TagDirection) -> Bool {
    if let value = tags[hov, direction], value == "designated" || value == "only" { return true }
    guard let lanes = tags[hovLanes, direction] else { return false }
    return lanes.split(separator: "|", omittingEmptySubsequences: false).allSatisfy { $0 == "designated" }
  }
}

extension RoadClass {
  /// For people on foot or bicycles.
  var isForFeet: Bool { self == .pedestrian || self == .path }
}

extension AccessFlags {
  /// The same, closed to civil traffic.
  var withoutCivilTraffic: AccessFlags {
    let open: AccessFlags = [.civil, .destinationOnly, .ownersOnly, .yard, .highOccupancy, .besideBusLane]
    return contains(.ownersOnly) ? subtracting(open).union(.restricted) : subtracting(open)
  }
}
