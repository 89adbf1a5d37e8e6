import RoadGraph

/// What an OSM way is as a road: its attributes and the directions in which any profile may ever drive it.
struct RoadDescription {
  var attributes: RoadAttributes
  var directions: DriveDirections
}

/// The directions of an OSM way that become arcs.
struct DriveDirections: OptionSet {
  let rawValue: UInt8

  static let forward = DriveDirections(rawValue: 1)
  static let backward = DriveDirections(rawValue: 2)

  /// The same arcs, seen from the other end.
  var reversed: DriveDirections { DriveDirections(rawValue: (rawValue >> 1) | (rawValue << 1 & 2)) }
}

/// Tags of an OSM way in, a road out.
struct RoadTags {
  let log: DropLog

  /// The road of a way; `nil` (and logged, if worth it) if it is none.
  func road(_ way: OSMWay) -> RoadDescription? {
    switch ClassTags.verdict(way.tags) {
    case .notARoad:
      return nil
    case .dropped(let reason, let value):
      log.drop(reason, osmID: way.id, value: value)
      return nil
    case .road(let roadClass):
      return road(way, roadClass)
    }
  }

  private func road(_ way: OSMWay, _ roadClass: RoadClass) -> RoadDescription? {
    let oneway = OnewayTags.direction(way.tags, on: roadClass)
    let forward = direction(.forward, way.tags, roadClass, oneway: oneway)
    let backward = direction(.backward, way.tags, roadClass, oneway: oneway)
    let directions = driven(forward.access, .forward, roadClass).union(driven(backward.access, .backward, roadClass))
    guard !directions.isEmpty else {
      log.drop(.wayClosedToAll, osmID: way.id)
      return nil
    }
    if oneway != nil, directions != [.forward, .backward], Self.isWithoutContraflow(roadClass) {
      log.drop(.contraflowOnMotorway, osmID: way.id)
    }
    logUnknownValues(way)
    var attributes = RoadAttributes(
      roadClass: roadClass, flags: flags(way.tags, roadClass, isOneway: oneway != nil), layer: layer(way.tags),
      forward: forward, backward: backward)
    if isUnpaved(way.tags, roadClass) { attributes.surface = .unpaved }
    return RoadDescription(attributes: attributes, directions: directions)
  }

  private func direction(
    _ direction: WayDirection, _ tags: OSMTags, _ roadClass: RoadClass, oneway: WayDirection?
  ) -> DirectionAttributes {
    var access = AccessTags.flags(tags, direction, on: roadClass)
    if let oneway, oneway != direction { access = OnewayTags.against(access, tags, direction) }
    var limitKmh: UInt8 = 0
    if case .kmh(let limit) = SpeedTags.limit(tags, direction) { limitKmh = limit }
    return DirectionAttributes(
      access: access, maxspeedKmh: limitKmh, laneCount: LaneTags.count(tags, direction, oneway: oneway))
  }

  /// `direction` if any profile may ever drive it, else nothing.
  private func driven(_ access: AccessFlags, _ direction: DriveDirections, _ roadClass: RoadClass) -> DriveDirections {
    if access.contains(.noEmergency), access.isDisjoint(with: [.civil, .bus]) { return [] }
    let isOpenedContraflow = !access.isDisjoint(with: [.emergency, .bus])
    if access.contains(.contraflow), Self.isWithoutContraflow(roadClass), !isOpenedContraflow { return [] }
    return direction
  }

  /// No department drives a motorway against the traffic, so that those arcs are left out, unless a tag opens them.
  private static func isWithoutContraflow(_ roadClass: RoadClass) -> Bool {
    roadClass == .motorway || roadClass == .motorwayLink || roadClass == .trunk
  }

  private func flags(_ tags: OSMTags, _ roadClass: RoadClass, isOneway: Bool) -> RoadFlags {
    var flags: RoadFlags = []
    if isSet(tags["bridge"]) { flags.insert(.bridge) }
    if isSet(tags["tunnel"]) { flags.insert(.tunnel) }
    if OnewayTags.isRoundabout(tags) { flags.insert(.roundabout) }
    if tags["toll"] == "yes" { flags.insert(.toll) }
    if isOneway { flags.insert(.oneway) }
    if isMadeForResponders(tags) { flags.insert(.emergencyAccess) }
    return flags
  }

  private func isSet(_ value: String?) -> Bool { value != nil && value != "no" }

  /// Source: OSM wiki, Key:surface, Key:tracktype. A track is unpaved unless the map says otherwise.
  private func isUnpaved(_ tags: OSMTags, _ roadClass: RoadClass) -> Bool {
    if let surface = tags["surface"] { return Self.unpavedSurfaces.contains(surface) }
    if let trackType = tags["tracktype"] { return trackType != "grade1" }
    return roadClass == .track
  }

  private static let unpavedSurfaces: Set<String> = [
    "unpaved", "compacted", "fine_gravel", "gravel", "pebblestone", "ground", "dirt", "earth", "grass", "grass_paver",
    "mud", "sand", "woodchips", "rock", "snow", "ice", "dirt/sand", "clay", "shells", "soil", "laterite",
  ]

  private func isMadeForResponders(_ tags: OSMTags) -> Bool {
    let service = tags["service"]
    return service == "emergency_access" || service == "fire_lane" || tags["emergency"] == "designated"
      || tags["access"] == "emergency" || tags["motor_vehicle"] == "emergency"
  }

  private func layer(_ tags: OSMTags) -> Int8 { tags["layer"].flatMap { Int8($0) } ?? 0 }

  private func logUnknownValues(_ way: OSMWay) {
    for value in SpeedTags.unknownValues(way.tags) { log.drop(.unparsableMaxspeed, osmID: way.id, value: value) }
    for value in LaneTags.unknownValues(way.tags) { log.drop(.unparsableLanes, osmID: way.id, value: value) }
    for value in AccessTags.unknownValues(way.tags) { log.drop(.unknownAccess, osmID: way.id, value: value) }
    if let value = OnewayTags.unknownValue(way.tags) { log.drop(.unknownOneway, osmID: way.id, value: value) }
  }
}
